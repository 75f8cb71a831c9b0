"""The page of one registration: where it stands, what comes, and what the day needs."""

from typing import NamedTuple

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format

from programs.papers import verification_qr
from training import event_in_words as words
from training.enums import (
    ENDED_WITHOUT_PLACE,
    HELD,
    AudienceKind,
    EventStatus,
    RegistrationSource,
    RegistrationStatus,
)
from training.next_steps import next_steps
from training.openness import TAKES_PEOPLE, openness_of
from training.permissions import can_look_at, can_withdraw
from training.ranks import rank_label
from training.stages import WORDS
from training.workflow.places import position_of

Status = RegistrationStatus
MAY_WITHDRAW = [Status.PENDING, Status.WAITING, Status.ACCEPTED]
WITHDRAWAL_ENDS = [*HELD, EventStatus.CANCELLED]
# The colours that the state card knows; the others are calm.
CARD_KINDS = {"ok", "warn", "danger"}
DONE, NOW, LATER = "done", "now", "later"
DEEDS = {
    "accept": "Diterima panitia",
    "queue": "Masuk daftar tunggu",
    "move_up": "Mendapat tempat dari daftar tunggu",
    "reject": "Tidak diterima panitia",
    "withdraw": "Mengundurkan diri",
    "leave_unplaced": "Tidak mendapat tempat",
    "mark_absent": "Tercatat tidak hadir",
    "mark_partly": "Syarat sertifikat belum terpenuhi",
    "qualify": "Memenuhi syarat",
    "certify": "Sertifikat terbit",
    "revoke": "Sertifikat dicabut",
    "replace": "Sertifikat diganti",
    "confirm_name": "Nama di sertifikat diubah",
    "correct": "Data pendaftaran dibetulkan panitia",
}
# What is written of a person changes; where they stand does not.
NO_DECISIONS = ("confirm_name", "correct")


class State(NamedTuple):
    """How the page begins: the state, what it means, and why."""

    kind: str
    icon: str
    title: str
    text: str
    reason: str = ""


class Item(NamedTuple):
    stage: str
    title: str
    when: str
    reason: str = ""


class Presence(NamedTuple):
    session: object
    hours: object
    kind: str
    icon: str
    word: str


def registration_page(request, registration):
    event, now = registration.event, timezone.now()
    is_mine = registration.user_id == request.user.pk
    deeds = list(registration.history.order_by("pk"))
    seat = registration.holds_a_place and event.status != EventStatus.CANCELLED
    is_waiting = registration.status == Status.WAITING and event.status != EventStatus.CANCELLED
    return render(
        request,
        "training/registration_detail.html",
        {
            "registration": registration,
            "event": event,
            "is_mine": is_mine,
            "may_open_desk": request.user.is_staff and can_look_at(request.user, event),
            "state": _state(registration, deeds),
            "position": position_of(registration) if is_waiting else None,
            "comes_next": _comes_next(registration),
            "steps": next_steps(registration, now=now) if is_mine else [],
            "when": words.days(event),
            "hours": words.hours(event.starts_at),
            "days": [
                (day, [_presence(registration, session, seat, now) for session in sessions])
                for day, sessions in words.sessions_by_day(event)
            ],
            "place": words.place(event),
            "sees_link": seat and is_mine and event.is_online and event.online_url,
            "seat": seat,
            "materials": event.materials.all() if seat else [],
            "timeline": _timeline(registration, deeds),
            "rank": rank_label(registration.rank),
            "letter": registration.assignment_letter,
            "may_change_name": is_mine and seat and registration.certificate is None,
            "may_register_again": is_mine
            and registration.status == Status.WITHDRAWN
            and openness_of(event, now=now) in TAKES_PEOPLE,
            "certificate": registration.certificate,
            "qr": registration.certificate and verification_qr(registration.certificate),
            "may_withdraw": registration.status in MAY_WITHDRAW
            and event.status not in WITHDRAWAL_ENDS
            and can_withdraw(request.user, registration),
            "may_hand_in_letter": registration.kind == AudienceKind.APPARATUS
            and registration.status in MAY_WITHDRAW
            and can_withdraw(request.user, registration),
        },
    )


def _state(registration, deeds):
    event, about = registration.event, WORDS[registration.status]
    if event.status == EventStatus.CANCELLED and registration.status in MAY_WITHDRAW:
        return State(
            "danger",
            "x-circle",
            "Kegiatan ini dibatalkan",
            "Anda tidak perlu melakukan apa pun.",
            _why_called_off(event),
        )
    if event.status == EventStatus.POSTPONED and registration.status in MAY_WITHDRAW:
        return State(
            "warn",
            "pause",
            "Kegiatan ini ditunda, pendaftaran Anda tetap berlaku",
            "Anda menerima surel begitu jadwal barunya ada. Bila hari itu Anda tidak dapat, "
            "undurkan diri di bawah ini.",
            _why_called_off(event),
        )
    kind = about.badge if about.badge in CARD_KINDS else ""
    decisions = [deed for deed in deeds if deed.action not in NO_DECISIONS]
    last = decisions[-1] if decisions else None
    reason = last.reason if last and last.to_status == registration.status else ""
    return State(kind, about.icon, about.title, about.participant, reason)


def _why_called_off(event):
    return event.history.filter(to_status=event.status).order_by("pk").last().reason


def _comes_next(registration):
    """Sentences of what happens afterwards."""
    event, status = registration.event, registration.status
    if event.status in (EventStatus.CANCELLED, EventStatus.POSTPONED):
        return []
    found = [WORDS[status].next_step]
    if status == Status.ACCEPTED:
        if event.status not in HELD:
            found.insert(0, "Kami mengingatkan Anda sehari dan satu jam sebelum acara lewat surel.")
        if event.gives_certificate:
            found.append(
                "Setelah acara, panitia menetapkan hasil dan menerbitkan sertifikat bagi yang "
                "memenuhi syarat."
            )
    return [sentence for sentence in found if sentence]


def _presence(registration, session, seat, now):
    """What is known of the person's presence in one session."""
    hours = words.session_hours(session)
    if session.pk in registration.present_in:
        return Presence(session, hours, "ok", "check", "Hadir")
    if not seat or now < session.starts_at:
        return Presence(session, hours, "", "", "")
    if registration.status == Status.ACCEPTED:
        return Presence(session, hours, "", "circle", "Belum tercatat")
    return Presence(session, hours, "danger", "x", "Tidak hadir")


def _timeline(registration, deeds):
    """What happened, and the next things that will."""
    items = [Item(DONE, _deed(registration, deed), _moment(deed.at), deed.reason) for deed in deeds]
    event = registration.event
    if registration.status in ENDED_WITHOUT_PLACE or event.status == EventStatus.CANCELLED:
        return items
    if event.status not in HELD and event.status != EventStatus.POSTPONED:
        items.append(Item(LATER, "Kegiatan berlangsung", words.days(event)))
    if event.status == EventStatus.RUNNING:
        items.append(Item(NOW, "Kegiatan berlangsung", words.days(event)))
    if registration.status in MAY_WITHDRAW and event.gives_certificate:
        items.append(Item(LATER, "Hasil ditetapkan dan sertifikat terbit", "Setelah kegiatan"))
    return items


def _deed(registration, deed):
    if deed.action != "register":
        return DEEDS[deed.action]
    who = {
        RegistrationSource.SELF: "Anda mendaftar",
        RegistrationSource.AGENCY: f"Didaftarkan {registration.sent_by}",
        RegistrationSource.OFFICER: "Didaftarkan panitia",
    }[registration.source]
    outcome = {
        Status.ACCEPTED: "dan langsung mendapat tempat",
        Status.WAITING: "dan masuk daftar tunggu",
    }.get(deed.to_status, "")
    return f"{who} {outcome}".strip()


def _moment(at):
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y')}, {local:%H.%M} WIB"
