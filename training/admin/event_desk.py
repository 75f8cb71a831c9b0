"""An event's own page on the desk: where it stands, what is next, and the buttons."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from training import permissions
from training.admin.event_checks import by_the_clock, checks
from training.admin.event_moves import MOVES
from training.admin.reach import event_of, event_page, pages
from training.enums import (
    ANNOUNCED,
    ATTENDED,
    HELD,
    HOLDING_A_PLACE,
    EventStatus,
    RegistrationStatus,
)
from training.models import Attendance

DEEDS = {
    "publish": "Diumumkan",
    "close": "Pendaftaran ditutup",
    "reopen": "Pendaftaran dibuka lagi",
    "begin": "Dimulai",
    "finish": "Selesai",
    "conclude": "Hasil ditetapkan",
    "reconsider": "Hasil dibuka kembali",
    "archive": "Diarsipkan",
    "postpone": "Ditunda",
    "reschedule": "Jadwal baru",
    "cancel": "Dibatalkan",
    "change": "Diubah",
    "copy": "Dibuat dari salinan",
    "release_quotas": "Sisa kuota dibuka untuk semua",
    "invite": "Undangan dikirim",
    "message": "Pesan dikirim",
}
# Where the work of the organizers goes on, beyond the buttons.
NEXT_PAGE = {
    EventStatus.RUNNING: ("Buka daftar hadir", "attendance"),
    EventStatus.FINISHED: ("Tetapkan hasil", "results"),
    EventStatus.CONCLUDED: ("Terbitkan sertifikat", "certificates"),
}
# So many lines of the history stand on the page; an event has seldom more.
LINES = 100


@require_safe
def event_desk(request, pk):
    event = event_of(request, pk, to_change=False)
    now = timezone.now()
    may_run = permissions.can_run(request.user, event)
    sessions = list(event.sessions.prefetch_related("speakers"))
    to_do = []
    if event.status == EventStatus.DRAFT:
        to_do = list(checks(event, sessions, questions=event.questions.count(), now=now))
    quotas = list(event.quotas.select_related("region"))
    quotas_wait = any(not quota.is_released for quota in quotas)
    lacks = [check.title for check in to_do if check.is_needed and not check.is_done]
    history = list(event.history.select_related("actor").order_by("-at", "-pk")[:LINES])
    for entry in history:
        entry.deed = DEEDS.get(entry.action, entry.action)
    return event_page(
        request,
        event,
        "ringkasan",
        "training/desk_event.html",
        title="Ringkasan",
        tiles=_tiles(event),
        sessions=sessions,
        quotas=quotas,
        coming=by_the_clock(event, quotas_wait=quotas_wait, now=now),
        checks=to_do,
        lacks=lacks,
        moves=[
            (move, move.url(event))
            for move in MOVES
            if may_run and move.is_open_for(event) and not (move.key == "publish" and lacks)
        ],
        next_page=_next_page(event) if may_run else None,
        is_announced=event.status in ANNOUNCED,
        may_edit=may_run and event.status not in (EventStatus.ARCHIVED, EventStatus.CANCELLED),
        history=history,
    )


def _next_page(event):
    """(words, address) of the page to go on with."""
    if event.status not in NEXT_PAGE:
        return None
    words, name = NEXT_PAGE[event.status]
    return words, reverse(f"admin:training_event_{name}", args=[event.pk])


def _tiles(event):
    """(figure, words, address, kind) of the counts that an organizer asks for first."""
    rows = event.registrations.order_by().values_list("status").annotate(Count("pk"))
    counts = dict(rows)
    people = reverse("admin:training_event_participants", args=[event.pk])
    tiles = [(f"{event.taken}/{event.capacity}", "tempat terisi", f"{people}?keadaan=tempat", "")]
    for status, words in (
        (RegistrationStatus.PENDING, "menunggu persetujuan"),
        (RegistrationStatus.WAITING, "di daftar tunggu"),
    ):
        count = counts.get(status, 0)
        kind = "warn" if count and status == RegistrationStatus.PENDING else ""
        tiles.append((count, words, f"{people}?keadaan={status}", kind))
    if event.status in HELD:
        tiles.append((_attended(event, counts), "pernah hadir", people, ""))
    return tiles


def _attended(event, counts):
    """People who came to some of it: by the results, before those by the attendance lists."""
    if event.status in (EventStatus.CONCLUDED, EventStatus.ARCHIVED):
        return sum(counts.get(status, 0) for status in ATTENDED)
    present = Attendance.objects.filter(
        session__event=event, is_present=True, registration__status__in=HOLDING_A_PLACE
    )
    return present.values("registration").distinct().count()


def urls(model_admin):
    return pages(model_admin, [("meja/", event_desk, "desk")])
