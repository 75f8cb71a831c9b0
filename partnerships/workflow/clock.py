"""What time does to a PKS: it nears its end, ends or is renewed, owes reports, falls asleep."""

from datetime import date, timedelta

from django.db import transaction

from partnerships import arrows
from partnerships.enums import CAME_TO_NOTHING, SIGNED, Half
from partnerships.models import Report
from partnerships.news import tell_both, tell_officers
from partnerships.workflow.agreement import begin_with_names, long_day
from partnerships.workflow.figures import refresh_soon
from programs.enums import NotificationKind
from programs.transitions import TransitionNotAllowed, finish

NEAR_DAYS = 90
# Days before the end on which both sides are reminded to renew.
END_NOTICES = (90, 30)
# A report is due a month after its half-year.
REPORT_DUE = {Half.FIRST: (7, 31), Half.SECOND: (1, 31)}
# Who began less than two months before the half-year was over has nothing to report yet.
LEAST_DAYS = 60
REMINDED_BEFORE = (30, 7)
MISSED_TO_SLEEP = 2


@transaction.atomic
def near_end(agreement, *, today):
    """Mark an agreement that ends within 90 days."""
    agreement = begin_with_names(arrows.NEAR_END, agreement)
    if agreement.ends_on > today + timedelta(days=NEAR_DAYS):
        raise TransitionNotAllowed("Perjanjian ini belum akan berakhir.")
    finish(arrows.NEAR_END, agreement, by=None)
    return agreement


@transaction.atomic
def extend(agreement, *, today):
    """An addendum moved the end away again: the agreement is no longer near it."""
    agreement = begin_with_names(arrows.EXTEND, agreement)
    if agreement.ends_on <= today + timedelta(days=NEAR_DAYS):
        raise TransitionNotAllowed("Perjanjian ini masih akan berakhir.")
    finish(arrows.EXTEND, agreement, by=None)
    return agreement


def remind_of_the_end(agreement, *, today):
    """Tell both sides 90 and 30 days before, once each, unless a renewal is under way."""
    if agreement.renewals.exclude(status__in=CAME_TO_NOTHING).exists():
        return
    left = (agreement.ends_on - today).days
    passed = [days for days in END_NOTICES if left <= days]
    if not passed:
        return
    days = min(passed)
    tell_both(
        agreement,
        fact=f"ending.{agreement.pk}.{agreement.ends_on:%Y%m%d}.{days}",
        subject=f"Perjanjian kerja sama berakhir {long_day(agreement.ends_on)}",
        body=f"Perjanjian ini berakhir {left} hari lagi. Usulkan perpanjangan di halaman "
        "perjanjian bila kerja sama diteruskan.",
        kind=NotificationKind.REMINDER,
    )


@transaction.atomic
def end(agreement, *, today):
    """The last day has passed: ended, or renewed where a signed agreement follows."""
    is_followed = agreement.renewals.filter(status__in=SIGNED).exists()
    move = arrows.RENEW if is_followed else arrows.END
    agreement = begin_with_names(move, agreement)
    if agreement.ends_on >= today:
        raise TransitionNotAllowed("Perjanjian ini masih berlaku.")
    entry = finish(move, agreement, by=None)
    refresh_soon()
    if not is_followed:
        tell_both(
            agreement,
            fact=f"agreement.{entry.pk}",
            subject="Perjanjian kerja sama sudah berakhir",
            body=f"Masa berlakunya selesai {long_day(agreement.ends_on)}. Anda dapat mengusulkan "
            "kerja sama baru.",
        )
    return agreement


def last_half(today):
    """(year, half, last day of it) of the half-year that is over by ``today``."""
    if today.month > 6:
        return today.year, Half.FIRST, date(today.year, 6, 30)
    return today.year - 1, Half.SECOND, date(today.year - 1, 12, 31)


def due_on(year, half):
    month, day = REPORT_DUE[half]
    return date(year if half == Half.FIRST else year + 1, month, day)


def ask_for_reports(agreements, *, today):
    """Open the report of the last half-year for agreements that ran long enough in it."""
    year, half, last_day = last_half(today)
    deadline = due_on(year, half)
    wanted = agreements.filter(
        starts_on__lte=last_day - timedelta(days=LEAST_DAYS), signed_on__lte=last_day
    ).exclude(reports__year=year, reports__half=half)
    Report.objects.bulk_create(
        [
            Report(agreement_id=pk, year=year, half=half, due_on=deadline)
            for pk in wanted.values_list("pk", flat=True)
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def remind_of_report(report, *, today):
    """Tell both sides when a report is asked for, a week before it is due, and when it is late."""
    agreement = report.agreement
    left = (report.due_on - today).days
    if left < 0:
        fact, words = "late", f"Laporan ini seharusnya masuk {long_day(report.due_on)}."
    else:
        passed = [days for days in REMINDED_BEFORE if left <= days]
        if not passed:
            return
        fact, words = min(passed), f"Paling lambat {long_day(report.due_on)}."
    tell_both(
        agreement,
        fact=f"report.due.{report.pk}.{fact}",
        subject=f"Isi laporan kerja sama {report.period_name}",
        body=f"{words} Cukup salah satu pihak yang mengisi; kegiatan yang sudah dicatat ikut "
        "terbaca. Dua laporan berturut-turut yang tidak masuk membuat perjanjian tercatat tidak "
        "berjalan.",
        kind=NotificationKind.REMINDER if left >= 0 else NotificationKind.TASK,
    )


@transaction.atomic
def fall_asleep(agreement, *, today):
    """Mark an agreement as not running: its last two reports are late and nothing was done."""
    agreement = begin_with_names(arrows.FALL_ASLEEP, agreement)
    if not is_silent(agreement, today=today):
        raise TransitionNotAllowed("Perjanjian ini masih berjalan.")
    reason = "Dua laporan semester berturut-turut tidak masuk dan tidak ada kegiatan yang dicatat."
    entry = finish(arrows.FALL_ASLEEP, agreement, by=None, reason=reason)
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Perjanjian kerja sama tercatat tidak berjalan",
        body=f"{reason} Isi laporan semester terakhir; perjanjian lalu tercatat berjalan lagi.",
        kind=NotificationKind.TASK,
    )
    tell_officers(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="PKS tidak berjalan",
        body="Hubungi kedua pihak: apa yang menghambat kerja sama ini?",
    )
    return agreement


def is_silent(agreement, *, today):
    """Whether the last two reports that fell due were missed, and no activity in their time."""
    due = list(
        agreement.reports.filter(due_on__lt=today).order_by("-year", "-half")[:MISSED_TO_SLEEP]
    )
    if len(due) < MISSED_TO_SLEEP or any(report.filed_at for report in due):
        return False
    earliest = due[-1]
    since = date(earliest.year, 1 if earliest.half == Half.FIRST else 7, 1)
    return not agreement.activities.counted().filter(starts_on__gte=since).exists()
