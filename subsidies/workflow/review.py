"""The officer's checks of papers and answers, before any decision."""

from django.db import transaction
from django.utils import timezone

from programs.transitions import TransitionNotAllowed
from subsidies.checklist import ACCOUNT_FIELDS, BASELINE_FIELDS, BUSINESS_FIELDS, MACHINE_FIELDS
from subsidies.enums import ApplicationStatus, DocumentCheck, NoteState, Stage
from subsidies.models import Application, ApplicationDocument, CorrectionNote, InternalNote
from subsidies.news import tell_officer
from subsidies.permissions import can_act

# As much of an answer as a note keeps of what stood there when it was written.
SHOWN_LENGTH = 300
UNDER_CHECK = [ApplicationStatus.SUBMITTED, ApplicationStatus.REGISTERED]
FIELDS_TO_NOTE = {
    "usaha": BUSINESS_FIELDS,
    "kapasitas": BASELINE_FIELDS,
    "rekening": ACCOUNT_FIELDS,
    "mesin": MACHINE_FIELDS,
}


@transaction.atomic
def check_document(file, *, by, accepted, note=""):
    """Accept one file, or refuse it with a note that tells the owner what to mend."""
    _lock_under_check(file.application)
    if not accepted and not note.strip():
        raise TransitionNotAllowed("Tulis apa yang harus diperbaiki pada berkas ini.")
    file = ApplicationDocument.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.removed_at:
        raise TransitionNotAllowed("Berkas ini sudah diganti pemohon. Muat ulang halaman.")
    file.check_state = DocumentCheck.ACCEPTED if accepted else DocumentCheck.REJECTED
    file.check_note = "" if accepted else note.strip()
    file.checked_by, file.checked_at = by, timezone.now()
    file.save()
    return file


@transaction.atomic
def pin_note(application, *, field, text, by, machine=None):
    """Pin a note to one answer. ``field`` is “part.name”, as in “mesin.serial_number”.

    What stands there now is kept beside the note, so that the change can be seen later.
    """
    application = _lock_under_check(application)
    part, _, name = field.partition(".")
    if name not in FIELDS_TO_NOTE.get(part, {}) or (part == "mesin") != (machine is not None):
        raise TransitionNotAllowed("Pilih isian yang dimaksud.")
    record = machine or application
    return CorrectionNote.objects.create(
        application=application,
        machine=machine,
        field=field,
        text=text,
        value_before=shown(record, name)[:SHOWN_LENGTH],
        raised_by=by,
    )


@transaction.atomic
def drop_note(note, *, by):
    """Take back a note that was pinned by mistake, while the owner has not seen it."""
    _lock_under_check(note.application)
    CorrectionNote.objects.filter(pk=note.pk, state=NoteState.OPEN).delete()


@transaction.atomic
def assign(application, *, to, by):
    """Give a piece of work to one officer, who is told. The stage and its deadline stay.

    Raises ``TransitionNotAllowed`` for an officer who could not act on it. A visit changes hands
    with its schedule (``visit.reassign``).
    """
    stages = Application.objects.with_stage().select_related("visit")
    application = stages.select_for_update(of=("self",)).get(pk=application.pk)
    if not can_act(to, application):
        raise TransitionNotAllowed(
            f"{to} tidak bertugas pada tahap “{Stage(application.stage).label}”."
        )
    application.assigned_to = to
    application.save(update_fields=["assigned_to"])
    if to != by:
        tell_officer(
            to,
            application,
            fact=f"assigned.{application.pk}.{application.status}.{timezone.now():%Y%m%d%H%M%S}",
            subject=f"Tugas baru: {application}",
            body=f"{by} menugaskan permohonan ini kepada Anda.",
        )
    return application


def write_internal_note(application, *, text, by):
    """Leave a word for other officers. The applicant never sees it."""
    return InternalNote.objects.create(application=application, author=by, text=text)


def changes_since_notes(application):
    """For each answered note: (note, what stood there, what stands there now)."""
    answered = application.correction_notes.filter(state=NoteState.ANSWERED)
    return [
        (note, note.value_before, shown(note.machine or application, note.name))
        for note in answered.select_related("machine", "application")
    ]


def shown(record, name):
    """The answer as a person reads it; an account number shows its last four figures only."""
    if name == "account_number":
        return f"berakhiran {record.account_number[-4:]}" if record.account_number else ""
    display = getattr(record, f"get_{name}_display", None)
    value = display() if display else getattr(record, name)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)


def _lock_under_check(application):
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.status not in UNDER_CHECK:
        raise TransitionNotAllowed(
            "Pemeriksaan hanya dapat diubah selama permohonan diperiksa: status saat ini "
            f"“{application.get_status_display()}”."
        )
    return application
