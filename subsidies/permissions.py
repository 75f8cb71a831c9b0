"""Who may press which button. Whether it works just now is for ``workflow`` to say."""

from programs.enums import MembershipState
from subsidies.enums import Stage
from subsidies.stages import STAGES


def is_owner(user, application):
    """A member of the IKM, approved as such."""
    return application.organization.memberships.filter(
        user=user, state=MembershipState.APPROVED
    ).exists()


def can_edit(user, application):
    return is_owner(user, application)


def can_enter_desk(user):
    """Whose work it is to look at applications; a verifier sees the assigned ones."""
    return user.has_perm("subsidies.view_application") or any(
        words.permission and user.has_perm(words.permission) for words in STAGES.values()
    )


def can_act(user, application):
    """The stage where it stands is this officer's work. Needs ``with_stage()``."""
    stage = Stage(application.stage)
    if stage in (Stage.VISIT_PLANNING, Stage.VISIT):
        return can_conduct_visit(user, application)
    permission = STAGES[stage].permission
    return bool(permission) and user.has_perm(permission)


def can_check_completeness(user, application):
    return user.has_perm("subsidies.check_completeness")


def can_check_conformity(user, application):
    return user.has_perm("subsidies.check_conformity")


def can_assign(user, application):
    return user.has_perm("subsidies.assign_application")


def can_check(user, application):
    """Files and answers are checked by whose turn it is: completeness first, then conformity."""
    return application.stage in (Stage.COMPLETENESS, Stage.CONFORMITY) and can_act(
        user, application
    )


def can_hand_over(user, application):
    """Give the work to somebody: who hands it out, and who has it or could take it."""
    return can_assign(user, application) or can_act(user, application)


def can_write_internally(user, application):
    """Everybody with a hand in these cases; an auditor looks on and writes nothing."""
    works = any(words.permission and user.has_perm(words.permission) for words in STAGES.values())
    return user.has_perm("subsidies.view_internalnote") and (works or can_assign(user, application))


def can_change_verifier(user, application):
    return can_check_conformity(user, application) or can_assign(user, application)


def can_open_nik(user, application):
    return user.has_perm("programs.view_ikmprofile")


def can_open_account(user, application):
    """Whose work it is to compare or pay the account."""
    return user.has_perm("subsidies.view_application") and (
        can_check(user, application) or user.has_perm("subsidies.view_disbursement")
    )


def can_conduct_visit(user, application):
    visit = getattr(application, "visit", None)
    return (
        visit is not None
        and visit.verifier_id == user.pk
        and user.has_perm("subsidies.conduct_visit")
    )


def can_assess(user, application):
    return user.has_perm("subsidies.assess_application")


def can_approve(user, application):
    return user.has_perm("subsidies.approve_application")


def can_reject(user, application):
    return user.has_perm("subsidies.reject_application")


def can_reject_now(user, application):
    """Refusing is for the officer whose stage it is, so that no one reaches over another."""
    return can_reject(user, application) and can_act(user, application)


def can_issue_decree(user, application):
    return user.has_perm("subsidies.issue_decree")


def can_request_payment(user, application):
    return user.has_perm("subsidies.request_payment")


def can_order_payment(user, application):
    return user.has_perm("subsidies.order_payment")


def can_record_payment(user, application):
    return user.has_perm("subsidies.record_payment")
