"""Enrolments of e-Smart on the officers' desk: found, looked at, moved one by one and many."""

import csv
import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.esmart_enums import EnrolmentStatus
from programs.models import Enrolment
from tests.factories.esmart import (
    EnrolmentFactory,
    MentoringTaskFactory,
    ProductFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, officer
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db
LIST = "admin:programs_enrolment_changelist"
SCHEDULE_MANY = "admin:programs_enrolment_schedule_many"
S = EnrolmentStatus
BUTTONS = {
    "proposed": {"tolak"},
    "registered": {"verifikasi", "tolak", "keluarkan"},
    "verified": {"jadwalkan", "keluarkan"},
    "scheduled": {"batalkan-jadwal", "keluarkan"},
    "trained": {"keluarkan"},
    "onboard": {"keluarkan"},
    "selling": {"naik-kelas", "keluarkan"},
    "inactive": {"keluarkan"},
    "graduated": set(),
    "left": set(),
    "refused": set(),
}


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


def page_of(enrolment):
    return reverse("admin:programs_enrolment_change", args=[enrolment.pk])


def step(enrolment, name):
    return reverse("admin:programs_enrolment_move", args=[enrolment.pk, name])


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


def status_of(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).status


def test_each_stage_offers_its_buttons_and_no_others(desk):
    for stage, expected in BUTTONS.items():
        enrolment = EnrolmentFactory(**{stage: True})
        answer = desk.get(page_of(enrolment))
        assert {move.route for move in answer.context["moves"]} == expected, stage
        for name in expected:
            assert step(enrolment, name) in answer.text
            assert desk.get(step(enrolment, name)).status_code == 200


@pytest.mark.parametrize(
    ("stage", "name", "given", "after"),
    [
        ("registered", "verifikasi", {}, S.VERIFIED),
        ("registered", "tolak", {"reason": "NIB keliru."}, S.REFUSED),
        ("scheduled", "batalkan-jadwal", {"reason": "Gedung penuh."}, S.VERIFIED),
        ("selling", "naik-kelas", {}, S.GRADUATED),
        ("trained", "keluarkan", {"reason": "Usaha tutup."}, S.LEFT),
    ],
)
def test_a_step_is_taken_and_written_down(desk, stage, name, given, after):
    enrolment = EnrolmentFactory(**{stage: True})

    answer = desk.post(step(enrolment, name), given)

    assert answer.url == page_of(enrolment)
    assert status_of(enrolment) == after
    assert enrolment.history.latest("pk").reason == given.get("reason", "")


def test_a_workshop_needs_a_name_and_a_day_to_come(desk):
    enrolment = EnrolmentFactory(verified=True)
    late = {"workshop": "Lokakarya Padang", "workshop_on": f"{in_days(-1):%d/%m/%Y}"}

    empty = desk.post(step(enrolment, "jadwalkan"), {})
    past = desk.post(step(enrolment, "jadwalkan"), late)
    assert (empty.status_code, past.status_code) == (422, 409)
    assert "Isi nama lokakarya" in empty.text
    assert "sudah lewat" in past.text
    assert "Lokakarya Padang" in past.text
    desk.post(step(enrolment, "jadwalkan"), late | {"workshop_on": f"{in_days(9):%d/%m/%Y}"})

    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.workshop_on) == (S.SCHEDULED, in_days(9))


def test_a_refusal_without_reason_is_not_taken(desk):
    enrolment = EnrolmentFactory()

    answer = desk.post(step(enrolment, "tolak"), {"reason": " "})

    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.text
    assert status_of(enrolment) == S.REGISTERED


def test_a_step_that_no_longer_fits_is_told_in_words(desk):
    enrolment = EnrolmentFactory(verified=True)

    opened = desk.get(step(enrolment, "verifikasi"), follow=True)
    sent = desk.post(step(enrolment, "verifikasi"))

    assert "Verifikasi tidak dapat dilakukan" in opened.text
    assert sent.status_code == 409
    assert "status saat ini “terverifikasi”" in sent.text
    assert desk.get(step(enrolment, "terbang")).status_code == 404


def test_an_auditor_looks_and_moves_nothing(client):
    enrolment = EnrolmentFactory()
    sign_in(client, officer(roles.AUDITOR))

    page = client.get(page_of(enrolment))
    assert "tanpa dapat mengubahnya" in page.text
    assert page.context["moves"] == []
    assert client.get(reverse(LIST)).status_code == 200
    assert client.post(step(enrolment, "verifikasi")).status_code == 403
    many = client.post(reverse(SCHEDULE_MANY), {"peserta": [enrolment.pk]})
    assert many.status_code == 403
    client.post(
        reverse(LIST), {"action": "verify_chosen", "_selected_action": [enrolment.pk]}, follow=True
    )
    assert status_of(enrolment) == S.REGISTERED


def test_many_are_verified_and_who_cannot_is_named(desk):
    good = EnrolmentFactory()
    bad = EnrolmentFactory(verified=True, organization=IkmFactory(name="CV Sudah"))

    answer = desk.post(
        reverse(LIST),
        {"action": "verify_chosen", "_selected_action": [good.pk, bad.pk]},
        follow=True,
    )

    assert status_of(good) == S.VERIFIED
    assert "1 peserta diterima sebagai peserta." in answer.text
    assert "CV Sudah: Verifikasi tidak dapat dilakukan" in answer.text


def test_many_are_scheduled_for_one_workshop(desk):
    good = EnrolmentFactory(verified=True)
    bad = EnrolmentFactory(organization=IkmFactory(name="CV Belum"))
    given = {"peserta": [good.pk, bad.pk], "workshop": "Lokakarya Padang"}

    asked = desk.post(
        reverse(LIST), {"action": "schedule_chosen", "_selected_action": given["peserta"]}
    )
    assert "CV Belum" in desk.get(asked.url).text
    past = given | {"workshop_on": f"{in_days(-1):%d/%m/%Y}"}
    refused = desk.post(reverse(SCHEDULE_MANY), past)
    assert (refused.status_code, status_of(good)) == (422, S.VERIFIED)
    done = desk.post(
        reverse(SCHEDULE_MANY), given | {"workshop_on": f"{in_days(3):%d/%m/%Y}"}, follow=True
    )

    assert (status_of(good), status_of(bad)) == (S.SCHEDULED, S.REGISTERED)
    assert "1 peserta dijadwalkan." in done.text
    assert "CV Belum: Penjadwalan lokakarya tidak dapat dilakukan" in done.text
    nobody = desk.get(reverse(SCHEDULE_MANY), follow=True)
    assert "Pilih dahulu peserta" in nobody.text


def test_the_page_shows_all_that_is_known_in_few_queries(desk, django_assert_max_num_queries):
    enrolment = EnrolmentFactory(selling=True)
    shop = ShopFactory(organization=enrolment.organization)
    month = timezone.localdate().replace(day=1)
    SalesReportFactory(shop=shop, month=month, turnover=7_654_321, reported_at=timezone.now())
    for product in ProductFactory.create_batch(3, organization=enrolment.organization):
        product.certifications.create(kind="HALAL", number=f"ID-{product.pk}")
    MentoringTaskFactory(enrolment=enrolment)

    with django_assert_max_num_queries(15):
        page = desk.get(page_of(enrolment)).text

    for words in ("Rp7.654.321", shop.name, "halal ID-", "30 hari setelah lokakarya"):
        assert words in page
    assert reverse("admin:programs_organization_change", args=[enrolment.organization_id]) in page


def test_the_list_is_searched_filtered_given_out_and_costs_the_same(
    desk, django_assert_max_num_queries
):
    one = EnrolmentFactory(organization=IkmFactory(name="CV Rahmah", nib="9120001234567"))
    EnrolmentFactory.create_batch(8, verified=True)

    def listed(**asked):
        return set(desk.get(reverse(LIST), asked).context["cl"].result_list)

    with django_assert_max_num_queries(15):
        assert len(listed()) == 9
    for asked in ({"q": "rahmah"}, {"q": "9120001234567"}, {"status__exact": "REGISTERED"}):
        assert listed(**asked) == {one}, asked
    for asked in ({"provinsi": "99"}, {"komoditas": "x"}, {"source__exact": "IMPORT"}):
        assert listed(**asked) == set(), asked
    answer = desk.get(f"{reverse(LIST)}unduh-csv/", {"q": "rahmah"})
    [row] = csv.DictReader(io.StringIO(body_of(answer).decode("utf-8-sig")))
    assert (row["nama"], row["status"]) == ("CV Rahmah", "terdaftar")
    book = desk.get(f"{reverse(LIST)}unduh/")
    assert book.status_code == 200
    assert body_of(book).startswith(b"PK")
