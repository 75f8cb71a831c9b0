"""What participants are told, and when. Every fact once, each with whom to ask."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from programs.enums import NotificationKind
from programs.notifications import notify_many
from training.stages import WORDS

# Mails about a seat carry the calendar file; see training.calendar_mails.
SEAT = "training.seat."


def when_in_words(event):
    """“22–23 Juni 2020”, “22 Juni 2020”: the days of an event, in the ministry's own time zone."""
    first, last = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if first.date() == last.date():
        return date_format(first, "l, j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    if first.year == last.year:
        return f"{date_format(first, 'j F')} – {date_format(last, 'j F Y')}"
    return f"{date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}"


def page_of(registration):
    return reverse("training:registration_detail", args=[registration.pk])


def tell(event, registrations, *, fact, subject, body, kind=NotificationKind.NEWS, seat=False):
    """Tell each of ``registrations`` (with their users) one fact of their event.

    ``fact`` names what happened. With ``seat`` the mail carries the calendar file as it is now.
    """
    prefix = SEAT if seat else "training."
    notify_many(
        [
            (
                registration.user,
                f"{prefix}{fact}.{registration.pk}",
                _subject(subject),
                body(registration) if callable(body) else body,
                page_of(registration),
            )
            for registration in registrations
        ],
        kind=kind,
        contact=event.contact,
    )


def tell_status(event, registrations, *, why="", again=""):
    """Tell each person the status they reached, in the words of the status table; each once.

    ``why`` is the reason, where somebody had to give one; ``again`` tells a later time apart at
    which somebody may reach the same status.
    """
    registrations = list(registrations)
    for status in {registration.status for registration in registrations}:
        words = WORDS[status]
        tell(
            event,
            [one for one in registrations if one.status == status],
            fact=f"status.{status.lower()}{again}",
            subject=f"{words.title}: {event.title}",
            body=_status_text(event, words, why),
            # About a place that somebody asked for: always mailed.
            kind=NotificationKind.DECISION,
            seat=True,
        )


def tell_entered_by(event, registrations, *, by, sender):
    """Tell people whom a Dinas or an officer entered that it was done, and how to come in."""
    who = f"{by.name} dari {sender}" if sender else f"panitia {event.unit}"
    tell(
        event,
        registrations,
        fact="entered",
        subject=f"Anda didaftarkan pada {event.title}",
        body=(
            f"{who} mendaftarkan Anda pada {event.title}, {when_in_words(event)}. Masuk dengan "
            "surel ini: pilih “Kirim kode ke surel saya”, tanpa kata sandi. Bila Anda tidak dapat "
            "ikut, undurkan diri di halaman itu agar tempatnya dipakai orang lain."
        ),
        kind=NotificationKind.TASK,
        seat=True,
    )


def _status_text(event, words, why):
    about = f"{event.title}, {when_in_words(event)}, {event.unit}."
    reason = f"Alasan: {why}" if why else ""
    return "\n\n".join(part for part in (about, words.participant, reason, words.next_step) if part)


def _subject(words):
    return words if len(words) <= 150 else f"{words[:149]}…"
