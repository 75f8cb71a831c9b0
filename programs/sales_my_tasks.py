"""Sales that the people of an IKM have still to report, for *Beranda saya*."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.urls import reverse

from programs.models import Shop
from programs.models.reach import places_of
from programs.my_tasks import Record, Task
from programs.sales_months import due_on, missing_months
from programs.templatetags.bina import bulan


def tasks_for(user, today):
    """Months of one's shops that are over and not reported: the newest of each shop."""
    tasks = []
    for shop in _own_shops(user):
        missing = missing_months(shop, shop.reported, today=today)
        if missing:
            older = len(missing) - 1
            rest = f" Ada {older} bulan sebelumnya yang juga belum." if older else ""
            tasks.append(
                Task(
                    title=f"Laporkan penjualan {bulan(missing[0])}",
                    text=f"{shop}, sekitar satu menit.{rest}",
                    url=reverse("esmart:sales_report", args=[shop.pk, f"{missing[0]:%Y-%m}"]),
                    action="Laporkan",
                    due_on=due_on(missing[0]),
                )
            )
    return tasks


def records_for(user):
    """One's shops that still sell."""
    return [
        Record(
            title=shop.name,
            about=f"Toko di {shop.marketplace}, {shop.organization}",
            url=reverse("esmart:shop_detail", args=[shop.pk]),
            badge="Toko daring",
            icon="shop",
            kind="info",
        )
        for shop in _own_shops(user)
        if shop.closed_on is None
    ]


def _own_shops(user):
    """The shops of ``user`` with the months that they ``reported``, asked for once a request."""
    if not hasattr(user, "_own_shops"):
        shops = Shop.objects.filter(organization__in=places_of(user))
        months = ArrayAgg("reports__month", filter=Q(reports__isnull=False), default=Value([]))
        user._own_shops = list(
            shops.select_related("marketplace", "organization").annotate(reported=months)
        )
    return user._own_shops
