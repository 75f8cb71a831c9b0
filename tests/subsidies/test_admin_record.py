"""The record page: what an officer reads before deciding, and what is checked on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs import roles
from programs.models import SensitiveAccess
from programs.transitions import TransitionNotAllowed
from subsidies.admin.history import DEEDS
from subsidies.arrows import APPLICATION_MOVES, DISBURSEMENT_MOVES, VISIT_MOVES
from subsidies.document_kinds import DocumentKind
from subsidies.enums import DocumentCheck, NoteState, Stage
from subsidies.models import Application, CorrectionNote, RuleOutcome
from subsidies.workflow import answers, review
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory
from tests.people import sign_in
from tests.subsidies.desk import address, controls, signed_in, words

pytestmark = pytest.mark.django_db
NIK = "1375010203040003"


@pytest.fixture
def submitted():
    application = ApplicationFactory(submitted=True, prices=(40_000_000, 60_000_000))
    profile = application.organization.ikm
    profile.set_nik(NIK)
    profile.save()
    return application


@pytest.fixture
def checker(client):
    return signed_in(client, roles.COMPLETENESS_CHECKER)


def record_page(client, application, **asked):
    return client.get(address(application), asked)


def test_the_page_tells_the_case(client, checker, submitted):
    text = words(record_page(client, submitted))

    for fact in [
        submitted.organization.name,
        submitted.organization.nib,
        "Industri kecil, 7 pekerja",
        "Kota Bukittinggi, Sumatera Barat",
        "Rp40.000.000",
        "Rp100.000.000",
        "perkiraan",
        "Diajukan pemohon",
        "Pagu Rp6.500.000.000",
    ]:
        assert fact in text


def test_what_a_rule_could_not_tell_stands_first(client, checker, submitted):
    RuleOutcome.objects.filter(application=submitted, code="other_scheme").update(
        verdict="UNKNOWN", reason="Petugas mencocokkannya."
    )

    page = record_page(client, submitted)

    first = page.context_data["record"].first_rules[0]
    assert (first["title"], first["look"]) == ("Belum dibiayai program lain tahun ini", "dunno")
    assert "Tidak dapat dipastikan." in words(page)


def test_every_deed_of_the_three_records_has_words():
    moves = {move.action for move in [*APPLICATION_MOVES, *VISIT_MOVES, *DISBURSEMENT_MOVES]}

    assert moves | {"assign", "decree"} == set(DEEDS)


def test_the_three_histories_are_told_as_one(client):
    application = ApplicationFactory(paid=True)
    signed_in(client, roles.AUDITOR)

    told = [deed.what for deed in record_page(client, application).context_data["record"].deeds]

    assert told[:2] == ["SP2D dicatat", "SPM diterbitkan"]
    assert told[-1] == "Diajukan pemohon"
    assert "Berita acara disetujui" in told


@pytest.mark.parametrize(
    "stage", [Stage.COMPLETENESS, Stage.CONFORMITY, Stage.APPROVAL, Stage.PAID]
)
def test_the_page_costs_the_same_for_one_machine_and_three(client, stage):
    role = {
        Stage.COMPLETENESS: roles.COMPLETENESS_CHECKER,
        Stage.CONFORMITY: roles.CONFORMITY_CHECKER,
        Stage.APPROVAL: roles.PPK,
        Stage.PAID: roles.FINANCE_OFFICER,
    }[stage]
    one = ApplicationFactory(stage=stage)
    three = ApplicationFactory(stage=stage, prices=(20_000_000, 30_000_000, 40_000_000))
    signed_in(client, role)

    def queries(application):
        with CaptureQueriesContext(connection) as found:
            record_page(client, application)
        return found

    few, many = queries(one), queries(three)

    assert len(many) == len(few), [query["sql"][:90] for query in many]
    assert len(few) <= 15, [query["sql"][:90] for query in few]


# --- Files ---------------------------------------------------------------------------------------


def files_of(application):
    return list(application.documents.current())


def check(client, application, file, **typed):
    return client.post(address(application, "check", file.pk), typed)


def test_a_file_stands_beside_the_answers_it_must_agree_with(client, checker, submitted):
    file = next(f for f in files_of(submitted) if f.kind == DocumentKind.DOK11)

    text = words(record_page(client, submitted, berkas=file.pk))

    assert "Invoice dan kuitansi" in text
    assert "PT Mesin Contoh" in text
    assert file.machine.invoice_number in text


def test_the_viewer_shows_a_pdf_in_a_frame_and_a_photo_as_a_picture(client, checker, submitted):
    first, second = files_of(submitted)[:2]
    second.document.content_type = "image/jpeg"
    second.document.save()

    assert "<iframe" in record_page(client, submitted, berkas=first.pk).content.decode()
    page = record_page(client, submitted, berkas=second.pk).content.decode()
    assert "<iframe" not in page
    assert '<img class="viewer-page"' in page


def test_one_file_after_another_is_accepted(client, checker, submitted):
    files = files_of(submitted)

    answer = check(client, submitted, files[0], accepted="ya")

    assert answer.url == f"{address(submitted)}?berkas={files[1].pk}#bukti"
    files[0].refresh_from_db()
    assert (files[0].check_state, files[0].checked_by) == (DocumentCheck.ACCEPTED, checker)


def test_a_file_is_sent_back_with_a_note_only(client, checker, submitted):
    file = files_of(submitted)[0]

    bare = check(client, submitted, file, accepted="tidak")
    assert bare.status_code == 422
    assert "Tulis apa yang harus diperbaiki pada berkas ini." in words(bare)
    check(client, submitted, file, accepted="tidak", note="Meterai belum ada.")

    file.refresh_from_db()
    assert (file.check_state, file.check_note) == (DocumentCheck.REJECTED, "Meterai belum ada.")


def test_a_file_is_checked_by_whose_turn_it_is(client, submitted):
    file = files_of(submitted)[0]
    signed_in(client, roles.CONFORMITY_CHECKER)
    late = check(client, submitted, file, accepted="ya")
    signed_in(client, roles.FINANCE_OFFICER)
    never = check(client, submitted, file, accepted="ya")

    file.refresh_from_db()
    assert (late.status_code, never.status_code) == (409, 403)
    assert "sekarang pada tahap “Pemeriksaan kelengkapan”" in words(late)
    assert file.check_state == DocumentCheck.PENDING


def test_a_file_of_another_application_is_not_here(client, checker, submitted):
    other = files_of(ApplicationFactory(submitted=True))[0]

    assert check(client, submitted, other, accepted="ya").status_code == 404


# --- Notes ---------------------------------------------------------------------------------------


def test_a_note_is_pinned_where_it_belongs_and_taken_back(client, checker, submitted):
    machine = submitted.machines.first()

    client.post(
        address(submitted, "pin_note"),
        {"field": f"mesin.serial_number.{machine.pk}", "text": "Berbeda dari pelat nama."},
    )
    note = CorrectionNote.objects.get()
    assert (note.field, note.machine, note.raised_by) == ("mesin.serial_number", machine, checker)
    assert note.value_before == machine.serial_number
    assert "Berbeda dari pelat nama." in words(record_page(client, submitted))

    client.post(address(submitted, "drop_note", note.pk))
    assert not CorrectionNote.objects.exists()


def test_a_link_beside_an_answer_chooses_its_field(client, checker, submitted):
    machine = submitted.machines.first()
    key = f"mesin.invoice_number.{machine.pk}"

    page = record_page(client, submitted, isian=key).content.decode()

    assert f'<option value="{key}" selected>' in page


def test_a_note_without_words_keeps_the_field(client, checker, submitted):
    answer = client.post(address(submitted, "pin_note"), {"field": "usaha.workers", "text": ""})

    assert answer.status_code == 422
    assert '<option value="usaha.workers" selected>' in answer.content.decode()


def test_the_officer_sees_what_changed_since_the_note(client):
    application = ApplicationFactory(correction=True)
    machine = application.machines.first()
    was = machine.serial_number
    owner = application.organization.members.first()
    answers.save_machine(machine, by=owner, values={"serial_number": "TB-NEW-0042"})
    Application.objects.filter(pk=application.pk).update(status="SUBMITTED", days_left=None)
    signed_in(client, roles.COMPLETENESS_CHECKER)

    text = words(record_page(client, application))

    assert CorrectionNote.objects.get().state == NoteState.ANSWERED
    assert "Yang berubah sejak catatan" in text
    assert f"{was} TB-NEW-0042" in text


def test_a_word_between_officers_is_kept_from_the_verifier(client):
    application = ApplicationFactory(visiting=True)
    signed_in(client, roles.CONFORMITY_CHECKER)
    client.post(address(application, "write_note"), {"text": "Tanyakan alamat lama."})
    assert "Tanyakan alamat lama." in words(record_page(client, application))

    sign_in(client, application.visit.verifier)
    assert "Tanyakan alamat lama." not in words(record_page(client, application))
    assert client.post(address(application, "write_note"), {"text": "x"}).status_code == 403


def test_an_auditor_writes_nothing(client, submitted):
    signed_in(client, roles.AUDITOR)

    for name, typed in [("write_note", {"text": "x"}), ("pin_note", {"text": "x"})]:
        assert client.post(address(submitted, name), typed).status_code == 403
    assert client.post(address(submitted, "hand_over"), {"sendiri": "1"}).status_code == 403


# --- Sealed numbers ------------------------------------------------------------------------------


def test_a_sealed_number_is_opened_on_request_and_the_look_is_written_down(
    client, checker, submitted
):
    assert NIK not in record_page(client, submitted).content.decode()
    assert "1234567890" not in record_page(client, submitted).content.decode()

    nik = client.post(address(submitted, "reveal", "nik"))
    account = client.post(address(submitted, "reveal", "rekening"))

    assert NIK in nik.content.decode()
    assert "1234567890" in account.content.decode()
    assert "no-store" in nik.headers["Cache-Control"]
    assert list(SensitiveAccess.objects.values_list("user", "what").order_by("pk")) == [
        (checker.pk, "NIK pemilik"),
        (checker.pk, "Nomor rekening"),
    ]


def test_a_number_is_opened_by_pressing_only(client, checker, submitted):
    assert client.get(address(submitted, "reveal", "nik")).status_code == 405


def test_a_verifier_from_outside_opens_no_number(client):
    application = ApplicationFactory(visiting=True)
    sign_in(client, application.visit.verifier)

    for what in ("nik", "rekening"):
        assert client.post(address(application, "reveal", what)).status_code == 403
    assert not SensitiveAccess.objects.exists()


# --- Handing over --------------------------------------------------------------------------------


def test_work_is_taken_and_handed_on(client, checker, submitted):
    other = officer(roles.COMPLETENESS_CHECKER, name="Pemeriksa B")
    assert "Kerjakan sendiri" in words(record_page(client, submitted))

    client.post(address(submitted, "hand_over"), {"sendiri": "1"})
    assert Application.objects.get(pk=submitted.pk).assigned_to == checker
    assert "Pemeriksa B (0 berkas)" in words(client.get(address(submitted, "hand_over")))
    client.post(address(submitted, "hand_over"), {"officer": other.pk})

    assert Application.objects.get(pk=submitted.pk).assigned_to == other


def test_a_visit_changes_hands_with_its_schedule_only(client):
    application = ApplicationFactory(visiting=True)
    signed_in(client, roles.IKMA_OFFICER)

    assert client.get(address(application, "hand_over")).status_code == 403
    with pytest.raises(TransitionNotAllowed, match="tidak bertugas pada tahap"):
        review.assign(application, to=officer(roles.FIELD_VERIFIER), by=officer())


def test_an_unknown_address_is_not_here(client, checker, submitted):
    assert client.get(address(submitted).replace(str(submitted.pk), "999999")).status_code == 404
    assert controls(record_page(client, submitted)).links
