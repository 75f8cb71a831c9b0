"""What trainees, those who sent them, and a unit's officers are told. Every fact once."""

from django.urls import reverse
from django.utils.formats import date_format

from programs.enums import NotificationKind
from programs.notifications import notify_many
from training.diklat_enums import TraineeStage
from training.diklat_permissions import officers_of
from training.diklat_stages import TRAINEE_STAGES, stage_of

SUBJECT_LENGTH = 150
# Who was chosen, and what came of the test, decides about people's lives: it is always mailed.
DECISIONS = [
    TraineeStage.SELECTED,
    TraineeStage.NOT_SELECTED,
    TraineeStage.COMPETENT,
    TraineeStage.NOT_YET_COMPETENT,
    TraineeStage.PLACED,
    TraineeStage.DROPPED_OUT,
    TraineeStage.CANCELLED,
]


def long_day(day):
    return date_format(day, "l, j F Y")


def own_text(text, batch):
    """A sentence of the stage table with the days of ``batch`` written out."""
    return text.format(
        start=long_day(batch.starts_on),
        end=long_day(batch.ends_on),
        closes=long_day(batch.closes_on),
        course=batch.course,
    )


def tell_stage(batch, told, *, extra=""):
    """Tell people the stage they have reached, in the words of the stage table.

    ``told`` are (trainee, history line) pairs: one line, one message to each. Who has no account
    is told through the person that entered them.
    """
    by_stage = {}
    for trainee, entry in told:
        trainee.batch = batch
        by_stage.setdefault(stage_of(trainee), []).append((trainee, entry))
    for stage, pairs in by_stage.items():
        words = TRAINEE_STAGES[stage]
        body = own_text(f"{words.own}\n\n{words.next_step}", batch)
        kind = NotificationKind.DECISION if stage in DECISIONS else NotificationKind.NEWS
        _tell(
            batch,
            [
                (
                    trainee,
                    f"{entry._meta.model_name}.{entry.pk}.{trainee.pk}",
                    words.title,
                    f"{extra}\n\n{body}" if extra else body,
                )
                for trainee, entry in pairs
            ],
            kind=kind,
        )


def tell_trainees(batch, trainees, *, fact, subject, body, kind=NotificationKind.REMINDER):
    """Tell each of ``trainees`` one fact of their batch."""
    _tell(
        batch,
        [(trainee, f"{fact}.{trainee.pk}", subject, body) for trainee in trainees],
        kind=kind,
    )


def tell_officers(batch, *, fact, subject, body, page, kind=NotificationKind.TASK):
    """Tell the officers of the unit that work waits on ``page`` of the batch."""
    url = reverse(f"admin:training_batch_{page}", args=[batch.pk])
    notify_many(
        [
            (officer, f"training.{fact}.{officer.pk}", subject[:SUBJECT_LENGTH], body, url)
            for officer in officers_of(batch)
        ],
        kind=kind,
        contact=batch.contact,
    )


def _tell(batch, told, *, kind):
    messages = []
    for trainee, fact, subject, body in told:
        recipient = trainee.user or trainee.registered_by
        if recipient is None:
            continue
        if trainee.user is None:
            subject = f"{trainee.name}: {subject}"
            body = f"Kabar untuk {trainee.name}, yang Anda daftarkan.\n\n{body}"
        messages.append(
            (
                recipient,
                f"training.{fact}",
                subject[:SUBJECT_LENGTH],
                f"{batch}.\n\n{body}",
                reverse("training:diklat_trainee", args=[trainee.pk]),
            )
        )
    notify_many(messages, kind=kind, contact=batch.contact)
