"""What e-Smart and the campaigns count for their indicators: four numbers kept apart.

Trained is not enrolled, enrolled has no shop yet, and a shop need not sell (``domain.md`` §D).
"""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from programs.measures import Measure, counted, offer
from programs.models import CampaignParticipation, Enrolment, SalesReport

IKM, NAME = "organization__region", "organization__name"


def trained():
    """IKM that passed a workshop, on the day it first did; who came back counts once."""
    before = Enrolment.objects.filter(
        organization=OuterRef("organization"), trained_on__isnull=False, pk__lt=OuterRef("pk")
    )
    first = Enrolment.objects.filter(~Exists(before))
    return counted(first, on="trained_on", region=IKM, name=NAME)


def enrolled():
    """IKM that an officer took in and that did not leave, on the day of the verification."""
    day = TruncDate(F("verified_at"), tzinfo=timezone.get_default_timezone())
    return counted(Enrolment.objects.accepted(), on=day, region=IKM, name=NAME)


def onboard():
    """IKM taken in that opened a first shop, on the day it did."""
    return counted(Enrolment.objects.accepted(), on="onboard_on", region=IKM, name=NAME)


def selling():
    """IKM that sold in a month: whatever number of shops, once."""
    other_shop = SalesReport.objects.filter(
        shop__organization=OuterRef("shop__organization"),
        month=OuterRef("month"),
        turnover__gt=0,
        pk__lt=OuterRef("pk"),
    )
    return _sales(SalesReport.objects.filter(~Exists(other_shop), turnover__gt=0), 1)


def turnover():
    """Gross turnover that shops reported, rupiah, in the month in which they sold."""
    return _sales(SalesReport.objects.filter(turnover__gt=0), "turnover")


def _sales(reports, amount):
    return counted(
        reports,
        on="month",
        region="shop__organization__region",
        name="shop__organization__name",
        amount=amount,
    )


def campaign(slug):
    """Businesses that took part in a campaign, each once."""
    joined = CampaignParticipation.objects.filter(campaign__slug=slug)
    return counted(joined, on="joined_on", region="region", name="name", page_of="campaign")


PAGE = ("admin:programs_enrolment_change", "programs.view_enrolment")
SALES = ("admin:programs_salesreport_change", "programs.view_salesreport")

offer(
    Measure("esmart-peserta-lokakarya", trained, *PAGE),
    Measure("esmart-ikm-bergabung", enrolled, *PAGE),
    Measure("esmart-punya-toko", onboard, *PAGE),
    Measure("esmart-aktif-menjual", selling, *SALES),
    Measure("esmart-omzet", turnover, *SALES),
    Measure(
        "kampanye-semuanya-ada-di-sini",
        lambda: campaign("semuanya-ada-di-sini"),
        "admin:programs_campaign_change",
        "programs.view_campaign",
    ),
)
