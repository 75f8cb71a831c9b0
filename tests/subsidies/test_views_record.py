"""The record of an application, and the owner's side of the visit."""

import pytest
from django.db.models import F
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs.models import IssuedPaper
from programs.papers import verification_url
from subsidies.enums import Stage, VisitStatus
from subsidies.models import AmountLine, Application, MachineCut, Visit
from tests.qr_codes import code_of, codes_on_page
from tests.subsidies.applicants import owner_of, page_of

pytestmark = pytest.mark.django_db


def record(client, application):
    return client.get(page_of("application_detail", application))


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.COMPLETENESS, "Anda tidak perlu melakukan apa pun."),
        (Stage.VISIT, "Mohon ada di tempat bersama mesin yang menyala"),
        (Stage.MINUTES, "Baca dan setujui berita acara"),
        (Stage.WAITING, "anggaran sudah terpakai"),
        (Stage.PAID, "Periksa rekening Anda."),
        (Stage.REJECTED, "R10: tanpa faktur pajak."),
        (Stage.LAPSED, "Ajukan lagi"),
    ],
)
def test_a_record_begins_with_what_its_state_means(client, stage, words):
    application, _ = owner_of(client, stage=stage)

    assertContains(record(client, application), words)


def test_the_account_is_shown_by_its_end_only(client):
    application, _ = owner_of(client, submitted=True)

    page = record(client, application)

    assertContains(page, "••••7890")
    assertNotContains(page, "1234567890")


def test_every_cut_is_a_row_with_its_reason(client):
    application, _ = owner_of(client, assessed=True)
    machine = application.machines.get()
    MachineCut.objects.create(machine=machine, reason="TAX", amount=10_000_000)
    application.amount_lines.filter(occasion="ASSESSMENT").update(position=F("position") + 10)
    AmountLine.objects.create(
        application=application,
        occasion="ASSESSMENT",
        position=1,
        machine=machine,
        kind="cut",
        label="PPN dan pajak lain tidak diakui",
        amount=-10_000_000,
    )

    page = record(client, application)

    assertContains(page, "PPN dan pajak lain tidak diakui")
    assertContains(page, "−Rp10.000.000")


def test_an_officers_other_sum_stands_beside_the_computed_one(client):
    application, _ = owner_of(client, assessed=True)
    Application.objects.filter(pk=application.pk).update(
        reimbursed=20_000_000, override_reason="Harga pasar lebih rendah."
    )

    page = record(client, application)

    assertContains(page, "Ditetapkan Rp20.000.000")
    assertContains(page, "Harga pasar lebih rendah.")


def test_internal_notes_are_not_shown(client):
    application, _ = owner_of(client, assessed=True)
    application.internal_notes.create(author=application.assessed_by, text="Rahasia petugas.")

    assertNotContains(record(client, application), "Rahasia petugas.")


def test_the_papers_are_there_with_their_qr_code(client):
    application, _ = owner_of(client, paid=True)

    page = record(client, application)

    kinds = [letter.paper.kind for letter in page.context["letters"]]
    assert kinds == ["PAYMENT_NOTICE", "DECREE", "MINUTES", "RECEIPT"]
    assertContains(page, 'class="qr"', count=4)
    for letter in page.context["letters"]:
        assertContains(page, f"/verifikasi/{letter.paper.code}/")
    assert codes_on_page(page.text) == [
        code_of(verification_url(letter.paper)) for letter in page.context["letters"]
    ]


def test_a_paper_that_was_revoked_says_so(client):
    application, _ = owner_of(client, submitted=True)
    IssuedPaper.objects.update(state="REVOKED", state_reason="Keliru.")

    assertContains(record(client, application), "Dicabut")


def test_the_way_is_told_in_the_order_in_which_it_went(client):
    application, _ = owner_of(client, paid=True)

    way = [item.title for item in record(client, application).context["timeline"]]

    assert way == [
        "Diajukan",
        "Berkas lengkap, permohonan terdaftar",
        "Isi berkas sesuai syarat",
        "Kunjungan dijadwalkan",
        "Kunjungan dilaksanakan",
        "Berita acara disetujui",
        "Nilai penggantian dihitung",
        "Disetujui",
        "Surat keputusan terbit",
        "Permintaan pembayaran (SPP) dibuat",
        "Perintah membayar (SPM) terbit",
        "Uang dikirim ke rekening Anda",
    ]


@pytest.mark.parametrize("machines", [1, 3])
def test_the_number_of_machines_does_not_add_queries(client, django_assert_num_queries, machines):
    application, _ = owner_of(client, paid=True, prices=(40_000_000,) * machines)
    address = page_of("application_detail", application)
    client.get(address)

    with django_assert_num_queries(14):
        client.get(address)


class TestVisit:
    def test_the_owner_agrees_to_the_day(self, client):
        application, _ = owner_of(client, visiting=True)

        response = client.post(page_of("visit_agree", application))

        assertRedirects(response, page_of("application_detail", application))
        assert Visit.objects.get().owner_agreed_at is not None
        page = record(client, application)
        assertContains(page, "Anda menyatakan akan ada di tempat")
        assertNotContains(page, "Saya akan ada di tempat")

    def test_agreeing_is_no_page_to_look_at(self, client):
        application, _ = owner_of(client, visiting=True)

        assert client.get(page_of("visit_agree", application)).status_code == 405

    def test_agreeing_without_a_day_is_refused_in_words(self, client):
        application, _ = owner_of(client, visit_planning=True)

        page = client.post(page_of("visit_agree", application), follow=True)

        assertContains(page, "Belum ada jadwal kunjungan")

    def test_another_day_needs_a_reason(self, client):
        application, _ = owner_of(client, visiting=True)
        address = page_of("visit_other_day", application)

        assertContains(client.post(address, {"reason": ""}), "Tulis alasannya", status_code=422)
        client.post(address, {"reason": "Pabrik libur."})

        visit = Visit.objects.get()
        assert (visit.status, visit.starts_at) == (VisitStatus.ASSIGNED, None)
        assert visit.history.last().reason == "Pabrik libur."

    def test_the_owner_reads_what_was_seen_and_confirms(self, client):
        application, owner = owner_of(client, minutes=True)
        address = page_of("visit_minutes", application)

        page = client.get(address)
        assertContains(page, "Mesin terpasang dan berjalan.")
        assertContains(page, "Nomor seri sesuai pelat nama")
        assert page.context["answers"][0].machine is None

        assertRedirects(client.post(address), page_of("application_detail", application))
        visit = Visit.objects.get()
        assert (visit.status, visit.confirmed_by) == (VisitStatus.CONFIRMED, owner)
        application.refresh_from_db()
        assert application.status == "ASSESSMENT"

    def test_an_objection_needs_a_reason_and_revokes_the_minutes(self, client):
        application, _ = owner_of(client, minutes=True)
        address = page_of("visit_minutes", application)

        refused = client.post(address, {"keberatan": "1", "reason": ""})
        assertContains(refused, "Tulis apa yang keliru", status_code=422)
        client.post(address, {"keberatan": "1", "reason": "Mesin kedua menyala."})

        visit = Visit.objects.get()
        assert (visit.status, visit.minutes) == (VisitStatus.SCHEDULED, None)
        assert IssuedPaper.objects.get(kind="MINUTES").state == "REVOKED"

    def test_the_minutes_are_confirmed_once(self, client):
        application, _ = owner_of(client, minutes=True)
        address = page_of("visit_minutes", application)
        client.post(address)

        page = client.post(address)

        assert page.status_code == 422
        assert Visit.objects.get().history.filter(action="confirm").count() == 1
        assertRedirects(client.get(address), page_of("application_detail", application))

    def test_without_a_visit_there_are_no_minutes(self, client):
        application, _ = owner_of(client, submitted=True)

        for name in ["visit_minutes", "visit_other_day"]:
            assert client.get(page_of(name, application)).status_code == 404


class TestBeranda:
    @pytest.mark.parametrize(
        ("stage", "title"),
        [
            (Stage.DRAFT, "Lengkapi dan kirim permohonan"),
            (Stage.CORRECTION, "Perbaiki permohonan bantuan mesin"),
            (Stage.VISIT, "Pastikan jadwal kunjungan petugas"),
            (Stage.MINUTES, "Setujui berita acara kunjungan"),
        ],
    )
    def test_what_is_expected_of_the_owner_is_a_task(self, client, stage, title):
        owner_of(client, stage=stage)

        assertContains(client.get("/beranda/"), title)

    @pytest.mark.parametrize("stage", [Stage.COMPLETENESS, Stage.PAID, Stage.REJECTED])
    def test_what_waits_for_others_is_no_task(self, client, stage):
        application, _ = owner_of(client, stage=stage)

        page = client.get("/beranda/")

        assert [task.url for task, *_ in page.context["tasks"]] == []
        assertContains(page, page_of("application_detail", application))

    def test_a_visit_that_was_agreed_to_is_no_task(self, client):
        owner_of(client, visiting=True)
        Visit.objects.update(owner_agreed_at=timezone.now())

        assertNotContains(client.get("/beranda/"), "Pastikan jadwal")

    def test_a_draft_of_a_closed_call_is_no_task(self, client):
        owner_of(client, scheme__closes_on="2020-01-01", scheme__opens_on="2019-01-01")

        assertNotContains(client.get("/beranda/"), "Lengkapi dan kirim")
