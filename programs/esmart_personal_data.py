"""What e-Smart keeps of a person's IKM: for the person's own download, and when an account ends."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from programs import arrows
from programs.enums import MembershipState
from programs.esmart_enums import EnrolmentStatus
from programs.models import Enrolment, Membership, Product, SalesReport, Shop
from programs.models.reach import places_of
from programs.my_data import tells_data
from programs.workflow.accounts import forgets
from programs.workflow.enrolment import leave, refuse

CLOSED = "Akun pemilik ditutup."


@tells_data("e_smart")
def enrolments_of(user):
    """The enrolments of one's IKM with what the stages are called and when each came."""
    enrolments = (
        Enrolment.objects.of_people(user)
        .select_related("organization")
        .prefetch_related("history", "mentoring__mentor__user")
    )
    return [
        {
            "usaha": enrolment.organization.name,
            "keadaan": enrolment.get_status_display(),
            "asal": enrolment.get_source_display(),
            "didaftarkan_pada": enrolment.entered_at,
            "surel_pemilik": enrolment.owner_email,
            "lokakarya": enrolment.workshop,
            "tanggal_lokakarya": enrolment.workshop_on,
            "riwayat": [
                {"pada": entry.at, "menjadi": entry.to_status, "alasan": entry.reason}
                for entry in enrolment.history.all()
            ],
            "pendampingan": [
                {
                    "alasan": task.get_kind_display(),
                    "keterangan": task.explanation,
                    "dibuka_pada": task.opened_on,
                    "pendamping": str(task.mentor) if task.mentor else "",
                    "hasil": task.get_outcome_display(),
                }
                for task in enrolment.mentoring.all()
            ],
        }
        for enrolment in enrolments
    ]


@tells_data("toko_daring")
def shops_of(user):
    shops = Shop.objects.filter(organization__in=places_of(user))
    return [
        {
            "usaha": shop.organization.name,
            "toko": shop.name,
            "lokapasar": shop.marketplace.name,
            "tautan": shop.url,
            "dibuka_pada": shop.opened_on,
            "ditutup_pada": shop.closed_on,
        }
        for shop in shops.select_related("organization", "marketplace")
    ]


@tells_data("laporan_penjualan")
def sales_of(user):
    reports = SalesReport.objects.filter(shop__organization__in=places_of(user))
    return [
        {
            "toko": str(report.shop),
            "bulan": f"{report.month:%Y-%m}",
            "pesanan": report.orders,
            "barang": report.units,
            "omzet": report.turnover,
            "ekspor": report.exports,
            "catatan": report.note,
            "dilaporkan_pada": report.reported_at,
        }
        for report in reports.select_related("shop__marketplace")
    ]


@tells_data("produk")
def products_of(user):
    products = Product.objects.filter(organization__in=places_of(user))
    return [
        {
            "usaha": product.organization.name,
            "produk": product.name,
            "komoditas": product.get_commodity_display(),
            "harga": product.price,
            "per": product.unit,
            "keterangan": product.description,
            "tampil_di_katalog": product.is_shown,
            "sertifikat": [
                {"jenis": one.get_kind_display(), "nomor": one.number, "sampai": one.expires_on}
                for one in product.certifications.all()
            ],
        }
        for product in products.select_related("organization").prefetch_related("certifications")
    ]


@forgets
def nobody_is_left(user):
    """An IKM without people leaves e-Smart; a proposal that nobody can answer is turned down.

    The address to which a Dinas wrote is dropped.
    """
    today = timezone.localdate()
    to_them = Enrolment.objects.filter(owner_email__iexact=user.email)
    for enrolment in to_them.filter(status=EnrolmentStatus.PROPOSED).select_related("organization"):
        refuse(enrolment, by=user, reason=CLOSED, today=today)
    to_them.update(owner_email="")
    people = Membership.objects.filter(organization=OuterRef("organization")).exclude(
        state=MembershipState.ENDED
    )
    of_nobody = Enrolment.objects.filter(
        ~Exists(people), organization__memberships__user=user, status__in=arrows.LEAVE.sources
    )
    for enrolment in of_nobody.distinct():
        leave(enrolment, by=user, reason=CLOSED, today=today)
