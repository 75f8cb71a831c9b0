"""What people took part in, written into the register by the service that held it."""

from django.db import transaction
from django.utils import timezone

from programs.models import Participation, Program
from programs.workflow.stages import follow_participations


@transaction.atomic
def record_participations(program, facts):
    """Write that people completed an activity of ``program``; once for each key.

    ``facts`` are dicts with ``key, user_id, organization_id, region_id, activity, kind,
    completed_on, jp``. A key that is known is brought up to date, and counts again.
    """
    Participation.objects.bulk_create(
        [Participation(program=program, withdrawn_at=None, **fact) for fact in facts],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[
            "program", "user", "organization", "region", "activity", "kind", "completed_on", "jp",
            "recorded_at", "withdrawn_at",
        ],
    )  # fmt: skip
    _follow(program, Participation.objects.filter(key__in=[fact["key"] for fact in facts]))


@transaction.atomic
def withdraw_participations(keys):
    """Take back what a corrected attendance list no longer bears out. The rows stay, marked."""
    Participation.objects.valid().filter(key__in=keys).update(withdrawn_at=timezone.now())
    withdrawn = Participation.objects.filter(key__in=keys)
    for program in Program.objects.filter(participations__in=withdrawn).distinct():
        _follow(program, withdrawn.filter(program=program))


def _follow(program, participations):
    """e-Smart knows by it who has passed the workshop."""
    follow_participations(
        program=program,
        user_ids=participations.values("user"),
        organization_ids=participations.values("organization"),
        today=timezone.localdate(),
    )
