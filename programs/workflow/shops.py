"""Shops of IKM on marketplaces: opened, corrected, closed, and their links looked at by people."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from programs.enums import NotificationKind
from programs.esmart_enums import LinkState
from programs.esmart_news import tell_people
from programs.models import Shop
from programs.months import first_of
from programs.shop_links import read_link
from programs.templatetags.bina import bulan, tanggal
from programs.transitions import TransitionNotAllowed
from programs.workflow.stages import follow_facts

TAKEN = (
    "Toko dengan nama atau tautan ini baru saja dicatat. Muat ulang halaman, lalu periksa daftar "
    "toko Anda."
)


@transaction.atomic
def open_shop(organization, *, marketplace, name, url, opened_on, by, today):
    """Record a shop that an IKM has on a marketplace; the first one brings it *onboard*.

    ``ValidationError`` by field: a link that leads elsewhere or is somebody else's, a marketplace
    that was closed on that day, a day to come.
    """
    shop = Shop(organization=organization, marketplace=marketplace, entered_by=by)
    _fill(shop, name=name, url=url, opened_on=opened_on, today=today)
    _save(shop)
    follow_facts(organization, today=today)
    return shop


@transaction.atomic
def change_shop(shop, *, name, url, opened_on, by, today):
    """Correct name, link or day of a shop. A new link has to be looked at again."""
    shop = _locked(shop)
    if shop.closed_on:
        raise TransitionNotAllowed(f"Toko ini sudah ditutup pada {tanggal(shop.closed_on)}.")
    before = shop.url
    _fill(shop, name=name, url=url, opened_on=opened_on, today=today)
    first = shop.reports.order_by("month").first()
    if first and first.month < first_of(opened_on):
        words = (
            f"Sudah ada laporan penjualan {bulan(first.month)}, jadi toko ini dibuka paling lambat "
            "bulan itu."
        )
        raise ValidationError({"opened_on": words})
    if shop.url != before:
        shop.link_state, shop.link_note = LinkState.UNCHECKED, ""
        shop.checked_on = shop.checked_by = None
    _save(shop)
    follow_facts(shop.organization, today=today)
    return shop


@transaction.atomic
def close_shop(shop, *, closed_on, by, today):
    """The shop sells no more. Its reports stay; months up to its closing can still be reported."""
    shop = _locked(shop)
    if shop.closed_on:
        raise TransitionNotAllowed(f"Toko ini sudah ditutup pada {tanggal(shop.closed_on)}.")
    if closed_on > today:
        raise ValidationError({"closed_on": "Tanggal tutup belum tiba. Isi hari ini atau sebelum."})
    if closed_on < shop.opened_on:
        words = f"Toko ini dibuka {tanggal(shop.opened_on)}. Isi hari itu atau sesudahnya."
        raise ValidationError({"closed_on": words})
    last = shop.reports.order_by("-month").first()
    if last and last.month > closed_on:
        words = f"Sudah ada laporan penjualan {bulan(last.month)}. Isi hari pada bulan itu."
        raise ValidationError({"closed_on": words})
    shop.closed_on = closed_on
    _save(shop)
    follow_facts(shop.organization, today=today)
    return shop


@transaction.atomic
def check_link(shop, *, is_good, note="", by, today):
    """An officer has opened the link. A wrong one is told to the owner, with what is wrong."""
    shop = _locked(shop)
    note = " ".join(note.split())
    if not shop.url:
        raise TransitionNotAllowed(f"{shop} belum memiliki tautan.")
    if not is_good and not note:
        raise ValidationError({"note": "Tulis apa yang tidak sesuai, agar pemilik memperbaikinya."})
    shop.link_state = LinkState.GOOD if is_good else LinkState.WRONG
    shop.link_note, shop.checked_on, shop.checked_by = note, today, by
    _save(shop)
    if not is_good:
        tell_people(
            shop.organization,
            fact=f"wrong-link.{shop.pk}.{today:%Y%m%d}",
            subject=f"Perbaiki tautan toko {shop.name}",
            body=(
                f"Petugas membuka tautan toko {shop}: {shop.url}\n\n{note}\n\nSalin tautan yang "
                "benar dari aplikasi lokapasar, lalu simpan di halaman toko."
            ),
            url=reverse("esmart:shop_detail", args=[shop.pk]),
            kind=NotificationKind.TASK,
        )
    return shop


def _locked(shop):
    return (
        Shop.objects.select_for_update(of=("self",), no_key=True)
        .select_related("marketplace", "organization")
        .get(pk=shop.pk)
    )


def _fill(shop, *, name, url, opened_on, today):
    """Put what was typed into the shop; all that is wrong is told at once, by field."""
    wrong = {}
    shop.name, shop.opened_on = " ".join(name.split()), opened_on
    try:
        shop.url = read_link(url, shop.marketplace)
    except ValueError as problem:
        wrong["url"] = str(problem)
    else:
        if (other := _with_link(shop)) is not None:
            wrong["url"] = (
                f"Tautan ini sudah dipakai toko Anda {other.name}."
                if other.organization_id == shop.organization_id
                else "Tautan ini sudah dipakai usaha lain. Salin tautan toko Anda sendiri. Bila "
                "toko itu milik Anda, hubungi kami."
            )
    if opened_on > today:
        wrong["opened_on"] = "Tanggal buka belum tiba. Isi hari ini atau sebelumnya."
    elif not shop.marketplace.is_open_on(opened_on):
        wrong["opened_on"] = closed_words(shop.marketplace, opened_on)
    if wrong:
        raise ValidationError(wrong)


def closed_words(marketplace, day):
    """Why nobody could sell on ``marketplace`` on ``day``."""
    if marketplace.active_to and day > marketplace.active_to:
        return f"{marketplace} tutup sejak {tanggal(marketplace.active_to)}."
    return f"{marketplace} baru buka {tanggal(marketplace.active_from)}."


def _with_link(shop):
    return Shop.objects.open().filter(url=shop.url).exclude(pk=shop.pk).first()


def _save(shop):
    shop.full_clean()
    try:
        with transaction.atomic():
            shop.save()
    except IntegrityError:  # two people at the same moment
        raise ValidationError(TAKEN) from None
