"""The work found after the training, and whether it lasts: asked after three and six months."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from programs.transitions import TransitionNotAllowed, begin, finish
from programs.workflow.live_figures import refresh_soon
from training import diklat_arrows as arrows
from training.diklat_days import months_after
from training.diklat_enums import FOLLOWUP_MONTHS, BatchStatus, PlacementKind
from training.diklat_news import long_day, tell_stage
from training.models import Followup, Placement
from training.workflow.batch import lock_batch

# Some begin to work before everybody has a result.
PLACING = (BatchStatus.CERTIFICATION, BatchStatus.PLACEMENT)
# Asked so many days early, an answer still counts for its month.
EARLY = timedelta(days=14)


@transaction.atomic
def place(
    trainee,
    *,
    by,
    starts_on,
    demand=None,
    company=None,
    company_name="",
    position="",
    region=None,
):
    """Note where somebody works: with a partner as it was promised, or elsewhere.

    A new place replaces the one before. More people than a partner asked for are no fault: the
    page says so (``over_demand``).
    """
    batch = _lock(trainee.batch)
    if demand is not None:
        if demand.batch_id != batch.pk:
            raise TransitionNotAllowed("Kebutuhan mitra ini dari angkatan lain.")
        company, position = demand.company, demand.position
        region = region or demand.region
    if company is not None:
        company_name, region = company.name, region or company.region
    _must_be_after_the_training(starts_on, batch)
    trainee = begin(arrows.PLACE, trainee)
    _settle(
        trainee,
        by=by,
        kind=PlacementKind.EMPLOYED,
        demand=demand,
        company=company,
        company_name=company_name,
        position=position,
        region=region,
        starts_on=starts_on,
    )
    entry = finish(arrows.PLACE, trainee, by=by)
    tell_stage(
        batch,
        [(trainee, entry)],
        extra=f"{company_name}, sebagai {position}, mulai {long_day(starts_on)}.",
    )
    return trainee


@transaction.atomic
def place_all(trainees, *, by, demand, starts_on):
    """Send several people to the same partner on the same day; all of them or none."""
    return [place(trainee, by=by, demand=demand, starts_on=starts_on) for trainee in trainees]


@transaction.atomic
def start_business(trainee, *, by, starts_on, company_name, position, region=None):
    """Note that somebody works for themselves, and with what."""
    batch = _lock(trainee.batch)
    _must_be_after_the_training(starts_on, batch)
    trainee = begin(arrows.START_BUSINESS, trainee)
    _settle(
        trainee,
        by=by,
        kind=PlacementKind.SELF_EMPLOYED,
        company_name=company_name,
        position=position,
        region=region,
        starts_on=starts_on,
    )
    entry = finish(arrows.START_BUSINESS, trainee, by=by)
    tell_stage(batch, [(trainee, entry)], extra=f"{company_name}, {position}.")
    return trainee


@transaction.atomic
def note_not_working(trainee, *, by, reason):
    """Note that somebody has no work (yet), and why. Nobody asks after a place that is none."""
    batch = _lock(trainee.batch)
    trainee = begin(arrows.NOTE_NOT_WORKING, trainee)
    trainee.placements.current().update(replaced_at=timezone.now())
    trainee.followups.waiting().delete()
    trainee.working_since = None
    entry = finish(arrows.NOTE_NOT_WORKING, trainee, by=by, reason=reason)
    tell_stage(batch, [(trainee, entry)], extra=reason)
    return trainee


@transaction.atomic
def record_followup(followup, *, by, state, today, note=""):
    """Keep what a person said after three or six months. A correction replaces the answer."""
    batch = lock_batch(followup.trainee.batch)
    if batch.status not in PLACING:
        raise TransitionNotAllowed(
            f"Tindak lanjut tidak dapat dicatat: angkatan ini “{batch.get_status_display()}”."
        )
    followup = Followup.objects.select_for_update().select_related("trainee").get(pk=followup.pk)
    if today < followup.due_on - EARLY:
        raise TransitionNotAllowed(
            f"Kabar bulan ke-{followup.months} {followup.trainee} baru dapat dicatat mulai "
            f"{long_day(followup.due_on - EARLY)}."
        )
    followup.state, followup.note = state, note
    followup.done_on, followup.recorded_by = today, by
    followup.clean_fields(exclude=["trainee", "recorded_by"])
    followup.save()
    followup.trainee.history.create(
        action="follow_up",
        from_status=followup.trainee.status,
        to_status=followup.trainee.status,
        actor=by,
        reason=f"Bulan ke-{followup.months}: {followup.get_state_display()}. {note}".strip(),
    )
    return followup


@transaction.atomic
def record_followups(answers, *, by, today):
    """Keep the (follow-up, state, note) of several calls; all of them or none."""
    for followup, state, note in answers:
        record_followup(followup, by=by, state=state, note=note, today=today)


def over_demand(demand):
    """How many more people are placed on a demand than it asked for; a warning, no refusal."""
    placed = demand.placements.current().count()
    return max(placed - demand.places, 0)


def _lock(batch):
    batch = lock_batch(batch)
    if batch.status not in PLACING:
        raise TransitionNotAllowed(
            f"Penempatan tidak dapat dicatat: angkatan ini “{batch.get_status_display()}”."
        )
    return batch


def _must_be_after_the_training(starts_on, batch):
    if starts_on < batch.starts_on:
        raise TransitionNotAllowed(
            f"Hari pertama bekerja tidak boleh sebelum pelatihan mulai {long_day(batch.starts_on)}."
        )


def _settle(trainee, **place):
    """The new place instead of the old one, and the days on which to ask after it."""
    trainee.placements.current().update(replaced_at=timezone.now())
    placement = Placement(trainee=trainee, recorded_by=place.pop("by"), **place)
    # What was typed; the links were chosen by us.
    placement.clean_fields(exclude=["trainee", "demand", "company", "region", "recorded_by"])
    placement.save()
    trainee.working_since = placement.starts_on
    refresh_soon("training")
    for months in FOLLOWUP_MONTHS:
        due_on = months_after(placement.starts_on, months)
        row, _ = trainee.followups.get_or_create(months=months, defaults={"due_on": due_on})
        if row.done_on is None and row.due_on != due_on:
            row.due_on = due_on
            row.save(update_fields=["due_on"])
