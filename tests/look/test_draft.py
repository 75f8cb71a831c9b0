"""Nothing typed is lost on the way, and nothing secret stays on the telephone."""

import json

import pytest
from playwright.sync_api import expect

from tests.look.steps import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

FORM = "/contoh/formulir/"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def kept(page):
    keys = page.evaluate("Object.keys(localStorage)")
    values = [page.evaluate("key => localStorage.getItem(key)", key) for key in keys]
    return {key: json.loads(value) for key, value in zip(keys, values, strict=True)}


def fill(page, **fields):
    page.visit(FORM)
    page.get_by_label("Nama mesin").fill(fields.get("name", "Mesin bordir"))
    page.get_by_label("Dalam negeri").check()
    page.get_by_label("NIK pemilik").fill("1375010101800003")
    expect(page.locator(".saved")).to_contain_text("Isian tersimpan di perangkat ini")


def test_what_was_typed_comes_back_after_a_lost_page(site):
    fill(site)

    site.visit(FORM)

    assert site.input_value("#id_name") == "Mesin bordir"
    assert site.is_checked("#id_origin_0")
    expect(site.get_by_text("Isian yang belum terkirim")).to_be_visible()


def test_no_secret_is_kept_on_the_telephone(site):
    fill(site)

    (draft,) = kept(site).values()
    assert set(draft["fields"]) == {
        "name", "nib", "origin", "country", "price", "bought_on", "note", "is_new",
    }  # fmt: skip
    assert "1375010101800003" not in json.dumps(draft)


def test_one_can_go_back_to_what_the_server_has(site):
    fill(site)
    site.visit(FORM)

    site.get_by_role("button", name="Buang").click()
    site.wait_for_load_state()

    assert site.input_value("#id_name") == ""
    assert kept(site) == {}


def test_the_draft_stays_while_the_form_is_refused_and_goes_when_it_is_accepted(site):
    fill(site)
    site.get_by_role("button", name="Simpan dan lanjutkan").click()
    expect(site.locator(".errsum")).to_be_focused()
    assert "draf:0:mesin-1" in kept(site)

    site.get_by_label("NIB").fill("9120001234567")
    site.get_by_label("NIK pemilik").fill("")
    site.get_by_label("Harga per unit").fill("125000000")
    site.get_by_label("Tanggal beli").fill("17/08/2026")
    site.get_by_label("Mesin ini baru").check()
    site.get_by_role("button", name="Simpan dan lanjutkan").click()

    expect(site.get_by_text("Mesin tersimpan.")).to_be_visible()
    assert kept(site) == {}


def test_a_lost_connection_keeps_the_draft(site):
    fill(site)
    site.route("**" + FORM, lambda route: route.abort())
    with site.expect_event("requestfailed"):
        site.get_by_role("button", name="Simpan dan lanjutkan").click(no_wait_after=True)
    site.unroute("**" + FORM)

    site.visit(FORM)

    assert site.input_value("#id_name") == "Mesin bordir"


def test_a_draft_is_forgotten_after_a_week(site):
    fill(site)
    site.evaluate(
        """() => { const key = 'draf:0:mesin-1', draft = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({ ...draft, at: draft.at - 8 * 86400000 }); }"""
    )

    site.visit(FORM)

    assert site.input_value("#id_name") == ""
    assert kept(site) == {}


def test_signing_out_forgets_every_draft(site):
    sign_in(site)
    fill(site)
    site.get_by_text("Orang", exact=True).click()
    site.get_by_role("button", name="Keluar").click()
    site.wait_for_url("**/")

    assert kept(site) == {}


def test_an_expired_session_keeps_the_draft(site):
    fill(site)
    to_sign_in = {"status": 302, "headers": {"location": "/akun/login/?next=" + FORM}}
    site.route(
        "**" + FORM,
        lambda route: (
            route.fulfill(**to_sign_in) if route.request.method == "POST" else route.continue_()
        ),
    )
    site.get_by_role("button", name="Simpan dan lanjutkan").click()
    site.wait_for_url("**/akun/login/**")

    site.visit(FORM)

    assert site.input_value("#id_name") == "Mesin bordir"


def test_a_file_that_is_too_large_is_named_before_it_travels(site):
    site.visit(FORM)
    site.evaluate("document.querySelector('#id_invoice').dataset.maxBytes = 5242880")

    site.set_input_files(
        "#id_invoice",
        {"name": "pindai.pdf", "mimeType": "application/pdf", "buffer": b"0" * 6_291_456},
    )

    expect(site.get_by_text("Berkas ini berukuran 6 MB, paling besar 5 MB.")).to_be_visible()
    assert site.evaluate("document.querySelector('#id_invoice').files.length") == 0


def test_a_chosen_file_is_shown_with_its_size(site):
    site.visit(FORM)

    site.set_input_files(
        "#id_invoice",
        {"name": "faktur.pdf", "mimeType": "application/pdf", "buffer": b"0" * 860_160},
    )

    expect(site.locator(".chosen")).to_contain_text("faktur.pdf")
    expect(site.locator(".chosen")).to_contain_text("840 KB, siap dikirim")


def complete(page):
    page.visit(FORM)
    page.get_by_label("Nama mesin").fill("Mesin bordir")
    page.get_by_label("NIB").fill("9120001234567")
    page.get_by_label("Dalam negeri").check()
    page.get_by_label("Harga per unit").fill("125000000")
    page.get_by_label("Tanggal beli").fill("17/08/2026")
    page.get_by_label("Mesin ini baru").check()
    page.set_input_files(
        "#id_invoice", {"name": "faktur.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )


def test_an_upload_ends_on_the_page_that_the_server_chose(site):
    complete(site)

    site.get_by_role("button", name="Simpan dan lanjutkan").click()

    expect(site.get_by_text("Mesin tersimpan.")).to_be_visible()
    assert site.url.endswith("/contoh/bagian/")
    # The page that was written into this one is alive: its script runs.
    site.get_by_role("link", name="Tarik").click()
    expect(site.get_by_role("dialog")).to_be_visible()
    assert kept(site) == {}


def test_a_refused_upload_shows_the_faults(site):
    complete(site)
    site.get_by_label("NIB").fill("912")

    site.get_by_role("button", name="Simpan dan lanjutkan").click()

    expect(site.locator(".errsum")).to_be_focused()
    assert site.input_value("#id_nib") == "912"


def test_an_upload_that_breaks_off_keeps_the_file_and_says_what_to_do(site):
    complete(site)
    site.route("**" + FORM, lambda route: route.abort())

    site.get_by_role("button", name="Simpan dan lanjutkan").click()
    expect(site.get_by_text("Sambungan terputus.")).to_be_visible()
    site.unroute("**" + FORM)
    site.get_by_role("button", name="Simpan dan lanjutkan").click()

    expect(site.get_by_text("Mesin tersimpan.")).to_be_visible()
