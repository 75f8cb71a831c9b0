"""The calls and the eligibility check, open to all."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from subsidies.eligibility import open_answers
from subsidies.terms_in_words import kbli_list
from tests.factories.programs import KbliCodeFactory
from tests.factories.subsidies import SchemeFactory
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db

CHECK = "/bantuan-mesin/cek-kelayakan/"
GOOD = {
    "cek": "1",
    "legal_form": "CV",
    "workers": "12",
    "investment": "640.000.000",
    "has_licence": "ya",
    "kbli_code": "14111",
    "kbli_version": "2020",
    "participations": "0",
    "other_scheme_this_year": "tidak",
    "m1-name": "Mesin bordir",
    "m1-origin": "IMPORT",
    "m1-price": "240.000.000",
    "m1-is_new": "ya",
    "m1-bought_on": f"{day(-90):%d/%m/%Y}",
    "m1-installed_on": f"{day(-30):%d/%m/%Y}",
    "m1-payment_method": "TRANSFER",
    "m1-has_tax_invoice": "ya",
}


def past_scheme(**details):
    return SchemeFactory(
        opens_on=day(-300),
        closes_on=day(-100),
        pay_by=day(-50),
        purchase_from=day(-600),
        purchase_until=day(-120),
        install_by=day(-101),
        **details,
    )


def test_open_calls_come_first_then_those_to_come_then_the_past(client):
    past_scheme(name="Pengajuan lalu")
    SchemeFactory(name="Pengajuan nanti", opens_on=day(30))
    SchemeFactory(name="Pengajuan sekarang")

    page = client.get("/bantuan-mesin/")

    assert [call.name for call in page.context["open_calls"]] == ["Pengajuan sekarang"]
    assert [call.name for call in page.context["coming_calls"]] == ["Pengajuan nanti"]
    assert [call.name for call in page.context["closed_calls"]] == ["Pengajuan lalu"]


def test_without_a_call_the_page_says_what_to_do(client):
    assertContains(client.get("/bantuan-mesin/"), "Belum ada pengajuan yang dibuka")


def test_a_call_explains_that_one_pays_everything_first(client):
    scheme = SchemeFactory()
    KbliCodeFactory(code="14", title="Industri Pakaian Jadi")

    page = client.get(f"/bantuan-mesin/{scheme.code}/")

    for words in [
        "Ini penggantian, bukan potongan harga di toko.",
        "30\N{NO-BREAK SPACE}%",
        "Industri menengah: 20 sampai 99 pekerja, investasi paling banyak Rp15.000.000.000.",
        "Industri Pakaian Jadi",
        "Surat permohonan",
        "2 hari kerja",
        "Ongkos kirim",
        scheme.contact,
    ]:
        assertContains(page, words)


def test_a_kbli_that_is_accepted_in_two_versions_is_one_line(client):
    scheme = SchemeFactory(published=False)
    scheme.kbli_codes.all().delete()
    for version in (2020, 2025):
        scheme.kbli_codes.create(prefix="10", kbli_version=version)
    scheme.kbli_codes.create(prefix="3211", kbli_version=2025)
    KbliCodeFactory(code="10", title="Industri Makanan", version=2020)

    assert kbli_list(scheme) == [
        ("10", "Industri Makanan"),
        ("3211", "semua KBLI yang diawali angka ini"),
    ]


def test_a_closed_call_offers_the_check_but_no_application(client):
    scheme = past_scheme()

    page = client.get(f"/bantuan-mesin/{scheme.code}/")

    assertContains(page, "Cek kelayakan")
    assertNotContains(page, reverse("subsidies:application_start", args=[scheme.code]))


def test_a_draft_of_a_call_is_nobodys_business(client):
    scheme = SchemeFactory(published=False)

    assert client.get(f"/bantuan-mesin/{scheme.code}/").status_code == 404
    assertNotContains(client.get("/bantuan-mesin/"), scheme.code)


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_calls_does_not_add_queries(client, django_assert_num_queries, number):
    SchemeFactory.create_batch(number)
    client.get("/bantuan-mesin/")

    with django_assert_num_queries(3):
        client.get("/bantuan-mesin/")


def test_a_call_takes_few_queries(client, django_assert_max_num_queries):
    scheme = SchemeFactory()

    with django_assert_max_num_queries(10):
        client.get(f"/bantuan-mesin/{scheme.code}/")


def test_the_check_stores_nothing_and_asks_for_no_account(client, django_assert_max_num_queries):
    SchemeFactory()

    with django_assert_max_num_queries(8):
        page = client.get(CHECK, GOOD)

    assertContains(page, "Kemungkinan besar Anda layak")
    assertContains(page, "Rp60.000.000")
    assert "sessionid" not in client.cookies


def test_failures_come_first_each_with_its_reason(client):
    SchemeFactory()

    page = client.get(CHECK, GOOD | {"m1-payment_method": "CASH", "kbli_code": ""})

    assert [result.code for result in page.context["results"]][:2] == ["bank", "kbli"]
    assertContains(page, "Belum layak: 1 syarat belum terpenuhi")
    assertContains(page, "Mesin bordir dibayar tunai")


def test_what_was_left_open_cannot_be_told(client):
    SchemeFactory()

    page = client.get(CHECK, {"cek": "1", "workers": "12"})

    assert page.context["failed"] == 0
    assert page.context["unknown"] > 5
    assertContains(page, "Sejauh ini tidak ada yang menghalangi")
    assertContains(page, "Isi harga dan asal mesin untuk melihat perkiraannya.")


def test_a_machine_without_a_price_is_not_below_the_floor(client):
    SchemeFactory()

    page = client.get(CHECK, {"cek": "1", "m1-name": "Mesin bordir"})

    verdicts = {result.code: result.verdict for result in page.context["results"]}
    assert verdicts["floor"] == "UNKNOWN"


def test_wrong_answers_are_said_and_kept(client):
    SchemeFactory()

    page = client.get(CHECK, GOOD | {"investment": "640 juta", "m2-price": "7"})

    assert page.status_code == 422
    assertContains(page, "640 juta", status_code=422)
    assertContains(page, "Pilih asal mesin", status_code=422)
    assertContains(page, 'value="Mesin bordir"', status_code=422)


def test_answers_can_be_changed(client):
    SchemeFactory()

    page = client.get(CHECK, GOOD | {"ubah": "1"})

    assertContains(page, 'value="Mesin bordir"')
    assertContains(page, "Lihat hasilnya")


def test_without_an_open_call_the_latest_one_judges_and_says_so(client):
    past_scheme(name="Pengajuan lama", budget_line__name="x")
    latest = SchemeFactory(
        name="Pengajuan terakhir", opens_on=day(-90), closes_on=day(-10), pay_by=day(-5)
    )

    page = client.get(CHECK, GOOD)

    assert page.context["scheme"] == latest
    assertContains(page, "Saat ini tidak ada pengajuan yang dibuka")
    assertContains(page, "Pengajuan terakhir")
    assertNotContains(page, "Mulai permohonan")
    # That the call is closed is said above; it is no verdict on the business.
    assert page.context["failed"] == 0


def test_before_any_call_the_check_says_so(client):
    assertContains(client.get(CHECK), "Belum ada aturan yang dapat dipakai menilai")


def test_one_may_ask_for_the_verdict_of_another_call(client):
    first, second = SchemeFactory(closes_on=day(10)), SchemeFactory(closes_on=day(20))

    assert client.get(CHECK).context["scheme"] == first
    assert client.get(CHECK, {"skema": second.code}).context["scheme"] == second
    assert client.get(CHECK, {"skema": "tidak-ada"}).status_code == 404


def test_the_papers_fit_the_answers(client):
    SchemeFactory()

    of_a_person = client.get(CHECK, GOOD | {"legal_form": "INDIVIDUAL"}).context["papers"]
    of_a_company = client.get(CHECK, GOOD).context["papers"]

    assert "Akta pendirian dan pengesahan" in [p.label for p in of_a_company if not p.when]
    assert "Akta pendirian dan pengesahan" not in [p.label for p in of_a_person if not p.when]


def test_the_answers_travel_in_a_token_that_nobody_else_can_make(client):
    SchemeFactory()
    token = client.get(CHECK, GOOD).context["answers"]

    answers, machines = open_answers(token)

    assert answers["workers"] == 12
    assert machines[0]["unit_price"] == 240_000_000
    assert machines[0]["bought_on"] == day(-90)
    assert open_answers(token[:-1] + "x") is None


def test_the_check_refuses_post(client):
    assert client.post(CHECK).status_code == 405
