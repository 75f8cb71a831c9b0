"""What time does to an agreement: it nears its end, ends or is renewed, owes reports, sleeps."""

from datetime import date, timedelta

import pytest
import time_machine

from partnerships import tasks
from partnerships.enums import AgreementStatus, Half, ScopeKind, Side, Source
from partnerships.models import Activity, Agreement, Report
from partnerships.workflow import clock, cooperation
from tests.factories.partnerships import AgreementFactory, ReportFactory
from tests.factories.programs import UserFactory
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
S = AgreementStatus
TODAY = day(0)


def status_of(agreement):
    return Agreement.objects.get(pk=agreement.pk).status


@pytest.mark.parametrize(("left", "status"), [(91, S.ACTIVE), (90, S.ENDING), (0, S.ENDING)])
def test_an_agreement_is_marked_ninety_days_before_its_end(left, status):
    agreement = AgreementFactory(status=S.ACTIVE, ends_on=day(left))

    tasks.advance_agreements()

    assert status_of(agreement) == status


def test_an_agreement_runs_until_the_end_of_its_last_day():
    last_day = AgreementFactory(status=S.ENDING, ends_on=TODAY)
    over = AgreementFactory(status=S.ENDING, ends_on=day(-1))

    tasks.advance_agreements()
    tasks.advance_agreements()

    assert (status_of(last_day), status_of(over)) == (S.ENDING, S.ENDED)


def test_an_agreement_with_a_signed_successor_is_renewed():
    old = AgreementFactory(status=S.ENDING, ends_on=day(-1))
    AgreementFactory(
        status=S.ACTIVE,
        school=old.school,
        company=old.company,
        renews=old,
        starts_on=TODAY,
        ends_on=day(700),
    )

    tasks.advance_agreements()

    assert status_of(old) == S.RENEWED


def test_both_sides_are_reminded_at_ninety_and_at_thirty_days_once_each():
    school_person, company_person = UserFactory(), UserFactory()
    agreement = AgreementFactory(
        status=S.ENDING,
        ends_on=day(80),
        school_person=school_person,
        company_person=company_person,
    )

    for today in (TODAY, TODAY + timedelta(days=1), TODAY + timedelta(days=55)):
        clock.remind_of_the_end(agreement, today=today)

    assert [person.notifications.count() for person in (school_person, company_person)] == [2, 2]


def test_nobody_is_reminded_once_a_renewal_is_under_way():
    person = UserFactory()
    old = AgreementFactory(status=S.ENDING, school_person=person)
    AgreementFactory(school=old.school, company=old.company, renews=old, source=Source.COMPANY)

    clock.remind_of_the_end(old, today=TODAY)

    assert not person.notifications.exists()


@pytest.mark.parametrize(
    ("today", "half"),
    [
        (date(2026, 7, 1), (2026, Half.FIRST, date(2026, 6, 30))),
        (date(2026, 12, 31), (2026, Half.FIRST, date(2026, 6, 30))),
        (date(2027, 1, 1), (2026, Half.SECOND, date(2026, 12, 31))),
    ],
)
def test_the_last_half_year_is_the_one_that_is_over(today, half):
    assert clock.last_half(today) == half


def test_a_report_is_due_a_month_after_its_half_year():
    assert clock.due_on(2026, Half.FIRST) == date(2026, 7, 31)
    assert clock.due_on(2026, Half.SECOND) == date(2027, 1, 31)


def test_each_running_agreement_owes_one_report_of_the_last_half_year():
    _, _, last_day = clock.last_half(TODAY)
    running = AgreementFactory(status=S.ACTIVE, starts_on=last_day - timedelta(days=200))
    AgreementFactory(status=S.ACTIVE, starts_on=last_day - timedelta(days=10))
    AgreementFactory(status=S.ENDED)
    AgreementFactory(status=S.DRAFTING)

    tasks.ask_for_reports()
    tasks.ask_for_reports()

    assert Report.objects.get().agreement == running


def test_reports_are_reminded_of_before_and_after_they_are_due():
    person = UserFactory()
    report = ReportFactory(
        agreement=AgreementFactory(status=S.ACTIVE, school_person=person), due_on=day(20)
    )

    for days in (0, 1, 14, 21, 22):
        clock.remind_of_report(report, today=day(days))

    assert person.notifications.count() == 3


def silent(**details):
    agreement = AgreementFactory(
        **{"status": S.ACTIVE, "starts_on": day(-800), "ends_on": day(900)} | details
    )
    ReportFactory(agreement=agreement, year=2025, half=Half.SECOND, due_on=day(-200))
    ReportFactory(agreement=agreement, year=2026, half=Half.FIRST, due_on=day(-20))
    return agreement


@pytest.mark.parametrize("status", [S.ACTIVE, S.ENDING])
def test_two_missed_reports_in_a_row_put_an_agreement_to_sleep(status):
    agreement = silent(**({"ends_on": day(50)} if status == S.ENDING else {}), status=status)

    tasks.advance_agreements()

    assert status_of(agreement) == S.DORMANT


def test_one_missed_report_does_not():
    agreement = silent()
    last = agreement.reports.get(half=Half.FIRST)
    cooperation.file_report(last, by=UserFactory(), side=Side.SCHOOL, summary="Berjalan.")

    tasks.advance_agreements()

    assert status_of(agreement) == S.ACTIVE


def test_an_activity_in_the_missed_time_keeps_an_agreement_awake():
    agreement = silent()
    Activity.objects.create(
        agreement=agreement,
        kind=ScopeKind.VISIT,
        starts_on=date(2026, 2, 2),
        ends_on=date(2026, 2, 2),
        description="Kunjungan",
        quantity=1,
        recorded_by=UserFactory(),
    )

    tasks.advance_agreements()

    assert status_of(agreement) == S.ACTIVE


def test_a_dormant_agreement_still_ends_on_its_day():
    agreement = AgreementFactory(status=S.DORMANT, ends_on=day(-1))

    tasks.advance_agreements()

    assert status_of(agreement) == S.ENDED


def test_the_daily_tasks_work_on_any_day_of_the_year():
    AgreementFactory(status=S.ACTIVE)
    for month in (1, 6, 7, 12):
        with time_machine.travel(f"2027-{month:02d}-01T08:00:00+07:00", tick=False):
            tasks.advance_agreements()
            tasks.ask_for_reports()
            tasks.remind_of_agreements()

    assert Report.objects.count() == 2
