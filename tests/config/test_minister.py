"""“Program dan sasaran”: all programs on one screen, as somebody asks for them."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.minister import asked as reading
from programs import roles
from programs.enums import Counting
from programs.models import Indicator, OfficialFigure, Program
from tests.config.minister import indicator, live, target
from tests.factories.programs import RegionFactory, officer
from tests.people import sign_in
from tests.training.desk import words

pytestmark = pytest.mark.django_db

NOW = timezone.localdate()


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.IKMA_OFFICER))


def page(client, **query):
    return client.get(reverse("minister:overview"), query)


def test_every_indicator_has_its_figure_its_target_and_how_it_moved(desk):
    one = indicator()
    live(one, (2025, 3, 30), (2025, 9, 4), (2026, 3, 88), (2026, 4, 12))
    target(one, 300)

    text = words(page(desk, bulan="2026-04"))

    assert "Indonesia, akhir April 2026" in text
    assert "Indikator lm-smk 100 SMK Sesuai sasaran 300 tercapai 33 % " in text
    assert "naik 12 dari bulan lalu 13,6 %" in text
    assert "naik 70 dari tahun lalu 233,3 %" in text


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (90, "Sesuai sasaran"),
        (89, "Perlu perhatian"),
        (70, "Perlu perhatian"),
        (69, "Tertinggal"),
        (0, "Tertinggal"),
    ],
)
def test_the_light_is_green_from_90_and_amber_from_70_percent(desk, value, word):
    """At the end of a year everything is expected."""
    one = indicator()
    live(one, (2025, 2, value))
    target(one, 100, year=2025)

    shown = page(desk, bulan="2025-12")

    (line,) = shown.context_data["board"].lines
    assert line.light.word == word
    assert f"1 {word}" in words(shown)


@pytest.mark.parametrize(("year", "expected"), [(2024, 366 * 60 // 366), (2025, 366 * 59 / 365)])
def test_a_leap_year_has_a_day_more_to_reach_its_target(desk, year, expected):
    """31 + 29 of 366 days until the end of February, else 31 + 28 of 365."""
    one = indicator()
    target(one, 366, year=year)

    (line,) = page(desk, bulan=f"{year}-02").context_data["board"].lines

    assert line.standing.expected == pytest.approx(expected)


def test_in_january_a_yearly_count_is_not_compared_with_december(desk):
    yearly, ever = indicator(), indicator("lm-pks", counting=Counting.CUMULATIVE)
    for one in (yearly, ever):
        live(one, (2025, 1, 5), (2025, 12, 100), (2026, 1, 7))

    text = words(page(desk, bulan="2026-01"))

    assert "Indikator lm-smk 7 SMK Tanpa sasaran Tambah sasaran Indikator lm-smk " in text
    assert "hitungan tahun ini baru mulai naik 2 dari tahun lalu 40,0 %" in text
    assert "naik 7 dari bulan lalu 6,7 % naik 107 dari tahun lalu 2.140,0 %" in text


def test_a_monthly_figure_of_a_past_month_is_that_of_the_month(desk):
    one = indicator("esmart-aktif-menjual", counting=Counting.MONTHLY)
    live(one, (2026, 3, 50), (2026, 4, 40))

    text = words(page(desk, bulan="2026-04"))

    assert "40 SMK" in text
    assert "turun 10 dari bulan lalu 20,0 %" in text


def test_a_province_has_its_own_figures_and_targets(desk):
    RegionFactory(code="13.71")
    one = indicator()
    live(one, (2025, 3, 30))
    live(one, (2025, 3, 8), region="13")
    target(one, 1000, year=2025)
    target(one, 10, year=2025, region_id="13")

    text = words(page(desk, bulan="2025-12", wilayah="13"))

    assert "Sumatera Barat, akhir Desember 2025" in text
    assert "8 SMK Perlu perhatian 10 tercapai 80 %" in text


def test_what_is_only_published_says_so_with_its_source(desk):
    one = indicator("bbi-onboard", is_counted=False, unit="usaha")
    for value, source in [(3_800_000, "Antara"), (3_400_000, "lapakmusik.id")]:
        OfficialFigure.objects.create(
            indicator=one, as_of=datetime.date(2020, 12, 31), value=value, source=source
        )

    text = words(page(desk))

    assert "Hanya diumumkan" in text
    assert "Diumumkan per 31 Desember 2020: Antara; lapakmusik.id" in text
    assert "3.800.000 atau 3.400.000 usaha Hanya diumumkan" in text


def test_what_was_published_stands_beside_the_count_only_when_it_differs(desk):
    one = indicator()
    live(one, (2026, 1, 219))
    said = OfficialFigure.objects.create(
        indicator=one, as_of=datetime.date(2026, 2, 1), value=219, source="Siaran pers"
    )
    assert "Diumumkan" not in words(page(desk, bulan="2026-03"))

    OfficialFigure.objects.filter(pk=said.pk).update(value=234)

    assert "Diumumkan 234 per 1 Februari 2026: Siaran pers" in words(page(desk, bulan="2026-03"))
    assert "Diumumkan" not in words(page(desk, bulan="2026-01"))


def test_what_is_only_published_is_folded_but_for_the_headline_of_a_program_without_counts(desk):
    live(indicator(name="SMK bermitra"), (2026, 1, 5))
    indicator("lm-persen", is_counted=False, name="Bagian SMK", position=200)
    bare = Program.objects.create(slug="bbi", name="Bangga", summary="Contoh.")
    for position, name in enumerate(["Usaha onboard", "Usaha lain"]):
        indicator(f"bbi-{position}", is_counted=False, program=bare, name=name, position=position)

    shown = page(desk).context_data["board"]

    assert [[line.indicator.name for line in one.shown] for one in shown.sections] == [
        ["Usaha onboard"],
        ["SMK bermitra"],
    ]
    assert {line.indicator.name for line in shown.further} == {"Bagian SMK", "Usaha lain"}
    assert "Angka lain yang hanya diumumkan (2)" in words(page(desk))
    target(Indicator.objects.get(name="Bagian SMK"), 10, year=NOW.year)
    further = page(desk).context_data["board"].further
    assert [line.indicator.name for line in further] == ["Usaha lain"]


def test_before_anything_is_counted_the_page_says_how_to_count(desk):
    indicator(is_counted=False)

    text = words(page(desk))

    assert "Belum ada angka yang dihitung" in text
    assert "manage.py rebuild_figures" in text
    assert "1 Belum dihitung" in text
    assert "Angka dihitung 2" not in text


def test_a_program_without_an_indicator_is_named(desk):
    Program.objects.create(slug="sentra", name="Sentra IKM", summary="Sentra.")

    assert "Belum punya indikator: Sentra IKM." in words(page(desk))


def test_who_may_set_targets_is_led_to_the_form_with_what_is_known(desk, client):
    one = indicator()

    shown = page(desk, bulan="2025-04").text

    link = f"{reverse('admin:programs_target_add')}?indicator={one.pk}&amp;year=2025"
    assert link in shown
    form = desk.get(link.replace("&amp;", "&")).text
    assert 'value="2025"' in form
    assert link not in page(sign_in(client, officer(roles.PPK)), bulan="2025-04").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"bulan": "kemarin"}, "Anda menulis “kemarin”. Yang tampil bulan ini."),
        ({"bulan": "2026-13"}, "Anda menulis “2026-13”."),
        ({"bulan": "2099-01"}, "Bulan 2099-01 belum tiba. Yang tampil bulan ini."),
        ({"wilayah": "99"}, "Provinsi “99” tidak ada."),
        ({"wilayah": "13.71"}, "Provinsi “13.71” tidak ada."),
    ],
)
def test_what_cannot_be_asked_is_answered_kindly(desk, query, sentence):
    indicator()

    shown = page(desk, **query)

    assert shown.status_code == 200
    assert sentence in words(shown)
    assert shown.context_data["asked"].month == NOW.replace(day=1)
    assert shown.context_data["asked"].province is None


def test_the_address_keeps_only_what_is_not_usual():
    today = datetime.date(2026, 7, 2)

    assert reading.read({}, today=today).query == ""
    assert reading.read({"bulan": "2026-07"}, today=today).query == ""
    asked = reading.read({"bulan": "2024-02", "wilayah": "13"}, today=today)
    assert asked.query == "?bulan=2024-02&wilayah=13"
    assert asked.day == datetime.date(2024, 2, 29)
    old = reading.read({"bulan": "2009-10"}, today=today)
    assert [year for year, _ in old.months][-1] == 2009


INSIDE = [role for role in roles.ALL if role != roles.FIELD_VERIFIER]


@pytest.mark.parametrize("role", INSIDE)
def test_every_officer_of_the_ministry_sees_the_programs(client, role):
    sign_in(client, officer(role))

    assert page(client).status_code == 200
    assert reverse("minister:overview") in page(client).text


@pytest.mark.parametrize("has_role", [True, False])
def test_a_verifier_and_who_has_no_role_are_told_what_is_missing(client, has_role):
    sign_in(client, officer(*[roles.FIELD_VERIFIER] * has_role))

    refused = page(client)

    assert refused.status_code == 403
    assert "hak melihat angka langsung (programs.view_livefigure)" in words(refused)


def test_who_only_looks_begins_at_the_programs(client):
    sign_in(client, officer(roles.AUDITOR))

    assert client.get(reverse("admin:index")).url == reverse("minister:overview")


def test_the_desk_leads_to_the_programs(client):
    sign_in(client, officer(roles.SYSTEM_ADMIN))

    assert reverse("minister:overview") in client.get(reverse("admin:index")).text


def test_the_page_costs_the_same_with_more_indicators(desk):
    def cost(**query):
        with CaptureQueriesContext(connection) as queries:
            page(desk, **query)
        return len(queries)

    live(indicator(), (2026, 1, 5))
    page(desk)
    few = cost(), cost(bulan="2026-03", wilayah="13")
    for number in range(8):
        one = indicator(f"contoh-{number}", program=_another_program(number))
        live(one, (2025, 1, 5), (2026, 1, 5))
        target(one, 5)

    assert (cost(), cost(bulan="2026-03", wilayah="13")) == few
    assert max(few) <= 10


def _another_program(number):
    return Program.objects.create(slug=f"p{number}", name=f"Program {number}", summary="Contoh.")
