"""e-Smart IKM: one business at every stage, with shops, two years of sales, and some in need.

Everything is done by the workflow functions that the pages call. Names are invented, and say so.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from config.demo_data.businesses import BY_KEY, owner_name
from config.demo_data.clock import at, moment
from config.demo_data.esmart_campaign import bring_the_campaign_to_life
from config.demo_data.esmart_products import show_products
from programs.esmart_enums import ContactWay
from programs.models import Marketplace, Mentor, MentoringTask, Program, User
from programs.months import first_of, month_after
from programs.workflow import enrolment as enrolments
from programs.workflow import mentoring
from programs.workflow.esmart_figures import rebuild
from programs.workflow.participations import record_participations
from programs.workflow.sales import report_sales
from programs.workflow.shops import check_link, open_shop
from programs.workflow.stages import follow_facts

MILLION = 1_000_000
WORKSHOP = "Lokakarya e-Smart IKM angkatan contoh"


class Story(NamedTuple):
    """How an IKM fares. ``trained`` and ``shop`` are days ago; ``months`` are those with sales.

    ``trend`` is how much the turnover changes from month to month, ``until`` the number of the
    last months without a report.
    """

    business: str
    reaches: str
    trained: int = 0
    shop: int = 0
    marketplaces: tuple = ()
    turnover: int = 0  # million rupiah in the first month
    trend: float = 1.0
    months: int = 0
    until: int = 0


STORIES = [
    Story("rahmah", "selling", 620, 580, ("tokopedia", "shopee"), 4, 1.06, 18),
    Story("hasan", "trained", trained=75),
    Story("komariah", "selling", 300, 270, ("shopee",), 6, 0.98, 6, until=2),
    Story("sutrisno", "selling", 340, 310, ("tokopedia",), 9, 0.80, 9),
    Story("asep", "graduated", 700, 660, ("tokopedia", "blibli"), 12, 1.08, 20),
    Story("dedeh", "inactive", 500, 470, ("bukalapak",), 3, 0.95, 7, until=7),
    Story("nurul", "selling", 420, 400, ("shopee", "tiktok-shop"), 15, 1.03, 12),
    Story("eneng", "onboard", 95, 20, ("shopee",)),
    Story("carwin", "trained", trained=28),
    Story("endang", "selling", 260, 220, ("tokopedia",), 5, 1.02, 6),
    Story("wagiyo", "selling", 460, 430, ("shopee",), 8, 1.01, 13),
    Story("fatimah", "left", 400, 380, ("shopee",), 2, 0.9, 3, until=8),
    Story("ngadiman", "registered"),
    Story("zulkifli", "registered"),
    Story("tri", "verified"),
    Story("sumarni", "scheduled"),
    Story("ratna", "refused"),
    Story("wayan", "selling", 380, 350, ("tokopedia", "situs-sendiri"), 11, 1.04, 11),
    Story("kadek", "selling", 200, 170, ("shopee",), 4, 0.97, 5),
    Story("baiq", "trained", trained=110),
]
# Filled in by the Dinas of Jawa Tengah; the owner has not answered yet.
PROPOSED, PROPOSER = "slamet", "dinas.jateng@dinas.example"


def bring_esmart_to_life(officers, businesses, *, today):
    """Every story up to where it stands today, the campaign, and the figures of all."""
    officer = officers["ikma"]
    for number, story in enumerate(STORIES):
        _live(story, *businesses[story.business], officer=officer, number=number, today=today)
    _propose(businesses, today)
    _help(officer, today)
    bring_the_campaign_to_life(officer, today=today)
    rebuild(today=today)


def _live(story, owner, organization, *, officer, number, today):
    trained_on = today - timedelta(days=story.trained)
    enrolled_on = (trained_on if story.trained else today) - timedelta(days=20 + number)
    with at(moment(enrolled_on)):
        enrolment = enrolments.enrol(organization, by=owner, today=enrolled_on)
    if story.reaches == "registered":
        return
    if story.reaches == "refused":
        with at(moment(enrolled_on + timedelta(days=2))):
            enrolments.refuse(
                enrolment,
                by=officer,
                reason="NIB tidak cocok dengan nama usaha. Perbaiki data usaha, lalu daftar lagi.",
                today=enrolled_on,
            )
        return
    with at(moment(enrolled_on + timedelta(days=2))):
        enrolment = enrolments.verify(enrolment, by=officer, today=enrolled_on)
    if story.reaches == "verified":
        return
    workshop_on = trained_on if story.trained else today + timedelta(days=12)
    with at(moment(enrolled_on + timedelta(days=5))):
        enrolments.schedule(
            enrolment,
            workshop=WORKSHOP,
            workshop_on=workshop_on,
            by=officer,
            today=enrolled_on + timedelta(days=5),
        )
    if story.reaches == "scheduled":
        return
    _pass_the_workshop(owner, organization, trained_on, number)
    _sell(story, owner, organization, officer=officer, today=today)
    show_products(story.business, owner, organization, today=today)
    enrolment = follow_facts(organization, today=today)
    if story.reaches == "graduated":
        enrolments.graduate(enrolment, by=officer, today=today)
    elif story.reaches == "left":
        enrolments.leave(enrolment, by=owner, reason="Pindah ke penjualan grosir.", today=today)


def _pass_the_workshop(owner, organization, day, number):
    """As the service that holds workshops writes it into the register."""
    with at(moment(day + timedelta(days=1))):
        record_participations(
            Program.objects.get(slug=enrolments.ESMART),
            [
                {
                    "key": f"demo.esmart.{number}",
                    "user_id": owner.pk,
                    "organization_id": organization.pk,
                    "region_id": organization.region_id,
                    "activity": WORKSHOP,
                    "kind": "WORKSHOP",
                    "completed_on": day,
                    "jp": 16,
                }
            ],
        )


def _sell(story, owner, organization, *, officer, today):
    random = Random(f"esmart {story.business}")  # noqa: S311 - invented figures
    opened_on = today - timedelta(days=story.shop)
    for share, slug in zip((1.0, 0.6), story.marketplaces, strict=False):
        marketplace = Marketplace.objects.get(slug=slug)
        host = marketplace.hosts[0] if marketplace.hosts else "ikm.example"
        with at(moment(opened_on)):
            shop = open_shop(
                organization,
                marketplace=marketplace,
                name=organization.name[:60],
                url=f"https://{host}/{story.business}-contoh",
                opened_on=opened_on,
                by=owner,
                today=opened_on,
            )
        if story.turnover:
            with at(moment(opened_on + timedelta(days=9))):
                check_link(shop, is_good=True, by=officer, today=opened_on)
        turnover = story.turnover * MILLION * share
        for age in range(story.months + story.until - 1, story.until - 1, -1):
            _report(shop, month_after(first_of(today), -age - 1), turnover, owner, random)
            turnover *= story.trend * random.uniform(0.97, 1.03)


def _report(shop, month, turnover, owner, random):
    """On the fifth of the month after, as most do."""
    turnover = round(turnover / 1000) * 1000
    orders = max(1, turnover // 160_000)
    told_on = date(month.year + month.month // 12, month.month % 12 + 1, 5)
    with at(moment(told_on)):
        report_sales(
            shop,
            month,
            orders=orders,
            units=orders + random.randrange(0, orders + 1),
            turnover=turnover,
            exports=turnover // 10 if random.random() < 0.1 else 0,
            by=owner,
            today=told_on,
        )


def _propose(businesses, today):
    owner, organization = businesses[PROPOSED]
    day = today - timedelta(days=3)
    with at(moment(day)):
        enrolments.propose(
            organization,
            owner_email=owner.email,
            owner_name=owner_name(BY_KEY[PROPOSED]),
            by=User.objects.get(email=PROPOSER),
            today=day,
        )


def _help(officer, today):
    """The officer mentors those in need; two of them she has called already."""
    Mentor.objects.create(user=officer, most_tasks=6)
    with at(moment(today - timedelta(days=1))):
        mentoring.look_after_all(today=today)
        mentoring.assign_automatically(by=officer)
        for task in MentoringTask.objects.open().filter(mentor__user=officer)[:2]:
            mentoring.add_note(
                task,
                way=ContactWay.PHONE,
                text="Foto produk masih gelap. Sepakat memotret ulang di dekat jendela.",
                by=officer,
            )
