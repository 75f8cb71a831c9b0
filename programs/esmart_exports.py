"""Enrolments, shops and their sales as rows of a table, read in pieces however many there are.

The first columns of sales are those of the import, so that a table can be corrected and come back.
"""

from django.utils import timezone

from programs import sales_import
from programs.mentoring_needs import effects_of
from programs.templatetags.bina import tanggal, waktu

AT_ONCE = 2000


def enrolment_rows(queryset):
    """The heading, then a row for each ``Enrolment``."""
    yield [
        *("nib", "nama", "kabupaten_kota", "provinsi", "komoditas", "status", "asal"),
        *("didaftarkan", "diverifikasi", "lokakarya", "tanggal_lokakarya", "lulus_lokakarya"),
        *("toko_pertama", "penjualan_pertama", "penjualan_terakhir"),
    ]
    rows = queryset.select_related("organization__region__province", "organization__ikm")
    for enrolment in rows.iterator(chunk_size=AT_ONCE):
        organization = enrolment.organization
        profile = getattr(organization, "ikm", None)
        yield [
            organization.nib,
            organization.name,
            *_place_of(organization),
            profile.get_commodity_display() if profile else "",
            enrolment.get_status_display(),
            enrolment.get_source_display(),
            tanggal(enrolment.entered_at),
            tanggal(enrolment.verified_at) if enrolment.verified_at else "",
            enrolment.workshop,
            *(
                tanggal(day) if day else ""
                for day in (enrolment.workshop_on, enrolment.trained_on, enrolment.onboard_on)
            ),
            *(
                f"{month:%Y-%m}" if month else ""
                for month in (enrolment.first_sale, enrolment.last_sale)
            ),
        ]


def shop_rows(queryset):
    """The heading, then a row for each ``Shop``."""
    yield [
        *("nib", "nama", "toko", "marketplace", "tautan", "pemeriksaan_tautan", "catatan"),
        *("dibuka", "ditutup", "kabupaten_kota", "provinsi"),
    ]
    shops = queryset.select_related("organization__region__province", "marketplace")
    for shop in shops.iterator(chunk_size=AT_ONCE):
        yield [
            shop.organization.nib,
            shop.organization.name,
            shop.name,
            shop.marketplace.name,
            shop.url,
            shop.get_link_state_display(),
            shop.link_note,
            tanggal(shop.opened_on),
            tanggal(shop.closed_on) if shop.closed_on else "",
            *_place_of(shop.organization),
        ]


def sales_rows(queryset):
    """The heading, then a row for each ``SalesReport``."""
    yield [
        *sales_import.COLUMNS,
        *("toko", "nama", "kabupaten_kota", "provinsi", "catatan", "dilaporkan_pada"),
    ]
    reports = queryset.select_related("shop__organization__region__province", "shop__marketplace")
    for report in reports.iterator(chunk_size=AT_ONCE):
        organization = report.shop.organization
        yield [
            organization.nib,
            report.shop.marketplace.name,
            f"{report.month:%Y-%m}",
            report.orders,
            report.units,
            report.turnover,
            report.exports,
            report.shop.name,
            organization.name,
            *_place_of(organization),
            report.note,
            waktu(report.reported_at),
        ]


def _place_of(organization):
    region = organization.region
    return (region.name, region.province.name if region.province else "") if region else ("", "")


def mentoring_rows(tasks):
    """Mentoring as the list shows it, and what the sales were before and after it."""
    yield [
        "Usaha", "NIB", "Wilayah", "Alasan", "Keterangan", "Paling lambat", "Pendamping", "Keadaan",
        "Hasil", "Ditutup", "Omzet sebulan sebelum (Rp)", "Omzet sebulan sesudah (Rp)",
    ]  # fmt: skip
    found = list(tasks.select_related("enrolment__organization__region__province", "mentor__user"))
    effects = effects_of(found, today=timezone.localdate())
    for task in found:
        organization = task.enrolment.organization
        yield [
            organization.name,
            organization.nib,
            organization.region.full_name if organization.region else "",
            task.get_kind_display(),
            task.explanation,
            task.due_on,
            str(task.mentor or ""),
            task.get_status_display(),
            task.get_outcome_display(),
            task.closed_on,
            task.turnover_before,
            effects.get(task.pk),
        ]
