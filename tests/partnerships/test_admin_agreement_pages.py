"""Text, signatures, activities, reports and addenda of an agreement, as officers handle them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partnerships.enums import (
    AgreementStatus,
    AmendedField,
    AmendmentStatus,
    Meterai,
    ScopeKind,
    Side,
    Signer,
    SigningWay,
)
from partnerships.models import Report
from partnerships.workflow import amendments as amending
from partnerships.workflow import cooperation
from partnerships.workflow import text as texts
from programs import roles
from tests.factories.partnerships import AgreementFactory, CompetenceFactory, ReportFactory
from tests.factories.programs import UserFactory
from tests.factories.subsidy_stages import day
from tests.partnerships.desk import at, at_work, fresh, press, written
from tests.programs.evil_files import pdf

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.fixture
def desk(client):
    return at_work(client)


def scan(name="pks.pdf"):
    return SimpleUploadedFile(name, pdf(), content_type="application/pdf")


# --- The text -------------------------------------------------------------------------------------


def text_of(agreement, **others):
    answers = {
        "purpose": agreement.purpose,
        "competences": [row.competence_id for row in agreement.competence_rows.all()],
        "clauses": "",
        "starts_on": written(agreement.starts_on),
        "ends_on": written(agreement.ends_on),
        "school_signatory": agreement.school_signatory,
        "school_position": agreement.school_position,
        "company_signatory": agreement.company_signatory,
        "company_position": agreement.company_position,
        "number": agreement.number,
        "do_INTERNSHIP": "on",
        "target_INTERNSHIP": "30",
    }
    return answers | others


def test_an_officer_writes_the_whole_text(desk):
    agreement = AgreementFactory(status=S.DRAFTING)

    response = desk.post(
        at("text", agreement),
        text_of(
            agreement,
            clauses="Sertifikat dari perusahaan.",
            witness_name="Restog Contoh",
            company_email="sdm@mesin.example",
            target_INTERNSHIP="45",
        ),
    )

    assertRedirects(response, at("text", agreement))
    written_text = fresh(agreement)
    assert written_text.clauses == "Sertifikat dari perusahaan."
    assert written_text.witness_name == "Restog Contoh"
    assert [(item.kind, item.target) for item in written_text.scope.all()] == [
        (ScopeKind.INTERNSHIP, 45)
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends_on": "kapan-kapan"}, "17/08/2026"),
        ({"school_nip": "123"}, "18"),
        ({"company_email": "bukan surel"}, "surel"),
        ({"ends_on": written(day(-900))}, "pada atau sesudah tanggal mulai"),
        ({"competences": []}, "Pilih paling sedikit satu kompetensi."),
    ],
)
def test_a_text_that_cannot_be_keeps_what_was_typed(desk, typed, words):
    agreement = AgreementFactory(status=S.DRAFTING)

    response = desk.post(at("text", agreement), text_of(agreement, clauses="Tetap ada.") | typed)

    assertContains(response, words, status_code=422)
    assertContains(response, "Tetap ada.", status_code=422)
    assert fresh(agreement).clauses == ""


def test_what_the_text_lacks_hinders_fixing_it(desk):
    agreement = AgreementFactory(status=S.DRAFTING, school_signatory="")

    shown = desk.get(at("text", agreement))
    assertContains(shown, "Isi nama penanda tangan sekolah.")
    assertContains(shown, "Lengkapi dahulu yang masih kurang.")
    assertContains(press(desk, agreement, "finalize"), "Naskah belum lengkap", status_code=409)


def test_the_text_is_fixed_and_opened_again_with_a_reason(desk):
    agreement = AgreementFactory(status=S.DRAFTING)

    assertRedirects(press(desk, agreement, "finalize"), at("text", agreement))
    assert fresh(agreement).status == S.READY
    assertContains(desk.get(at("text", agreement)), "Unduh naskah (PDF)")
    late = desk.post(at("text", agreement), text_of(agreement))
    assertContains(late, "Naskah tidak dapat diubah", status_code=409)
    press(desk, agreement, "redraft", reason="Masa berlaku keliru.")

    assert fresh(agreement).status == S.DRAFTING


# --- Signatures -----------------------------------------------------------------------------------


@pytest.fixture
def ready(desk):
    agreement = AgreementFactory(status=S.DRAFTING)
    return texts.finalize(agreement, by=desk.officer, today=day(0))


def completion(**others):
    return {
        "signed_on": written(day(0)),
        "signed_place": "Bukittinggi",
        "meterai": Meterai.PAPER,
        "witness_name": "Restog Contoh",
        "witness_office": "Sekretaris BPSDMI",
    } | others


def test_a_link_is_sent_again_to_another_e_mail(desk, ready):
    response = desk.post(
        at("send_link", ready, "company"), {"email": "direktur.baru@mesin.example"}
    )

    assertRedirects(response, at("signing", ready))
    signature = ready.signatures.get(signer=Signer.COMPANY)
    assert (signature.email, signature.link_version) == ("direktur.baru@mesin.example", 2)


def test_a_link_to_nobody_is_refused(desk, ready):
    response = desk.post(at("send_link", ready, "company"), {"email": "direktur"})

    assertContains(response, "direktur", status_code=422)
    assert ready.signatures.get(signer=Signer.COMPANY).link_version == 1
    assert desk.post(at("send_link", ready, "menteri"), {"email": "a@b.id"}).status_code == 404


def test_what_was_signed_on_paper_is_kept(desk, ready):
    response = desk.post(at("on_paper", ready, "school"), {"scan": scan()})

    assertRedirects(response, at("signing", ready))
    signature = ready.signatures.get(signer=Signer.SCHOOL)
    assert (signature.way, signature.signed_by) == (SigningWay.PAPER, desk.officer)
    assertContains(desk.get(at("signing", ready)), "Lihat pindaian")


def test_a_file_that_is_no_scan_is_refused(desk, ready):
    file = SimpleUploadedFile("pks.pdf", b"MZ program", content_type="application/pdf")

    response = desk.post(at("on_paper", ready, "school"), {"scan": file})

    assertContains(response, "program komputer", status_code=422)


def test_the_signing_is_completed_with_the_scan_of_both(desk, ready):
    assertContains(desk.get(at("signing", ready)), "belum menandatangani")

    response = desk.post(at("complete", ready), completion(scan=scan()))

    assertRedirects(response, at("change", ready))
    active = fresh(ready)
    assert (active.status, active.signed_on, active.witnessed_by) == (
        S.ACTIVE, day(0), desk.officer,
    )  # fmt: skip
    assert active.witness_office == "Sekretaris BPSDMI"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "belum menandatangani. Kirim lagi tautannya"),
        ({"meterai": Meterai.ELECTRONIC}, "Tulis nomor meterai elektronik."),
        ({"meterai": ""}, "Pilih meterainya."),
        ({"signed_on": written(day(2))}, "paling akhir hari ini"),
    ],
)
def test_a_signing_that_is_not_complete_keeps_what_was_typed(desk, ready, typed, words):
    response = desk.post(at("complete", ready), completion(signed_place="Padang") | typed)

    assertContains(response, words, status_code=422)
    assertContains(response, "Padang", status_code=422)
    assert fresh(ready).status == S.READY


def test_the_second_who_completes_is_told(desk, ready):
    desk.post(at("complete", ready), completion(scan=scan()))

    again = desk.post(at("complete", ready), completion(scan=scan()))

    assertContains(again, "tidak dapat dilakukan", status_code=409)


# --- Activities and reports -----------------------------------------------------------------------


def activity(**others):
    return {
        "kind": ScopeKind.INTERNSHIP,
        "description": "PKL gelombang pertama.",
        "starts_on": written(day(-20)),
        "ends_on": written(day(-5)),
        "quantity": "12",
        "side": Side.SCHOOL,
    } | others


def test_an_activity_is_recorded_for_the_school_and_counts(desk):
    agreement = AgreementFactory(status=S.ACTIVE)

    response = desk.post(at("record", agreement), activity(evidence=scan("daftar-hadir.pdf")))

    assertRedirects(response, at("cooperation", agreement))
    recorded = agreement.activities.get()
    assert (recorded.side, recorded.recorded_by) == (Side.SCHOOL, desk.officer)
    shown = desk.get(at("cooperation", agreement))
    assertContains(shown, "daftar-hadir.pdf")
    assertContains(shown, "40%")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_on": written(day(5)), "ends_on": ""}, "tanggal mulainya belum tiba"),
        ({"starts_on": written(day(-900)), "ends_on": ""}, "dalam masa berlaku"),
        ({"ends_on": written(day(-30))}, "pada atau sesudah hari mulainya"),
        ({"quantity": "0"}, "angka bulat mulai dari 1"),
        ({"value": "5.000.000"}, "hanya untuk peralatan dan beasiswa"),
        ({"kind": ""}, "Pilih lingkup"),
    ],
)
def test_an_activity_that_cannot_be_keeps_what_was_typed(desk, typed, words):
    agreement = AgreementFactory(status=S.ACTIVE)

    response = desk.post(at("record", agreement), activity() | typed)

    assertContains(response, words, status_code=422)
    assertContains(response, "PKL gelombang pertama.", status_code=422)
    assert not agreement.activities.exists()


def test_a_wrong_activity_is_withdrawn_with_its_reason(desk):
    agreement = AgreementFactory(status=S.ACTIVE)
    desk.post(at("record", agreement), activity())
    wrong = agreement.activities.get()
    page = at("withdraw_activity", agreement, wrong.pk)
    assertContains(desk.get(page), "realisasi berkurang 12 siswa")
    assertContains(desk.post(page, {"reason": ""}), "Tulis alasan", status_code=422)

    desk.post(page, {"reason": "Tercatat dua kali."})

    assert not agreement.activities.counted().exists()
    again = desk.post(page, {"reason": "Lagi."})
    assertContains(again, "sudah dibatalkan", status_code=409)


def test_a_report_is_filed_for_the_company_and_wakes_the_agreement(desk):
    agreement = AgreementFactory(status=S.DORMANT)
    report = ReportFactory(agreement=agreement)
    page = at("report", agreement, report.pk)
    assertContains(desk.get(page), "tercatat berjalan lagi")

    empty = desk.post(page, {"langkah": "file", "summary": "", "plan": "Rencana tetap."})
    assertContains(empty, "Tulis apa yang sudah berjalan.", status_code=422)
    assertContains(empty, "Rencana tetap.", status_code=422)
    typed = {"langkah": "file", "summary": "PKL berjalan.", "side": Side.COMPANY}
    assertRedirects(desk.post(page, typed), page)

    assert Report.objects.get(pk=report.pk).side == Side.COMPANY
    assert fresh(agreement).status == S.ACTIVE
    assertContains(desk.post(page, typed), "sudah diisi", status_code=409)


def test_a_report_is_evaluated_and_evaluated_anew(desk):
    report = ReportFactory(filed_by=UserFactory())
    page = at("report", report.agreement, report.pk)
    assertContains(
        desk.post(page, {"langkah": "evaluate", "score": "6", "evaluation": "Baik."}),
        "Baik.",
        status_code=422,
    )

    desk.post(page, {"langkah": "evaluate", "score": "4", "evaluation": "Hampir semua tercapai."})
    desk.post(page, {"langkah": "evaluate", "score": "5", "evaluation": "Semua tercapai."})

    evaluated = Report.objects.get(pk=report.pk)
    assert (evaluated.score, evaluated.evaluation) == (5, "Semua tercapai.")
    assert evaluated.evaluated_by == desk.officer


def test_a_report_that_is_not_filed_cannot_be_evaluated(desk):
    report = ReportFactory()

    response = desk.post(
        at("report", report.agreement, report.pk),
        {"langkah": "evaluate", "score": "4", "evaluation": "Baik."},
    )

    assertContains(response, "belum diisi", status_code=409)


# --- Addenda --------------------------------------------------------------------------------------


@pytest.fixture
def active(desk):
    agreement = AgreementFactory(status=S.DRAFTING)
    ready = texts.finalize(agreement, by=desk.officer, today=day(0))
    desk.post(at("complete", ready), completion(scan=scan()))
    return fresh(ready)


def proposal(**others):
    return {
        "side": Side.SCHOOL,
        "changed": [AmendedField.ENDS_ON],
        "ends_on": written(day(1200)),
        "reason": "Kelas industri diteruskan.",
    } | others


def test_an_addendum_is_proposed_agreed_to_and_made_effective(desk, active):
    response = desk.post(at("propose_amendment", active), proposal())

    assertRedirects(response, at("amendments", active))
    amendment = active.amendments.get()
    assert [change.field for change in amendment.changes.all()] == [AmendedField.ENDS_ON]
    assertContains(desk.get(at("amendments", active)), "Catat persetujuan perusahaan")
    address = at("decide_amendment", active, amendment.pk)
    desk.post(address, {"langkah": "confirm"})
    assertContains(desk.get(at("amendments", active)), "Berlakukan addendum 1")
    desk.post(address, {"langkah": "apply"})

    assert fresh(active).ends_on == day(1200)
    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.IN_FORCE
    assertContains(desk.get(at("amendments", active)), "Unduh addendum (PDF)")


def test_an_addendum_for_both_sides_waits_for_the_officer_alone(desk, active):
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    active.school.school.taught.create(competence=welding)

    desk.post(
        at("propose_amendment", active),
        proposal(
            side="",
            changed=[AmendedField.COMPETENCES, AmendedField.SCOPE],
            competences=[welding.pk],
            do_VISIT="on",
            target_VISIT="2",
        ),
    )

    amendment = active.amendments.get()
    assert amendment.status == AmendmentStatus.CONFIRMED
    desk.post(at("decide_amendment", active, amendment.pk), {"langkah": "apply"})
    assert list(fresh(active).competences.all()) == [welding]
    assert [(item.kind, item.target) for item in active.scope.all()] == [(ScopeKind.VISIT, 2)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"changed": []}, "Pilih paling sedikit satu hal yang diubah."),
        ({"ends_on": ""}, "Isi tanggal berakhir yang baru."),
        ({"ends_on": written(day(-3))}, "tidak boleh sudah lewat"),
        ({"changed": [AmendedField.SCOPE]}, "paling sedikit satu lingkup"),
        ({"changed": [AmendedField.COMPETENCES]}, "paling sedikit satu kompetensi"),
        ({"changed": [AmendedField.SCHOOL_SIGNATORY]}, "nama dan jabatan penanda tangan"),
        ({"changed": [AmendedField.CLAUSES]}, "Belum ada yang diubah."),
    ],
)
def test_an_addendum_that_cannot_be_keeps_what_was_typed(desk, active, typed, words):
    response = desk.post(at("propose_amendment", active), proposal() | typed)

    assertContains(response, words, status_code=422)
    assertContains(response, "Kelas industri diteruskan.", status_code=422)
    assert not active.amendments.exists()


def test_a_conflict_is_said_before_anybody_presses(desk, active):
    desk.post(at("propose_amendment", active), proposal(side=""))
    amendment = active.amendments.get()
    type(active).objects.filter(pk=active.pk).update(ends_on=day(1000))

    shown = desk.get(at("amendments", active))
    assertContains(shown, "sudah diubah sejak addendum ini diusulkan")
    assertNotContains(shown, 'value="apply"')
    pressed = desk.post(at("decide_amendment", active, amendment.pk), {"langkah": "apply"})
    assertContains(pressed, "Tolak addendum ini", status_code=409)


@pytest.mark.parametrize(
    ("step", "after"),
    [("refuse", AmendmentStatus.REFUSED), ("withdraw", AmendmentStatus.WITHDRAWN)],
)
def test_an_addendum_is_refused_or_taken_back_with_a_reason(desk, active, step, after):
    desk.post(at("propose_amendment", active), proposal())
    amendment = active.amendments.get()
    address = at("decide_amendment", active, amendment.pk)
    assert desk.post(address, {"langkah": step, "reason": ""}).status_code == 422

    desk.post(address, {"langkah": step, "reason": "Anggaran belum ada."})

    amendment.refresh_from_db()
    assert amendment.status == after
    again = desk.post(address, {"langkah": step, "reason": "Lagi."})
    assert again.status_code == 409


def test_an_addendum_changes_the_signatory_and_the_clauses(desk, active):
    desk.post(
        at("propose_amendment", active),
        proposal(
            side="",
            changed=[AmendedField.COMPANY_SIGNATORY, AmendedField.CLAUSES],
            company_signatory="Rina Contoh",
            company_position="Direktur Utama",
            clauses="Bengkel bersama.",
        ),
    )
    amending.apply_amendment(active.amendments.get(), by=desk.officer, today=day(0))

    changed = fresh(active)
    assert (changed.company_signatory, changed.clauses) == ("Rina Contoh", "Bengkel bersama.")


# --- Who ------------------------------------------------------------------------------------------


def test_an_auditor_reads_all_of_it_and_writes_nothing(client):
    at_work(client, roles.AUDITOR)
    agreement = AgreementFactory(status=S.ACTIVE)
    report = ReportFactory(agreement=agreement, filed_by=UserFactory())
    done = cooperation.record_activity(
        agreement,
        by=UserFactory(),
        side=None,
        values={
            "kind": ScopeKind.VISIT, "starts_on": day(-3), "ends_on": day(-3),
            "description": "Kunjungan.", "quantity": 30,
        },
        today=day(0),
    )  # fmt: skip

    shown = client.get(at("report", agreement, report.pk))
    assertContains(shown, "PKL berjalan lancar.")
    assertNotContains(shown, "Simpan evaluasi")
    for page in [
        at("text", agreement),
        at("report", agreement, report.pk),
        at("record", agreement),
        at("withdraw_activity", agreement, done.pk),
        at("propose_amendment", agreement),
        at("complete", agreement),
        at("send_link", agreement, "school"),
        at("on_paper", agreement, "school"),
    ]:
        assert client.post(page, {"langkah": "evaluate", "reason": "x"}).status_code == 403, page


def test_pages_ask_the_same_however_much_there_is(desk, active, django_assert_max_num_queries):
    for number in range(6):
        desk.post(at("record", active), activity(starts_on=written(day(0)), ends_on=""))
        ReportFactory(agreement=active, year=2020 + number, filed_by=UserFactory())
    desk.post(at("propose_amendment", active), proposal())

    for page in ["change", "cooperation", "amendments", "propose_amendment"]:
        with django_assert_max_num_queries(28):
            desk.get(at(page, active))
