"""Ten thousand IKM of e-Smart and how each fared: made by rule from a number, nothing is read.

Most passed a workshop between 2017 and the spring of 2020, fewer opened a shop, few sell to this
day: as told by those who looked (``domain.md`` §D). Names are invented, and say so.
"""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from config.demo_data.attendees import FIRST, LAST
from config.demo_data.shares import apportion, wheel
from programs.enums import Commodity
from programs.esmart_enums import EnrolmentStatus as S
from programs.months import first_of, month_after

# Of ten thousand, so many stand at each stage.
STANDING = {
    S.PROPOSED: 15,
    S.REGISTERED: 55,
    S.VERIFIED: 50,
    S.SCHEDULED: 60,
    S.REFUSED: 30,
    S.TRAINED: 4600,
    S.ONBOARD: 2900,
    S.INACTIVE: 1550,
    S.SELLING: 520,
    S.GRADUATED: 40,
    S.LEFT: 180,
}
WITH_A_SHOP = {S.ONBOARD, S.INACTIVE, S.SELLING, S.GRADUATED}
TRAINED = {S.TRAINED, S.LEFT, *WITH_A_SHOP}
# How many of the workshops' people came in which year: 1,730 in 2017, 10,000 by March 2020.
YEARS = [(date(2017, 3, 6), 290, 17), (date(2018, 1, 8), 345, 41), (date(2019, 1, 7), 430, 42)]
# What is made, its KBLI class, and the word before the place in a name.
GOODS = {
    Commodity.COSMETICS: ("20232", "Lulur"),
    Commodity.FASHION: ("14111", "Busana"),
    Commodity.FOOD: ("10794", "Keripik"),
    Commodity.BEVERAGE: ("10761", "Kopi"),
    Commodity.CRAFT: ("16291", "Anyaman"),
    Commodity.JEWELRY: ("32112", "Perak"),
    Commodity.FURNITURE: ("31001", "Mebel"),
    Commodity.HERBAL: ("21022", "Jamu"),
    Commodity.METAL: ("25920", "Logam"),
}
# Of twenty IKM so many make it; food leads everywhere.
OFTEN = [
    *[Commodity.FOOD] * 6, *[Commodity.FASHION] * 4, *[Commodity.CRAFT] * 3,
    *[Commodity.BEVERAGE] * 2, Commodity.COSMETICS, Commodity.FURNITURE, Commodity.HERBAL,
    Commodity.JEWELRY, Commodity.METAL,
]  # fmt: skip
MARKETS = [
    "tokopedia", "tokopedia", "tokopedia", "shopee", "shopee", "shopee", "bukalapak", "bukalapak",
    "blibli", "gojek", "blanja",
]  # fmt: skip
BLANJA, BLANJA_CLOSED = "blanja", date(2020, 9, 1)


class Shop(NamedTuple):
    market: str
    opened_on: date
    months: list  # with sales, oldest first


class Ikm(NamedTuple):
    """An IKM with its owner; ``number`` is what tells it from all others."""

    number: int
    name: str
    owner: str
    region: str
    commodity: str
    workers: int
    investment: int
    stage: str
    enrolled_on: date
    workshop: str
    workshop_on: date | None
    shops: list

    @property
    def nib(self):
        return f"813{self.number:010d}"

    @property
    def email(self):
        return f"esmart{self.number:05d}@ikm.example"

    @property
    def kbli(self):
        return GOODS[self.commodity][0]

    @property
    def trained_on(self):
        return self.workshop_on if self.stage in TRAINED else None

    @property
    def onboard_on(self):
        return min((shop.opened_on for shop in self.shops), default=None)

    @property
    def sold_in(self):
        """The months in which any shop sold something, oldest first."""
        return sorted({month for shop in self.shops for month in shop.months})


def businesses(count, *, regions, names, today):
    """``count`` IKM from the kabupaten and kota ``regions`` with their ``names``."""
    stages = [
        stage
        for stage, share in zip(STANDING, apportion(count, STANDING.values()), strict=True)
        for _ in range(share)
    ]
    random = Random("e-Smart nasional")  # noqa: S311 - invented people
    random.shuffle(stages)
    places = wheel(regions)
    for number, stage in enumerate(stages, 1):
        commodity = random.choice(OFTEN)
        region = random.choice(places)
        enrolled_on, workshop_on = _days(stage, random, today)
        workers = random.choice([1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 17, 24])
        yield Ikm(
            number,
            name=f"{GOODS[commodity][1]} {names[region]} {number} (contoh)",
            owner=f"{random.choice(FIRST)} {random.choice(LAST)} Contoh",
            region=region,
            commodity=commodity,
            workers=workers,
            investment=workers * random.randrange(4, 30) * 1_000_000,
            stage=stage,
            enrolled_on=enrolled_on,
            workshop=_workshop(names[region], workshop_on),
            workshop_on=workshop_on,
            shops=_shops(stage, workshop_on, random, today),
        )


def _days(stage, random, today):
    """When an IKM enrolled, and the day of its workshop."""
    if stage not in TRAINED:
        enrolled_on = today - timedelta(days=random.randrange(4, 40))
        return enrolled_on, today + timedelta(days=14) if stage == S.SCHEDULED else None
    begin, days, _ = random.choices(YEARS, [share for *_, share in YEARS])[0]
    workshop_on = begin + timedelta(days=random.randrange(days) // 7 * 7)  # always on a Monday
    return workshop_on - timedelta(days=random.randrange(18, 60)), workshop_on


def _workshop(place, day):
    return f"Lokakarya e-Smart IKM {place} {day:%m-%Y} (contoh)" if day else ""


def _shops(stage, trained_on, random, today):
    """One shop or two, and in which months they sold: long ago, or up to this day."""
    if stage not in WITH_A_SHOP:
        return []
    first = trained_on + timedelta(days=random.randrange(3, 75))
    # Whoever sells to this day does so where one still can.
    known = [one for one in MARKETS if one != BLANJA or stage in (S.ONBOARD, S.INACTIVE)]
    markets = dict.fromkeys(random.sample(known, 2 if random.random() < 0.25 else 1))
    shops = []
    for place, market in enumerate(markets):
        opened_on = first + timedelta(days=place * 20)
        begin = month_after(first_of(opened_on))
        if stage == S.ONBOARD:
            months = []
        elif stage == S.INACTIVE:
            months = [month_after(begin, step) for step in range(random.randrange(1, 4))]
            months = [one for one in months if market != BLANJA or one < BLANJA_CLOSED]
        else:
            # The last months that are over, so that nobody has gone silent yet.
            count = 12 if stage == S.GRADUATED else random.randrange(3, 8)
            months = [month_after(first_of(today), step) for step in range(-count, 0)]
        shops.append(Shop(market, opened_on, months))
    return shops


def turnovers(shops, total):
    """What each shop sold in each of its months, in whole thousands that add up to ``total``.

    ``shops`` are lists of months; a rest below a thousand goes to the very first.
    """
    random = Random("omzet nasional")  # noqa: S311 - invented figures
    weights = [[random.randrange(20, 100) for _ in months] for months in shops]
    thousands = iter(apportion(total // 1000, [one for weight in weights for one in weight]))
    rest = total % 1000
    for months in shops:
        told = []
        for _ in months:
            told.append(next(thousands) * 1000 + rest)
            rest = 0
        yield told
