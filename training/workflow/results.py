"""The results of an event: who was there enough, who qualifies, what goes into the register."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery, Sum
from django.utils import timezone

from programs.transitions import begin, finish
from programs.workflow.live_figures import refresh_soon
from programs.workflow.participations import record_participations, withdraw_participations
from training import arrows
from training.enums import PASSED, EventStatus, RegistrationStatus, TestOccasion
from training.models import (
    Attendance,
    Evaluation,
    Registration,
    RegistrationHistoryEntry,
    TestAttempt,
)
from training.news import tell_status

Status = RegistrationStatus
MOVE_TO = {
    Status.ABSENT: arrows.MARK_ABSENT,
    Status.PARTLY: arrows.MARK_PARTLY,
    Status.QUALIFIED: arrows.QUALIFY,
}


@dataclass(frozen=True)
class Outcome:
    """How one participant stands: what was attended, what is missing for the certificate."""

    registration: Registration
    sessions: int
    of_sessions: int
    jp: int
    of_jp: int
    missing: tuple

    @property
    def status(self):
        if self.sessions == 0:
            return Status.ABSENT
        return Status.PARTLY if self.missing else Status.QUALIFIED

    @property
    def percent(self):
        """Of the JP; of the sessions where an event gives none."""
        if self.of_jp:
            return self.jp * 100 // self.of_jp
        return self.sessions * 100 // self.of_sessions if self.of_sessions else 0


def outcomes(event, registrations=None):
    """How each participant of ``event`` stands now; computed from rows, nothing is written."""
    if registrations is None:
        registrations = event.registrations.placed()
    whole = event.sessions.aggregate(sessions=Count("pk"), jp=Sum("jp", default=0))
    attended = (
        Attendance.objects.filter(registration=OuterRef("pk"), is_present=True)
        .values("registration")
        .annotate(sessions=Count("pk"), jp=Sum("session__jp"))
    )
    post = TestAttempt.objects.filter(registration=OuterRef("pk"), occasion=TestOccasion.POST)
    rows = registrations.annotate(
        sessions_so_far=Subquery(attended.values("sessions")),
        jp_so_far=Subquery(attended.values("jp")),
        has_evaluated=Exists(Evaluation.objects.filter(registration=OuterRef("pk"))),
        post_score=Subquery(post.values("score")[:1]),
    ).select_related("user")
    return [_outcome(event, row, whole) for row in rows.order_by("arrival")]


def _outcome(event, row, whole):
    sessions, jp = row.sessions_so_far or 0, row.jp_so_far or 0
    missing = []
    attended, of_all, unit = (
        (jp, whole["jp"], "JP") if whole["jp"] else (sessions, whole["sessions"], "sesi")
    )
    if attended * 100 < of_all * event.sessions_percent:
        missing.append(
            f"hadir {attended} dari {of_all} {unit}, paling sedikit {event.sessions_percent} % "
            "diperlukan"
        )
    if event.evaluation_required and not row.has_evaluated:
        missing.append("evaluasi belum diisi")
    if event.posttest_minimum is not None:
        if row.post_score is None:
            missing.append("tes akhir belum dikerjakan")
        elif row.post_score < event.posttest_minimum:
            missing.append(
                f"nilai tes akhir {row.post_score}, paling sedikit {event.posttest_minimum}"
            )
    return Outcome(row, sessions, whole["sessions"], jp, whole["jp"], tuple(missing))


@transaction.atomic
def conclude(event, *, by):
    """Fix the results: absent, partly there, qualified; tell everybody; write the register.

    Whoever has a certificate already keeps the result: that takes a revocation.
    """
    event = begin(arrows.CONCLUDE, event)
    refresh_soon("training")
    list(event.registrations.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    open_to_judgement = event.registrations.filter(status__in=arrows.JUDGED)
    judged = outcomes(event, open_to_judgement)
    entries, changed = [], []
    for outcome in judged:
        registration, status = outcome.registration, outcome.status
        registration.attended_jp = outcome.jp
        if registration.status != status:
            entries.append(
                RegistrationHistoryEntry(
                    registration=registration,
                    action=MOVE_TO[status].action,
                    from_status=registration.status,
                    to_status=status,
                    actor=by,
                    reason="; ".join(outcome.missing),
                )
            )
            registration.status = status
            changed.append(registration)
    Registration.objects.bulk_update(
        [outcome.registration for outcome in judged], ["status", "attended_jp"], batch_size=500
    )
    RegistrationHistoryEntry.objects.bulk_create(entries, batch_size=1000)
    finish(arrows.CONCLUDE, event, by=by)
    write_register(event)
    times = event.history.filter(action=arrows.CONCLUDE.action).count()
    # Who reaches a status again after a correction is told again.
    tell_status(event, changed, again=f".{times}" if times > 1 else "")
    return event


@transaction.atomic
def reconsider(event, *, by, reason):
    """Open the results again, to correct attendance. Certificates that were issued stand."""
    event = begin(arrows.RECONSIDER, event)
    event.certificates_ordered_at = event.certificates_ordered_by = None
    finish(arrows.RECONSIDER, event, by=by, reason=reason)
    return event


def write_register(event):
    """Bring the register's participations in line with the results, if a program asks for them."""
    if event.program_id is None:
        return
    passed = event.registrations.filter(status__in=PASSED).select_related("event")
    record_participations(event.program, [_participation(one) for one in passed])
    others = event.registrations.exclude(status__in=PASSED)
    withdraw_participations([participation_key(one) for one in others.only("pk")])


def bring_into_register(registration):
    """The same for one person whose data were put right after the results were fixed."""
    event = registration.event
    is_fixed = event.status == EventStatus.CONCLUDED and registration.status in PASSED
    if event.program_id is not None and is_fixed:
        record_participations(event.program, [_participation(registration)])


def _participation(registration):
    """What the register keeps of somebody who passed."""
    event = registration.event
    return {
        "key": participation_key(registration),
        "user_id": registration.user_id,
        "organization_id": registration.organization_id,
        "region_id": registration.region_id,
        "activity": event.title,
        "kind": event.kind,
        "completed_on": timezone.localdate(event.ends_at),
        "jp": registration.attended_jp,
    }


def participation_key(registration):
    return f"training.registration.{registration.pk}"
