"""What the owner writes into an application: answers, machines, files. Saved piece by piece."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from programs.documents import store_document
from programs.transitions import TransitionNotAllowed
from subsidies.checklist import may_edit, parts_of
from subsidies.document_kinds import PER_MACHINE
from subsidies.enums import WITH_THE_IKM, ApplicationStatus, DocumentCheck, NoteState
from subsidies.models import Application, ApplicationDocument, Machine
from subsidies.workflow.review import SHOWN_LENGTH, shown

MAX_MACHINES = 20
MAX_FILES_IN_A_SLOT = 5


@transaction.atomic
def save_answers(application, *, part, by, values):
    """Save what was typed in one part of the form; ``values`` maps field names to clean values.

    Raises ``TransitionNotAllowed`` when it is not the owner's turn, ``ValidationError`` by field
    when the whole row would be impossible.
    """
    application = _lock(application)
    _must_be_editable(application, part)
    for name, value in values.items():
        if name == "account_number":
            application.set_account(value)
        else:
            setattr(application, name, value)
    # No constraint of the table is about what an owner types; asking the database about each of
    # them would cost three queries apiece, at every autosave.
    application.full_clean(exclude=["account_number"], validate_constraints=False)
    application.save()
    _answer_notes(application, application, part=part)
    return application


@transaction.atomic
def accept_statement(application, *, by, accepted):
    """Record that the owner accepts the statement (DOK20), or takes that back."""
    values = {"statement_accepted_at": timezone.now() if accepted else None}
    return save_answers(application, part="pernyataan", by=by, values=values)


@transaction.atomic
def add_machine(application, *, by, values):
    """Add a machine to a draft. After handing in, the list of machines stands."""
    application = _lock(application)
    if application.status != ApplicationStatus.DRAFT:
        raise TransitionNotAllowed(
            "Daftar mesin tidak dapat diubah setelah permohonan dikirim. Hubungi sekretariat."
        )
    if application.machines.count() >= MAX_MACHINES:
        raise TransitionNotAllowed(f"Satu permohonan memuat paling banyak {MAX_MACHINES} mesin.")
    machine = Machine(application=application, **values)
    machine.full_clean()
    machine.save()
    return machine


@transaction.atomic
def save_machine(machine, *, by, values):
    """Save what was typed about one machine."""
    application = _lock(machine.application)
    _must_be_editable(application, "mesin", machine)
    machine = Machine.objects.get(pk=machine.pk)
    for name, value in values.items():
        setattr(machine, name, value)
    machine.full_clean()
    machine.save()
    _answer_notes(application, machine, part="mesin", machine=machine)
    return machine


@transaction.atomic
def remove_machine(machine, *, by):
    """Take a machine and its files out of a draft."""
    application = _lock(machine.application)
    if application.status != ApplicationStatus.DRAFT:
        raise TransitionNotAllowed(
            "Mesin tidak dapat dihapus setelah permohonan dikirim. Hubungi sekretariat."
        )
    machine.delete()
    return application


@transaction.atomic
def attach(application, *, kind, accepted, by, machine=None):
    """Keep an accepted file as one paper of the checklist.

    ``accepted`` comes from ``programs.uploads``. A file that an officer refused is replaced by it.
    Raises ``TransitionNotAllowed`` when the slot is closed or full.
    """
    application = _lock(application)
    if (kind in PER_MACHINE) != (machine is not None):
        raise ValidationError("Berkas ini bukan untuk bagian itu.")
    part = _part_of(application, kind, machine)
    if part is None or not may_edit(application, part):
        raise TransitionNotAllowed(
            "Bagian ini tidak dapat diubah sekarang. Muat ulang halaman untuk melihat keadaannya."
        )
    here = application.documents.current().filter(kind=kind, machine=machine)
    here.filter(check_state=DocumentCheck.REJECTED).update(removed_at=timezone.now())
    if here.count() >= MAX_FILES_IN_A_SLOT:
        raise TransitionNotAllowed(
            f"Paling banyak {MAX_FILES_IN_A_SLOT} berkas di sini. Hapus satu dahulu, atau "
            "gabungkan menjadi satu PDF."
        )
    document = store_document(accepted, organization=application.organization, by=by)
    application.save(update_fields=["saved_at"])
    return ApplicationDocument.objects.create(
        application=application, kind=kind, machine=machine, document=document
    )


@transaction.atomic
def detach(file, *, by):
    """Take a file out. It stays in the archive, marked as removed."""
    application = _lock(file.application)
    part = _part_of(application, file.kind, file.machine)
    if part is None or not may_edit(application, part):
        raise TransitionNotAllowed("Berkas ini tidak dapat dihapus sekarang.")
    if file.check_state == DocumentCheck.ACCEPTED:
        raise TransitionNotAllowed("Berkas yang sudah diterima petugas tidak dapat dihapus.")
    ApplicationDocument.objects.filter(pk=file.pk, removed_at=None).update(
        removed_at=timezone.now()
    )
    return application


@transaction.atomic
def answer_note(note, *, by):
    """Say that a note was dealt with although its field did not change."""
    _lock(note.application)
    type(note).objects.filter(pk=note.pk, state=NoteState.OPEN).update(
        state=NoteState.ANSWERED, answered_at=timezone.now()
    )


def _lock(application):
    application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.status not in WITH_THE_IKM:
        raise TransitionNotAllowed(
            "Permohonan ini sudah dikirim dan sedang diperiksa; isinya tidak dapat diubah."
        )
    return application


def _must_be_editable(application, key, machine=None):
    if application.status == ApplicationStatus.DRAFT:
        return
    for part in parts_of(application):
        same_machine = (part.machine and part.machine.pk) == (machine and machine.pk)
        if part.key == key and same_machine and may_edit(application, part):
            return
    raise TransitionNotAllowed(
        "Bagian ini sudah diterima. Perbaiki hanya bagian yang diberi catatan petugas."
    )


def _part_of(application, kind, machine):
    for part in parts_of(application):
        for slot in part.slots:
            if slot.kind == kind and (slot.machine and slot.machine.pk) == (machine and machine.pk):
                return part
    return None


def _answer_notes(application, record, *, part, machine=None):
    """A note is answered by changing what it is about; one whose answer stands stays open."""
    open_notes = application.correction_notes.filter(
        field__startswith=f"{part}.", machine=machine, state=NoteState.OPEN
    )
    changed = [
        note.pk
        for note in open_notes
        if shown(record, note.name)[:SHOWN_LENGTH] != note.value_before
    ]
    application.correction_notes.filter(pk__in=changed).update(
        state=NoteState.ANSWERED, answered_at=timezone.now()
    )
