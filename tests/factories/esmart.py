"""IKM in e-Smart, their shops, sales, products and mentors, as tests need them."""

import datetime

import factory
from factory.django import DjangoModelFactory

from programs.enums import Commodity
from programs.esmart_enums import EnrolmentSource, EnrolmentStatus, MentoringKind
from programs.models import (
    Campaign,
    Enrolment,
    Marketplace,
    Mentor,
    MentoringTask,
    Product,
    Program,
    SalesReport,
    Shop,
)
from tests.factories.programs import IkmFactory, OfficerFactory, UserFactory

ESMART = "e-smart-ikm"
CAMPAIGNS = "bangga-buatan-indonesia"
VERIFIED_AT = datetime.datetime(2026, 3, 2, 3, 0, tzinfo=datetime.UTC)
TRAINED_ON = datetime.date(2026, 3, 20)


class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = Program
        django_get_or_create = ["slug"]

    slug = ESMART
    name = "e-Smart IKM"
    summary = "Lokakarya, pendampingan, dan pemasaran IKM melalui lokapasar"


class EnrolmentFactory(DjangoModelFactory):
    """An IKM that its owner has just enrolled. Each trait is a stage that it has reached."""

    class Meta:
        model = Enrolment

    class Params:
        registered = factory.Trait()
        proposed = factory.Trait(
            status=EnrolmentStatus.PROPOSED, source=EnrolmentSource.AGENCY, confirmed_at=None
        )
        verified = factory.Trait(
            status=EnrolmentStatus.VERIFIED,
            verified_by=factory.SubFactory(UserFactory),
            verified_at=VERIFIED_AT,
        )
        scheduled = factory.Trait(
            verified=True,
            status=EnrolmentStatus.SCHEDULED,
            workshop="Lokakarya e-Smart Bukittinggi",
            workshop_on=TRAINED_ON,
        )
        trained = factory.Trait(
            verified=True, status=EnrolmentStatus.TRAINED, trained_on=TRAINED_ON
        )
        onboard = factory.Trait(
            trained=True, status=EnrolmentStatus.ONBOARD, onboard_on=datetime.date(2026, 4, 1)
        )
        selling = factory.Trait(
            onboard=True,
            status=EnrolmentStatus.SELLING,
            first_sale=datetime.date(2026, 4, 1),
            last_sale=datetime.date(2026, 6, 1),
        )
        inactive = factory.Trait(selling=True, status=EnrolmentStatus.INACTIVE)
        graduated = factory.Trait(selling=True, status=EnrolmentStatus.GRADUATED)
        left = factory.Trait(status=EnrolmentStatus.LEFT)
        refused = factory.Trait(status=EnrolmentStatus.REFUSED)

    organization = factory.SubFactory(IkmFactory)
    program = factory.SubFactory(ProgramFactory)
    source = EnrolmentSource.OWNER
    confirmed_at = VERIFIED_AT


def enrolment_at(status, **details):
    return EnrolmentFactory(**{status.lower(): True}, **details)


class MarketplaceFactory(DjangoModelFactory):
    class Meta:
        model = Marketplace
        django_get_or_create = ["slug"]

    slug = "tokopedia"
    name = factory.LazyAttribute(lambda marketplace: marketplace.slug.capitalize())
    hosts = factory.LazyAttribute(lambda marketplace: [f"{marketplace.slug}.com"])


class ShopFactory(DjangoModelFactory):
    class Meta:
        model = Shop

    organization = factory.SubFactory(IkmFactory)
    marketplace = factory.SubFactory(MarketplaceFactory)
    name = factory.Sequence(lambda n: f"Toko {n}")
    url = factory.LazyAttribute(
        lambda shop: f"https://{shop.marketplace.slug}.com/{shop.name.replace(' ', '-').lower()}"
    )
    opened_on = datetime.date(2026, 4, 1)


class SalesReportFactory(DjangoModelFactory):
    class Meta:
        model = SalesReport

    shop = factory.SubFactory(ShopFactory)
    month = datetime.date(2026, 5, 1)
    orders = 12
    units = 20
    turnover = 1_500_000
    reported_at = datetime.datetime(2026, 11, 1, 3, 0, tzinfo=datetime.UTC)


class ProductFactory(DjangoModelFactory):
    class Meta:
        model = Product

    organization = factory.SubFactory(IkmFactory)
    name = factory.Sequence(lambda n: f"Keripik sanjai {n}")
    commodity = Commodity.FOOD
    price = 25_000


class MentorFactory(DjangoModelFactory):
    class Meta:
        model = Mentor

    user = factory.SubFactory(OfficerFactory)


class MentoringTaskFactory(DjangoModelFactory):
    class Meta:
        model = MentoringTask

    enrolment = factory.SubFactory(EnrolmentFactory, trained=True)
    kind = MentoringKind.DAY_30
    due_on = datetime.date(2026, 4, 19)
    opened_on = datetime.date(2026, 4, 19)


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign
        django_get_or_create = ["slug"]

    slug = "semuanya-ada-di-sini"
    name = "#SemuanyaAdaDisini"
    program = factory.SubFactory(
        ProgramFactory, slug=CAMPAIGNS, name="Bangga Buatan Indonesia", summary="Kampanye"
    )
    starts_on = datetime.date(2020, 7, 1)
