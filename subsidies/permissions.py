"""Who may press which button. Whether it works just now is for ``workflow`` to say."""

from programs.enums import MembershipState


def is_owner(user, application):
    """A member of the IKM, approved as such."""
    return application.organization.memberships.filter(
        user=user, state=MembershipState.APPROVED
    ).exists()


def can_edit(user, application):
    return is_owner(user, application)


def can_check_completeness(user, application):
    return user.has_perm("subsidies.check_completeness")


def can_check_conformity(user, application):
    return user.has_perm("subsidies.check_conformity")


def can_assign(user, application):
    return user.has_perm("subsidies.assign_application")


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


def can_issue_decree(user, application):
    return user.has_perm("subsidies.issue_decree")


def can_request_payment(user, application):
    return user.has_perm("subsidies.request_payment")


def can_order_payment(user, application):
    return user.has_perm("subsidies.order_payment")


def can_record_payment(user, application):
    return user.has_perm("subsidies.record_payment")
