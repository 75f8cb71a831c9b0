"""The approved payments as a table for the treasury's system: whom to pay, where, and on what.

Account numbers leave the house with it, so that every payment in it is written down first, with
the name of who took it (``SensitiveAccess``).
"""

from django.db import transaction
from django.db.models import Count, Sum

from programs.models import SensitiveAccess
from programs.spreadsheets import temporary_xlsx
from subsidies.enums import DisbursementStatus
from subsidies.models import Disbursement

HEADINGS = [
    "Nomor registrasi",
    "Nama penerima",
    "NPWP",
    "Bank",
    "Nomor rekening",
    "Atas nama",
    "Jumlah (Rp)",
    "Nomor SK",
    "Tanggal SK",
    "Nomor SPP",
    "Tanggal SPP",
    "Nomor SPM",
    "Tanggal SPM",
    "Nomor SP2D",
    "Tanggal SP2D",
]
WHAT = "Nomor rekening (berkas pembayaran)"
MOST_ROWS_IN_EXCEL = 50_000
AT_ONCE = 1000


def tally():
    """{status: (how many payments, how much in rupiah)}, also for those without any."""
    sums = {
        row["status"]: (row["count"], row["amount"])
        for row in Disbursement.objects.order_by()
        .values("status")
        .annotate(count=Count("pk"), amount=Sum("amount"))
    }
    return {status: sums.get(status, (0, 0)) for status in DisbursementStatus}


def payments_of(status, budget_line=None):
    """The keys of the payments for one file, in the order of registration."""
    payments = Disbursement.objects.filter(status=status)
    if budget_line:
        payments = payments.filter(application__budget_line=budget_line)
    return list(
        payments.order_by("application__registration_order", "pk").values_list("pk", flat=True)
    )


@transaction.atomic
def write_down(keys, *, by):
    """Keep who took the account numbers of these payments, before they leave."""
    for some in _pieces(keys):
        payments = Disbursement.objects.filter(pk__in=some).select_related(
            "application__organization"
        )
        SensitiveAccess.objects.bulk_create(
            SensitiveAccess(user=by, what=WHAT, subject=str(payment.application)[:200])
            for payment in payments
        )


def lines(keys):
    """The headings, then a line for each payment, read in pieces from the database."""
    yield HEADINGS
    for some in _pieces(keys):
        payments = Disbursement.objects.select_related("application__organization", "decree")
        found = payments.in_bulk(some)
        for key in some:
            yield _line(found[key])


def excel(keys):
    """The same table as a file, gone once it was sent."""
    return temporary_xlsx({"Pembayaran": lines(keys)})


def _line(payment):
    application = payment.application
    return [
        application.registration_number,
        application.organization.name,
        application.organization.npwp,
        application.bank_name,
        application.account_number,
        application.account_holder,
        payment.amount,
        payment.decree.number,
        payment.decree.signed_on,
        payment.spp_number,
        payment.spp_on,
        payment.spm_number,
        payment.spm_on,
        payment.sp2d_number,
        payment.sp2d_on,
    ]


def _pieces(keys):
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
