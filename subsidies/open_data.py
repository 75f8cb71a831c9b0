"""What the machine reimbursement gives to everybody: sums by year and province, no recipient."""

from django.db.models import Count, F, Sum, Value
from django.db.models.functions import Coalesce, ExtractYear

from programs.open_data import NUMBER, RUPIAH, Column, Dataset, offer
from subsidies.enums import DisbursementStatus
from subsidies.models import Disbursement


def payments():
    """Applications that were paid, by the year of the SP2D and the province of the IKM."""
    region = "application__organization__region"
    return (
        Disbursement.objects.filter(status=DisbursementStatus.PAID)
        .annotate(
            year=ExtractYear("sp2d_on"),
            code=Coalesce(F(f"{region}__province"), F(region), Value("")),
            place=Coalesce(F(f"{region}__province__name"), F(f"{region}__name"), Value("")),
        )
        .values("year", "code", "place")
        .annotate(paid=Count("*"), rupiah=Sum("amount"))
    )


offer(
    Dataset(
        slug="penggantian-mesin",
        title="Penggantian pembelian mesin",
        about="Permohonan yang sudah dibayar lewat SP2D, menurut tahun pembayaran dan provinsi "
        "IKM. Nama penerima tidak termasuk.",
        period="Per tahun",
        unit="permohonan",
        rows=payments,
        key={"year": int, "code": str},
        columns=(
            Column("tahun", "Tahun SP2D.", "year", NUMBER),
            Column(
                "kode_wilayah", "Kode Kemendagri provinsi; kosong bila belum diketahui.", "code"
            ),
            Column("wilayah", "Nama provinsi.", "place"),
            Column("permohonan", "Jumlah permohonan yang dibayar.", "paid", NUMBER),
            Column("penggantian", "Jumlah yang dibayar, rupiah penuh.", "rupiah", RUPIAH),
        ),
    )
)
