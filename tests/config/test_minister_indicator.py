"""One indicator on the desk: its months and provinces, what was said of it, and frozen figures."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programs import roles
from programs.enums import Counting
from programs.models import Indicator, LiveFigure, OfficialFigure, PublishedFigure
from programs.transitions import TransitionNotAllowed
from programs.workflow.published_figures import freeze, period_of
from tests.config.minister import indicator, live, target
from tests.factories.programs import RegionFactory, UserFactory, officer
from tests.people import sign_in
from tests.training.desk import words

pytestmark = pytest.mark.django_db

THIS_MONTH = timezone.localdate().replace(day=1)


@pytest.fixture
def desk(client):
    RegionFactory(code="13.71")
    RegionFactory(code="32.73")
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


@pytest.fixture
def smk(desk):
    """219 SMK in two provinces, 12 of them this month."""
    one = indicator(counting=Counting.CUMULATIVE)
    this = (THIS_MONTH.year, THIS_MONTH.month)
    live(one, (2020, 3, 207), (*this, 12))
    live(one, (2020, 3, 200), (*this, 10), region="32")
    live(one, (2020, 3, 7), (*this, 2), region="13")
    return one


def page(client, slug="lm-smk", **query):
    return client.get(reverse("minister:indicator", args=[slug]), query)


def freezing(slug="lm-smk"):
    return reverse("minister:freeze", args=[slug])


def test_months_and_provinces_lead_to_their_rows(desk, smk):
    shown = page(desk)

    text = words(shown)
    rows = reverse("minister:rows", args=["lm-smk"])
    assert "219 SMK Tanpa sasaran Naik 12 dari bulan lalu (5,8 %)" in text
    assert f'href="{rows}?dari={THIS_MONTH}&amp;sampai=' in shown.text
    assert f'href="{rows}?dari=2020-03-01&amp;sampai=' in shown.text
    assert '&amp;wilayah=32">Jawa Barat</a>' in shown.text
    assert "Jawa Barat 210 Sumatera Barat 9" in text
    assert "Jawa Barat: 210 SMK" in shown.text  # the map


def test_a_province_has_its_own_months(desk, smk):
    text = words(page(desk, wilayah="13"))

    assert "9 SMK" in text
    assert "Naik 2 dari bulan lalu (28,6 %)" in text


def test_all_that_was_wanted_and_said_stands_with_its_source(desk, smk):
    target(smk, 300, source="Renstra")
    target(smk, 250, source="Perjanjian kinerja", is_in_use=False)
    target(smk, 20, year=2025, region_id="13")
    for value in (219, 234):
        OfficialFigure.objects.create(
            indicator=smk, as_of=datetime.date(2020, 5, 1), value=value, source=f"Berita {value}"
        )

    text = words(page(desk))

    assert "2026 Nasional 300 Renstra" in text
    assert "250 tidak dipakai Perjanjian kinerja" in text
    assert "2025 Sumatera Barat 20" in text
    assert "1 Mei 2020 234 Berita 234 1 Mei 2020 219 Berita 219" in text


def test_what_is_only_published_has_no_months_and_no_rows(desk):
    indicator("bbi-onboard", is_counted=False, unit="usaha")

    text = words(page(desk, "bbi-onboard"))

    assert "Angka ini tidak dihitung di Bina Industri" in text
    assert "Menurut bulan" not in text
    rows = desk.get(reverse("minister:rows", args=["bbi-onboard"]))
    assert "Tidak ada baris di balik angka ini" in words(rows)
    csv = desk.get(reverse("minister:rows_csv", args=["bbi-onboard"]))
    assert csv.url == reverse("minister:rows", args=["bbi-onboard"])
    assert "belum dihitung" in words(desk.get(freezing("bbi-onboard")))


def test_an_unknown_indicator_is_not_found(desk):
    for name in ("indicator", "rows", "rows_csv", "rows_xlsx", "freeze"):
        assert desk.get(reverse(f"minister:{name}", args=["tidak-ada"])).status_code == 404


def test_the_page_costs_the_same_with_more_rows(desk, smk):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(desk)
        return len(queries)

    page(desk)
    few = cost()
    for year in range(2010, 2020):
        target(smk, 5, year=year)
        live(smk, (year, 1, 5))
        live(smk, (year, 1, 5), region="13")
        freeze(smk, region=None, seen=219 + 5 * (year - 2009), occasion="Contoh",
               by=UserFactory(), today=timezone.localdate())  # fmt: skip

    assert cost() == few <= 13


def test_an_officer_freezes_the_figure_as_it_was_computed(desk, smk):
    opened = desk.get(freezing())
    assert "219 SMK" in words(opened)

    answer = desk.post(freezing(), {"seen": "219", "occasion": "Siaran pers, 5 Mei 2026"})

    assert answer.url == f"{reverse('minister:indicator', args=['lm-smk'])}#beku"
    kept = PublishedFigure.objects.get()
    counted_at = Indicator.objects.get(pk=smk.pk).counted_at
    assert (kept.value, kept.region, kept.counted_at) == (219, None, counted_at)
    assert kept.definition == smk.definition
    assert kept.period == f"sampai {words_of(timezone.localdate())}"
    assert "Siaran pers, 5 Mei 2026" in words(page(desk))
    listed = words(desk.get(reverse("admin:programs_publishedfigure_changelist")))
    assert "Siaran pers, 5 Mei 2026" in listed
    opened = desk.get(reverse("admin:programs_publishedfigure_change", args=[kept.pk]))
    assert opened.status_code == 200
    assert desk.get(reverse("admin:programs_publishedfigure_add")).status_code == 403


def words_of(day):
    months = (
        "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
    )
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def test_the_figure_of_a_province_at_the_end_of_a_month_is_frozen(desk, smk):
    desk.post(f"{freezing()}?bulan=2020-03&wilayah=13", {"seen": "7", "occasion": "Rakor"})

    kept = PublishedFigure.objects.get()
    assert (kept.value, kept.region_id, kept.period) == (7, "13", "sampai Maret 2020")


def test_without_an_occasion_nothing_is_frozen(desk, smk):
    refused = desk.post(freezing(), {"seen": "219", "occasion": "  "})

    assert refused.status_code == 422
    assert "Tulis untuk apa angka ini dibekukan." in words(refused)
    assert not PublishedFigure.objects.exists()


def test_who_read_another_figure_is_asked_to_look_again(desk, smk):
    refused = desk.post(freezing(), {"seen": "218", "occasion": "Siaran pers"})

    assert refused.status_code == 409
    assert "sekarang 219, tadi 218" in words(refused)
    assert 'name="seen" value="219"' in refused.text
    assert 'value="Siaran pers"' in refused.text
    assert not PublishedFigure.objects.exists()


def test_a_second_press_freezes_once(desk, smk):
    typed = {"seen": "219", "occasion": "Siaran pers", "once": _token(desk.get(freezing()))}

    first, second = desk.post(freezing(), typed), desk.post(freezing(), typed)

    assert first.url == second.url
    assert PublishedFigure.objects.count() == 1


def _token(response):
    return response.text.split('name="once" value="')[1].split('"')[0]


def test_a_frozen_figure_never_changes(desk, smk):
    kept = freeze(
        smk,
        region=None,
        seen=219,
        occasion="Siaran pers",
        by=UserFactory(),
        today=timezone.localdate(),
    )
    LiveFigure.objects.update(value=1)

    for change in (
        lambda: PublishedFigure.objects.update(value=1),
        lambda: PublishedFigure.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()
    assert PublishedFigure.objects.get(pk=kept.pk).value == 219


def test_what_is_not_counted_is_not_frozen(smk):
    Indicator.objects.update(counted_at=None)

    with pytest.raises(TransitionNotAllowed, match="belum dihitung"):
        freeze(smk, region=None, seen=0, occasion="-", by=UserFactory(), today=THIS_MONTH)


@pytest.mark.parametrize(
    ("counting", "is_over", "period"),
    [
        (Counting.CUMULATIVE, False, "sampai 2 Juli 2026"),
        (Counting.CUMULATIVE, True, "sampai Juli 2026"),
        (Counting.YEARLY, False, "Januari sampai 2 Juli 2026"),
        (Counting.YEARLY, True, "Januari sampai Juli 2026"),
        (Counting.MONTHLY, False, "Juni 2026"),
        (Counting.MONTHLY, True, "Juli 2026"),
    ],
)
def test_the_period_is_that_of_the_way_of_counting(desk, counting, is_over, period):
    from programs.achievement import standings

    indicator(counting=counting)
    today = datetime.date(2026, 7, 2)
    (standing,) = standings(today=today, is_over=is_over)

    assert period_of(standing, today=today, is_over=is_over) == period


CAN_FREEZE = [roles.IKMA_OFFICER, roles.BPSDMI_OFFICER, roles.SYSTEM_ADMIN]


@pytest.mark.parametrize("role", [*CAN_FREEZE, roles.AUDITOR, roles.PPK, roles.BDI_ADMIN])
def test_who_may_not_freeze_is_told_what_is_missing(client, smk, role):
    sign_in(client, officer(role))

    answer = client.get(freezing())

    assert (answer.status_code == 200) is (role in CAN_FREEZE)
    assert ("programs.add_publishedfigure" in words(answer)) is (role not in CAN_FREEZE)
    assert ("Bekukan angka" in words(page(client))) is (role in CAN_FREEZE)
