"""What strangers learn of a paper: whether it is genuine and counts, and no more."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs import roles
from programs.enums import MembershipState, PaperState
from programs.papers import clean_code
from tests.factories.programs import (
    IkmFactory,
    IssuedPaperFactory,
    MembershipFactory,
    UserFactory,
    officer,
)
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7 tanda terima"


@pytest.fixture
def paper():
    return IssuedPaperFactory(code="R4TN-8WZC", content=CONTENT, holder="CV Sandang Contoh")


def page(code="R4TN-8WZC"):
    return reverse("programs:verify", args=[code])


def test_anybody_sees_that_it_is_genuine_and_valid(client, paper):
    text = client.get(page()).text

    assert "Dokumen ini asli dan masih berlaku" in text
    assert paper.number in text
    assert "Senin, 21 September 2026" in text
    assert "C• S•••••• C•••••" in text
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert " ".join(digest[at : at + 4] for at in range(0, 64, 4)) in text


def test_nobody_learns_more_than_needed(client):
    ikm = IkmFactory(name="CV Sandang Contoh", nib="9120001234567")
    IssuedPaperFactory(
        code="R4TN-8WZC", organization=ikm, facts={"nilai_rp": 30_000_000, "rekening": "4471"}
    )

    text = client.get(page()).text

    for secret in ("Sandang", "9120001234567", "30.000.000", "4471", "Rahmah", "/surat/"):
        assert secret not in text


def test_a_revoked_paper_says_so(client):
    IssuedPaperFactory(code="R4TN-8WZC", state=PaperState.REVOKED, state_reason="Salah nama Sari")

    text = client.get(page()).text

    assert "sudah dicabut" in text
    assert "Sari" not in text
    assert "masih berlaku" not in text


def test_a_replaced_paper_leads_to_the_one_that_counts(client, paper):
    IssuedPaperFactory(
        code="K7MV-2QHD", state=PaperState.REPLACED, state_reason="Salah", replaced_by=paper
    )

    text = client.get(page("K7MV-2QHD")).text

    assert "sudah diganti" in text
    assert f'href="{page()}"' in text


def test_an_unknown_code_gets_a_friendly_answer(client):
    answer = client.get(page("ABCD-EFGH"))

    assert answer.status_code == 404
    assert "Kami tidak mengenal kode ini" in answer.text


@pytest.mark.parametrize("code", ["bukan kode", "R4TN-8WZ", "🦆", "R4TN-8WZ0"])
def test_what_cannot_be_a_code_is_unknown_as_well(client, code):
    assert client.get(page(code)).status_code == 404


@pytest.mark.parametrize(
    "typed", ["R4TN-8WZC", "r4tn8wzc", " r4tn 8wzc ", "R4TN–8WZC", "R4TN.8WZC"]
)
def test_a_code_is_understood_however_it_is_typed(client, paper, typed):
    answer = client.get(reverse("programs:verify_form"), {"kode": typed})

    assert answer.url == page()


def test_another_spelling_leads_to_the_one_address(client, paper):
    assert client.get(page("r4tn8wzc")).url == page()


def test_a_wrong_code_is_explained_and_kept(client):
    answer = client.get(reverse("programs:verify_form"), {"kode": "R4TN-8W"})

    assert answer.status_code == 422
    assert "Anda menulis “R4TN-8W”" in answer.text
    assert 'value="R4TN-8W"' in answer.text


def test_nobody_can_make_the_page_say_something(client):
    answer = client.get(page("<b>asli<b>"))

    assert "<b>asli" not in answer.text


def test_a_code_has_eight_unmistakable_signs():
    assert clean_code("R4TN-8WZC") == "R4TN-8WZC"
    assert clean_code("R4TN-8WZ1") == clean_code("") == clean_code("R4TN-8WZCC") == ""


@pytest.mark.parametrize(
    ("sent", "words"),
    [(CONTENT, "Berkas Anda sama persis"), (CONTENT + b" ", "Berkas Anda berbeda")],
)
def test_a_file_is_compared_and_not_kept(client, paper, settings, sent, words):
    before = sorted(settings.MEDIA_ROOT.rglob("*"))

    text = client.post(page(), {"berkas": SimpleUploadedFile("surat.pdf", sent)}).text

    assert words in text
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == before


def test_comparing_nothing_asks_for_a_file(client, paper):
    assert "Pilih PDF yang Anda pegang" in client.post(page()).text


def test_a_paper_without_its_pdf_yet_cannot_be_compared(client):
    IssuedPaperFactory(code="R4TN-8WZC")

    text = client.post(page(), {"berkas": SimpleUploadedFile("surat.pdf", CONTENT)}).text

    assert "masih disiapkan" in text


def test_the_answer_is_neither_cached_nor_indexed(client, paper):
    answer = client.get(page())

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_its_people_open_the_pdf(client, paper):
    owner = UserFactory()
    MembershipFactory(organization=paper.organization, user=owner)

    answer = sign_in(client, owner).get(reverse("programs:paper", args=[paper.code]))

    assert body_of(answer) == CONTENT
    assert "tanda terima" in answer["Content-Disposition"]


@pytest.mark.parametrize("state", [MembershipState.PENDING, MembershipState.ENDED])
def test_who_does_not_belong_to_them_does_not_find_it(client, paper, state):
    stranger = UserFactory()
    MembershipFactory(organization=paper.organization, user=stranger, state=state)

    answer = sign_in(client, stranger).get(reverse("programs:paper", args=[paper.code]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(roles.PPK, 200), (roles.AUDITOR, 200), (roles.FIELD_VERIFIER, 404)]
)
def test_officers_open_it_with_the_permission(client, paper, role, status):
    answer = sign_in(client, officer(role)).get(reverse("programs:paper", args=[paper.code]))
    body_of(answer)

    assert answer.status_code == status


def test_a_stranger_is_asked_to_sign_in_for_the_pdf(client, paper):
    answer = client.get(reverse("programs:paper", args=[paper.code]))

    assert answer.url.startswith(reverse("account_login"))
