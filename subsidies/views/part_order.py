"""The parts of an application as pages: their addresses, their order, the notes on them."""

from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from subsidies.checklist import may_edit
from subsidies.enums import ApplicationStatus, NoteState

DOTS = {"Lengkap": "on", "Perlu diperbaiki": "fix"}


class Note(NamedTuple):
    """What an officer asks for. ``name`` is the field; of a file it is empty.

    ``answer`` is the note's id while it is open: the owner may say that the answer stands.
    """

    name: str
    text: str
    by: str
    answer: int | None = None


def address_of(application, part):
    """The page on which a part is filled in."""
    if part.machine is not None:
        return reverse("subsidies:application_machine", args=[application.pk, part.machine.pk])
    if part.key == "mesin":
        return reverse("subsidies:machine_add", args=[application.pk])
    return reverse("subsidies:application_part", args=[application.pk, part.key])


def address_after(application, parts, part):
    """Where *Simpan dan lanjutkan* leads: on through the parts, and from the last to the check.

    Of a returned application only the parts that wait for the owner are walked through.
    """
    at = next(number for number, other in enumerate(parts) if is_same(other, part))
    for other in parts[at + 1 :]:
        is_asked = application.status == ApplicationStatus.DRAFT or not other.complete
        if is_asked and may_edit(application, other):
            return address_of(application, other)
    return reverse("subsidies:application_review", args=[application.pk])


def is_same(one, other):
    return one.key == other.key and (one.machine and one.machine.pk) == (
        other.machine and other.machine.pk
    )


def dots(parts, here):
    """The progress dots above a part's page."""
    return ["now" if is_same(part, here) else DOTS.get(part.state, "") for part in parts]


def open_notes(part):
    """What still waits for the owner in a part, notes on its files as well."""
    notes = [
        Note(note.name, note.text, signed(note.raised_at), note.pk)
        for note in part.notes
        if note.state == NoteState.OPEN
    ]
    notes += [
        Note("", f"{slot.label}: {file.check_note}", signed(file.checked_at))
        for slot in part.slots
        for file in slot.rejected
    ]
    return notes


def signed(at):
    """Who wrote a note, and when. The office is named, not the person."""
    return f"Petugas pemeriksa, {date_format(timezone.localtime(at), 'l, j F Y')}"
