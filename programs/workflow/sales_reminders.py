"""Before the tenth of a month: whose shops have not yet said what they sold in the month before."""

from collections import defaultdict

from django.db.models import Q
from django.urls import reverse

from programs.enums import MembershipState, NotificationKind
from programs.models import Enrolment, Membership, SalesReport, Shop
from programs.months import first_of, month_after
from programs.notifications import notify_many
from programs.sales_months import DUE_DAY, due_on
from programs.templatetags.bina import bulan, tanggal_hari

# On the third and, if need be, on the eighth. A day on which nothing ran is made up for.
REMIND_ON = [3, 8]
AT_ONCE = 500


def remind(*, today):
    """Tell the people of each shop of a reporting IKM without a report of last month, once a day.

    Nothing before the third and after the tenth.
    """
    days = [day for day in REMIND_ON if day <= today.day <= DUE_DAY]
    if not days:
        return
    month = month_after(first_of(today), -1)
    shops = list(owing(month).values_list("pk", flat=True))
    for start in range(0, len(shops), AT_ONCE):
        _tell(shops[start : start + AT_ONCE], month, days[-1])


def owing(month):
    """Shops of IKM that are asked for their sales, open in ``month`` and without a report of it."""
    next_month = month_after(month)
    return (
        Shop.objects.filter(
            Q(closed_on=None) | Q(closed_on__gte=month),
            Q(marketplace__active_to=None) | Q(marketplace__active_to__gte=month),
            Q(marketplace__active_from=None) | Q(marketplace__active_from__lt=next_month),
            opened_on__lt=next_month,
            organization__in=Enrolment.objects.reporting().values("organization"),
        )
        .exclude(pk__in=SalesReport.objects.filter(month=month).values("shop"))
        .order_by("pk")
    )


def _tell(pks, month, day):
    shops = Shop.objects.filter(pk__in=pks).select_related("marketplace").order_by("pk")
    people = defaultdict(list)
    memberships = Membership.objects.filter(
        organization__in=shops.values("organization"),
        state=MembershipState.APPROVED,
        user__is_active=True,
    )
    for membership in memberships.select_related("user"):
        people[membership.organization_id].append(membership.user)
    notify_many(
        [
            (
                person,
                f"esmart.sales-due.{shop.pk}.{month:%Y%m}.{day}.{person.pk}",
                f"Laporkan penjualan {bulan(month)}: {shop.name}"[:150],
                f"Penjualan {shop} bulan {bulan(month)} belum dilaporkan. Isi paling lambat "
                f"{tanggal_hari(due_on(month))}; perlu sekitar satu menit. Tidak ada penjualan? "
                "Tulis 0.",
                reverse("esmart:sales_report", args=[shop.pk, f"{month:%Y-%m}"]),
            )
            for shop in shops
            for person in people[shop.organization_id]
        ],
        kind=NotificationKind.REMINDER,
    )
