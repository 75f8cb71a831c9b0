"""e-Smart at its published size: 10,400 IKM, their shops, and sales of Rp3.27 billion in all.

What ``national_esmart_plan`` thought out is written as rows, each with the history that led to it.
The owners have accounts, because the register keeps who attended a workshop, but belong to no IKM:
so nobody is ever reminded of anything.
"""

import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Sum

from config.demo_data.attendees import NOBODY_KNOWS
from config.demo_data.clock import moment
from config.demo_data.copying import copy, reserve
from config.demo_data.national_esmart_plan import (
    BLANJA,
    BLANJA_CLOSED,
    TRAINED,
    businesses,
    turnovers,
)
from programs import arrows
from programs.enums import OrganizationKind
from programs.esmart_enums import SILENT_MONTHS, EnrolmentSource, LinkState
from programs.esmart_enums import EnrolmentStatus as S
from programs.models import (
    Enrolment,
    EnrolmentHistoryEntry,
    IkmProfile,
    Marketplace,
    Organization,
    Participation,
    Region,
    SalesReport,
    Shop,
    User,
)
from programs.months import month_after
from programs.scale import SCALE_RULE, scale_of
from programs.workflow.enrolment import esmart
from programs.workflow.stages import SILENCE

# By it our workshops are told from others.
KEY = "demo.nasional.esmart."
A_DAY = timedelta(days=1)


def fill_esmart(sizes, *, by, today):
    """Bring the enrolments up to ``sizes`` and their sales to the turnover in all.

    Says how many enrolments were new.
    """
    missing = sizes.enrolments - Enrolment.objects.count()
    if missing <= 0:
        return 0
    names = dict(Region.objects.exclude(province=None).order_by("code").values_list("code", "name"))
    plan = list(businesses(missing, regions=list(names), names=names, today=today))
    people = _write_people(plan)
    organizations = _write_organizations(plan)
    _write_enrolments(plan, people, organizations, by, today)
    _write_workshops(plan, people, organizations)
    sold = SalesReport.objects.aggregate(sum=Sum("turnover", default=0))["sum"]
    shops = _write_shops(plan, people, organizations, by)
    _write_sales(plan, people, shops, max(sizes.turnover - sold, 0))
    return missing


def _write_people(plan):
    people = reserve(User, len(plan))
    copy(
        User,
        ["id", "email", "name", "password", "date_joined"],
        (
            (person, ikm.email, ikm.owner, NOBODY_KNOWS, moment(ikm.enrolled_on))
            for person, ikm in zip(people, plan, strict=True)
        ),
    )
    copy(
        EmailAddress,
        ["user_id", "email", "verified", "primary"],
        ((person, ikm.email, True, True) for person, ikm in zip(people, plan, strict=True)),
    )
    return people


def _write_organizations(plan):
    organizations = reserve(Organization, len(plan))
    copy(
        Organization,
        ["id", "kind", "name", "nib", "address", "region_id", "created_at"],
        (
            (
                organization,
                str(OrganizationKind.IKM),
                ikm.name,
                ikm.nib,
                f"Jalan Contoh Nomor {ikm.number % 200 + 1}",
                ikm.region,
                moment(ikm.enrolled_on),
            )
            for organization, ikm in zip(organizations, plan, strict=True)
        ),
    )
    copy(
        IkmProfile,
        [
            "organization_id", "owner_name", "kbli_code", "workers", "investment", "turnover",
            "commodity", "scale", "scale_rule",
        ],
        (
            (
                organization,
                ikm.owner,
                ikm.kbli,
                ikm.workers,
                ikm.investment,
                ikm.investment * 2,
                str(ikm.commodity),
                str(scale_of(workers=ikm.workers, investment=ikm.investment)),
                SCALE_RULE,
            )
            for organization, ikm in zip(organizations, plan, strict=True)
        ),
    )  # fmt: skip
    return organizations


# --- Enrolments and how they came about ---------------------------------------------------------


def source_of(ikm):
    """Three in ten came from tables of the regions, those who wait for a yes from a Dinas."""
    if ikm.stage == S.PROPOSED:
        return EnrolmentSource.AGENCY
    return EnrolmentSource.IMPORT if ikm.number % 10 < 3 else EnrolmentSource.OWNER


def steps(ikm, *, owner, officer, today):
    """The history of an enrolment: (action, from, to, who, why, when), in order."""
    source, day = source_of(ikm), ikm.enrolled_on
    first = S.PROPOSED if ikm.stage == S.PROPOSED else S.REGISTERED
    entered_by = {EnrolmentSource.OWNER: owner, EnrolmentSource.IMPORT: officer}.get(source)
    yield "enrol", "", first, entered_by, "", moment(day)
    if ikm.stage in (S.PROPOSED, S.REGISTERED):
        return
    if ikm.stage == S.REFUSED:
        yield _step(arrows.REFUSE, first, officer, day + 2 * A_DAY, "NIB tidak cocok dengan usaha.")
        return
    yield _step(arrows.VERIFY, first, officer, day + 2 * A_DAY)
    if ikm.workshop_on is None:
        return
    yield _step(arrows.SCHEDULE, S.VERIFIED, officer, day + 3 * A_DAY)
    if ikm.stage not in TRAINED:
        return
    yield _step(arrows.PASS, S.SCHEDULED, None, ikm.trained_on + A_DAY)
    if ikm.stage == S.LEFT:
        yield _step(
            arrows.LEAVE,
            S.TRAINED,
            owner,
            ikm.trained_on + 90 * A_DAY,
            "Usaha tidak berjalan lagi.",
        )
    if ikm.onboard_on:
        yield _step(arrows.ONBOARD, S.TRAINED, None, ikm.onboard_on + A_DAY)
    if ikm.sold_in:
        yield _step(arrows.SELL, S.ONBOARD, None, _told_on(ikm.sold_in[0]))
    if ikm.stage == S.INACTIVE:
        silent = month_after(ikm.sold_in[-1], SILENT_MONTHS + 1)
        yield _step(arrows.FALL_SILENT, S.SELLING, None, silent, SILENCE)
    elif ikm.stage == S.GRADUATED:
        yield _step(arrows.GRADUATE, S.SELLING, officer, today - A_DAY)


def _step(move, before, who, day, why=""):
    return move.action, before, move.target, who, why, moment(day)


def _told_on(month):
    """Most report on the fifth of the month after."""
    return month_after(month).replace(day=5)


def _write_enrolments(plan, people, organizations, by, today):
    enrolments = reserve(Enrolment, len(plan))
    program = esmart().pk
    copy(
        Enrolment,
        [
            "id", "organization_id", "program_id", "code", "owner_email", "workshop",
            "workshop_on", "status", "source", "entered_by_id", "entered_at", "confirmed_at",
            "verified_by_id", "verified_at", "trained_on", "onboard_on", "first_sale",
            "last_sale",
        ],
        (
            (enrolment, organization, program, uuid.uuid4(), *_facts(ikm, person, by))
            for enrolment, organization, person, ikm in zip(
                enrolments, organizations, people, plan, strict=True
            )
        ),
    )  # fmt: skip
    copy(
        EnrolmentHistoryEntry,
        ["enrolment_id", "action", "from_status", "to_status", "actor_id", "reason", "at"],
        (
            (enrolment, action, str(before), str(after), who, why, when)
            for enrolment, person, ikm in zip(enrolments, people, plan, strict=True)
            for action, before, after, who, why, when in steps(
                ikm, owner=person, officer=by.pk, today=today
            )
        ),
    )


def _facts(ikm, owner, by):
    source, entered_at = source_of(ikm), moment(ikm.enrolled_on)
    is_own = source == EnrolmentSource.OWNER
    is_verified = ikm.stage in TRAINED or ikm.stage in (S.VERIFIED, S.SCHEDULED)
    sold = ikm.sold_in
    return (
        "" if is_own else ikm.email,
        ikm.workshop,
        ikm.workshop_on,
        str(ikm.stage),
        str(source),
        {EnrolmentSource.OWNER: owner, EnrolmentSource.IMPORT: by.pk}.get(source),
        entered_at,
        entered_at if is_own else None,
        by.pk if is_verified else None,
        moment(ikm.enrolled_on + 2 * A_DAY) if is_verified else None,
        ikm.trained_on,
        ikm.onboard_on,
        sold[0] if sold else None,
        sold[-1] if sold else None,
    )


def _write_workshops(plan, people, organizations):
    """In the register stands who passed a workshop, as the service that held it would write."""
    program = esmart().pk
    copy(
        Participation,
        [
            "key", "program_id", "user_id", "organization_id", "region_id", "activity", "kind",
            "completed_on", "jp", "recorded_at",
        ],
        (
            (
                f"{KEY}{ikm.number:06d}", program, person, organization, ikm.region,
                ikm.workshop, "WORKSHOP", ikm.trained_on, 16, moment(ikm.trained_on + A_DAY),
            )
            for person, organization, ikm in zip(people, organizations, plan, strict=True)
            if ikm.trained_on
        ),
    )  # fmt: skip


# --- Shops and what they sold -------------------------------------------------------------------


def _write_shops(plan, people, organizations, by):
    """The keys of the shops, in the order of the plan."""
    shops = reserve(Shop, sum(len(ikm.shops) for ikm in plan))
    keys = iter(shops)
    markets = {one.slug: one for one in Marketplace.objects.all()}
    copy(
        Shop,
        [
            "id", "organization_id", "marketplace_id", "name", "url", "opened_on", "closed_on",
            "link_state", "checked_on", "checked_by_id", "entered_by_id", "entered_at",
        ],
        (
            (
                next(keys), organization, markets[shop.market].pk, ikm.name[:100],
                f"https://{markets[shop.market].hosts[0]}/contoh-{ikm.number:05d}",
                shop.opened_on, BLANJA_CLOSED if shop.market == BLANJA else None,
                str(LinkState.GOOD), shop.opened_on + 7 * A_DAY, by.pk, person,
                moment(shop.opened_on),
            )
            for person, organization, ikm in zip(people, organizations, plan, strict=True)
            for shop in ikm.shops
        ),
    )  # fmt: skip
    return shops


def _write_sales(plan, people, shops, total):
    sellers = [
        (person, shop) for person, ikm in zip(people, plan, strict=True) for shop in ikm.shops
    ]
    told = turnovers([shop.months for _, shop in sellers], total)
    copy(
        SalesReport,
        ["shop_id", "month", "orders", "units", "turnover", "reported_by_id", "reported_at"],
        (
            (key, month, *_goods(turnover), turnover, person, moment(_told_on(month)))
            for key, (person, shop), amounts in zip(shops, sellers, told, strict=True)
            for month, turnover in zip(shop.months, amounts, strict=True)
        ),
    )


def _goods(turnover):
    """Orders and goods for so many rupiah: about Rp85,000 an order, half of them of two goods."""
    orders = max(1, turnover // 85_000)
    return orders, orders + orders // 2
