"""Whether people can register for an event at this moment, in one word and in a badge."""

from typing import NamedTuple

from django.db.models import TextChoices

from programs.templatetags.bina import tanggal, waktu
from training.enums import HELD, EventStatus

# From here on the number of free places is named: it helps to decide today.
FEW_PERCENT = 25


class Openness(TextChoices):
    NOT_YET = "NOT_YET", "belum dibuka"
    OPEN = "OPEN", "dibuka"
    WAITING_LIST = "WAITING_LIST", "penuh, daftar tunggu dibuka"
    FULL = "FULL", "penuh"
    CLOSED = "CLOSED", "ditutup"
    RUNNING = "RUNNING", "sedang berlangsung"
    OVER = "OVER", "selesai"
    POSTPONED = "POSTPONED", "ditunda"
    CANCELLED = "CANCELLED", "dibatalkan"


TAKES_PEOPLE = [Openness.OPEN, Openness.WAITING_LIST]


class Badge(NamedTuple):
    kind: str
    icon: str
    word: str


def openness_of(event, *, now):
    """How ``event`` stands to somebody who would like to come.

    A region whose quota is full waits even while the event is open; the event's page says which.
    """
    if event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED):
        return Openness(event.status)
    if event.status in HELD:
        return Openness.RUNNING if event.status == EventStatus.RUNNING else Openness.OVER
    if event.status != EventStatus.OPEN or now >= event.closes_at:
        return Openness.CLOSED
    if now < event.opens_at:
        return Openness.NOT_YET
    if event.free_places:
        return Openness.OPEN
    return Openness.WAITING_LIST if event.has_waiting_list else Openness.FULL


def badge_of(event, *, now):
    """The same as colour, picture and word, for lists."""
    openness = openness_of(event, now=now)
    if openness == Openness.OPEN:
        if event.free_places * 100 <= event.capacity * FEW_PERCENT:
            return Badge("warn", "users", f"{event.free_places} tempat tersisa")
        return Badge("ok", "users", "Masih ada tempat")
    return {
        Openness.NOT_YET: Badge("info", "calendar", f"Dibuka {waktu(event.opens_at)}"),
        Openness.WAITING_LIST: Badge("", "clock", "Penuh, daftar tunggu dibuka"),
        Openness.FULL: Badge("", "lock", "Penuh"),
        Openness.CLOSED: Badge("plain", "lock", "Pendaftaran ditutup"),
        Openness.RUNNING: Badge("accent", "clock", "Sedang berlangsung"),
        Openness.OVER: Badge("plain", "check", f"Selesai {tanggal(event.ends_at)}"),
        Openness.POSTPONED: Badge("warn", "pause", "Ditunda"),
        Openness.CANCELLED: Badge("danger", "x-circle", "Dibatalkan"),
    }[openness]
