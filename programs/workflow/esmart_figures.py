"""The stored figures of e-Smart and its campaigns: made from nothing, all at once, here alone.

Four numbers stay apart (``domain.md`` §D): who passed the workshop, who is taken in, who has a
shop, who sells. An IKM with five shops is one IKM. ``refresh_soon`` is for whoever changes facts.
"""

from celery import shared_task
from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone

from programs.enums import Commodity
from programs.esmart_enums import ACCEPTED, SILENT_MONTHS, EsmartDimension
from programs.models import (
    CampaignCount,
    Enrolment,
    EsmartFigure,
    Marketplace,
    Region,
    SalesReport,
    Shop,
)
from programs.months import month_after
from programs.queue import ring, silence
from programs.workflow import live_figures

# A file of a hundred thousand sales changes the figures once, at most this much later.
SECONDS_UNTIL_RUN = 20
AT_ONCE = 1000
# The group of those without a commodity or region.
NONE = ""
COUNT_CAMPAIGNS = """
    INSERT INTO programs_campaigncount (campaign_id, month, region_id, participants, computed_at)
    SELECT campaign_id, date_trunc('month', joined_on)::date, region_id, count(*), %s
      FROM programs_campaignparticipation
     GROUP BY 1, 2, 3
"""


def refresh_soon():
    """Let the figures be made again after this change; many changes cause one run."""
    ring(refresh_esmart_figures, within=SECONDS_UNTIL_RUN)


@shared_task
def refresh_esmart_figures():
    """After changes, and each night because an IKM falls silent without anybody's doing."""
    silence(refresh_esmart_figures)
    rebuild(today=timezone.localdate())
    live_figures.recount("programs")


@transaction.atomic
def rebuild(*, today):
    """Make all figures anew and say how many groups of e-Smart there are.

    Until the end everybody reads the old ones; a run that is interrupted leaves them as they were.
    """
    with connection.cursor() as cursor:
        # One run at a time. Readers are not hindered.
        cursor.execute("LOCK TABLE programs_esmartfigure IN SHARE ROW EXCLUSIVE MODE")
    now = timezone.now()
    figures = [
        EsmartFigure(dimension=dimension, computed_at=now, **values)
        for dimension, groups in _groups(today).items()
        for values in groups
    ]
    EsmartFigure.objects.all().delete()
    EsmartFigure.objects.bulk_create(figures, batch_size=AT_ONCE)
    CampaignCount.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT_CAMPAIGNS, [now])
    return len(figures)


def _groups(today):
    return {
        EsmartDimension.TOTAL: [
            {"key": NONE, "label": "Keseluruhan", **_counted(today).get(NONE, {})}
        ],
        EsmartDimension.MONTH: _months(),
        EsmartDimension.MARKETPLACE: _marketplaces(today),
        EsmartDimension.COMMODITY: _commodities(today),
        EsmartDimension.PROVINCE: _provinces(today),
    }


def _distinct(condition):
    return Count("organization", distinct=True, filter=condition)


TRAINED, TAKEN_IN = Q(trained_on__isnull=False), Q(status__in=ACCEPTED)
SOLD = {name: Coalesce(Sum(name), 0) for name in ("orders", "units", "turnover", "exports")}


def _accepted_of(organization):
    return Exists(Enrolment.objects.accepted().filter(organization=OuterRef(organization)))


def _counted(today, path=""):
    """{group: the counts of it}, grouped by a field of the organization; all in one without."""
    since = month_after(today, -SILENT_MONTHS)

    def by(rows, to_organization, **counts):
        if not path:
            return {NONE: rows.aggregate(**counts)}
        group = F(f"{to_organization}{path}")
        found = rows.values(group=group).annotate(**counts).order_by()
        return {row.pop("group"): row for row in found}

    seller = Count("shop__organization", distinct=True, filter=Q(turnover__gt=0, month__gte=since))
    return _joined(
        by(
            Enrolment.objects.all(),
            "organization__",
            trained=_distinct(TRAINED),
            enrolled=_distinct(TAKEN_IN),
        ),
        by(
            Shop.objects.open().filter(_accepted_of("organization")),
            "organization__",
            onboard=_distinct(Q()),
        ),
        by(SalesReport.objects.all(), "shop__organization__", selling=seller, **SOLD),
    )


def _joined(*parts):
    """The counts of each group, from wherever each of them was counted."""
    found = {}
    for part in parts:
        for group, counts in part.items():
            found.setdefault(group or NONE, {}).update(counts)
    return found


def _months():
    """What happened in each month: workshops, admissions, first shops, and sales."""
    firsts = [
        _by_month("trained", Enrolment.objects.exclude(trained_on=None), TruncMonth("trained_on")),
        _by_month(
            "enrolled",
            Enrolment.objects.accepted(),
            TruncMonth("verified_at", tzinfo=timezone.get_default_timezone()),
        ),
        _by_month(
            "onboard",
            Enrolment.objects.accepted().exclude(onboard_on=None),
            TruncMonth("onboard_on"),
        ),
    ]
    seller = Count("shop__organization", distinct=True, filter=Q(turnover__gt=0))
    sales = SalesReport.objects.values("month").annotate(selling=seller, **SOLD).order_by()
    found = _joined(*firsts, {f"{row['month']:%Y-%m}": _without_month(row) for row in sales})
    return [{"key": key, "label": key, **found[key]} for key in sorted(found)]


def _by_month(name, enrolments, month):
    rows = enrolments.values(group=month).annotate(number=_distinct(Q())).order_by()
    return {f"{row['group']:%Y-%m}": {name: row["number"]} for row in rows}


def _without_month(row):
    return {name: value for name, value in row.items() if name != "month"}


def _marketplaces(today):
    """Every marketplace, closed ones too: of those with a shop there, how far they got."""
    since = month_after(today, -SILENT_MONTHS)
    trained = Enrolment.objects.filter(TRAINED, organization=OuterRef("organization"))
    shops = (
        Shop.objects.values(group=F("marketplace"))
        .annotate(
            trained=_distinct(Exists(trained)),
            enrolled=_distinct(_accepted_of("organization")),
            onboard=_distinct(Q(_accepted_of("organization"), closed_on=None)),
        )
        .order_by()
    )
    seller = Count("shop__organization", distinct=True, filter=Q(turnover__gt=0, month__gte=since))
    sales = (
        SalesReport.objects.values(group=F("shop__marketplace"))
        .annotate(selling=seller, **SOLD)
        .order_by()
    )
    found = _joined(*({row.pop("group"): row for row in rows} for rows in (shops, sales)))
    return [
        {"key": str(pk), "label": name, **found.get(pk, {})}
        for pk, name in Marketplace.objects.values_list("pk", "name")
    ]


def _commodities(today):
    """The commodity that the IKM says is its main one; products of an IKM may be of others."""
    found = _counted(today, "ikm__commodity")
    groups = [(value, label) for value, label in Commodity.choices]
    return _named(groups, found, "Komoditas belum tercatat")


def _provinces(today):
    """Every province; IKM with no region on the register come last."""
    by_region = _counted(today, "region")
    province_of = dict(Region.objects.values_list("code", Coalesce("province", "code")))
    found = {}
    # A business has one region, so that the regions of a province add up to it.
    for region, counts in by_region.items():
        group = found.setdefault(province_of.get(region, NONE), {})
        for name, number in counts.items():
            group[name] = group.get(name, 0) + number
    provinces = Region.objects.filter(kind=Region.Kind.PROVINCE).values_list("code", "name")
    return _named(provinces, found, "Wilayah belum tercatat")


def _named(groups, found, rest):
    rows = [{"key": key, "label": label, **found.get(key, {})} for key, label in groups]
    if NONE in found:
        rows.append({"key": NONE, "label": rest, **found[NONE]})
    return rows
