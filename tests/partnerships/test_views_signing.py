"""Signing: through a personal link without an account, in the site, and on paper."""

import pytest
from django.core import signing as django_signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partnerships.enums import AgreementStatus, SigningWay
from partnerships.models import Agreement
from partnerships.workflow import signing, text
from programs.once import new_token
from tests.factories.programs import DinasFactory, UserFactory
from tests.factories.subsidy_stages import day
from tests.partnerships.pages import page
from tests.people import body_of
from tests.programs.evil_files import pdf

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.fixture
def ready(at):
    """The text is fixed, with its paper and its two places to sign."""
    return text.finalize(at(S.DRAFTING), by=UserFactory(), today=day(0))


def school_signature(agreement):
    return agreement.signatures.get(signer="SCHOOL")


def link(signature):
    return f"/kemitraan/tanda-tangan/{signing.token_of(signature)}/"


# --- The personal link ----------------------------------------------------------------------------


def test_the_link_shows_what_is_signed_and_keeps_its_address_to_itself(client, ready):
    shown = client.get(link(school_signature(ready)))

    assertContains(shown, "Yang Anda tanda tangani")
    assertContains(shown, "1.4.1 Teknik Pemesinan")
    assert shown["Referrer-Policy"] == "no-referrer"
    assert "noindex" in shown["X-Robots-Tag"]
    assert "no-store" in shown["Cache-Control"]


def test_the_link_signs_once_and_says_so(client, ready):
    where = link(school_signature(ready))

    answer = client.post(where, {"has_read": "on"})

    assertRedirects(answer, where)
    assertContains(client.get(where), "Sudah ditandatangani")
    again = client.post(where, {"has_read": "on"})
    assertContains(again, "sudah menandatangani", status_code=409)
    assert school_signature(ready).way == SigningWay.LINK


def test_it_signs_for_a_browser_that_hides_where_it_comes_from(ready):
    from_a_browser = Client(enforce_csrf_checks=True)

    answer = from_a_browser.post(
        link(school_signature(ready)), {"has_read": "on"}, headers={"origin": "null"}
    )

    assert answer.status_code == 302


def test_who_has_not_ticked_has_not_signed(client, ready):
    answer = client.post(link(school_signature(ready)), {})

    assertContains(answer, "Centang pernyataan ini", status_code=422)
    assert school_signature(ready).signed_at is None


def test_opening_the_link_signs_nothing(client, ready):
    client.get(link(school_signature(ready)))

    assert school_signature(ready).signed_at is None


def test_an_old_link_says_where_a_new_one_comes_from(client, ready, monkeypatch):
    where = link(school_signature(ready))
    monkeypatch.setattr(
        signing.signing,
        "loads",
        lambda *_, **__: (_ for _ in ()).throw(django_signing.SignatureExpired("old")),
    )

    assertContains(client.get(where), "Minta tautan baru", status_code=410)


def test_a_replaced_link_points_to_the_newest_mail(client, ready):
    where = link(school_signature(ready))
    signing.send_link(school_signature(ready), by=UserFactory())

    for answer in (client.get(where), client.post(where, {"has_read": "on"})):
        assertContains(answer, "sudah diganti", status_code=410)
    assert client.get(f"{where}naskah/").status_code == 410
    assert school_signature(ready).signed_at is None


def test_a_link_of_a_proposal_that_was_taken_back_signs_nothing(client, ready):
    where = link(school_signature(ready))
    Agreement.objects.filter(pk=ready.pk).update(status=S.WITHDRAWN)

    assertContains(client.post(where, {"has_read": "on"}), "tidak sedang menunggu", status_code=410)


def test_a_torn_link_is_answered_in_words(client):
    answer = client.get("/kemitraan/tanda-tangan/WzEsMV0:1abc:def/")

    assertContains(answer, "Salin seluruh alamatnya", status_code=410)


def test_the_text_opens_through_the_link_alone(client, ready):
    where = f"{link(school_signature(ready))}naskah/"

    paper = client.get(where)

    assert body_of(paper).startswith(b"%PDF")
    assert paper["Referrer-Policy"] == "no-referrer"
    assert client.get("/kemitraan/tanda-tangan/WzEsMV0:1abc:def/naskah/").status_code == 410


# --- In the site ----------------------------------------------------------------------------------


def test_somebody_of_the_side_signs_for_its_signatory(client, ready, school_person):
    client.force_login(school_person)
    assertContains(client.get(page("agreement_sign", ready)), "atau diberi wewenang olehnya")

    answer = client.post(page("agreement_sign", ready), {"has_read": "on", "once": new_token()})

    assertRedirects(answer, page("agreement_detail", ready))
    assert school_signature(ready).signed_by == school_person
    late = client.post(page("agreement_sign", ready), {"has_read": "on", "once": new_token()})
    assertContains(late, "sudah menandatangani", status_code=409)


def test_the_other_side_stays_unsigned(client, ready, school_person):
    client.force_login(school_person)

    client.post(page("agreement_sign", ready), {"has_read": "on", "once": new_token()})

    assert ready.signatures.get(signer="COMPANY").signed_at is None


def test_before_the_text_is_fixed_nobody_signs(client, at, school_person):
    drafting = at(S.DRAFTING)
    client.force_login(school_person)

    shown = client.get(page("agreement_sign", drafting))

    assertRedirects(shown, page("agreement_detail", drafting))


def test_a_link_goes_to_another_address_and_the_old_one_is_void(client, ready, school_person):
    old = link(school_signature(ready))
    client.force_login(school_person)

    client.post(
        page("agreement_send_link", ready), {"email": "wakil@smk.example", "once": new_token()}
    )

    assert school_signature(ready).email == "wakil@smk.example"
    assert client.get(old).status_code == 410


def test_a_mistyped_address_is_told(client, ready, school_person):
    client.force_login(school_person)

    answer = client.post(page("agreement_send_link", ready), {"email": "wakil@"})

    assertContains(answer, "Tulis surel yang lengkap", status_code=422)


def test_a_scan_of_the_signed_paper_is_taken(client, ready, school_person):
    client.force_login(school_person)

    answer = client.post(
        page("agreement_scan", ready),
        {"scan": SimpleUploadedFile("naskah.pdf", pdf()), "once": new_token()},
    )

    assertRedirects(answer, page("agreement_detail", ready))
    assert school_signature(ready).way == SigningWay.PAPER
    assertContains(client.get(page("agreement_detail", ready)), "naskah.pdf")


def test_a_scan_that_is_no_paper_is_refused_in_words(client, ready, school_person):
    client.force_login(school_person)

    answer = client.post(
        page("agreement_scan", ready), {"scan": SimpleUploadedFile("naskah.pdf", b"MZ program")}
    )

    assertContains(answer, "program komputer", status_code=422)


def test_a_dinas_signs_nothing(client, ready):
    dinas = UserFactory()
    DinasFactory(region=ready.school.region, member=dinas)
    client.force_login(dinas)

    for name in ("agreement_sign", "agreement_send_link", "agreement_scan"):
        assert client.get(page(name, ready)).status_code == 403
        assert client.post(page(name, ready)).status_code == 403


def test_the_signatorys_address_is_for_the_own_side(client, ready, company_person):
    signing.send_link(school_signature(ready), by=UserFactory())
    client.force_login(company_person)

    assertNotContains(client.get(page("agreement_detail", ready)), school_signature(ready).email)
