"""The terms of a call in the admin: drafts are edited, published versions only read."""

import pytest
from django.urls import reverse

from programs import roles
from subsidies.models import Scheme
from tests.factories.programs import officer
from tests.factories.subsidies import BudgetLineFactory, SchemeFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db

INLINES = ["rates", "scales", "kbli_codes", "documents", "stage_targets"]


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


def page(scheme, name="change"):
    return reverse(f"admin:subsidies_scheme_{name}", args=[scheme.pk])


def as_typed(**changes):
    """A new scheme as an officer fills it in."""
    empty = {f"{name}-TOTAL_FORMS": "0" for name in INLINES}
    empty |= {f"{name}-INITIAL_FORMS": "0" for name in INLINES}
    return {
        **empty,
        "code": "restruk-ikm-2026",
        "name": "Penggantian pembelian mesin IKM 2026",
        "fiscal_year": "2026",
        "legal_basis": "Permenperin 27/2017",
        "budget_line": BudgetLineFactory().pk,
        "contact": "Sekretariat",
        "opens_on": "1 Februari 2026",
        "closes_on": "30/11/2026",
        "purchase_from": "2025-11-01",
        "purchase_until": "30-11-2026",
        "install_by": "30/11/2026",
        "pay_by": "15/12/2026",
        "floor": "5.000.000",
        "ceiling": "Rp 300.000.000,-",
        "max_participations": "3",
        "correction_days": "7",
        "no_transfer_months": "36",
        "excluded_costs": "PPN",
        "bank_payment_required": "on",
        "rates-TOTAL_FORMS": "1",
        "rates-0-scale": "SMALL",
        "rates-0-origin": "DOMESTIC",
        "rates-0-percent": "30",
        "scales-TOTAL_FORMS": "1",
        "scales-0-scale": "SMALL",
        "scales-0-workers_max": "19",
        "scales-0-investment_max": "999.999.999",
        **changes,
    }


def test_an_officer_writes_the_terms_of_a_new_call_as_people_write_them(desk):
    answer = desk.post(reverse("admin:subsidies_scheme_add"), as_typed())

    assert answer.status_code == 302
    scheme = Scheme.objects.get()
    assert (scheme.floor, scheme.ceiling) == (5_000_000, 300_000_000)
    assert f"{scheme.opens_on}" == "2026-02-01"
    assert scheme.published_at is None
    assert scheme.scales.get().investment_max == 999_999_999
    assert scheme.rates.get().percent == 30


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"opens_on": "31/02/2026"}, "Tanggal 31 tidak ada di bulan itu"),
        ({"closes_on": "01/01/2026"}, "Urutan tanggal"),
        ({"ceiling": "25,5 juta"}, "Tulis angka lengkap tanpa kata, misalnya 25.500.000."),
        ({"floor": "400.000.000"}, "Batas bawah tidak boleh melebihi batas atas."),
        ({"rates-0-percent": "130"}, "100"),
        ({"scales-0-workers_min": "20"}, "Pekerja paling banyak tidak boleh kurang"),
    ],
)
def test_terms_that_cannot_be_are_explained(desk, changes, sentence):
    answer = desk.post(reverse("admin:subsidies_scheme_add"), as_typed(**changes))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Scheme.objects.exists()


def test_a_code_that_is_taken_leads_to_a_new_version(desk):
    SchemeFactory(code="restruk-ikm-2026")

    answer = desk.post(reverse("admin:subsidies_scheme_add"), as_typed())

    assert "pilih Buat versi baru" in answer.content.decode()


def test_a_published_version_is_shown_and_takes_no_change(desk):
    scheme = SchemeFactory()

    shown = desk.get(page(scheme)).content.decode()
    changed = desk.post(page(scheme), as_typed(code=scheme.code))

    assert "Berlaku" in shown
    assert "Rp300.000.000" in shown
    assert "Rp15.000.000.000" in shown
    assert 'name="_save"' not in shown
    assert changed.status_code == 403
    assert Scheme.objects.get().name == scheme.name


def test_publishing_asks_first_and_then_stands(desk):
    scheme = SchemeFactory(published=False)

    asked = desk.get(page(scheme, "publish_version")).content.decode()
    assert "Sesudah terbit, isinya tidak dapat diubah" in asked
    assert not Scheme.objects.published().exists()

    answer = desk.post(page(scheme, "publish_version"), follow=True)
    assert "berlaku mulai sekarang" in answer.content.decode()
    assert Scheme.objects.published().get() == scheme


def test_a_call_that_could_judge_nobody_is_not_published(desk):
    scheme = SchemeFactory(published=False, terms=False)

    answer = desk.post(page(scheme, "publish_version"), follow=True)

    assert "Lengkapi dahulu: tarif" in answer.content.decode()
    assert not Scheme.objects.published().exists()


def test_a_published_call_is_changed_by_a_new_version(desk):
    scheme = SchemeFactory()

    answer = desk.post(page(scheme, "replace_version"), follow=True)

    draft = Scheme.objects.get(version=2)
    assert answer.redirect_chain[0][0] == page(draft)
    assert "dibuat sebagai konsep" in answer.content.decode()
    assert draft.documents.count() == scheme.documents.count()

    again = desk.post(page(scheme, "replace_version"), follow=True)
    assert "masih berupa konsep" in again.content.decode()
    assert Scheme.objects.count() == 2


def test_each_button_stands_where_it_works(desk):
    published, draft = SchemeFactory(), SchemeFactory(published=False)

    of_published = desk.get(page(published)).content.decode()
    of_draft = desk.get(page(draft)).content.decode()

    assert page(published, "replace_version") in of_published
    assert page(published, "publish_version") not in of_published
    assert page(draft, "publish_version") in of_draft
    assert page(draft, "replace_version") not in of_draft


def test_who_only_reads_neither_publishes_nor_replaces(client):
    reader = sign_in(client, officer(roles.AUDITOR))
    published, draft = SchemeFactory(), SchemeFactory(published=False)

    assert reader.get(page(draft)).status_code == 200
    assert reader.post(page(draft, "publish_version")).status_code == 403
    assert reader.post(page(published, "replace_version")).status_code == 403


def test_the_list_of_schemes_asks_as_often_for_many_as_for_few(desk, django_assert_max_num_queries):
    for _ in range(6):
        SchemeFactory()

    with django_assert_max_num_queries(12):
        assert desk.get(reverse("admin:subsidies_scheme_changelist")).status_code == 200
