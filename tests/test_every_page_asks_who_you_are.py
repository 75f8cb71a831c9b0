"""Every address × every kind of person.

No page of ours answers a stranger unless it is listed here as open. Records of others do not exist.
An officer may be refused, an auditor changes nothing, and nobody ever meets a broken page. New
addresses are found by themselves; one with a new kind of record in it says so and is added below.
"""

import re
import uuid
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from partnerships.enums import AgreementStatus, ScopeKind
from partnerships.models import TaxFacts
from partnerships.workflow.signing import token_of
from programs import roles
from programs.models import User
from programs.workflow.accounts import give_consent
from subsidies.enums import Stage
from tests.factories.diklat import TraineeFactory
from tests.factories.esmart import (
    CampaignFactory,
    EnrolmentFactory,
    ProductFactory,
    ShopFactory,
)
from tests.factories.figures import IndicatorFactory, counted
from tests.factories.partnerships import AgreementFactory, ReportFactory
from tests.factories.programs import (
    DinasFactory,
    DocumentFactory,
    IkmFactory,
    IssuedPaperFactory,
    MembershipFactory,
    NewsFactory,
    NotificationFactory,
    RegionFactory,
    ReviewFlagFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidies import ApplicationFactory
from tests.factories.training import RegistrationFactory, bring_to
from tests.people import body_of, sign_in
from tests.programs.evil_files import picture
from training.diklat_enums import TraineeStatus
from training.enums import EventStatus
from training.models import CalendarFeed, ZoomAttendee

pytestmark = pytest.mark.django_db

OPEN_TO_ALL = {
    "home",
    "privacy_notice",
    "accessibility",
    "help",
    "offline",
    "service_worker",
    "webmanifest",
    "program_list",
    "program_detail",
    "healthz",
    "readyz",
    "programs:news_list",
    "programs:news_detail",
    "open_data",
    "open_data_catalogue",
    "open_data_metadata",
    "open_data_csv",
    "open_data_json",
    "programs:verify_form",
    "programs:verify",
    "subsidies:scheme_list",
    "subsidies:scheme_detail",
    "subsidies:eligibility",
    "training:event_list",
    "training:event_detail",
    "training:event_calendar",
    "training:calendar_feed",
    "training:diklat_list",
    "training:diklat_detail",
    "partnerships:about",
    "partnerships:sign_by_link",
    "partnerships:sign_paper",
    "esmart:about",
    "esmart:catalogue",
    "esmart:catalogue_product",
    "esmart:catalogue_business",
    "esmart:photo",
    "esmart:campaign_list",
    "esmart:campaign_detail",
}
# Whatever nobody gave a meaning to, said in words and open to all.
NEVER_THERE = {"open_data_unknown"}
# The way in and out, by allauth; the rest of /akun/ is closed.
ENTRANCE = {
    "account_logout",
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "admin:login",
}
SIGN_IN = ("/akun/login/", "/admin/login/")
OUR_RECORDS = ["programs:", "esmart:", "subsidies:", "partnerships:", "training:"]
# Pages about oneself carry no record in their address, and yet a word.
ABOUT_ONESELF = {"programs:consent_give", "programs:consent_withdraw"}


def addresses(resolver=None, namespace="", outer=()):
    """(name, parameters) of every address with a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        rule = pattern.pattern
        own = rule.converters or getattr(rule, "regex", rule).groupindex
        parameters = (*outer, *own)
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{namespace}{pattern.name}", parameters
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, inner, parameters)


ADDRESSES = sorted(set(addresses()))
CLOSED = [
    address for address in ADDRESSES if address[0] not in OPEN_TO_ALL | ENTRANCE | NEVER_THERE
]
WITH_RECORDS = [
    (name, parameters)
    for name, parameters in CLOSED
    if parameters and name.startswith(tuple(OUR_RECORDS)) and name not in ABOUT_ONESELF
]
# An open call or campaign is for anybody who has an IKM; anybody may register for a training.
# The year of somebody's JP is the own one. A link in a mail of e-Smart says that it is for another
# account, and no more.
FOR_ANYBODY = {
    "subsidies:application_start",
    "training:registration_new",
    "training:group_new",
    "training:group_check",
    "training:group_template",
    "training:check_in",
    "training:jp_download",
    "training:diklat_register",
    "training:diklat_send",
    "esmart:confirm",
    "esmart:decline",
    "esmart:campaign_join",
}
WITH_RECORDS = [address for address in WITH_RECORDS if address[0] not in FOR_ANYBODY]


@pytest.fixture
def world():
    """One IKM with all it can have, up to a payment. Everybody else asks for it."""
    owner = UserFactory(name="Rahmah Contoh")
    ikm = IkmFactory(owner=owner)
    application = ApplicationFactory(organization=ikm, stage=Stage.PAID)
    trainee = TraineeFactory(user=owner, status=TraineeStatus.PLACED)
    registration = RegistrationFactory(user=owner)
    session = bring_to(registration.event, EventStatus.RUNNING).sessions.first()
    slides = DocumentFactory(organization=None)
    agreement = AgreementFactory(status=AgreementStatus.ACTIVE, company_person=owner)
    give_consent("PUBLISH_PROFILE", by=owner)
    product = ProductFactory(organization=ikm)
    TaxFacts.objects.create(
        agreement=agreement,
        year=agreement.starts_on.year,
        participants=30,
        facilities=1_000_000,
        entered_by=owner,
        paper=_tax_annex(agreement),
    )
    return SimpleNamespace(
        owner=owner,
        ikm=ikm,
        shop=ShopFactory(organization=ikm),
        member=MembershipFactory(organization=ikm),
        application=application,
        machine=application.machines.first(),
        file=application.documents.first(),
        document=application.documents.first().document,
        paper=IssuedPaperFactory(organization=ikm, content=b"%PDF-1.7"),
        notification=NotificationFactory(recipient=owner),
        flag=ReviewFlagFactory(organization=ikm),
        loose=DocumentFactory(organization=ikm, uploaded_by=owner),
        trainee=trainee,
        registration=registration,
        event=registration.event,
        session=session,
        attendee=ZoomAttendee.objects.create(session=session, name="Tamu", spans=[], minutes=0),
        material=registration.event.materials.create(title="Paparan", document=slides),
        feed=CalendarFeed.objects.create(user=owner),
        batch=trainee.batch,
        agreement=agreement,
        report=ReportFactory(agreement=agreement),
        activity=agreement.activities.create(
            kind=ScopeKind.VISIT,
            starts_on=agreement.starts_on,
            ends_on=agreement.starts_on,
            description="Kunjungan",
            quantity=30,
            recorded_by=owner,
        ),
        amendment=agreement.amendments.create(number=1, reason="Contoh.", proposed_by=owner),
        product=product,
        photo=product.photos.create(document=_picture(ikm, owner)),
        certification=product.certifications.create(kind="HALAL", number="ID1"),
        news=NewsFactory(),
        enrolment=EnrolmentFactory(organization=ikm, owner_email=owner.email, proposed=True),
        campaign=_campaign(owner),
        indicator=counted(IndicatorFactory(slug="esmart-ikm-bergabung"), {"2026-01": 1}),
    )


def _picture(ikm, owner):
    return DocumentFactory(
        organization=ikm,
        uploaded_by=owner,
        content=picture(size=(40, 30)),
        content_type="image/jpeg",
    )


def _campaign(officer):
    """A campaign with a file that waits to be recorded."""
    campaign = CampaignFactory()
    campaign.imports.create(sha256="a" * 64, name="peserta.csv", by=officer)
    return campaign


def _tax_annex(agreement):
    words = "company nib company_address school npsn school_address agreement_number note"
    facts = dict.fromkeys(words.split(), "")
    days = dict.fromkeys(["signed_on", "starts_on", "ends_on"], "2026-01-02")
    lists = {"competences": [], "done": [], "costs": []}
    return IssuedPaperFactory(
        kind="TAX_ANNEX",
        key=f"partnerships.tax.{agreement.pk}.2026.1",
        facts=facts | days | lists | {"year": 2026, "participants": 30, "total_rp": 1_000_000},
    )


def parameters_of(name, world):
    """What stands in the address ``name`` for the records of ``world``."""
    application, ikm = world.application, world.ikm
    values = {
        "machine_pk": world.machine.pk,
        "file_pk": world.file.pk,
        "note_pk": 1,
        "member_pk": world.member.pk,
        "purpose": "NEWSLETTER",
        "key": "usaha",
        "what": "rekening",
        "uidb36": "1",
        "name": "surat",
        "app_label": "programs",
        "content_type_id": 1,
        "code": application.scheme.code,
        "pk": application.pk if name.startswith(("subsidies:", "admin:subsidies")) else ikm.pk,
        "object_id": _admin_record(name),
        "trainee_pk": world.trainee.pk,
        "registration_pk": world.registration.pk,
        "session_pk": world.session.pk,
        "attendee_pk": world.attendee.pk,
        "demand_pk": world.batch.demands.get().pk,
        "result_pk": world.trainee.results.get().pk,
        "report_pk": world.report.pk,
        "activity_pk": world.activity.pk,
        "photo_pk": world.photo.pk,
        "certification_pk": world.certification.pk,
        "amendment_pk": world.amendment.pk,
        "signer": "school",
        "slug": world.event.slug,
        "token": world.feed.token,
        "occasion": "awal",
        "year": 2026,
        "month": "2026-05",
    }
    if name.startswith("minister:"):
        values["slug"] = world.indicator.slug
    if name.startswith(("esmart:shop_", "esmart:sales_", "admin:programs_shop_")):
        values["pk"] = world.shop.pk
    if name.startswith("admin:programs_enrolment_"):
        values |= {"pk": world.enrolment.pk, "step": "tolak"}
    if name in ("training:diklat_trainee", "training:diklat_withdraw"):
        values["pk"] = world.trainee.pk
    elif name.startswith(("training:diklat_", "admin:training_batch_")):
        values["pk"] = world.batch.pk
    elif name.startswith("admin:training_event_"):
        values["pk"] = world.event.pk
    elif name.startswith("partnerships:sign_"):
        values["token"] = token_of(world.agreement.signatures.first())
    elif name == "partnerships:activity_withdraw":
        values["pk"] = world.activity.pk
    elif name.startswith("partnerships:amendment_") and name != "partnerships:amendment_propose":
        values["pk"] = world.amendment.pk
    elif name in (
        "partnerships:matches",
        "partnerships:profile_edit",
        "partnerships:agreement_propose",
    ):
        values["pk"] = world.agreement.company_id
    elif name == "partnerships:report_file":
        values["pk"] = world.report.pk
    elif name.startswith(("partnerships:", "admin:partnerships_agreement_")):
        values["pk"] = world.agreement.pk
        values["year"] = world.agreement.starts_on.year
    elif name.startswith(("esmart:product_", "esmart:photo_", "esmart:certification_")):
        values["pk"] = world.product.pk
    elif name in ("esmart:enrolment_detail", "esmart:leave", "esmart:ask_for_help"):
        values["pk"] = world.enrolment.pk
    elif name.startswith("admin:programs_campaign"):
        values["pk"] = _admin_record(name)
    elif name == "training:material":
        values["pk"] = world.material.pk
    elif name.startswith(("training:", "admin:training_registration_")):
        values["pk"] = world.registration.pk
    return values | {
        "esmart:product_new": {"pk": ikm.pk},
        "esmart:catalogue_product": {"pk": world.product.pk},
        "esmart:catalogue_business": {"pk": ikm.pk},
        "esmart:photo": {"code": world.photo.document.code},
        "esmart:confirm": {"code": world.enrolment.code},
        "esmart:decline": {"code": world.enrolment.code},
        "esmart:campaign_detail": {"slug": world.campaign.slug},
        "esmart:campaign_join": {"slug": world.campaign.slug},
        "program_detail": {"slug": world.enrolment.program.slug},
        "programs:news_detail": {"slug": world.news.slug},
        "open_data_metadata": {"name": "wilayah"},
        "open_data_csv": {"name": "wilayah"},
        "open_data_json": {"name": "wilayah"},
        "programs:notification": {"pk": world.notification.pk},
        "programs:document": {"code": world.document.code},
        "programs:paper": {"code": world.paper.code},
        "programs:verify": {"code": world.paper.code},
        "subsidies:file_thumbnail": {"code": world.document.code},
        "admin:programs_ikmprofile_nik": {"pk": ikm.ikm.pk},
    }.get(name, {})


def _admin_record(name):
    """A record of the model that an address of the admin is about; 1 when there is none."""
    for app in ("programs", "subsidies", "partnerships", "training", "auth", "admin"):
        for model in apps.get_app_config(app).get_models():
            if name.startswith(f"admin:{app}_{model._meta.model_name}_"):
                first = model._default_manager.order_by("pk").first()
                return first.pk if first else 1
    return 1


def path_of(address, world):
    name, parameters = address
    values = parameters_of(name, world)
    return reverse(name, kwargs={parameter: values[parameter] for parameter in parameters})


def visit(client, method, path):
    """The status of the answer, read to its end. The client raises what the page raises."""
    answer = getattr(client, method)(path)
    body_of(answer)
    return answer


def changed_rows(before, after):
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def everything(leave_out=()):
    """All rows of ours as text, to see whether anything changed."""
    return {
        (model._meta.label, row.pk): serializers.serialize("json", [row])
        for app in ("programs", "subsidies", "partnerships", "training")
        for model in apps.get_app_config(app).get_models()
        if model._meta.label not in leave_out
        for row in model._default_manager.all()
    }


def test_the_addresses_were_found():
    assert len(ADDRESSES) > 100
    assert {name for name, _ in ADDRESSES} >= OPEN_TO_ALL | ENTRANCE


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(client, world, method):
    let_in = []

    for address in CLOSED:
        answer = visit(client, method, path_of(address, world))
        if answer.status_code != 302 or not answer.url.startswith(SIGN_IN):
            let_in.append((address[0], answer.status_code))

    # Signing out needs nobody; the keys of the admin's labels tell nothing.
    assert let_in == []


def test_the_open_pages_are_open(client, world):
    for name, parameters in ADDRESSES:
        if name in OPEN_TO_ALL | NEVER_THERE:
            answer = visit(client, "get", path_of((name, parameters), world))
            assert answer.status_code == (404 if name in NEVER_THERE else 200), name


@pytest.fixture
def people(world):
    """Who has nothing to do with the IKM of ``world``."""
    newcomer, other, former, waiting, dinas = UserFactory.create_batch(5)
    IkmFactory(owner=other)
    ApplicationFactory(organization=IkmFactory(owner=other), stage=Stage.PAID)
    MembershipFactory(organization=world.ikm, user=former, state="ENDED")
    MembershipFactory(organization=world.ikm, user=waiting, state="PENDING")
    DinasFactory(region=RegionFactory(code="32.73", name="Kota Bandung"), member=dinas)
    return {
        "newcomer": newcomer,
        "owner of another IKM": other,
        "former member": former,
        "not yet a member": waiting,
        "Dinas of another region": dinas,
        "verifier of another visit": officer(roles.FIELD_VERIFIER),
        "officer without a role": officer(),
        "officer of another unit": officer(roles.BDI_ADMIN),
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_records_of_others_do_not_exist(world, people, method):
    clients = {
        who: sign_in(Client(), user, has_just_confirmed=True) for who, user in people.items()
    }
    before, found = everything(), []

    for who, client in clients.items():
        for address in WITH_RECORDS:
            status = visit(client, method, path_of(address, world)).status_code
            # 405: the address answers this method to nobody, which tells nothing of the record.
            if status not in {404, 405}:
                found.append((who, address[0], status))

    assert found == []
    assert changed_rows(before, everything()) == set()


def without_tokens(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.text)


def test_what_does_not_exist_looks_the_same(world, people):
    client = sign_in(Client(), people["newcomer"])
    theirs = visit(client, "get", reverse("programs:document", args=[world.document.code]))
    nobodys = visit(client, "get", reverse("programs:document", args=[uuid.uuid4()]))

    assert theirs.status_code == nobodys.status_code == 404
    assert without_tokens(theirs) == without_tokens(nobodys)


@pytest.mark.parametrize("who", ["newcomer", "owner"])
def test_the_desk_is_for_officers(world, people, who):
    user = world.owner if who == "owner" else people["newcomer"]
    client, entered = sign_in(Client(), user), []

    for address in CLOSED:
        if address[0].startswith(("admin:", "desk_")) and address[0] != "admin:logout":
            for method in ("get", "post"):
                answer = visit(client, method, path_of(address, world))
                if answer.status_code not in {302, 403, 404, 405}:
                    entered.append((address[0], method, answer.status_code))

    assert entered == []


def test_an_officer_without_a_second_factor_gets_no_further_than_its_set_up(world):
    client = Client()
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    further = []

    for address in CLOSED:
        if not path_of(address, world).startswith("/akun/"):
            answer = visit(client, "get", path_of(address, world))
            if answer.status_code != 302 or not answer.url.startswith("/akun/2fa/"):
                further.append((address[0], answer.status_code))

    assert further == []


def test_a_password_alone_does_not_open_the_desk(world):
    client = Client()
    client.force_login(officer(roles.PPK))

    answer = visit(client, "get", reverse("admin:index"))

    assert answer.url.startswith("/akun/2fa/reauthenticate/")


@pytest.mark.parametrize("role", roles.ALL)
def test_no_page_breaks_for_any_role(world, role):
    client, broken = sign_in(Client(), officer(role), has_just_confirmed=True), []

    for address in ADDRESSES:
        if address[0] != "admin:logout":
            answer = visit(client, "get", path_of(address, world))
            if answer.status_code >= 500 or answer.status_code == 400:
                broken.append((address[0], answer.status_code))

    assert broken == []


def test_an_auditor_reads_everything_of_a_case(world):
    client = sign_in(Client(), officer(roles.AUDITOR))

    for path in [
        f"{reverse('desk_search')}?q=Rahmah",
        f"{reverse('desk_suggestions')}?q=Rahmah",
        reverse("admin:subsidies_application_changelist"),
        reverse("admin:subsidies_application_change", args=[world.application.pk]),
        reverse("admin:subsidies_ledgerentry_changelist"),
        reverse("admin:programs_organization_change", args=[world.ikm.pk]),
        reverse("admin:programs_notification_changelist"),
        reverse("admin:training_event_desk", args=[world.event.pk]),
        reverse("admin:training_event_participants", args=[world.event.pk]),
        reverse("admin:training_registration_change", args=[world.registration.pk]),
        reverse("admin:partnerships_agreement_change", args=[world.agreement.pk]),
        reverse("admin:partnerships_agreement_cooperation", args=[world.agreement.pk]),
        reverse("programs:document", args=[world.document.code]),
        reverse("programs:paper", args=[world.paper.code]),
    ]:
        assert visit(client, "get", path).status_code == 200, path


def test_an_auditor_changes_nothing(world):
    auditor = officer(roles.AUDITOR)
    client = sign_in(Client(), auditor, has_just_confirmed=True)
    # What auditors may write: that they looked, and what concerns themselves.
    own = ["programs.SensitiveAccess", "programs.OneTimeForm", "programs.Consent"]
    own += ["programs.NotificationPreference", "training.CalendarFeed"]
    before = everything(leave_out=own)

    for address in CLOSED:
        if address[0] != "admin:logout":
            visit(client, "post", path_of(address, world))

    changed = changed_rows(before, everything(leave_out=own))
    assert changed - {("programs.User", auditor.pk)} == set()
    assert Group.objects.get(name=roles.AUDITOR) in User.objects.get(pk=auditor.pk).groups.all()


def test_its_own_people_find_all_of_it(world):
    client, missing = sign_in(Client(), world.owner), []

    for address in WITH_RECORDS:
        status = visit(client, "get", path_of(address, world)).status_code
        if status == 404 and address[0] != "subsidies:file_thumbnail":  # of photos alone
            missing.append(address[0])

    assert missing == []
