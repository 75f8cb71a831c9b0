"""The demo: every screen has life, the money adds up, and it stays out of real systems."""

import io
import re
from collections import Counter
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from config.demo_data.bimtek_zoom import DEVICES
from config.demo_data.people import PASSWORD, sign_ins
from config.demo_data.targets import enter_targets, in_round_figures
from partnerships.enums import AgreementStatus, Dimension
from partnerships.models import Agreement, Figure
from programs import roles
from programs.achievement import standings
from programs.enums import OrganizationKind, PaperKind
from programs.esmart_enums import EnrolmentStatus
from programs.models import (
    Document,
    Enrolment,
    EsmartFigure,
    IssuedPaper,
    Membership,
    MentoringTask,
    News,
    Organization,
    Participation,
    Product,
    ReviewFlag,
    Target,
    User,
)
from subsidies.enums import DisbursementStatus, Stage
from subsidies.models import Application, BudgetLine, Disbursement, Scheme
from training.diklat_enums import BatchStatus, TraineeStatus
from training.diklat_figures import rates_of
from training.enums import EventStatus, SpeakerRole
from training.models import Batch, Event, Followup, Session, Speaker, Trainee
from training.workflow.coverage import coverage

TODAY = timezone.localdate()


def demo(*options):
    said = io.StringIO()
    call_command("demo", *options, stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def season_loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo in a transaction that is taken back after the last test of this module."""
    files = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        cache.clear()
        call_command("load_reference", stdout=io.StringIO())
        cache.clear()
        demo()
        yield files
        transaction.set_rollback(True)


@pytest.fixture
def loaded(season_loaded, db, settings):
    settings.MEDIA_ROOT = season_loaded


def test_an_application_stands_at_every_stage(loaded):
    stages = Counter(Application.objects.with_stage().values_list("stage", flat=True))

    assert set(stages) == set(Stage)
    assert Application.objects.values("organization").distinct().count() >= 24
    assert Application.objects.values("organization__region__province").distinct().count() >= 15


def test_the_queue_has_late_and_urgent_and_quiet_work(loaded):
    work = Application.objects.on_the_desk_of(User.objects.get(email="ikma@bina.example"))

    for stage in (Stage.COMPLETENESS, Stage.CONFORMITY, Stage.APPROVAL):
        at_stage = work.in_stage(stage)
        assert at_stage.overdue(today=TODAY).exists()
        assert at_stage.filter(due_on__gt=TODAY).exists()
    assert work.filter(assigned_to=None).exists()
    assert work.exclude(assigned_to=None).exists()


def test_one_call_is_open_and_the_one_of_2020_follows_its_rule(loaded):
    open_now = Scheme.objects.open(today=TODAY).get()
    of_2020 = Scheme.objects.get(code="RESTRUK-IKM-2020")

    assert open_now.code == f"RESTRUK-IKM-{TODAY.year}"
    assert open_now.documents.count() >= 15
    assert str(of_2020.closes_on) == "2020-10-11"
    assert of_2020.budget_line.balance()["allocated"] == 6_500_000_000
    assert (of_2020.floor, of_2020.ceiling) == (5_000_000, 300_000_000)
    assert of_2020.max_participations == 3
    rates = set(of_2020.rates.values_list("origin", "percent"))
    assert rates == {("DOMESTIC", 30), ("IMPORT", 25)}


def test_the_ledger_adds_up(loaded):
    for line in BudgetLine.objects.all():
        pots = line.balance()
        paid = Disbursement.objects.filter(
            decree__budget_line=line, status=DisbursementStatus.PAID
        ).values_list("amount", flat=True)
        decreed = Disbursement.objects.filter(decree__budget_line=line).exclude(
            status=DisbursementStatus.PAID
        )
        approved = Application.objects.filter(budget_line=line).in_stage(Stage.DECREE)
        assert pots["paid"] == sum(paid)
        assert pots["committed"] == sum(decreed.values_list("amount", flat=True))
        assert pots["reserved"] == sum(approved.values_list("reimbursed", flat=True))
        assert pots["available"] >= 0


def test_histories_tell_a_season_and_not_one_moment(loaded):
    closed = Application.objects.in_stage(Stage.CLOSED).filter(scheme__fiscal_year=TODAY.year)

    for application in closed:
        days = [timezone.localdate(entry.at) for entry in application.history.all()]
        assert days == sorted(days)
        assert (days[-1] - days[0]).days > 30
        assert timezone.localdate(application.submitted_at) == days[0]


def test_all_papers_are_made_and_all_files_are_there(loaded, season_loaded):
    # Hundreds of certificates are left to the worker.
    late = IssuedPaper.objects.exclude(kind=PaperKind.CERTIFICATE)
    assert not late.filter(file="").exists()
    # A record of JP is made when somebody asks for it.
    assert set(IssuedPaper.objects.values_list("kind", flat=True)) == set(PaperKind) - {
        PaperKind.JP_RECORD
    }
    assert IssuedPaper.objects.filter(state="REVOKED").exists()
    assert Document.objects.count() > 400
    for document in Document.objects.all():
        assert (season_loaded / document.file.name).stat().st_size == document.size


def test_all_names_say_that_they_are_made_up(loaded):
    organizations = Organization.objects.exclude(kind=OrganizationKind.UNIT)
    names = [
        *organizations.values_list("name", flat=True),
        *User.objects.values_list("name", flat=True),
        *Scheme.objects.values_list("name", flat=True),
    ]

    assert [name for name in names if "contoh" not in name.lower()] == []
    assert all(email.endswith(".example") for email in User.objects.values_list("email", flat=True))


def test_something_waits_for_officers_and_owners_beside_applications(loaded):
    assert Membership.objects.filter(state="PENDING").count() >= 2
    assert ReviewFlag.objects.filter(resolved_at=None).count() >= 3
    assert ReviewFlag.objects.exclude(resolved_at=None).exists()


def test_every_role_can_sign_in(loaded, client, settings):
    settings.DEMO = True
    printed = demo("--sign-ins")

    assert {account.role for account in sign_ins()} >= set(roles.ALL)
    for account in sign_ins():
        user = User.objects.get(email=account.email)
        assert account.email in printed
        assert user.check_password(PASSWORD)
        assert user.emailaddress_set.filter(verified=True, primary=True).exists()
        if account.needs_code:
            assert [group.name for group in user.groups.all()] == [account.role]
            assert TOTP(user.authenticator_set.get()).validate_code(demo("--code").strip())
        else:
            assert not user.is_staff
    assert PASSWORD in printed


def test_outside_the_demo_its_codes_open_nothing(loaded, settings):
    settings.DEMO = False
    code = demo("--code").strip()

    assert re.fullmatch(r"[0-9]{6}", code)
    for authenticator in Authenticator.objects.all():
        assert not TOTP(authenticator).validate_code(code)
    assert "BINA_DEMO belum 1" in demo("--sign-ins")


def test_loaded_twice_it_changes_nothing(loaded):
    def counted():
        return {
            model._meta.label: model.objects.count()
            for model in apps.get_models()
            if model._meta.managed
        }

    before = counted()

    assert demo() == "Data contoh sudah ada; tidak ada yang diubah.\n"
    assert counted() == before


def test_the_bimtek_of_regional_2_has_its_published_size(loaded):
    event = Event.objects.get(slug="bimtek-regional-2-2020")
    people = event.registrations.placed()
    covered = [row for row in coverage([event]) if row.people]

    assert people.count() == 330
    assert people.values("region__province").distinct().count() == 5
    assert people.filter(kind="COMPANY").values("institution").distinct().count() == 12
    assert (len(covered), len(coverage([event]))) == (61, 64)
    assert (event.starts_at.date(), event.ends_at.date()) == (date(2020, 6, 22), date(2020, 6, 23))
    assert event.unit.satker_code == "579343"
    in_front = Speaker.objects.filter(session__event=event).values_list("role", flat=True)
    assert set(in_front) == set(SpeakerRole)
    assert event.registrations.filter(status="CERTIFIED").count() > 250
    assert Participation.objects.valid().filter(program=event.program).count() > 250


def test_the_zoom_report_of_its_first_session_leaves_some_to_be_matched_by_hand(loaded):
    session = Session.objects.get(event__slug="bimtek-regional-2-2020", number=1)
    unmatched = session.zoom_attendees.filter(registration=None).values_list("name", flat=True)

    # Of 322 sixteen show no e-mail and a name that others have as well.
    assert session.attendances.filter(zoom_minutes__gt=0).count() == 306
    assert set(DEVICES) < set(unmatched)


def test_an_event_stands_at_every_stage_but_closed_and_concluded(loaded):
    # Registration closes and results are fixed on the way to the later stages.
    assert set(Event.objects.values_list("status", flat=True)) == set(EventStatus) - {
        EventStatus.CLOSED,
        EventStatus.CONCLUDED,
    }


def test_jambi_is_full_and_three_people_of_it_wait(loaded):
    event = Event.objects.get(status=EventStatus.OPEN, quotas__region="15")

    assert event.taken == 102
    assert (
        list(event.registrations.waiting().values_list("region__province", flat=True)) == ["15"] * 3
    )


def test_a_batch_of_diklat_stands_at_every_stage(loaded):
    assert set(Batch.objects.values_list("status", flat=True)) == set(BatchStatus)
    assert Batch.objects.values("course__unit").distinct().count() == 7
    assert Trainee.objects.get(email="diklat1@peserta.example").status == TraineeStatus.SELECTED
    assert Followup.objects.due(today=TODAY).exists()
    done = rates_of(Batch.objects.filter(status=BatchStatus.CLOSED))
    assert (done.trained.count, done.certified.count, done.placed.count) == (30, 28, 30)


@pytest.mark.usefixtures("loaded")
def test_an_agreement_stands_at_every_stage_and_the_figures_count_them():
    signed = Agreement.objects.signed()
    total = Figure.objects.get(dimension=Dimension.TOTAL)

    assert set(Agreement.objects.values_list("status", flat=True)) == set(AgreementStatus)
    assert total.agreements == signed.count()
    assert total.schools == signed.values("school").distinct().count()


def test_e_smart_has_an_ikm_at_every_stage_and_somebody_to_help(season_loaded):
    assert set(Enrolment.objects.values_list("status", flat=True)) == set(EnrolmentStatus)
    assert set(MentoringTask.objects.values_list("status", flat=True)) >= {"ASSIGNED"}
    assert Product.objects.public().exists()
    total = EsmartFigure.objects.get(dimension="TOTAL")
    assert total.trained > total.onboard > total.selling > 0


def test_the_lights_of_the_year_are_of_three_colours_and_their_targets_say_they_are_examples(
    loaded,
):
    end_of_year = TODAY.replace(month=12, day=31)

    lights = Counter(one.light for one in standings(today=end_of_year))

    assert min(lights["ok"], lights["warn"], lights["danger"]) >= 1
    of_provinces = Target.objects.filter(year=TODAY.year).exclude(region=None)
    assert of_provinces.values("region").distinct().count() >= 10
    ours = Target.objects.filter(year=TODAY.year)
    assert set(ours.values_list("source", "note")) == {
        (f"Contoh rencana kerja {TODAY.year}", "Angka contoh; bukan sasaran kementerian")
    }


def test_targets_of_the_demo_can_be_set_anew(loaded):
    before = Target.objects.filter(year=TODAY.year).count()

    assert enter_targets(today=TODAY) == before
    assert Target.objects.filter(year=TODAY.year).count() == before


@pytest.mark.parametrize(
    ("value", "percent", "target"), [(66, 96, 69), (2612, 96, 2800), (5, 84, 6), (1, 100, 1)]
)
def test_a_target_is_a_round_figure_of_which_so_much_is_reached(value, percent, target):
    assert in_round_figures(value, percent) == target


def test_the_home_page_has_news_and_figures_and_a_map(loaded, client):
    page = client.get("/").context

    assert len(page["news"]) == 3
    assert News.objects.filter(published_at=None).exists()
    assert {line.counted_at is not None for line in page["headlines"]} >= {True}
    assert page["leading"]
