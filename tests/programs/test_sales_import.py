"""Monthly sales from a file: every fault told by row and column, all of it written or nothing."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from programs import roles, sales_import
from programs.esmart_enums import EnrolmentStatus
from programs.models import EnrolmentHistoryEntry, SalesReport, User
from programs.workflow.sales_facts import follow_sales
from programs.workflow.stages import follow_facts
from tests.factories.esmart import (
    EnrolmentFactory,
    MarketplaceFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, OrganizationFactory, UserFactory, officer
from tests.import_files import csv_of, row_of, said, xlsx_of
from tests.programs.test_esmart_shops import participation_of

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 20)
NIB = "9120001234567"
COLUMNS = sales_import.COLUMNS
EXAMPLE = {
    "nib": NIB,
    "marketplace": "Tokopedia",
    "bulan": "2026-10",
    "pesanan": 12,
    "unit": 20,
    "omzet": "1.500.000",
    "ekspor": "",
}


@pytest.fixture
def shop():
    return ShopFactory(organization=IkmFactory(nib=NIB), name="Songket Rahmah")


@pytest.fixture
def by():
    return UserFactory(name="Petugas Contoh")


def line(**changes):
    return row_of(COLUMNS, EXAMPLE, **changes)


def table(*lines):
    return csv_of(COLUMNS, *lines)


def check(*lines):
    return sales_import.check(table(*lines), today=TODAY)


def record(by, *lines):
    return sales_import.record(table(*lines), by=by, today=TODAY)


def test_a_row_becomes_the_report_of_its_shop(shop, by):
    record(by, line(ekspor="500.000"))

    report = SalesReport.objects.get()
    assert (report.shop, report.month) == (shop, datetime.date(2026, 10, 1))
    assert (report.orders, report.units) == (12, 20)
    assert (report.turnover, report.exports) == (1_500_000, 500_000)
    assert report.reported_by == by


def test_a_preview_writes_nothing(shop):
    report = check(line())

    assert (len(report.ready), report.writes) == (1, 1)
    assert not SalesReport.objects.exists()


def test_a_workbook_is_read_as_a_csv_is(shop, by):
    file = xlsx_of(COLUMNS, line(bulan=datetime.date(2026, 10, 1), omzet=1_500_000))

    sales_import.record(file, by=by, today=TODAY)

    assert SalesReport.objects.get().turnover == 1_500_000


def test_repeating_writes_nothing_and_correcting_keeps_what_stood(shop, by):
    record(by, line())
    again = record(by, line())
    assert (again.writes, len(again.known)) == (0, 1)

    corrected = record(by, line(omzet="2.000.000"), line(bulan="2026-09"))

    assert (len(corrected.changed), len(corrected.ready)) == (1, 1)
    october = SalesReport.objects.get(month=datetime.date(2026, 10, 1))
    assert october.turnover == 2_000_000
    assert october.revisions.get().turnover == 1_500_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nib": "912000123456"}, "Baris 2, kolom nib: NIB harus 13 angka"),
        ({"nib": "9120009999999"}, "Baris 2, kolom nib: Tidak ada IKM dengan NIB 9120009999999"),
        ({"marketplace": "Toko Kita"}, "kolom marketplace: Tidak ada lokapasar bernama Toko Kita."),
        ({"marketplace": ""}, "kolom marketplace: Isi lokapasar. Pilih dari: "),
        ({"marketplace": "shopee"}, "kolom marketplace: IKM ini belum mencatat toko di Shopee."),
        ({"bulan": "Oktober"}, "kolom bulan: Tulis bulan sebagai tahun dan bulan"),
        ({"bulan": ""}, "kolom bulan: Isi bulan."),
        ({"bulan": "2026-12"}, "kolom bulan: Desember 2026 belum tiba."),
        ({"bulan": "2026-03"}, "kolom bulan: Toko ini dibuka 1 April 2026, sesudah Maret 2026."),
        ({"omzet": "satu juta"}, "kolom omzet: Tulis angka lengkap tanpa kata"),
        ({"omzet": "-5"}, "kolom omzet: Tulis 0 atau lebih, tanpa tanda minus."),
        ({"omzet": ""}, "kolom omzet: Tulis jumlah rupiah"),
        ({"ekspor": "2.000.000"}, "kolom ekspor: Ekspor adalah bagian dari omzet"),
        ({"pesanan": "-1"}, "kolom pesanan: Tulis 0 atau lebih, tanpa tanda minus."),
        ({"pesanan": "banyak"}, "kolom pesanan: Tulis angka bulat, misalnya 12."),
        ({"pesanan": "0"}, "kolom pesanan: Ada omzet, jadi pesanan paling sedikit 1."),
        ({"unit": "1,5"}, "kolom unit: Tulis angka bulat, misalnya 12."),
        ({"unit": "0"}, "kolom unit: Ada omzet, jadi barang terjual paling sedikit 1."),
    ],
)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_written(shop, by, changes, words):
    MarketplaceFactory(slug="shopee")

    report = record(by, line(**changes), line(bulan="2026-09"))

    assert any(words in sentence for sentence in said(report)), said(report)
    assert not SalesReport.objects.exists()


def test_a_marketplace_that_was_closed_then_is_told(by):
    blanja = MarketplaceFactory(
        slug="blanja", name="Blanja.com", active_to=datetime.date(2020, 9, 1)
    )
    ShopFactory(
        organization=IkmFactory(nib=NIB),
        marketplace=blanja,
        opened_on=datetime.date(2019, 1, 1),
    )

    report = record(by, line(marketplace="BLANJA.COM", bulan="2020-10"))

    assert said(report) == [
        "Baris 2, kolom bulan: Blanja.com tutup sejak 1 September 2020, sebelum Oktober 2020."
    ]
    assert record(by, line(marketplace="blanja", bulan="2020-09")).writes == 1


def test_the_same_shop_and_month_stand_once_in_a_file(shop, by):
    report = record(by, line(), line(pesanan=13, bulan="2026/10"))

    assert said(report) == [
        "Baris 3, kolom bulan: Toko dan bulan ini sudah ada di baris 2. Hapus salah satunya."
    ]
    assert not SalesReport.objects.exists()


def test_of_several_shops_the_one_that_was_open_is_meant(shop, by):
    old = ShopFactory(
        organization=shop.organization,
        name="Toko lama",
        opened_on=datetime.date(2025, 1, 1),
        closed_on=datetime.date(2026, 3, 31),
    )

    record(by, line(bulan="2026-02"), line(bulan="2026-04"))

    assert SalesReport.objects.get(month=datetime.date(2026, 2, 1)).shop == old
    assert SalesReport.objects.get(month=datetime.date(2026, 4, 1)).shop == shop


def test_of_several_open_shops_none_is_guessed(shop, by):
    ShopFactory(organization=shop.organization, name="Songket Kedua")

    assert "memiliki 2 toko di Tokopedia: Songket" in said(record(by, line()))[0]


def test_a_company_is_no_ikm(by):
    MarketplaceFactory()
    OrganizationFactory(nib=NIB)

    assert "Tidak ada IKM dengan NIB" in said(record(by, line()))[0]


def test_the_command_previews_commits_and_ends_in_failure(shop, tmp_path, capsys):
    path = tmp_path / "penjualan.csv"
    path.write_bytes(table(line()).getvalue())

    call_command("import_sales", str(path))
    assert "1 dapat dicatat" in capsys.readouterr().out
    assert not SalesReport.objects.exists()
    call_command("import_sales", str(path), "--commit")
    assert "1 dicatat" in capsys.readouterr().out
    robot = User.objects.get(email="impor-esmart@sistem.invalid")
    assert SalesReport.objects.get().reported_by == robot
    path.write_bytes(table(line(omzet="x")).getvalue())
    with pytest.raises(CommandError, match="1 baris ditolak"):
        call_command("import_sales", str(path), "--commit")


def test_only_an_officer_who_may_import_is_named(shop, tmp_path):
    path = tmp_path / "penjualan.csv"
    path.write_bytes(table(line()).getvalue())

    with pytest.raises(CommandError, match="bukan petugas yang dapat mengimpor data e-Smart"):
        call_command("import_sales", str(path), "--commit", by=officer(roles.PPK).email)


@pytest.mark.parametrize("month", [datetime.date(2026, 10, 1), datetime.date(2026, 5, 1)])
@pytest.mark.parametrize("stage", ["registered", "onboard", "selling", "inactive", "graduated"])
def test_many_ikm_move_as_one_would(shop, stage, month):
    """An import must leave every enrolment where a report by its owner would have left it."""
    facts = ["status", "first_sale", "last_sale", "trained_on", "onboard_on"]
    found = []
    for many in (True, False):
        ikm = IkmFactory()
        enrolment = EnrolmentFactory(organization=ikm, **{stage: True})
        if enrolment.trained_on:
            participation_of(enrolment)
        first = datetime.date(2026, 4, 1)
        own = ShopFactory(organization=ikm, opened_on=first)
        if enrolment.first_sale:
            SalesReportFactory(shop=own, month=first)
        SalesReportFactory(shop=own, month=month)
        if stage == "registered":
            own.reports.update(turnover=0)
        if many:
            follow_sales({ikm.pk}, today=TODAY)
        else:
            follow_facts(ikm, today=TODAY)
        enrolment.refresh_from_db()
        entries = EnrolmentHistoryEntry.objects.filter(enrolment=enrolment)
        moves = list(
            entries.order_by("pk").values_list("action", "from_status", "to_status", "reason")
        )
        names = facts if stage != "registered" else facts[:3]
        found.append(([getattr(enrolment, name) for name in names], moves))

    assert found[0] == found[1]


def test_sales_from_a_file_make_an_ikm_selling(shop, by):
    enrolment = EnrolmentFactory(organization=shop.organization, onboard=True)

    record(by, line(), line(bulan="2026-09"))

    enrolment.refresh_from_db()
    assert enrolment.status == EnrolmentStatus.SELLING
    assert enrolment.first_sale == datetime.date(2026, 9, 1)
    assert enrolment.history.get().action == "sell"
