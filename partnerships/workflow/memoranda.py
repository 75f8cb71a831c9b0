"""Memoranda: the signed paper, and telling the officers whose follow-ups are due."""

from django.db import transaction
from django.urls import reverse

from partnerships.models import Memorandum, MemorandumFollowUp
from programs.documents import store_document
from programs.enums import NotificationKind
from programs.notifications import notify_many
from programs.templatetags.bina import tanggal

# So many days before its last day the responsible officer is told.
REMIND_DAYS = 7


@transaction.atomic
def keep_scan(memorandum, accepted, *, by):
    """Keep the scan of the signed memorandum. An earlier one stays in the register of files."""
    document = store_document(accepted, organization=None, by=by)
    Memorandum.objects.filter(pk=memorandum.pk).update(document=document)
    memorandum.document = document
    return document


def remind(*, today):
    """Tell each responsible officer of what is due within a week, and of what is overdue.

    Each once: a later day set by an officer is another fact. Closed memoranda ask for nothing.
    """
    waiting = (
        MemorandumFollowUp.objects.waiting()
        .due_within(REMIND_DAYS, today=today)
        .filter(responsible__is_active=True)
        .select_related("responsible", "memorandum")
        .order_by("due_on", "pk")
    )
    notify_many([_message(one, today) for one in waiting], kind=NotificationKind.REMINDER)


def _message(follow_up, today):
    is_late = follow_up.due_on < today
    fact = "overdue" if is_late else "due"
    when = tanggal(follow_up.due_on)
    return (
        follow_up.responsible,
        f"partnerships.followup.{follow_up.pk}.{follow_up.due_on:%Y%m%d}.{fact}"
        f".{follow_up.responsible_id}",
        "Tindak lanjut terlambat" if is_late else "Tindak lanjut segera jatuh tempo",
        f"{follow_up.memorandum}\n\n"
        f"Tindak lanjut: {follow_up.task}\n"
        f"{'Seharusnya selesai' if is_late else 'Paling lambat'} {when}.\n\n"
        "Setelah selesai, isi tanggal dan hasilnya pada nota kesepahaman itu.",
        reverse("admin:partnerships_memorandum_change", args=[follow_up.memorandum_id]),
    )
