"""What the owner writes into an application, piece by piece, and what the workflow refuses."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programs.transitions import TransitionNotAllowed
from programs.uploads import AcceptedFile
from subsidies.enums import DocumentCheck, NoteState
from subsidies.models import CorrectionNote, Machine
from subsidies.workflow import answers, review
from subsidies.workflow.carry_over import draft_from_check
from tests.factories.programs import IkmFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory, MachineFactory, SchemeFactory

pytestmark = pytest.mark.django_db


def a_file(name="invoice.pdf", content=b"%PDF-1.4 isi"):
    return AcceptedFile(
        name=name,
        content=content,
        content_type="application/pdf",
        extension=".pdf",
        sha256="a" * 64,
        size=len(content),
        pages=1,
        width=None,
        height=None,
        location=None,
        taken_at=None,
    )


def a_note(application, field, *, before, machine=None):
    return CorrectionNote.objects.create(
        application=application,
        field=field,
        machine=machine,
        text="Periksa lagi.",
        value_before=before,
        raised_by=UserFactory(),
    )


def test_a_part_is_saved_without_the_others():
    application = ApplicationFactory()

    saved = answers.save_answers(application, part="usaha", by=None, values={"workers": 12})

    assert (saved.workers, saved.investment) == (12, application.investment)


def test_the_account_number_is_sealed_and_indexed():
    saved = answers.save_answers(
        ApplicationFactory(), part="rekening", by=None, values={"account_number": "1234567890"}
    )

    saved.refresh_from_db()
    assert saved.account_number == "1234567890"
    assert len(saved.account_index) == 64


def test_an_impossible_machine_is_refused_in_words():
    machine = MachineFactory()

    with pytest.raises(ValidationError, match="Tanggal pasang tidak boleh sebelum"):
        answers.save_machine(
            machine, by=None, values={"installed_on": timezone.localdate().replace(2020)}
        )


def test_nothing_can_be_written_into_a_submitted_application():
    application = ApplicationFactory(submitted=True)
    machine = application.machines.get()

    for write in [
        lambda: answers.save_answers(application, part="usaha", by=None, values={}),
        lambda: answers.accept_statement(application, by=None, accepted=True),
        lambda: answers.add_machine(application, by=None, values={"name": "Lagi"}),
        lambda: answers.save_machine(machine, by=None, values={"name": "Lagi"}),
        lambda: answers.remove_machine(machine, by=None),
        lambda: answers.detach(application.documents.first(), by=None),
        lambda: answers.attach(application, kind="DOK01", accepted=a_file(), by=UserFactory()),
    ]:
        with pytest.raises(TransitionNotAllowed, match="sudah dikirim"):
            write()


def test_a_returned_application_takes_only_what_was_asked():
    application = ApplicationFactory(correction=True)

    with pytest.raises(TransitionNotAllowed, match="Bagian ini sudah diterima"):
        answers.save_answers(application, part="usaha", by=None, values={"workers": 12})
    with pytest.raises(TransitionNotAllowed, match="Daftar mesin"):
        answers.add_machine(application, by=None, values={"name": "Lagi"})
    with pytest.raises(TransitionNotAllowed, match="tidak dapat diubah sekarang"):
        answers.attach(application, kind="DOK01", accepted=a_file(), by=UserFactory())


def test_a_note_is_answered_by_changing_what_it_is_about():
    application = ApplicationFactory(correction=True)
    machine = application.machines.get()
    note = application.correction_notes.get()

    answers.save_machine(machine, by=None, values={"brand": "Lain"})
    note.refresh_from_db()
    assert note.state == NoteState.OPEN

    answers.save_machine(machine, by=None, values={"serial_number": "CTH-0042"})
    note.refresh_from_db()
    assert note.state == NoteState.ANSWERED


def test_a_note_of_another_part_stays_open():
    application = ApplicationFactory(correction=True)
    ours = a_note(application, "usaha.workers", before="7")
    other = a_note(application, "kapasitas.capacity", before="1.200 potong")

    answers.save_answers(application, part="usaha", by=None, values={"workers": 12})

    assert list(
        CorrectionNote.objects.filter(state=NoteState.ANSWERED).values_list("pk", flat=True)
    ) == [ours.pk]
    other.refresh_from_db()
    assert other.state == NoteState.OPEN


def test_a_note_is_answered_by_saying_that_the_answer_stands():
    note = ApplicationFactory(correction=True).correction_notes.get()

    answers.answer_note(note, by=None)

    note.refresh_from_db()
    assert (note.state, note.answered_at is not None) == (NoteState.ANSWERED, True)


def test_a_new_file_takes_the_place_of_a_refused_one():
    application = ApplicationFactory(correction=True)
    machine = application.machines.get()

    answers.attach(application, kind="DOK17", accepted=a_file(), by=UserFactory(), machine=machine)

    current = application.documents.current().filter(kind="DOK17")
    assert [file.check_state for file in current] == [DocumentCheck.PENDING]
    assert application.documents.filter(kind="DOK17").count() == 2


def test_a_slot_takes_five_files():
    application = ApplicationFactory()
    for number in range(5):
        answers.attach(
            application, kind="DOK01", accepted=a_file(f"{number}.pdf"), by=UserFactory()
        )

    with pytest.raises(TransitionNotAllowed, match="Paling banyak 5 berkas"):
        answers.attach(application, kind="DOK01", accepted=a_file(), by=UserFactory())


def test_a_paper_of_a_machine_needs_its_machine():
    with pytest.raises(ValidationError, match="bukan untuk bagian itu"):
        answers.attach(ApplicationFactory(), kind="DOK11", accepted=a_file(), by=UserFactory())


def test_an_accepted_file_cannot_be_taken_out():
    application = ApplicationFactory(correction=True)
    file = application.documents.filter(kind="DOK11").get()
    type(file).objects.filter(pk=file.pk).update(
        check_state=DocumentCheck.ACCEPTED, checked_by=UserFactory(), checked_at=timezone.now()
    )
    file.refresh_from_db()

    with pytest.raises(TransitionNotAllowed, match="sudah diterima petugas"):
        answers.detach(file, by=None)


def test_twenty_machines_are_enough():
    application = ApplicationFactory()
    Machine.objects.bulk_create(
        Machine(application=application, name=f"Mesin {number}") for number in range(20)
    )

    with pytest.raises(TransitionNotAllowed, match="paling banyak 20 mesin"):
        answers.add_machine(application, by=None, values={"name": "Lagi"})


def test_a_machine_goes_with_its_files():
    application = ApplicationFactory(complete=True)

    answers.remove_machine(application.machines.get(), by=None)

    assert not application.machines.exists()
    assert not application.documents.exclude(machine=None).exists()


def test_a_draft_begins_with_what_the_check_was_told():
    owner = UserFactory()

    application = draft_from_check(
        organization=IkmFactory(owner=owner),
        scheme=SchemeFactory(),
        by=owner,
        today=timezone.localdate(),
        answers={"workers": 12},
        machines=[{"name": "Mesin bordir", "unit_price": 240_000_000}],
    )

    assert application.workers == 12
    assert application.investment == 200_000_000
    assert [machine.claimed for machine in application.machines.all()] == [240_000_000]


def test_a_draft_that_cannot_be_opened_leaves_no_machine():
    owner = UserFactory()
    closed = SchemeFactory(opens_on="2020-01-01", closes_on="2020-10-11", pay_by="2020-12-10")

    with pytest.raises(TransitionNotAllowed, match="telah ditutup"):
        draft_from_check(
            organization=IkmFactory(owner=owner),
            scheme=SchemeFactory._meta.model.objects.get(pk=closed.pk),
            by=owner,
            today=timezone.localdate(),
            answers={},
            machines=[{"name": "Mesin bordir"}],
        )

    assert not Machine.objects.exists()


def test_a_note_keeps_what_stood_there_in_words():
    application = ApplicationFactory(submitted=True)

    note = review.pin_note(
        application,
        field="mesin.is_new",
        machine=application.machines.get(),
        text="Foto menunjukkan mesin bekas.",
        by=UserFactory(),
    )

    assert note.value_before == "ya"
