"""The register in the admin: who sees what, who changes what, and in whose language."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.enums import (
    ConsentPurpose,
    MembershipRole,
    MembershipState,
    ReviewReason,
)
from programs.models import (
    Consent,
    Document,
    Holiday,
    IkmProfile,
    IssuedPaper,
    KbliCode,
    Membership,
    Notification,
    Organization,
    Participation,
    Program,
    Region,
    ReviewFlag,
    SensitiveAccess,
    User,
)
from tests.factories.programs import (
    DocumentFactory,
    HolidayFactory,
    IkmFactory,
    IssuedPaperFactory,
    KbliCodeFactory,
    MembershipFactory,
    NotificationFactory,
    OrganizationFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

NIK = "1375014203850007"


def make_flag():
    return ReviewFlag.objects.create(
        organization=IkmFactory(), reason=ReviewReason.ODD_NIK, note="Tanggal lahir tidak ada."
    )


def make_consent():
    return Consent.objects.create(
        user=UserFactory(), purpose=ConsentPurpose.NEWSLETTER, notice_version="2026-11"
    )


def make_access():
    return SensitiveAccess.objects.create(
        user=UserFactory(), what="NIK pemilik", subject="CV Contoh"
    )


def make_log_entry():
    flag = make_flag()
    LogEntry.objects.log_actions(UserFactory().pk, [flag], 2, "", single_object=True)
    return LogEntry.objects.latest("pk")


def make_program():
    number = Program.objects.count()
    return Program.objects.create(
        slug=f"program-{number}", name=f"Program {number}", summary="Pelatihan bagi pelaku IKM."
    )


def make_participation():
    return Participation.objects.create(
        key=f"kegiatan.{Participation.objects.count()}",
        program=make_program(),
        user=UserFactory(),
        activity="Bimtek pemasaran",
        kind="BIMTEK",
        completed_on=datetime.date(2026, 9, 22),
        jp=8,
    )


def numbered(factory, field, values):
    """Makes another record each time, where the factory would give the same one again."""
    left = iter(values)
    return lambda: factory(**{field: next(left)})


CODES = [f"13.{number}" for number in range(10, 20)]
DAYS = [f"2026-08-{day}" for day in range(10, 20)]
KBLI = [str(code) for code in range(14111, 14121)]

# Model: who works with its list, who has no business there, and how a record comes to be.
LISTS = {
    Organization: (roles.IKMA_OFFICER, roles.BDI_ADMIN, IkmFactory),
    IkmProfile: (roles.COMPLETENESS_CHECKER, roles.PPK, lambda: IkmFactory().ikm),
    Membership: (roles.IKMA_OFFICER, roles.KPA, MembershipFactory),
    ReviewFlag: (roles.IKMA_OFFICER, roles.COMPLETENESS_CHECKER, make_flag),
    User: (roles.SYSTEM_ADMIN, roles.FINANCE_OFFICER, UserFactory),
    Group: (roles.SYSTEM_ADMIN, roles.IKMA_OFFICER, lambda: officer(roles.PPK).groups.get()),
    IssuedPaper: (roles.FINANCE_OFFICER, roles.BDI_ADMIN, IssuedPaperFactory),
    Notification: (roles.SYSTEM_ADMIN, roles.ASSESSOR, NotificationFactory),
    Document: (roles.ASSESSOR, roles.BPSDMI_OFFICER, DocumentFactory),
    Region: (roles.BDI_ADMIN, roles.FIELD_VERIFIER, numbered(RegionFactory, "code", CODES * 20)),
    KbliCode: (roles.BDI_ADMIN, roles.FIELD_VERIFIER, numbered(KbliCodeFactory, "code", KBLI * 20)),
    Holiday: (roles.BDI_ADMIN, roles.FIELD_VERIFIER, numbered(HolidayFactory, "date", DAYS * 20)),
    LogEntry: (roles.SYSTEM_ADMIN, roles.IKMA_OFFICER, make_log_entry),
    SensitiveAccess: (roles.SYSTEM_ADMIN, roles.IKMA_OFFICER, make_access),
    Consent: (roles.SYSTEM_ADMIN, roles.IKMA_OFFICER, make_consent),
    Program: (roles.BDI_ADMIN, roles.FIELD_VERIFIER, make_program),
    Participation: (roles.BPSDMI_OFFICER, roles.BDI_ADMIN, make_participation),
}
ADDED_HERE = [Organization, IkmProfile, User, Group, Region, KbliCode, Holiday, Program]
WRITTEN_BY_THE_SYSTEM = [
    Membership,
    ReviewFlag,
    IssuedPaper,
    Notification,
    Document,
    LogEntry,
    SensitiveAccess,
    Consent,
    Participation,
]
models = pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def make(model):
    return LISTS[model][2]()


@pytest.fixture
def superuser(client):
    user = officer(is_superuser=True, name="Ratna Wijaya")
    sign_in(client, user)
    return user


@pytest.fixture
def auditor(client):
    user = officer(roles.AUDITOR)
    sign_in(client, user)
    return user


# --- Who sees what -------------------------------------------------------------------------------


@models
def test_who_works_with_a_list_can_open_it_and_its_records(client, model):
    record = make(model)
    sign_in(client, officer(LISTS[model][0]))

    assert client.get(page(model, "changelist")).status_code == 200
    assert client.get(page(model, "change", record.pk)).status_code == 200


@models
def test_who_has_no_business_there_is_refused(client, model):
    record = make(model)
    sign_in(client, officer(LISTS[model][1]))

    assert client.get(page(model, "changelist")).status_code == 403
    assert client.get(page(model, "change", record.pk)).status_code == 403
    assert client.get(page(model, "add")).status_code == 403


@models
def test_an_owner_is_sent_to_sign_in_as_an_officer(client, model):
    client.force_login(UserFactory())

    assert client.get(page(model, "changelist")).status_code == 302


@pytest.mark.parametrize("model", ADDED_HERE, ids=lambda model: model.__name__)
def test_records_of_the_register_are_added_here(client, superuser, model):
    assert client.get(page(model, "add")).status_code == 200


@pytest.mark.parametrize("model", WRITTEN_BY_THE_SYSTEM, ids=lambda model: model.__name__)
def test_what_the_system_writes_nobody_adds_or_deletes_here(client, superuser, model):
    record = make(model)

    assert client.get(page(model, "add")).status_code == 403
    assert client.get(page(model, "delete", record.pk)).status_code == 403


@pytest.mark.parametrize(
    "model", [Organization, IkmProfile, User, Group], ids=lambda model: model.__name__
)
def test_what_papers_and_cases_name_is_never_deleted(client, superuser, model):
    record = make(model)

    assert client.post(page(model, "delete", record.pk), {"post": "yes"}).status_code == 403


@models
def test_an_auditor_sees_everything_and_changes_nothing(client, auditor, model):
    record = make(model)

    listing = client.get(page(model, "changelist"))
    sight = client.get(page(model, "change", record.pk))

    assert (listing.status_code, sight.status_code) == (200, 200)
    assert 'name="action"' not in listing.content.decode()
    assert 'name="_save"' not in sight.content.decode()
    for name, args in [("add", []), ("change", [record.pk]), ("delete", [record.pk])]:
        assert client.post(page(model, name, *args), {"name": "Diubah"}).status_code == 403


@models
def test_a_list_asks_the_same_questions_for_one_row_and_for_three(client, superuser, model):
    make(model)
    client.get(page(model, "changelist"))  # content types are remembered from here on
    with CaptureQueriesContext(
        connection,
    ) as for_one:
        client.get(page(model, "changelist"))
    make(model)
    make(model)

    with CaptureQueriesContext(connection) as for_three:
        client.get(page(model, "changelist"))

    assert len(for_three) == len(for_one) <= 15


def test_the_menu_shows_what_an_officer_may_open(client):
    sign_in(client, officer(roles.BDI_ADMIN))

    menu = client.get(reverse("admin:index"), follow=True).content.decode()

    assert page(Holiday, "changelist") in menu
    assert page(User, "changelist") not in menu
    assert "Bantuan mesin</h2>" not in menu


# --- The policy and the language -----------------------------------------------------------------


def pages_of(client, model):
    record = make(model)
    for name, args in [
        ("changelist", []),
        ("add", []),
        ("change", [record.pk]),
        ("history", [record.pk]),
        ("delete", [record.pk]),
    ]:
        response = client.get(page(model, name, *args))
        if response.status_code == 200:
            yield name, response


@models
def test_no_page_needs_an_exception_from_the_policy(client, superuser, model):
    for name, response in pages_of(client, model):
        policy = response.headers["Content-Security-Policy"] + ";"
        content = response.content.decode()

        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", content), name


class Words(HTMLParser):
    """What a person reads or hears: text and the attributes that name things. No icons."""

    HEARD = ("title", "placeholder", "aria-label", "alt", "data-label")

    def __init__(self, html):
        super().__init__()
        self.found, self.silent = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.found.update((attrs[name] or "").strip() for name in self.HEARD if name in attrs)
        if tag == "input" and attrs.get("type") == "submit":
            self.found.add(attrs.get("value", ""))
        if tag in {"script", "style"} or "material-symbols" in (attrs.get("class") or ""):
            self.silent.append(tag)

    def handle_endtag(self, tag):
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self.found.add(" ".join(data.split()))


ENGLISH = re.compile(
    r"\b(the|this|your|you|and|or|of|with|from|to|by|is|are|was|not|no|all|any|add|added|change"
    r"|changed|save|delete|deleted|remove|search|select|selected|filters?|apply|clear|reset|show"
    r"|results?|view|home|history|log out|logout|password|password|yes|unknown|user|group|date"
    r"|time|today|now|yesterday|next|previous|close|cancel|run|actions?|choose|available"
    r"|permission|welcome|light|dark|system|general|expand|type|required|error|please)\b",
    re.IGNORECASE,
)


@models
def test_no_english_is_left_on_the_pages(client, superuser, model):
    for name, response in pages_of(client, model):
        english = {
            words for words in Words(response.content.decode()).found if ENGLISH.search(words)
        }

        assert english == set(), name


def test_no_english_is_left_on_the_index_or_in_messages(client, superuser):
    make_flag()
    index = client.get(reverse("admin:index")).content.decode()
    app = client.get(reverse("admin:app_list", args=["programs"])).content.decode()
    saved = client.post(
        page(KbliCode, "add"), {"version": 2020, "code": "14111", "title": "Konveksi"}, follow=True
    ).content.decode()
    wrong = client.post(page(Holiday, "add"), {"date": "besok"}).content.decode()
    nothing = client.get(page(Document, "changelist"), {"q": "tidak ada"}).content.decode()

    for content in (index, app, saved, wrong, nothing):
        assert {words for words in Words(content).found if ENGLISH.search(words)} == set()


# --- Organizations and their people --------------------------------------------------------------


def test_a_nib_may_be_typed_with_blanks(client, superuser):
    organization = OrganizationFactory(nib="")

    client.post(
        page(Organization, "change", organization.pk),
        {
            "name": organization.name,
            "nib": "9120 0012 34567",
            "region": organization.region_id,
            **inline("memberships"),
        },
    )

    organization.refresh_from_db()
    assert organization.nib == "9120001234567"


def inline(prefix, **fields):
    rows = 1 if fields else 0
    management = {f"{prefix}-TOTAL_FORMS": rows, f"{prefix}-INITIAL_FORMS": 0}
    return management | {f"{prefix}-0-{name}": value for name, value in fields.items()}


def test_a_search_for_a_number_finds_the_organization_that_has_it(client, superuser):
    wanted = OrganizationFactory(name="PT Bordir Indah", nib="9120001234567")
    OrganizationFactory(name="PT Lain")

    by_number = client.get(page(Organization, "changelist"), {"q": "9120001234567"})
    by_name = client.get(page(Organization, "changelist"), {"q": "bordir"})

    assert list(by_number.context["cl"].result_list) == [wanted]
    assert list(by_name.context["cl"].result_list) == [wanted]


def test_whom_an_officer_enters_belongs_at_once_and_by_their_word(client, superuser):
    organization, person = OrganizationFactory(), UserFactory()

    client.post(
        page(Organization, "change", organization.pk),
        {
            "name": organization.name,
            "nib": organization.nib,
            "region": organization.region_id,
            **inline("memberships", user=person.pk, role=MembershipRole.OWNER),
        },
    )

    membership = organization.memberships.get()
    assert (membership.user, membership.state) == (person, MembershipState.APPROVED)
    assert membership.decided_by == superuser


def test_an_officer_decides_on_those_who_ask_to_belong(client, superuser):
    asked = MembershipFactory(state=MembershipState.PENDING)
    settled = MembershipFactory(state=MembershipState.APPROVED)

    response = client.post(
        page(Membership, "changelist"),
        {"action": "approve", "_selected_action": [asked.pk, settled.pk]},
        follow=True,
    )

    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == (MembershipState.APPROVED, superuser)
    said = [str(message) for message in response.context["messages"]]
    assert "1 keanggotaan diperbarui." in said
    assert any("sudah disetujui" in words for words in said)


def test_a_doubt_is_settled_with_what_was_found(client, superuser):
    flag = make_flag()

    client.post(page(ReviewFlag, "change", flag.pk), {"outcome": "NIK cocok dengan KTP."})

    flag.refresh_from_db()
    assert (flag.outcome, flag.resolved_by) == ("NIK cocok dengan KTP.", superuser)
    assert flag.resolved_at is not None


def test_a_doubt_is_not_settled_without_words(client, superuser):
    flag = make_flag()

    response = client.post(page(ReviewFlag, "change", flag.pk), {"outcome": " "})

    flag.refresh_from_db()
    assert response.status_code == 200
    assert flag.resolved_at is None


def test_many_doubts_are_settled_at_once(client, superuser):
    flags = [make_flag(), make_flag()]

    client.post(
        page(ReviewFlag, "changelist"),
        {"action": "find_nothing_wrong", "_selected_action": [flag.pk for flag in flags]},
    )

    assert not ReviewFlag.objects.filter(resolved_at=None).exists()
    assert LogEntry.objects.filter(user=superuser).count() == 2


# --- NIK -----------------------------------------------------------------------------------------


@pytest.fixture
def profile():
    profile = IkmFactory().ikm
    profile.set_nik(NIK)
    profile.save()
    return profile


def test_a_nik_is_masked_on_every_page(client, superuser, profile):
    sight = client.get(page(IkmProfile, "change", profile.pk)).content.decode()
    listing = client.get(page(IkmProfile, "changelist")).content.decode()
    question = client.get(page(IkmProfile, "nik", profile.pk)).content.decode()

    assert "1375 •••• •••• 0007" in sight
    assert NIK not in sight + listing + question
    assert not SensitiveAccess.objects.exists()


def test_who_opens_a_nik_is_written_down(client, profile):
    checker = officer(roles.COMPLETENESS_CHECKER)
    sign_in(client, checker)

    response = client.post(page(IkmProfile, "nik", profile.pk))

    assert NIK in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    access = SensitiveAccess.objects.get()
    assert (access.user, access.what) == (checker, "NIK pemilik")
    assert access.subject == str(profile.organization)


def test_who_does_not_check_papers_opens_no_nik(client, profile):
    sign_in(client, officer(roles.PPK))

    assert client.post(page(IkmProfile, "nik", profile.pk)).status_code == 403
    assert not SensitiveAccess.objects.exists()


def test_an_ikm_is_found_by_the_whole_nik_of_its_owner(client, superuser, profile):
    IkmFactory()

    found = client.get(page(IkmProfile, "changelist"), {"q": NIK})

    assert list(found.context["cl"].result_list) == [profile]


def test_a_new_nik_is_sealed_and_the_scale_computed_anew(client, superuser, profile):
    response = client.post(
        page(IkmProfile, "change", profile.pk),
        {
            "legal_form": profile.legal_form,
            "owner_name": profile.owner_name,
            "kbli_code": "14111",
            "kbli_version": 2020,
            "new_nik": "1375 0102 0385 0004",
            "workers": 20,
            "investment": "15.000.000.000",
            "commodity": profile.commodity,
        },
    )

    assert response.status_code == 302
    profile = IkmProfile.objects.get(pk=profile.pk)
    assert profile.owner_nik == "1375010203850004"
    assert (profile.investment, profile.scale) == (15_000_000_000, "MEDIUM")


# --- People --------------------------------------------------------------------------------------


def test_a_new_account_has_no_password_and_chooses_its_own(client, superuser):
    client.post(
        page(User, "add"), {"name": "Dewi Lestari", "email": "Dewi@Contoh.go.id", "is_staff": "on"}
    )

    user = User.objects.get(email="dewi@contoh.go.id")
    assert user.is_staff
    assert not user.has_usable_password()


def test_no_password_is_shown_not_even_as_a_hash(client, superuser):
    user = UserFactory()

    content = client.get(page(User, "change", user.pk)).content.decode()

    assert user.password not in content
    assert 'type="password"' not in content


def test_only_a_superuser_makes_an_officer(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))
    user = UserFactory(name="Dewi")

    client.post(
        page(User, "change", user.pk),
        {"name": "Dewi Lestari", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
        | inline("memberships"),
    )

    user.refresh_from_db()
    assert user.name == "Dewi Lestari"
    assert not user.is_staff
    assert not user.is_superuser


def test_a_system_admin_gives_roles_to_others_but_not_to_themselves(client):
    admin = officer(roles.SYSTEM_ADMIN)
    sign_in(client, admin)
    colleague = officer()
    ppk = officer(roles.PPK).groups.get()

    for user in (admin, colleague):
        client.post(
            page(User, "change", user.pk),
            {"name": user.name, "is_active": "on", "groups": [ppk.pk], **inline("memberships")},
        )

    assert list(colleague.groups.all()) == [ppk]
    assert [group.name for group in admin.groups.all()] == [roles.SYSTEM_ADMIN]


def test_a_superuser_is_changed_by_superusers_alone(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))
    user = UserFactory(is_superuser=True)

    response = client.post(page(User, "change", user.pk), {"name": "Diubah"})

    assert response.status_code == 403


def test_a_lost_second_factor_is_removed_and_its_owner_told(client, superuser):
    user = officer(roles.PPK)

    client.post(
        page(User, "changelist"),
        {"action": "remove_second_factor", "_selected_action": [user.pk]},
    )

    assert not Authenticator.objects.filter(user=user).exists()
    assert "langkah kedua" in user.notifications.get().body
    assert LogEntry.objects.get(object_id=user.pk).user == superuser


def test_a_system_admin_removes_no_second_factor(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))
    user = officer(roles.PPK)

    client.post(
        page(User, "changelist"),
        {"action": "remove_second_factor", "_selected_action": [user.pk]},
    )

    assert Authenticator.objects.filter(user=user).exists()


def test_a_role_keeps_its_permissions_when_its_page_is_saved(client, superuser):
    group = officer(roles.AUDITOR).groups.get()
    held = set(group.permissions.values_list("pk", flat=True))

    client.post(page(Group, "change", group.pk), {"name": group.name, "permissions": list(held)})

    assert set(group.permissions.values_list("pk", flat=True)) == held


def test_a_system_admin_does_not_widen_the_rights_of_a_role(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))
    group = officer(roles.PPK).groups.get()
    held = set(group.permissions.values_list("pk", flat=True))

    client.post(page(Group, "change", group.pk), {"name": group.name, "permissions": []})

    assert set(group.permissions.values_list("pk", flat=True)) == held


# --- Messages, days off, traces ------------------------------------------------------------------


def test_a_failed_mail_is_sent_again(
    client, superuser, mailoutbox, django_capture_on_commit_callbacks
):
    notification = NotificationFactory(failed_at=timezone.now(), attempts=8)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            page(Notification, "changelist"),
            {"action": "send_mail_again", "_selected_action": [notification.pk]},
        )

    notification.refresh_from_db()
    assert [mail.to for mail in mailoutbox] == [[notification.recipient.email]]
    assert notification.sent_at is not None


def test_messages_are_filtered_by_their_state(client, superuser):
    failed = NotificationFactory(failed_at=timezone.now())
    NotificationFactory(sent_at=timezone.now())

    found = client.get(page(Notification, "changelist"), {"keadaan": "gagal"})

    assert list(found.context["cl"].result_list) == [failed]


def test_a_day_off_that_an_officer_enters_counts_at_once(client, superuser):
    assert Holiday.objects.days() == frozenset()

    client.post(
        page(Holiday, "add"),
        {"date": "2026-08-17", "name": "Hari Kemerdekaan", "kind": Holiday.Kind.NATIONAL},
    )

    assert {day.isoformat() for day in Holiday.objects.days()} == {"2026-08-17"}


def test_it_is_visible_who_changed_what(client, superuser):
    code = KbliCodeFactory()
    client.post(
        page(KbliCode, "change", code.pk), {"version": 2020, "code": code.code, "title": "Konveksi"}
    )

    content = client.get(page(LogEntry, "changelist")).content.decode()

    assert superuser.name in content
    assert "Mengubah" in content
    assert "Judul" in content


def test_a_region_is_found_by_its_province(client, superuser):
    bukittinggi = RegionFactory()
    RegionFactory(code="32.73", name="Kota Bandung")

    found = client.get(page(Region, "changelist"), {"provinsi": "13"})

    assert list(found.context["cl"].result_list) == [bukittinggi.province, bukittinggi]
