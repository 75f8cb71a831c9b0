"""The daily list of who was there, as instructors keep it."""

from django.db import transaction

from programs.transitions import TransitionNotAllowed
from training.diklat_enums import BatchStatus, TraineeStatus
from training.diklat_news import long_day
from training.models import DailyAttendance
from training.workflow.batch import lock_batch

# Lists are still corrected until the results are known.
KEEPING_LISTS = (BatchStatus.RUNNING, BatchStatus.CERTIFICATION)


@transaction.atomic
def record_attendance(batch, *, by, day, states, today):
    """Keep the list of one day: ``states`` are {trainee's key: (state, note)}.

    Written again, the list is corrected; what did not change keeps who wrote it.
    """
    batch = lock_batch(batch)
    if batch.status not in KEEPING_LISTS:
        raise TransitionNotAllowed(
            f"Presensi tidak dapat dicatat: angkatan ini “{batch.get_status_display()}”."
        )
    if not batch.starts_on <= day <= batch.ends_on:
        raise TransitionNotAllowed(
            f"Pelatihan berlangsung {long_day(batch.starts_on)} sampai {long_day(batch.ends_on)}. "
            "Pilih hari di antaranya."
        )
    if day > today:
        raise TransitionNotAllowed("Presensi hanya dapat dicatat untuk hari yang sudah tiba.")
    there = dict(
        batch.trainees.exclude(
            status__in=[
                TraineeStatus.REGISTERED,
                TraineeStatus.NOT_SELECTED,
                TraineeStatus.WITHDRAWN,
            ]
        ).values_list("pk", "name")
    )
    if strangers := set(states) - set(there):
        raise TransitionNotAllowed(
            f"{len(strangers)} orang dalam daftar ini bukan peserta angkatan ini. Muat ulang "
            "halaman."
        )
    known = {
        row.trainee_id: row for row in DailyAttendance.objects.filter(trainee__in=states, day=day)
    }
    changed = []
    for key, (state, note) in states.items():
        row = known.get(key)
        if row is None or (row.state, row.note) != (state, note):
            changed.append(
                DailyAttendance(trainee_id=key, day=day, state=state, note=note, recorded_by=by)
            )
    DailyAttendance.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["trainee", "day"],
        update_fields=["state", "note", "recorded_by", "recorded_at"],
    )
    return len(changed)
