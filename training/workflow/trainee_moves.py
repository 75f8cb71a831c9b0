"""Moving many trainees of one batch at once, each with the line of its own history."""

from programs.transitions import TransitionNotAllowed
from training.models import Trainee, TraineeHistoryEntry


def move_all(move, trainees, *, by, reason="", **facts):
    """Do for all of ``trainees`` (locked, standing where the arrow starts) what ``finish`` does.

    ``facts`` are the fields that go with the new status. Returns (trainee, history line) pairs.
    A handful of queries, however many they are.
    """
    if move.needs_reason and not reason.strip():
        raise TransitionNotAllowed(f"{move.label} harus disertai alasan.")
    if not trainees:
        return []
    Trainee.objects.filter(pk__in=[trainee.pk for trainee in trainees]).update(
        status=move.target, **facts
    )
    entries = TraineeHistoryEntry.objects.bulk_create(
        TraineeHistoryEntry(
            trainee=trainee,
            action=move.action,
            from_status=trainee.status,
            to_status=move.target,
            actor=by,
            reason=reason,
        )
        for trainee in trainees
    )
    for trainee in trainees:
        trainee.status = move.target
        for name, value in facts.items():
            setattr(trainee, name, value)
    return list(zip(trainees, entries, strict=True))
