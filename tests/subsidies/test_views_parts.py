"""Filling in an application: saved half finished, by itself, from two tabs, with files."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from subsidies.enums import ApplicationStatus, NoteState
from subsidies.models import Application
from tests.factories.programs import UserFactory
from tests.factories.subsidies import MachineFactory
from tests.people import body_of, sign_in
from tests.subsidies.applicants import owner_of, page_of

pytestmark = pytest.mark.django_db

ACCOUNT = {
    "bank_name": "Bank Nagari",
    "account_number": "1234567890",
    "account_holder": "CV Sandang Contoh",
}
HTMX = {"HTTP_HX_REQUEST": "true"}


def a_photo(name="pelat.jpg", size=(40, 60)):
    target = BytesIO()
    Image.new("RGB", size, "white").save(target, "JPEG")
    return SimpleUploadedFile(name, target.getvalue(), "image/jpeg")


def html_named_jpg():
    return SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")


def machine_page(application):
    return page_of("application_machine", application, application.machines.get().pk)


def a_draft_with_a_machine(client, **details):
    application, owner = owner_of(client)
    MachineFactory(application=application, **details)
    return application, owner


@pytest.mark.parametrize("key", ["usaha", "kapasitas", "berkas", "rekening", "pernyataan"])
def test_every_part_has_its_page(client, django_assert_max_num_queries, key):
    application, _ = owner_of(client)

    with django_assert_max_num_queries(15):
        page = client.get(page_of("application_part", application, key))

    assert page.status_code == 200


def test_a_machine_has_its_page(client, django_assert_max_num_queries):
    application, _ = owner_of(client, complete=True)

    with django_assert_max_num_queries(15):
        page = client.get(machine_page(application))

    assertContains(page, "Harga per unit sebelum PPN")


def test_there_are_no_other_parts(client):
    application, _ = owner_of(client)

    assert client.get(page_of("application_part", application, "lain")).status_code == 404
    assert client.get(page_of("application_machine", application, 1)).status_code == 404


def test_saving_leads_on_or_back_to_the_list(client):
    application, _ = owner_of(client)
    page = page_of("application_part", application, "rekening")

    on = client.post(page, ACCOUNT | {"lanjut": "1"})
    back = client.post(page, ACCOUNT | {"nanti": "1"})

    assertRedirects(on, page_of("application_part", application, "pernyataan"))
    assertRedirects(back, page_of("application_detail", application))
    application.refresh_from_db()
    assert application.account_number == "1234567890"


def test_the_last_part_leads_to_the_check(client):
    application, _ = owner_of(client)

    response = client.post(
        page_of("application_part", application, "pernyataan"), {"accepted": "on", "lanjut": "1"}
    )

    assertRedirects(response, page_of("application_review", application))
    application.refresh_from_db()
    assert application.statement_accepted_at is not None


def test_the_statement_can_be_taken_back(client):
    application, _ = owner_of(client, complete=True)

    client.post(page_of("application_part", application, "pernyataan"), {"lanjut": "1"})

    application.refresh_from_db()
    assert application.statement_accepted_at is None


def test_a_half_filled_part_can_be_saved(client):
    application, _ = owner_of(client)

    response = client.post(
        page_of("application_part", application, "rekening"), {"bank_name": "BRI", "lanjut": "1"}
    )

    assert response.status_code == 302
    application.refresh_from_db()
    assert (application.bank_name, application.account_number) == ("BRI", "")


def test_a_wrong_answer_is_said_and_the_right_ones_are_saved(client):
    application, _ = owner_of(client)

    page = client.post(
        page_of("application_part", application, "rekening"),
        ACCOUNT | {"account_number": "dua belas", "lanjut": "1"},
    )

    assertContains(page, "Anda menulis “dua belas”.", status_code=422)
    assertContains(page, 'value="dua belas"', status_code=422)
    application.refresh_from_db()
    assert (application.bank_name, application.account_number) == ("Bank Nagari", "")


def test_what_the_database_would_refuse_is_said_in_words(client):
    application, _ = a_draft_with_a_machine(client)
    machine = application.machines.get()

    page = client.post(
        machine_page(application),
        {"name": "Mesin", "quantity": "1", "serial_number": "x" * 61, "lanjut": "1"},
    )

    assert page.status_code == 422
    machine.refresh_from_db()
    assert machine.name == "Mesin"


class TestSavedByItself:
    def test_the_valid_answers_are_saved_and_the_line_says_when(self, client):
        application, _ = owner_of(client)

        page = client.post(page_of("application_part", application, "rekening"), ACCOUNT, **HTMX)

        assertContains(page, "Tersimpan otomatis pukul")
        assertContains(page, f'data-draf-done="permohonan-{application.pk}-rekening"')
        application.refresh_from_db()
        assert application.bank_name == "Bank Nagari"

    def test_a_wrong_answer_stays_on_the_page_and_in_the_browser(self, client):
        application, _ = owner_of(client)

        page = client.post(
            page_of("application_part", application, "rekening"),
            ACCOUNT | {"account_number": "dua belas"},
            **HTMX,
        )

        assertContains(page, "kecuali 1 isian yang masih keliru")
        assertNotContains(page, "data-draf-done")

    def test_the_page_goes_on_from_what_it_saved(self, client):
        application, _ = owner_of(client)
        address = page_of("application_part", application, "kapasitas")
        opened = client.get(address).context["form"]["opened"].value()

        answer = client.post(address, {"capacity": "100", "opened": opened}, **HTMX)
        later = answer.context["opened"].value()
        response = client.post(address, {"capacity": "200", "opened": later, "lanjut": "1"})

        assert response.status_code == 302
        application.refresh_from_db()
        assert application.capacity == "200"

    def test_when_it_was_sent_meanwhile_the_browser_goes_to_the_record(self, client):
        application, _ = owner_of(client, submitted=True)

        answer = client.post(page_of("application_part", application, "rekening"), ACCOUNT, **HTMX)

        assert answer.headers["HX-Redirect"] == page_of("application_detail", application)

    def test_when_the_session_ended_the_browser_goes_to_sign_in(self, client):
        application, _ = owner_of(client)
        client.logout()

        answer = client.post(page_of("application_part", application, "rekening"), ACCOUNT, **HTMX)

        assert answer.headers["HX-Redirect"].startswith("/akun/login/")


class TestTwoTabs:
    def test_both_answers_are_shown_where_both_changed_the_same(self, client):
        application, _ = owner_of(client)
        address = page_of("application_part", application, "kapasitas")
        opened = client.get(address).context["form"]["opened"].value()
        client.post(address, {"capacity": "100", "opened": opened, "nanti": "1"})

        page = client.post(address, {"capacity": "300", "opened": opened, "lanjut": "1"})

        assertContains(page, "sebagai “100”", status_code=422)
        assertContains(page, 'value="300"', status_code=422)
        application.refresh_from_db()
        assert application.capacity == "100"

        again = page.context["form"]["opened"].value()
        client.post(address, {"capacity": "300", "opened": again, "lanjut": "1"})
        application.refresh_from_db()
        assert application.capacity == "300"

    def test_an_older_page_does_not_undo_the_newer_one(self, client):
        application, _ = owner_of(client)
        address = page_of("application_part", application, "kapasitas")
        opened = client.get(address).context["form"]["opened"].value()
        client.post(address, {"capacity": "100", "opened": opened, "nanti": "1"})

        client.post(address, {"turnover": "7", "opened": opened, "lanjut": "1"})

        application.refresh_from_db()
        assert (application.capacity, application.turnover) == ("100", 7)


class TestFiles:
    def test_a_photo_is_kept_and_shown_small(self, client):
        application, _ = a_draft_with_a_machine(client)

        response = client.post(
            machine_page(application),
            {"name": "Mesin", "quantity": "1", "dokumen-DOK17": a_photo(), "unggah": "DOK17"},
        )

        assertRedirects(response, machine_page(application) + "#dokumen-DOK17")
        file = application.documents.get()
        page = client.get(machine_page(application))
        assertContains(page, "pelat.jpg")
        small = client.get(f"/bantuan-mesin/foto/{file.document.code}/")
        assert (small.status_code, small["Content-Type"]) == (200, "image/jpeg")
        assert len(small.content) < 4000

    def test_uploading_saves_what_was_typed_beside_it(self, client):
        application, _ = a_draft_with_a_machine(client)

        client.post(
            machine_page(application),
            {
                "name": "Mesin potong",
                "quantity": "3",
                "dokumen-DOK17": a_photo(),
                "unggah": "DOK17",
            },
        )

        machine = application.machines.get()
        assert (machine.name, machine.quantity) == ("Mesin potong", 3)

    def test_a_refused_file_is_explained_and_the_rest_is_kept(self, client):
        application, _ = a_draft_with_a_machine(client)

        page = client.post(
            machine_page(application),
            {
                "name": "Mesin potong",
                "quantity": "1",
                "dokumen-DOK17": html_named_jpg(),
                "dokumen-DOK14": a_photo("surat-jalan.jpg"),
                "lanjut": "1",
            },
        )

        assertContains(page, "halaman web", status_code=422)
        assertContains(page, "surat-jalan.jpg", status_code=422)
        assert [file.kind for file in application.documents.all()] == ["DOK14"]
        assert application.machines.get().name == "Mesin potong"

    def test_a_good_file_stays_beside_a_wrong_answer(self, client):
        application, _ = a_draft_with_a_machine(client)

        page = client.post(
            machine_page(application),
            {
                "name": "Mesin",
                "quantity": "1",
                "unit_price": "240 juta",
                "dokumen-DOK17": a_photo(),
                "lanjut": "1",
            },
        )

        assertContains(page, "240 juta", status_code=422)
        assertContains(page, "pelat.jpg", status_code=422)
        assert application.documents.count() == 1

    def test_a_file_that_the_answers_do_not_ask_for_is_refused(self, client):
        application, _ = a_draft_with_a_machine(client, origin="IMPORT")

        page = client.post(
            machine_page(application),
            {
                "name": "Mesin",
                "quantity": "1",
                "origin": "IMPORT",
                "dokumen-DOK16": a_photo(),
                "lanjut": "1",
            },
        )

        assertContains(page, "tidak diminta menurut jawaban Anda", status_code=422)
        assert not application.documents.exists()

    def test_the_answer_and_the_file_it_asks_for_come_together(self, client):
        application, _ = a_draft_with_a_machine(client, origin="IMPORT")

        client.post(
            machine_page(application),
            {
                "name": "Mesin",
                "quantity": "1",
                "origin": "DOMESTIC",
                "dokumen-DOK16": a_photo(),
                "lanjut": "1",
            },
        )

        assert [file.kind for file in application.documents.all()] == ["DOK16"]

    def test_removing_a_file_saves_what_was_typed(self, client):
        application, _ = owner_of(client, complete=True)
        file = application.documents.get(kind="DOK21")

        response = client.post(
            page_of("application_part", application, "rekening"),
            ACCOUNT | {"bank_name": "BRI", "hapus": file.pk},
        )

        assert response.url.endswith("#dokumen-DOK21")
        application.refresh_from_db()
        assert application.bank_name == "BRI"
        assert not application.documents.current().filter(kind="DOK21").exists()

    def test_a_file_of_another_application_is_not_touched(self, client):
        theirs, _ = owner_of(client, complete=True)
        ours, _ = owner_of(client, complete=True)
        file = theirs.documents.get(kind="DOK21")

        client.post(page_of("application_part", ours, "rekening"), ACCOUNT | {"hapus": file.pk})

        assert theirs.documents.current().filter(pk=file.pk).exists()

    def test_a_double_press_keeps_one_file(self, client):
        application, _ = a_draft_with_a_machine(client)
        form = {"name": "Mesin", "quantity": "1", "unggah": "DOK17"}
        form["once"] = "6f1c2b9e-2a52-4a1c-9a55-4f5f4a8a2c11"

        for _ in range(2):
            client.post(machine_page(application), form | {"dokumen-DOK17": a_photo()})

        assert application.documents.count() == 1

    def test_papers_of_others_do_not_exist(self, client):
        application, _ = a_draft_with_a_machine(client)
        client.post(
            machine_page(application),
            {"name": "Mesin", "quantity": "1", "dokumen-DOK17": a_photo(), "unggah": "DOK17"},
        )
        code = application.documents.get().document.code
        assert body_of(client.get(f"/dokumen/{code}/")).startswith(b"\xff\xd8")

        sign_in(client, UserFactory(confirmed=True))

        assert client.get(f"/dokumen/{code}/").status_code == 404
        assert client.get(f"/bantuan-mesin/foto/{code}/").status_code == 404


class TestCorrection:
    def test_the_note_stands_at_its_field_with_its_button(self, client):
        application, _ = owner_of(client, correction=True)

        page = client.get(machine_page(application))

        assertContains(page, "Nomor seri berbeda dari yang tertulis pada invoice.")
        assertContains(page, "Isian ini sudah benar")
        assertContains(page, "Pilih berkas pengganti:")

    def test_what_was_accepted_is_closed(self, client):
        application, _ = owner_of(client, correction=True)

        response = client.get(page_of("application_part", application, "usaha"), follow=True)

        assertContains(response, "Bagian ini sudah diterima")

    def test_saying_that_an_answer_stands_answers_the_note(self, client):
        application, _ = owner_of(client, correction=True)
        machine, note = application.machines.get(), application.correction_notes.get()

        response = client.post(
            machine_page(application),
            {"name": machine.name, "quantity": "1", "serial_number": machine.serial_number}
            | {"benar": note.pk},
        )

        assertRedirects(response, machine_page(application))
        note.refresh_from_db()
        assert note.state == NoteState.ANSWERED

    def test_saving_an_unchanged_answer_leaves_the_note_open(self, client):
        application, _ = owner_of(client, correction=True)
        note = application.correction_notes.get()
        page = client.get(machine_page(application)).context["form"]
        typed = {name: page[name].value() or "" for name in page.fields}

        client.post(machine_page(application), typed | {"lanjut": "1"})

        note.refresh_from_db()
        assert note.state == NoteState.OPEN


class TestMachines:
    def test_a_machine_begins_with_its_name(self, client):
        application, _ = owner_of(client)

        response = client.post(page_of("machine_add", application), {"name": "Mesin bordir"})

        machine = application.machines.get()
        assertRedirects(response, page_of("application_machine", application, machine.pk))

    def test_a_machine_without_a_name_is_refused(self, client):
        application, _ = owner_of(client)

        page = client.post(page_of("machine_add", application), {"name": " "})

        assertContains(page, "Isi nama mesin.", status_code=422)

    def test_a_machine_is_removed_after_one_more_question(self, client):
        application, _ = owner_of(client, complete=True)
        address = page_of("machine_remove", application, application.machines.get().pk)

        assertContains(client.get(address), "7 berkasnya")
        assert application.machines.exists()

        assertRedirects(client.post(address), page_of("application_detail", application))
        assert not application.machines.exists()

    def test_the_list_of_machines_stands_once_it_was_sent(self, client):
        application, _ = owner_of(client, correction=True)
        machine = application.machines.get()

        added = client.post(page_of("machine_add", application), {"name": "Lagi"})
        removed = client.post(page_of("machine_remove", application, machine.pk))

        assert (added.status_code, removed.status_code) == (422, 422)
        assert application.machines.count() == 1


def test_after_it_was_sent_a_part_leads_to_the_record(client):
    application, _ = owner_of(client, submitted=True)

    page = client.post(page_of("application_part", application, "rekening"), ACCOUNT, follow=True)

    assertContains(page, "isinya tidak dapat diubah")
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


def test_what_was_typed_when_the_session_ended_comes_back(client):
    application, owner = owner_of(client)
    address = page_of("application_part", application, "kapasitas")
    client.get(address)
    client.session.flush()

    response = client.post(address, {"capacity": "1.200 potong", "lanjut": "1"})
    assert response.url.startswith("/akun/login/")
    application.refresh_from_db()
    assert application.capacity == ""

    client.force_login(owner)
    page = client.get(address)
    assertContains(page, "1.200 potong")
    assertContains(page, "dikembalikan")
