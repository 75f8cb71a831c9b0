"""The results of an event: who was there enough, who qualifies, what goes into the register."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from programs.transitions import begin, finish
from programs.workflow.participations import record_participations, withdraw_participations
from training import arrows
from training.enums import RegistrationStatus, TestOccasion
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
    jp: int
    of_jp: int
    missing: tuple

    @property
    def status(self):
        if self.jp == 0:
            return Status.ABSENT
        return Status.PARTLY if self.missing else Status.QUALIFIED

    @property
    def percent(self):
        return self.jp * 100 // self.of_jp if self.of_jp else 0


def outcomes(event, registrations=None):
    """How each participant of ``event`` stands now; computed from rows, nothing is written."""
    if registrations is None:
        registrations = event.registrations.placed()
    of_jp = sum(event.sessions.values_list("jp", flat=True))
    attended = (
        Attendance.objects.filter(registration=OuterRef("pk"), is_present=True)
        .values("registration")
        .annotate(sum=Sum("session__jp"))
        .values("sum")
    )
    post = TestAttempt.objects.filter(registration=OuterRef("pk"), occasion=TestOccasion.POST)
    rows = registrations.annotate(
        jp_so_far=Subquery(attended),
        has_evaluated=Exists(Evaluation.objects.filter(registration=OuterRef("pk"))),
        post_score=Subquery(post.values("score")[:1]),
    ).select_related("user")
    return [_outcome(event, row, of_jp) for row in rows.order_by("arrival")]


def _outcome(event, row, of_jp):
    jp = row.jp_so_far or 0
    missing = []
    if jp * 100 < of_jp * event.sessions_percent:
        missing.append(
            f"hadir {jp} dari {of_jp} JP, paling sedikit {event.sessions_percent} % diperlukan"
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
    return Outcome(row, jp, of_jp, tuple(missing))


@transaction.atomic
def conclude(event, *, by):
    """Fix the results: absent, partly there, qualified; tell everybody; write the register.

    Whoever has a certificate already keeps the result: that takes a revocation.
    """
    event = begin(arrows.CONCLUDE, event)
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
    tell_status(event, changed)
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
    passed = event.registrations.filter(
        Q(status__in=[Status.QUALIFIED, Status.CERTIFIED])
    ).select_related("event")
    record_participations(
        event.program,
        [
            {
                "key": participation_key(registration),
                "user_id": registration.user_id,
                "organization_id": registration.organization_id,
                "region_id": registration.region_id,
                "activity": event.title,
                "kind": event.kind,
                "completed_on": event.ends_at.date(),
                "jp": registration.attended_jp,
            }
            for registration in passed
        ],
    )
    others = event.registrations.exclude(status__in=[Status.QUALIFIED, Status.CERTIFIED])
    withdraw_participations([participation_key(one) for one in others.only("pk")])


def participation_key(registration):
    return f"training.registration.{registration.pk}"
