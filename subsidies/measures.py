"""What the machine reimbursement counts for its indicators (``domain.md`` §A3): IKM and rupiah."""

from programs.measures import Measure, counted, offer
from subsidies.enums import DisbursementStatus
from subsidies.models import Disbursement


def payments(amount=1):
    """Applications that were paid, on the day of the SP2D, in the province of the IKM."""
    return counted(
        Disbursement.objects.filter(status=DisbursementStatus.PAID),
        on="sp2d_on",
        region="application__organization__region",
        name="application__organization__name",
        amount=amount,
        page_of="application",
    )


PAGE = ("admin:subsidies_application_change", "subsidies.view_application")

offer(
    Measure("mesin-ikm", payments, *PAGE),
    Measure("mesin-penggantian", lambda: payments("amount"), *PAGE),
)
