"""What e-Smart gives to everybody: the catalogue of those who agreed to it, and the campaigns.

Of a product only what can be chosen or counted is given: what owners write in their own words may
hold a telephone number.
"""

from datetime import date

from django.db.models import Count, Max
from django.urls import reverse

from programs.enums import Commodity
from programs.models import CampaignCount, Product
from programs.open_data import (
    MONTH,
    NUMBER,
    RUPIAH,
    Column,
    Dataset,
    State,
    mark_of,
    month,
    offer,
    place_columns,
    words_for,
)


def campaign_state():
    """The roll-up is made anew as a whole, so the moment of that says whether it changed."""
    told = CampaignCount.objects.aggregate(count=Count("*"), at=Max("computed_at"))
    return State(told["count"], mark_of(told), told["at"])


offer(
    Dataset(
        slug="katalog-esmart",
        title="Katalog produk e-Smart IKM",
        about="Produk IKM yang pemiliknya menyetujui penayangan profil usaha. Bila persetujuan "
        "dicabut, produknya tidak diberikan lagi.",
        period="Keadaan sekarang",
        unit="produk",
        rows=Product.objects.public,
        key={"id": int},
        columns=(
            Column("produk", "Nama produk.", "name"),
            Column("komoditas", "Kelompok komoditas.", "commodity", read=words_for(Commodity)),
            Column("harga", "Harga jual yang ditulis pemilik, rupiah penuh.", "price", RUPIAH),
            Column("per", "Satuan jual, misalnya buah atau lembar.", "unit"),
            Column("usaha", "Nama IKM.", "organization__name"),
            *place_columns("organization__region"),
            Column(
                "halaman",
                "Alamat produk di situs ini.",
                "id",
                read=lambda pk: reverse("esmart:catalogue_product", args=[pk]),
            ),
        ),
    ),
    Dataset(
        slug="kampanye",
        title="Peserta kampanye produk dalam negeri",
        about="Jumlah usaha yang ikut suatu kampanye, menurut bulan bergabung dan kabupaten/kota. "
        "Setiap usaha dihitung satu kali dalam satu kampanye.",
        period="Per bulan, sejak kampanye mulai",
        unit="usaha",
        rows=CampaignCount.objects.all,
        key={"campaign_id": int, "month": date, "region_id": str},
        state=campaign_state,
        columns=(
            Column("kampanye", "Kode kampanye.", "campaign__slug"),
            Column("nama_kampanye", "Nama kampanye.", "campaign__name"),
            Column("bulan", "Bulan bergabung, tahun-bulan.", "month", MONTH, month),
            *place_columns("region"),
            Column("peserta", "Jumlah usaha.", "participants", NUMBER),
        ),
    ),
)
