"""A person's own account: details, mails, consents, and the end of it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError
from django.utils import timezone

from programs.enums import (
    PRIVACY_NOTICE_VERSION,
    MembershipRole,
    MembershipState,
    OrganizationKind,
)
from programs.models import Consent, Membership, NotificationPreference, Organization, User
from programs.transitions import TransitionNotAllowed

# What stands in the place of a name when an account has ended.
NOBODY = "Akun yang ditutup"
_hindrances = []
_forgetters = []


def hinders_closing(check):
    """Register ``check(user)``: an app's sentences why an account cannot be closed yet."""
    if check not in _hindrances:
        _hindrances.append(check)
    return check


def forgets(forget):
    """Register ``forget(user)``: an app drops what no paper and no rule needs of a person."""
    if forget not in _forgetters:
        _forgetters.append(forget)
    return forget


def reasons_against_closing(user):
    """Why ``user`` cannot close the account now, in sentences. Empty: nothing stands against it."""
    if user.is_staff:
        return ["Akun petugas ditutup oleh admin sistem. Hubungi admin unit Anda."]
    alone = [
        f"Anda satu-satunya pemilik {organization}, yang masih memiliki anggota lain. Jadikan "
        "salah satu dari mereka pemilik lebih dahulu."
        for organization in _owned_alone_with_others(user)
    ]
    return alone + [sentence for check in _hindrances for sentence in check(user)]


def account_for(email, *, name, phone=""):
    """The account with this e-mail; a new one if there is none, for somebody whom others enter."""
    [user] = accounts_for([(email, name, phone)])
    return user


@transaction.atomic
def accounts_for(people):
    """An account for each (e-mail, name, telephone), in that order, in a few queries.

    A new account has no password: the person comes in with a code sent to that e-mail, which
    proves that it is theirs. Nothing of an account that exists is changed.
    """
    people = [(email.strip().lower(), name, phone) for email, name, phone in people]
    known = _accounts_by_email(people)
    new = {email: (name, phone) for email, name, phone in people if email not in known}
    if new:
        # Somebody else may enter the same person at this moment: then there is one of them.
        User.objects.bulk_create(
            [
                User(email=email, name=name, phone=phone, password=make_password(None))
                for email, (name, phone) in new.items()
            ],
            ignore_conflicts=True,
        )
        known = _accounts_by_email(people)
        EmailAddress.objects.bulk_create(
            [
                EmailAddress(user=known[email], email=email, primary=True, verified=False)
                for email in new
            ],
            ignore_conflicts=True,
        )
    return [known[email] for email, *_ in people]


def _accounts_by_email(people):
    users = User.objects.filter(email__in={email for email, *_ in people})
    return {user.email: user for user in users}


@transaction.atomic
def update_profile(*, by, name, phone, declined_mail):
    """Keep a person's name, telephone, and the kinds of news they do not want by mail."""
    User.objects.filter(pk=by.pk).update(name=name, phone=phone)
    NotificationPreference.objects.filter(user=by).exclude(kind__in=declined_mail).delete()
    NotificationPreference.objects.bulk_create(
        [NotificationPreference(user=by, kind=kind) for kind in declined_mail],
        ignore_conflicts=True,
    )


def acknowledge_notice(*, by):
    """Write down that the person was shown the privacy notice as it stands today."""
    User.objects.filter(pk=by.pk).update(
        notice_version=PRIVACY_NOTICE_VERSION, notice_seen_at=timezone.now()
    )


def give_consent(purpose, *, by):
    """A yes to one extra use of one's data. Given twice, it stands once."""
    Consent.objects.bulk_create(
        [Consent(user=by, purpose=purpose, notice_version=PRIVACY_NOTICE_VERSION)],
        ignore_conflicts=True,
    )


def withdraw_consent(purpose, *, by):
    """Take the yes back; that it was given, and until when, stays on record."""
    Consent.objects.filter(user=by, purpose=purpose, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )


@transaction.atomic
def close_account(user, *, by):
    """End an account for good: nobody can sign in, and it no longer says who the person was.

    Papers, applications and their history stay, as the rules on public money and archives demand;
    where they name the account, they now name a closed one. A business that nothing refers to and
    that nobody else belongs to leaves the register.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.closed_at:
        raise TransitionNotAllowed("Akun ini sudah ditutup.")
    if reasons := reasons_against_closing(user):
        raise TransitionNotAllowed(" ".join(reasons))
    organizations = list(
        Organization.objects.filter(memberships__user=user, kind=OrganizationKind.IKM).distinct()
    )
    user.memberships.exclude(state=MembershipState.ENDED).update(
        state=MembershipState.ENDED, decided_by=by
    )
    for organization in organizations:
        if not organization.memberships.exclude(state=MembershipState.ENDED).exists():
            _forget_unless_needed(organization)
    for purpose in user.consents.filter(withdrawn_at=None).values_list("purpose", flat=True):
        withdraw_consent(purpose, by=user)
    for forget in _forgetters:
        forget(user)
    user.mail_declined.all().delete()
    user.notifications.due().update(by_mail=False)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.groups.clear()
    user.name, user.phone = NOBODY, ""
    user.email = f"ditutup-{user.pk}@akun.invalid"
    user.is_active, user.closed_at = False, timezone.now()
    user.set_unusable_password()
    user.save()
    return user


def _owned_alone_with_others(user):
    owned = Organization.objects.filter(
        memberships__user=user,
        memberships__state=MembershipState.APPROVED,
        memberships__role=MembershipRole.OWNER,
    )
    approved = Membership.objects.filter(
        organization=OuterRef("pk"), state=MembershipState.APPROVED
    ).exclude(user=user)
    return owned.filter(Exists(approved)).exclude(
        Exists(approved.filter(role=MembershipRole.OWNER))
    )


def _forget_unless_needed(organization):
    """Delete what no paper, file or application refers to; the database knows what does."""
    try:
        with transaction.atomic():
            organization.delete()
    except ProtectedError:
        return
