"""One test for each rule of an application: handing in, correcting, registering, refusing."""

import datetime

import pytest
from django.utils import timezone

from programs.enums import PaperKind
from programs.models import IssuedPaper, Notification
from programs.transitions import TransitionNotAllowed
from programs.working_days import add_working_days
from subsidies import tasks
from subsidies.document_kinds import DocumentKind
from subsidies.enums import ApplicationStatus, DocumentCheck, NoteState, Stage
from subsidies.models import Application
from subsidies.workflow import answers, review
from subsidies.workflow import application as workflow
from tests.factories.programs import HolidayFactory, IkmFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def ikm(owner):
    return IkmFactory(owner=owner)


def papers(application, kind):
    return IssuedPaper.objects.filter(organization=application.organization, kind=kind)


def accept_all(application, *, by):
    for file in application.documents.current():
        review.check_document(file, by=by, accepted=True)


def test_a_draft_takes_what_the_register_knows(ikm, owner):
    application = workflow.draft(organization=ikm, scheme=SchemeFactory(), by=owner, today=TODAY)

    assert (application.workers, application.investment, application.kbli_code) == (
        7,
        200_000_000,
        "14111",
    )
    assert application.site_region == ikm.region


def test_an_ikm_has_one_application_in_a_call(ikm, owner):
    scheme = SchemeFactory()
    workflow.draft(organization=ikm, scheme=scheme, by=owner, today=TODAY)

    with pytest.raises(TransitionNotAllowed, match="sudah memiliki permohonan"):
        workflow.draft(organization=ikm, scheme=scheme, by=owner, today=TODAY)


def test_a_stranger_cannot_open_an_application_for_an_ikm(ikm):
    with pytest.raises(TransitionNotAllowed, match="bukan anggota"):
        workflow.draft(organization=ikm, scheme=SchemeFactory(), by=UserFactory(), today=TODAY)


def test_after_a_refusal_the_ikm_may_try_again(ikm, owner):
    scheme = SchemeFactory()
    ApplicationFactory(rejected=True, organization=ikm, scheme=scheme)

    assert workflow.draft(organization=ikm, scheme=scheme, by=owner, today=TODAY).pk


@pytest.mark.parametrize(("offset", "words"), [(61, "telah ditutup"), (-61, "baru dibuka")])
def test_handing_in_is_refused_outside_the_window(offset, words):
    application = ApplicationFactory(complete=True)

    with pytest.raises(TransitionNotAllowed, match=words):
        workflow.submit(application, by=None, today=day(offset))

    assert not application.history.exists()


def test_the_last_day_still_counts():
    application = ApplicationFactory(complete=True)

    workflow.submit(application, by=None, today=day(60))

    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.SUBMITTED


def test_an_incomplete_draft_is_told_what_is_missing():
    with pytest.raises(TransitionNotAllowed, match="Rekening penerima"):
        workflow.submit(ApplicationFactory(), by=None, today=TODAY)


def test_handing_in_writes_down_scale_rules_estimate_and_receipt(ikm, owner):
    application = ApplicationFactory(complete=True, organization=ikm)

    application = workflow.submit(application, by=owner, today=TODAY)

    assert (application.scale, application.scale_rule) == ("SMALL", "Permenperin 64/2016")
    assert application.claimed == 100_000_000
    assert application.rule_outcomes.count() == 12
    last = application.amount_lines.last()
    assert (last.kind, last.amount) == ("reimbursed", 30_000_000)
    assert application.history.get().rule_version == f"{application.scheme.code} versi 1"
    receipt = papers(application, PaperKind.RECEIPT).get()
    assert receipt.number == f"TT-0001/RM/{application.scheme.fiscal_year}"
    assert Notification.objects.get(recipient=owner).subject == "Berkas Anda sedang diperiksa"


def test_the_deadline_of_a_stage_counts_working_days_without_holidays():
    monday = datetime.date(2026, 8, 10)
    HolidayFactory(date=datetime.date(2026, 8, 11))
    scheme = SchemeFactory(opens_on=monday)
    application = ApplicationFactory(complete=True, scheme=scheme)

    application = workflow.submit(application, by=None, today=monday)

    assert application.due_on == datetime.date(2026, 8, 13)


def test_a_correction_needs_something_to_correct():
    with pytest.raises(TransitionNotAllowed, match="Tandai dahulu berkas"):
        workflow.request_correction(
            ApplicationFactory(submitted=True), by=UserFactory(), reason="Kurang.", today=TODAY
        )


def test_the_clock_stops_while_the_owner_corrects_and_goes_on_afterwards():
    officer = UserFactory()
    application = ApplicationFactory(submitted=True)
    start = datetime.date(2026, 3, 2)
    Application.objects.filter(pk=application.pk).update(due_on=datetime.date(2026, 3, 6))
    note = review.pin_note(application, field="usaha.workers", text="Cek lagi.", by=officer)

    application = workflow.request_correction(
        application, by=officer, reason="Satu hal.", today=start
    )
    assert (application.days_left, application.due_on) == (4, datetime.date(2026, 3, 11))

    answers.answer_note(note, by=UserFactory())
    application = workflow.resubmit(application, by=None, today=datetime.date(2026, 3, 10))
    assert application.days_left is None
    assert application.due_on == add_working_days(datetime.date(2026, 3, 10), 4, set())
    assert application.assigned_to == officer


def test_the_owner_is_told_once_what_to_correct(owner, ikm):
    application = ApplicationFactory(submitted=True, organization=ikm)
    file = application.documents.first()
    review.check_document(file, by=UserFactory(), accepted=False, note="Tidak terbaca.")

    workflow.request_correction(application, by=UserFactory(), reason="Satu hal.", today=TODAY)

    message = Notification.objects.get(recipient=owner)
    assert message.subject == "Perlu diperbaiki"
    assert message.body.startswith("Satu hal.")
    assert message.contact == application.scheme.contact
    letter = papers(application, PaperKind.CORRECTION).get()
    assert letter.facts["notes"] == [{"about": file.get_kind_display(), "text": "Tidak terbaca."}]


def test_only_the_flagged_part_of_a_returned_application_is_open():
    application = ApplicationFactory(correction=True)
    machine = application.machines.get()

    with pytest.raises(TransitionNotAllowed, match="sudah diterima"):
        answers.save_answers(application, part="usaha", by=None, values={"workers": 3})

    answers.save_machine(machine, by=None, values={"serial_number": "BARU-1"})
    note = application.correction_notes.get()
    assert note.state == NoteState.ANSWERED
    ((_, before, now),) = review.changes_since_notes(application)
    assert (before, now) == (machine.serial_number, "BARU-1")


def test_a_refused_file_must_be_replaced_before_handing_in_again():
    application = ApplicationFactory(correction=True)
    answers.save_machine(application.machines.get(), by=None, values={"serial_number": "X-1"})

    with pytest.raises(TransitionNotAllowed, match="Masih ada yang belum lengkap"):
        workflow.resubmit(application, by=None, today=TODAY)


def test_a_correction_after_the_deadline_is_refused():
    application = ApplicationFactory(correction=True)

    with pytest.raises(TransitionNotAllowed, match="Batas waktu perbaikan telah lewat"):
        workflow.resubmit(application, by=None, today=day(6))


def test_the_clock_lets_a_late_correction_lapse_once(owner, ikm):
    application = ApplicationFactory(correction=True, organization=ikm)
    Application.objects.filter(pk=application.pk).update(due_on=day(-1))

    tasks.lapse_overdue_corrections()
    tasks.lapse_overdue_corrections()

    application.refresh_from_db()
    assert application.status == ApplicationStatus.LAPSED
    assert application.history.filter(action="lapse", actor=None).count() == 1
    assert Notification.objects.filter(recipient=owner).count() == 1


def test_on_its_last_day_a_correction_does_not_lapse():
    application = ApplicationFactory(correction=True)
    Application.objects.filter(pk=application.pk).update(due_on=TODAY)

    tasks.lapse_overdue_corrections()

    application.refresh_from_db()
    assert application.status == ApplicationStatus.CORRECTION


def test_reminders_come_once_a_day(owner, ikm):
    application = ApplicationFactory(correction=True, organization=ikm)
    Application.objects.filter(pk=application.pk).update(due_on=TODAY)

    tasks.remind_corrections()
    tasks.remind_corrections()

    assert Notification.objects.filter(recipient=owner, kind="TASK").count() == 1


def test_owners_of_drafts_hear_that_the_call_closes(owner, ikm):
    ApplicationFactory(organization=ikm, scheme=SchemeFactory(closes_on=day(3)))

    tasks.remind_before_closing()
    tasks.remind_before_closing()

    assert Notification.objects.filter(recipient=owner, kind="REMINDER").count() == 1


def test_registering_waits_for_every_file():
    application = ApplicationFactory(submitted=True)

    with pytest.raises(TransitionNotAllowed, match="berkas yang belum diterima"):
        workflow.register(application, by=UserFactory(), today=TODAY)


def test_registration_numbers_have_no_gap_and_stay_after_a_correction():
    officer, scheme = UserFactory(), SchemeFactory()
    first, second = (ApplicationFactory(submitted=True, scheme=scheme) for _ in range(2))
    for application in (first, second):
        accept_all(application, by=officer)
        workflow.register(application, by=officer, today=TODAY)
    year = scheme.fiscal_year
    first.refresh_from_db()
    review.pin_note(first, field="usaha.workers", text="Cek lagi.", by=officer)
    workflow.request_correction(first, by=UserFactory(), reason="Satu hal.", today=TODAY)
    note = first.correction_notes.get()
    answers.answer_note(note, by=UserFactory())
    workflow.resubmit(first, by=None, today=TODAY)

    workflow.register(first, by=officer, today=TODAY)

    numbers = Application.objects.order_by("pk").values_list("registration_number", flat=True)
    assert list(numbers) == [f"RM-{year}-0001", f"RM-{year}-0002"]
    note.refresh_from_db()
    assert (note.state, note.closed_by) == (NoteState.CLOSED, officer)


def test_refusing_a_file_needs_a_note():
    file = ApplicationFactory(submitted=True).documents.first()

    with pytest.raises(TransitionNotAllowed, match="apa yang harus diperbaiki"):
        review.check_document(file, by=UserFactory(), accepted=False, note=" ")


def test_files_are_checked_only_while_the_application_is_under_check():
    file = ApplicationFactory(assessed=True).documents.first()

    with pytest.raises(TransitionNotAllowed, match="selama permohonan diperiksa"):
        review.check_document(file, by=UserFactory(), accepted=True)


def test_a_rejection_names_its_code_to_the_owner(owner, ikm):
    application = ApplicationFactory(registered=True, organization=ikm)

    workflow.reject(
        application, by=UserFactory(), code="R07", reason="Mesin sudah dipakai.", today=TODAY
    )

    message = Notification.objects.get(recipient=owner)
    assert message.kind == "DECISION"
    assert message.body.startswith("Alasan R07: mesin bukan baru. Mesin sudah dipakai.")
    assert papers(application, PaperKind.REJECTION).get().facts["code"] == "R07"


def test_another_reason_must_be_spelled_out():
    with pytest.raises(TransitionNotAllowed, match="harus diuraikan"):
        workflow.reject(
            ApplicationFactory(registered=True),
            by=UserFactory(),
            code="R99",
            reason="Lain.",
            today=TODAY,
        )


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_without_words_is_refused(reason):
    with pytest.raises(TransitionNotAllowed, match="harus disertai alasan"):
        workflow.reject(
            ApplicationFactory(registered=True),
            by=UserFactory(),
            code="R07",
            reason=reason,
            today=TODAY,
        )


def test_what_was_handed_in_cannot_be_changed():
    application = ApplicationFactory(submitted=True)

    with pytest.raises(TransitionNotAllowed, match="sudah dikirim"):
        answers.save_answers(application, part="usaha", by=None, values={"workers": 3})
    with pytest.raises(TransitionNotAllowed, match="sudah dikirim"):
        answers.remove_machine(application.machines.get(), by=None)


def test_an_accepted_file_stays_when_its_part_is_open_again():
    application = ApplicationFactory(correction=True)
    machine = application.machines.get()
    accepted = application.documents.filter(machine=machine, kind=DocumentKind.DOK11).get()
    accepted.check_state = DocumentCheck.ACCEPTED
    accepted.checked_by, accepted.checked_at = UserFactory(), timezone.now()
    accepted.save()

    with pytest.raises(TransitionNotAllowed, match="sudah diterima"):
        answers.detach(accepted, by=None)


def test_every_owner_of_the_ikm_is_told_and_nobody_else():
    one, other, former = UserFactory(), UserFactory(), UserFactory()
    ikm = IkmFactory(owner=one, member=other)
    ikm.memberships.create(user=former, state="ENDED")

    application = ApplicationFactory(complete=True, organization=ikm)
    workflow.submit(application, by=one, today=TODAY)

    told = Notification.objects.values_list("recipient", flat=True)
    assert sorted(told) == sorted([one.pk, other.pk])


def test_a_stage_without_a_target_has_no_deadline():
    scheme = SchemeFactory(published=False)
    scheme.stage_targets.filter(stage=Stage.COMPLETENESS).delete()
    type(scheme).objects.filter(pk=scheme.pk).update(published_at=timezone.now())
    application = ApplicationFactory(complete=True, scheme=scheme)

    assert workflow.submit(application, by=None, today=TODAY).due_on is None
