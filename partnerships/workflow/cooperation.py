"""What is done under a PKS: activities with evidence, half-yearly reports, their evaluation."""

from django.db import transaction
from django.utils import timezone

from partnerships import arrows
from partnerships.enums import SIGNED, AgreementStatus, Side
from partnerships.models import Activity, Report
from partnerships.news import tell_both, tell_officers
from partnerships.workflow.agreement import lock_agreement
from programs.documents import store_document
from programs.enums import NotificationKind
from programs.transitions import TransitionNotAllowed, finish


@transaction.atomic
def record_activity(agreement, *, by, side, values, today, evidence=None):
    """Write down something that was done. ``side`` is None when an officer does.

    ``values`` are kind, starts_on, ends_on, description, quantity and value. What wakes a dormant
    agreement is a report, not an activity.
    """
    agreement = lock_agreement(agreement)
    if agreement.status not in SIGNED:
        raise TransitionNotAllowed("Kegiatan dicatat setelah perjanjian ditandatangani.")
    last = agreement.terminated_on or agreement.ends_on
    if values["starts_on"] > today:
        raise TransitionNotAllowed("Catat kegiatan setelah dimulai; tanggal mulainya belum tiba.")
    if values["starts_on"] < agreement.starts_on or values["starts_on"] > last:
        raise TransitionNotAllowed(
            f"Kegiatan harus dimulai dalam masa berlaku, {agreement.starts_on:%d-%m-%Y} sampai "
            f"{last:%d-%m-%Y}."
        )
    activity = Activity(agreement=agreement, recorded_by=by, side=side or "", **values)
    activity.full_clean()
    if evidence is not None:
        activity.evidence = store_document(evidence, organization=None, by=by)
    activity.save()
    return activity


@transaction.atomic
def withdraw_activity(activity, *, by, reason):
    """Take back what was written down wrongly; it stays on record and no longer counts."""
    activity = (
        Activity.objects.select_for_update(of=("self",))
        .select_related("agreement")
        .get(pk=activity.pk)
    )
    if activity.withdrawn_at:
        raise TransitionNotAllowed("Kegiatan ini sudah dibatalkan.")
    activity.withdrawn_at, activity.withdrawn_reason = timezone.now(), reason
    activity.full_clean()
    activity.save()
    agreement = activity.agreement
    agreement.history.create(
        action="withdraw_activity",
        from_status=agreement.status,
        to_status=agreement.status,
        actor=by,
        reason=f"{activity}: {reason}",
    )
    return activity


@transaction.atomic
def file_report(report, *, by, side, summary, obstacles="", plan=""):
    """Hand in a half-yearly report, late as well. It wakes a dormant agreement."""
    agreement = lock_agreement(report.agreement)
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report.agreement = agreement
    if report.filed_at:
        raise TransitionNotAllowed(
            f"{report} sudah diisi {timezone.localtime(report.filed_at):%d-%m-%Y}. Muat ulang "
            "halaman untuk membacanya."
        )
    report.summary, report.obstacles, report.plan = summary, obstacles, plan
    report.side = side or ""
    report.filed_by, report.filed_at = by, timezone.now()
    report.full_clean()
    report.save()
    if agreement.status == AgreementStatus.DORMANT:
        finish(arrows.WAKE, agreement, by=by)
    tell_officers(
        agreement,
        fact=f"report.{report.pk}",
        subject=f"Laporan PKS masuk: {report.period_name}",
        body="Baca laporannya dan beri evaluasi.",
    )
    return report


@transaction.atomic
def evaluate(report, *, by, score, evaluation):
    """An officer's judgement of a report, 1 to 5 and in words; both sides read it."""
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("agreement__school", "agreement__company")
        .get(pk=report.pk)
    )
    if report.filed_at is None:
        raise TransitionNotAllowed("Laporan ini belum diisi.")
    report.score, report.evaluation = score, evaluation
    report.evaluated_by, report.evaluated_at = by, timezone.now()
    report.full_clean()
    report.save()
    tell_both(
        report.agreement,
        fact=f"report.evaluated.{report.pk}.{report.evaluated_at:%Y%m%d%H%M%S}",
        subject=f"Evaluasi laporan {report.period_name}",
        body=f"Nilai {score} dari 5.\n\n{evaluation}",
        kind=NotificationKind.NEWS,
    )
    return report


def realized(agreement):
    """{kind: (quantity, value)} of the activities that count."""
    sums = {}
    for activity in agreement.activities.counted():
        quantity, value = sums.get(activity.kind, (0, 0))
        sums[activity.kind] = (quantity + activity.quantity, value + (activity.value or 0))
    return sums


def side_name(side):
    return Side(side).label if side else "petugas"
