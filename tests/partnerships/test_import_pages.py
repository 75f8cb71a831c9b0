"""The pages on which officers take tables in: a preview, then all of the file or none of it."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnerships.models import Agreement, SchoolProfile
from programs import roles
from programs.models import Organization
from programs.once import new_token
from tests.factories.partnerships import (
    CompetenceFactory,
    PartnerFactory,
    PhaseFactory,
    SchoolFactory,
)
from tests.factories.programs import RegionFactory, officer
from tests.import_files import csv_of
from tests.partnerships import test_agreement_import as agreements
from tests.partnerships import test_party_imports as parties
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db
SCHOOLS = "admin:partnerships_schoolprofile_import_table"
COMPANIES = "admin:partnerships_companyprofile_import_table"
AGREEMENTS = "admin:partnerships_agreement_import_table"
PAGES = [SCHOOLS, COMPANIES, AGREEMENTS]


@pytest.fixture
def desk(client):
    RegionFactory()
    CompetenceFactory()
    CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


def upload(file):
    return {"file": SimpleUploadedFile("data.csv", file.getvalue())}


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def send(desk, page, file):
    return desk.post(reverse(page), upload(file))


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_columns_an_example_and_a_template(desk, page):
    answer = desk.get(reverse(page))

    words = text_of(answer)
    assert "Langkah ini hanya memeriksa; belum ada yang ditulis." in words
    assert "kompetensi" in words or "kbli" in words
    file = desk.get(answer.context["template_url"])
    workbook = openpyxl.load_workbook(io.BytesIO(body_of(file)))
    heading = [cell.value for cell in workbook["Data"][1]]
    assert heading == answer.context["table"].columns
    assert [cell.value for cell in workbook["Contoh"][1]] == heading
    assert len(workbook.sheetnames) >= 3


def test_an_upload_is_a_preview_that_writes_nothing(desk):
    answer = send(desk, SCHOOLS, parties.schools(parties.school()))

    words = text_of(answer)
    assert answer.status_code == 200
    assert "Ini pratinjau, belum ada yang ditulis" in words
    assert "SMK Negeri 1 Contoh" in words
    assert not Organization.objects.exists()


def test_the_preview_is_recorded_once_and_can_come_again(desk):
    file = parties.schools(parties.school())
    code = send(desk, SCHOOLS, file).context["code"]
    form = {"kode": code, "once": new_token()}

    first = desk.post(reverse(SCHOOLS), form, follow=True)
    again = desk.post(reverse(SCHOOLS), form, follow=True)

    assert "1 SMK dicatat." in text_of(first)
    assert "1 SMK dicatat." in text_of(again)
    assert SchoolProfile.objects.count() == 1
    repeated = send(desk, SCHOOLS, file)
    assert repeated.context["code"] == ""
    assert "Semua 1 baris di berkas ini sudah tercatat" in text_of(repeated)
    used = desk.post(reverse(SCHOOLS), {"kode": code}, follow=True)
    assert "sudah tidak tersimpan" in text_of(used)


def test_refused_rows_are_listed_and_nothing_can_be_confirmed(desk):
    lines = [parties.company(), parties.company(nib="912000123456")]

    answer = send(desk, COMPANIES, parties.companies(*lines))

    words = text_of(answer)
    assert answer.status_code == 422
    assert "1 baris perlu diperbaiki" in words
    assert "Baris 3, kolom nib: NIB harus 13 angka" in words
    assert answer.context["code"] == ""


def test_agreements_are_recorded_in_the_name_of_the_officer(desk):
    PhaseFactory()
    SchoolFactory(npsn=agreements.NPSN)
    PartnerFactory(nib=agreements.NIB)
    file = csv_of(agreements.COLUMNS, agreements.line(kompetensi="1.4.1; 1.4.2"))

    preview = send(desk, AGREEMENTS, file)
    assert "belum tercatat sebagai kompetensi" in text_of(preview)
    answer = desk.post(reverse(AGREEMENTS), {"kode": preview.context["code"]}, follow=True)

    assert "1 PKS dicatat." in text_of(answer)
    assert Agreement.objects.get().proposed_by == answer.wsgi_request.user


def test_what_changed_since_the_preview_is_shown_again_and_nothing_is_recorded(desk):
    PhaseFactory()
    SchoolFactory(npsn=agreements.NPSN)
    company = PartnerFactory(nib=agreements.NIB)
    file = csv_of(agreements.COLUMNS, agreements.line())
    code = send(desk, AGREEMENTS, file).context["code"]
    Organization.objects.filter(pk=company.pk).update(nib="9120001234568")

    answer = desk.post(reverse(AGREEMENTS), {"kode": code})

    assert "belum ada di register" in text_of(answer)
    assert not Agreement.objects.exists()


def test_the_preview_of_another_officer_cannot_be_recorded(desk):
    code = send(desk, SCHOOLS, parties.schools(parties.school())).context["code"]

    other = sign_in(type(desk)(), officer(roles.BPSDMI_OFFICER))
    answer = other.post(reverse(SCHOOLS), {"kode": code}, follow=True)

    assert "sudah tidak tersimpan" in text_of(answer)
    assert not Organization.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tidak ada baris data"),
        (b"PK\x03\x04rusak", "tidak dapat dibaca sebagai tabel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "dikunci dengan kata sandi",
        ),
        (b"npsn;nama\n1;2", "Kolom status, akreditasi"),
    ],
)
def test_a_file_that_is_no_table_is_explained(desk, content, sentence):
    answer = send(desk, SCHOOLS, io.BytesIO(content))

    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_without_a_file_the_page_says_what_to_do(desk):
    assert "Pilih berkas PKS" in text_of(desk.post(reverse(AGREEMENTS), {}))


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.SYSTEM_ADMIN, roles.PPK])
def test_only_who_steers_link_and_match_takes_tables_in(client, role):
    other = sign_in(client, officer(role))

    for page in PAGES:
        assert other.get(reverse(page)).status_code == 403
        assert other.post(reverse(page), {"kode": "x"}).status_code == 403
        template = reverse(page.replace("import_table", "import_template"))
        assert other.get(template).status_code == 403
