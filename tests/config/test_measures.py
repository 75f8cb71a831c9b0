"""Every app offers its measures: the stored figures are what a count of the rows says."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.enums import AgreementStatus, Dimension
from partnerships.models import Agreement, Figure
from partnerships.workflow import figures as partnership_figures
from programs.esmart_enums import EsmartDimension
from programs.measures import behind, measure_of, offered
from programs.models import (
    CampaignParticipation,
    Enrolment,
    EsmartFigure,
    Indicator,
    LiveFigure,
    Program,
    SalesReport,
)
from programs.workflow import esmart_figures, live_figures
from subsidies.enums import Stage
from subsidies.models import Disbursement
from tests.factories.diklat import TraineeFactory
from tests.factories.esmart import (
    CampaignFactory,
    EnrolmentFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.partnerships import AgreementFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import IkmFactory, RegionFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.training import EventFactory, RegistrationFactory, bring_to
from training.diklat_enums import TraineeStatus
from training.enums import EventKind, EventStatus, RegistrationStatus
from training.models import Registration, Trainee

pytestmark = pytest.mark.django_db

EVER = {"first": datetime.date(2000, 1, 1), "last": datetime.date(2100, 1, 1)}


def program(slug):
    return Program.objects.get_or_create(
        slug=slug, defaults={"name": slug, "summary": "Ringkasan contoh."}
    )[0]


@pytest.fixture
def indicators():
    """An indicator for every measure, as the reference data have them."""
    for measure in offered():
        Indicator.objects.create(
            slug=measure.indicator,
            program=program("contoh"),
            name=measure.indicator,
            unit="rupiah" if measure.indicator.endswith("omzet") else "IKM",
            definition="Contoh.",
        )


def stored(slug, region=None):
    return sum(
        LiveFigure.objects.filter(indicator__slug=slug, region=region).values_list(
            "value", flat=True
        )
    )


def test_every_measure_has_its_indicator_in_the_reference_data():
    call_command("load_reference", stdout=StringIO())

    known = set(Indicator.objects.values_list("slug", flat=True))

    assert {measure.indicator for measure in offered()} <= known
    assert {measure.app for measure in offered()} == {
        "programs",
        "partnerships",
        "training",
        "subsidies",
    }


def test_a_school_with_three_agreements_counts_once_and_its_agreements_three_times(indicators):
    padang, bandung = RegionFactory(code="13.71"), RegionFactory(code="32.73")
    school, other = SchoolFactory(region=padang), SchoolFactory(region=bandung)
    companies = [PartnerFactory(region=bandung) for _ in range(3)]
    for company in companies:
        AgreementFactory(school=school, company=company, status=AgreementStatus.ACTIVE)
    AgreementFactory(school=other, company=companies[0], status=AgreementStatus.ENDED)
    AgreementFactory(school=other, company=companies[1], status=AgreementStatus.DRAFTING)

    live_figures.recount("partnerships")

    signed = Agreement.objects.signed()
    assert stored("lm-pks") == signed.count() == 4
    assert stored("lm-smk") == signed.values("school").distinct().count() == 2
    assert stored("lm-perusahaan") == signed.values("company").distinct().count() == 3
    assert stored("lm-pks", "13") == 3
    assert stored("lm-smk", "32") == 1
    assert stored("lm-perusahaan", "32") == 3


def test_events_that_began_count_with_those_who_hold_a_place(indicators):
    padang, medan = RegionFactory(code="13.71"), RegionFactory(code="12.71")
    for number, status in enumerate([EventStatus.CONCLUDED, EventStatus.OPEN]):
        event = EventFactory(kind=EventKind.WEBINAR, program=program("webinar-ikm"))
        for region in [padang, padang, medan, None]:
            RegistrationFactory(event=event, region=region)
        RegistrationFactory(event=event, region=medan, status=RegistrationStatus.WAITING)
        if number == 0:
            bring_to(event, status)
    bimtek = EventFactory(kind=EventKind.BIMTEK, program=program("bimtek-aparatur"))
    for region in [padang, padang, medan]:
        RegistrationFactory(event=bimtek, region=region)
    bring_to(bimtek, EventStatus.RUNNING)

    live_figures.recount("training")

    assert stored("webinar-kegiatan") == 1
    assert stored("webinar-peserta") == 4
    assert (stored("webinar-peserta", "13"), stored("webinar-peserta", "12")) == (2, 1)
    assert stored("bimtek-peserta") == Registration.objects.filter(event=bimtek).count() == 3
    assert stored("bimtek-kabkota") == 2


def test_the_three_rates_of_a_batch_stay_apart(indicators):
    for status in TraineeStatus:
        if status not in (TraineeStatus.WITHDRAWN, TraineeStatus.DROPPED_OUT):
            TraineeFactory(status=status, region=RegionFactory(code="13.71"))

    live_figures.recount("training")

    working = Trainee.objects.filter(working_since__isnull=False).count()
    competent = Trainee.objects.filter(certified_on__isnull=False).count()
    assert stored("diklat-bekerja") == working == 2
    assert stored("diklat-kompeten") == competent
    assert stored("diklat-dilatih") == 5
    assert stored("diklat-dilatih") > competent - 1 > working - 1


def test_only_what_the_treasury_paid_counts(indicators):
    ApplicationFactory(stage=Stage.PAID)
    ApplicationFactory(stage=Stage.SP2D)

    live_figures.recount("subsidies")

    paid = Disbursement.objects.filter(sp2d_on__isnull=False)
    assert stored("mesin-ikm") == paid.count() == 1
    assert stored("mesin-penggantian") == paid.get().amount


def test_an_ikm_counts_once_whatever_number_of_shops_and_workshops(indicators):
    ikm = IkmFactory(region=RegionFactory(code="13.71"))
    EnrolmentFactory(organization=ikm, trained=True, status="LEFT")
    EnrolmentFactory(organization=ikm, selling=True)
    EnrolmentFactory(verified=True)
    for _ in range(2):
        SalesReportFactory(
            shop=ShopFactory(organization=ikm),
            month=datetime.date(2026, 5, 1),
            reported_at=datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC),
            turnover=1_500_000,
        )
    campaign = CampaignFactory(slug="semuanya-ada-di-sini")
    for key in "abc":
        CampaignParticipation.objects.create(
            campaign=campaign,
            key=key,
            name=key,
            region_id="13.71",
            joined_on=datetime.date(2020, 7, 1),
        )

    live_figures.recount("programs")

    assert stored("esmart-peserta-lokakarya") == 1
    assert stored("esmart-ikm-bergabung") == Enrolment.objects.accepted().count() == 2
    assert stored("esmart-punya-toko") == 1
    assert stored("esmart-aktif-menjual") == 1
    assert stored("esmart-omzet", "13") == sum(
        SalesReport.objects.values_list("turnover", flat=True)
    )
    assert stored("kampanye-semuanya-ada-di-sini", "13") == 3


def test_the_list_behind_a_figure_adds_up_to_it(indicators):
    ikm = IkmFactory(region=RegionFactory(code="13.71"))
    EnrolmentFactory(organization=ikm, selling=True)
    EnrolmentFactory(organization=IkmFactory(region=RegionFactory(code="32.73")), verified=True)
    AgreementFactory(status=AgreementStatus.ACTIVE)
    event = EventFactory(kind=EventKind.WEBINAR, program=program("webinar-ikm"))
    RegistrationFactory(event=event)
    bring_to(event, EventStatus.RUNNING)

    live_figures.recount()

    for measure in offered():
        rows = list(behind(measure, **EVER))
        assert sum(row["counted_amount"] for row in rows) == stored(measure.indicator)
    assert stored("lm-pks") == stored("webinar-peserta") == 1
    enrolled = measure_of(Indicator.objects.get(slug="esmart-ikm-bergabung"))
    assert len(behind(enrolled, **EVER)) == 2
    assert len(behind(enrolled, **EVER, province="13")) == 1


def test_the_figures_of_a_program_say_the_same_on_all_its_pages(indicators):
    """The tables of e-Smart and of link and match are counted apart from the indicators."""
    AgreementFactory(status=AgreementStatus.ACTIVE)
    AgreementFactory(status=AgreementStatus.ENDED)
    ikm = IkmFactory(region=RegionFactory(code="13.71"))
    EnrolmentFactory(organization=ikm, trained=True, status="LEFT")
    EnrolmentFactory(organization=ikm, selling=True)
    EnrolmentFactory(verified=True)
    SalesReportFactory(
        shop=ShopFactory(organization=ikm),
        month=datetime.date(2026, 5, 1),
        reported_at=datetime.datetime(2026, 6, 1, tzinfo=datetime.UTC),
        turnover=1_500_000,
    )

    partnership_figures.rebuild()
    esmart_figures.rebuild(today=datetime.date(2026, 6, 15))
    live_figures.recount()

    whole = Figure.objects.get(dimension=Dimension.TOTAL)
    assert (whole.schools, whole.companies, whole.agreements) == (
        stored("lm-smk"),
        stored("lm-perusahaan"),
        stored("lm-pks"),
    )
    esmart = EsmartFigure.objects.get(dimension=EsmartDimension.TOTAL)
    assert (esmart.trained, esmart.enrolled, esmart.turnover) == (
        stored("esmart-peserta-lokakarya"),
        stored("esmart-ikm-bergabung"),
        stored("esmart-omzet"),
    )
    assert (whole.agreements, esmart.trained) == (2, 1)
