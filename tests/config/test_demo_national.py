"""The demo at the published size: a twentieth of it in rows here, and the whole of its plan."""

import io
from collections import Counter
from itertools import islice

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from config.demo_data import national, national_webinars
from config.demo_data.national_campaign import by_day, participants
from config.demo_data.national_esmart_plan import businesses, turnovers
from config.demo_data.national_partners import (
    LAUNCHES,
    Recorded,
    partners,
    regions_of_launches,
    still_missing,
)
from config.demo_data.national_webinars import places, webinars
from config.demo_data.people import ADMIN_EMAIL
from config.management.commands import demo
from partnerships.enums import AgreementStatus, Dimension
from partnerships.models import Agreement, Figure
from programs import roles
from programs.achievement import standings
from programs.enums import OrganizationKind
from programs.esmart_enums import EnrolmentStatus
from programs.models import (
    CampaignCount,
    CampaignImport,
    CampaignParticipation,
    Enrolment,
    EnrolmentHistoryEntry,
    EsmartFigure,
    Notification,
    Organization,
    Region,
    User,
)
from programs.workflow.stages import follow_facts
from tests.factories.programs import officer
from training import figures
from training.enums import PASSED
from training.models import Event, EventFigures, Registration
from training.workflow.results import outcomes

TODAY = timezone.localdate()
SIZES = national.Sizes(
    schools=130,
    companies=90,
    agreements=250,
    webinars=8,
    webinar_participants=693,
    enrolments=520,
    turnover=163_500_001,
    campaign=30_000,
    campaign_on_the_first_day=146,
)
NOTHING = Recorded(Counter(), Counter(), Counter())


@pytest.fixture(scope="module")
def nation_loaded(django_db_setup, django_db_blocker):
    """A twentieth of the nation on reference data alone, taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        call_command("load_reference", stdout=io.StringIO())
        call_command("load_partnerships", stdout=io.StringIO())
        officers = {
            "ikma": officer(roles.IKMA_OFFICER, name="Petugas Contoh"),
            "bpsdmi": officer(roles.BPSDMI_OFFICER, name="Petugas Contoh"),
        }
        # As if it had been interrupted after the second part: the next run goes on from there.
        fill(SIZES._replace(webinars=0, campaign=0), officers)
        fill(SIZES, officers)
        yield officers
        transaction.set_rollback(True)


@pytest.fixture
def nation(nation_loaded, db):
    return nation_loaded


def fill(sizes, officers):
    said = []
    national.load(sizes, officers=officers, today=TODAY, say=said.append)
    return said


def test_every_published_number_is_reached_exactly(nation):
    assert national.counted() == SIZES


def test_filled_up_it_adds_nothing(nation):
    said = fill(SIZES, nation)

    assert [line for line in said if "ditambahkan" in line] == []
    assert len([line for line in said if "sudah ada" in line]) == 4
    assert national.counted() == SIZES


@pytest.mark.usefixtures("nation")
def test_the_stored_figures_of_link_and_match_agree_with_the_rows():
    total = Figure.objects.get(dimension=Dimension.TOTAL)
    phases = Figure.objects.filter(dimension=Dimension.PHASE)
    years = Figure.objects.filter(dimension=Dimension.YEAR).values_list("key", flat=True)

    assert (total.schools, total.companies, total.agreements) == (
        SIZES.schools,
        SIZES.companies,
        SIZES.agreements,
    )
    assert phases.aggregate(sum=Sum("agreements"))["sum"] == SIZES.agreements
    assert all(phase.agreements for phase in phases)
    assert set(years) == {"2017", "2018", "2019"}
    assert set(Agreement.objects.values_list("status", flat=True)) >= {
        AgreementStatus.ACTIVE,
        AgreementStatus.ENDED,
    }


@pytest.mark.usefixtures("nation")
def test_the_stored_figures_of_e_smart_agree_with_the_rows():
    total = EsmartFigure.objects.get(dimension="TOTAL")
    trained = Enrolment.objects.exclude(trained_on=None).count()

    assert set(Enrolment.objects.values_list("status", flat=True)) == set(EnrolmentStatus)
    assert (total.turnover, total.trained) == (SIZES.turnover, trained)
    for dimension in ("MONTH", "MARKETPLACE", "COMMODITY", "PROVINCE"):
        parts = EsmartFigure.objects.filter(dimension=dimension)
        assert parts.aggregate(sum=Sum("turnover"))["sum"] == SIZES.turnover
    assert total.trained > total.onboard > total.selling > 0


@pytest.mark.usefixtures("nation")
def test_the_figures_of_webinars_agree_with_the_rows():
    events = figures.held(national_webinars.held())
    total = figures.table(events, "unit").total

    assert EventFigures.objects.filter(is_fresh=True).count() == SIZES.webinars
    assert (total.events, total.participants) == (SIZES.webinars, SIZES.webinar_participants)
    assert 0 < total.attended < total.participants
    assert 0 < total.people < total.participants  # many came more than once
    assert all(event.taken == event.arrivals for event in Event.objects.all())


@pytest.mark.usefixtures("nation")
def test_the_indicators_of_all_programs_agree_with_the_rows_and_have_targets_by_them():
    told = {one.indicator.slug: one for one in standings(today=TODAY)}

    assert told["lm-smk"].value == SIZES.schools
    assert told["lm-perusahaan"].value == SIZES.companies
    assert told["lm-pks"].value == SIZES.agreements
    assert told["webinar-kegiatan"].value == SIZES.webinars
    assert told["webinar-peserta"].value == SIZES.webinar_participants
    assert told["esmart-omzet"].value == SIZES.turnover
    assert told["kampanye-semuanya-ada-di-sini"].value == SIZES.campaign
    assert told["lm-smk"].target.value > SIZES.schools


@pytest.mark.usefixtures("nation")
def test_the_campaign_reaches_every_kabupaten_and_kota():
    counts = CampaignCount.objects.filter(campaign__slug="semuanya-ada-di-sini")

    assert counts.aggregate(sum=Sum("participants"))["sum"] == SIZES.campaign
    assert counts.values("region").distinct().count() == 514
    assert CampaignImport.objects.get().recorded == SIZES.campaign
    # The IKM of e-Smart take part as those that the register knows.
    assert CampaignParticipation.objects.exclude(organization=None).count() > 500


@pytest.mark.usefixtures("nation")
def test_the_facts_leave_every_enrolment_where_it_stands():
    for status in EnrolmentStatus:
        for enrolment in Enrolment.objects.filter(status=status).order_by("pk")[:6]:
            before = Enrolment.objects.filter(pk=enrolment.pk).values().get()
            lines = enrolment.history.count()

            follow_facts(enrolment.organization, today=TODAY)

            assert Enrolment.objects.filter(pk=enrolment.pk).values().get() == before
            assert enrolment.history.count() == lines


@pytest.mark.usefixtures("nation")
def test_a_history_leads_to_where_each_enrolment_stands():
    lines = {}
    for line in EnrolmentHistoryEntry.objects.order_by("enrolment", "at", "pk"):
        before = lines.get(line.enrolment_id)
        assert line.from_status == (before.to_status if before else "")
        lines[line.enrolment_id] = line

    reached = {key: line.to_status for key, line in lines.items()}
    assert reached == dict(Enrolment.objects.values_list("pk", "status"))
    assert max(line.at for line in lines.values()) <= timezone.now()


@pytest.mark.usefixtures("nation")
def test_the_results_of_a_webinar_are_those_that_attendance_gives():
    for event in Event.objects.order_by("pk")[:3]:
        for outcome in outcomes(event):
            assert outcome.status == outcome.registration.status
            assert outcome.jp == outcome.registration.attended_jp
    passed = Registration.objects.filter(status__in=PASSED)
    webinars = Event.objects.filter(program__slug="webinar-ikm")
    assert webinars[0].program.participations.valid().count() == passed.count()


@pytest.mark.usefixtures("nation")
def test_nobody_is_told_of_what_was_made_up():
    assert not Notification.objects.exists()


@pytest.mark.usefixtures("nation")
def test_all_names_of_the_nation_say_that_they_are_made_up():
    names = [
        *Organization.objects.exclude(kind=OrganizationKind.UNIT).values_list("name", flat=True),
        *User.objects.values_list("name", flat=True),
        *Event.objects.values_list("title", flat=True),
        *CampaignParticipation.objects.values_list("name", flat=True)[::50],
    ]

    assert len(names) > 1500
    assert [name for name in names if "contoh" not in name.lower()] == []


@pytest.mark.usefixtures("nation")
def test_the_whole_plan_has_its_published_numbers_and_is_always_the_same():
    regions = dict(
        Region.objects.exclude(province=None).order_by("code").values_list("code", "name")
    )
    whole = national.PUBLISHED

    def plan():
        launches = still_missing(whole, NOTHING)
        ikm = list(businesses(whole.enrolments, regions=list(regions), names=regions, today=TODAY))
        months = [shop.months for one in ikm for shop in one.shops]
        held = list(webinars(whole.webinars, whole.webinar_participants))
        days = by_day(whole.campaign, on_the_first=whole.campaign_on_the_first_day)
        return {
            "launches": launches,
            "partners": partners(launches, regions_of_launches()),
            "ikm": ikm,
            "sold": list(turnovers(months, whole.turnover)),
            "held": held,
            "places": [list(places(one, 9000)) for one in held],
            "days": days,
            "campaign": list(islice(participants(days, regions=list(regions), members=[]), 10_000)),
        }

    made = plan()
    schools, companies, contracts = made["partners"]

    assert made["launches"] == LAUNCHES
    assert len({one.school for one in contracts}) == len(schools) == whole.schools
    assert len({one.company for one in contracts}) == len(companies) == whole.companies
    assert len({(one.school, one.company) for one in contracts}) == whole.agreements
    assert sum(sum(told) for told in made["sold"]) == whole.turnover
    assert sum(map(len, made["places"])) == whole.webinar_participants
    assert (made["held"][0].starts_at.month, made["held"][-1].starts_at.day) == (4, 26)
    assert sum(made["days"].values()) == whole.campaign
    assert plan() == made


# --- The command --------------------------------------------------------------------------------


@pytest.fixture
def parts(monkeypatch):
    """What the command does, without doing it."""
    done = []
    monkeypatch.setattr(demo.Command, "fill", lambda self: done.append("small"))
    monkeypatch.setattr(demo.national, "load", lambda sizes, **others: done.append(sizes))
    return done


def test_the_nation_comes_after_the_small_demo(db, parts):
    for key in ("ikma", "bpsdmi"):
        officer(email=f"{key}@bina.example")
    said = io.StringIO()

    call_command("demo", "--scale", "national", stdout=said)

    assert parts == ["small", national.PUBLISHED]
    assert "berskala nasional" in said.getvalue()


def test_a_nation_that_is_there_is_left_alone(db, parts, monkeypatch):
    officer(email=ADMIN_EMAIL)
    monkeypatch.setattr(demo.national, "counted", lambda: national.PUBLISHED)
    said = io.StringIO()

    call_command("demo", "--scale", "national", stdout=said)

    assert parts == []
    assert said.getvalue() == ("Data contoh berskala nasional sudah ada; tidak ada yang diubah.\n")
