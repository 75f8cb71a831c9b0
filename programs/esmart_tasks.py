"""What the clock starts in e-Smart. Each finds its records and calls ``workflow``."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from programs.models import Certification
from programs.workflow import products


@shared_task
def remind_of_expiring_certifications():
    """Each morning: certificates of products that expire in 60, 30 or 7 days. Each told once."""
    today = timezone.localdate()
    last = today + timedelta(days=max(products.REMIND_BEFORE))
    expiring = Certification.objects.filter(expires_on__range=(today, last))
    for certification in expiring.select_related("product__organization").order_by("pk"):
        left = (certification.expires_on - today).days
        # One that was recorded late is told of by the nearest of the three days.
        nearest = min(days for days in products.REMIND_BEFORE if left <= days)
        products.remind_of(certification, days=nearest, today=today)
