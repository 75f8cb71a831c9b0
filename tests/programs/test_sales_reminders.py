"""Whose shops owe a month: told twice before the tenth, and seen on *Beranda saya*."""

import datetime

import pytest
from django.utils import timezone

from config.schedule import SCHEDULE
from programs import sales_my_tasks, sales_tasks
from programs.models import Notification
from programs.workflow.sales_reminders import owing, remind
from tests.factories.esmart import (
    EnrolmentFactory,
    MarketplaceFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, MembershipFactory, UserFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db
OCTOBER = datetime.date(2026, 10, 1)


def november(day):
    return datetime.date(2026, 11, day)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def shop(owner):
    ikm = IkmFactory(owner=owner)
    EnrolmentFactory(organization=ikm, onboard=True)
    return ShopFactory(organization=ikm, name="Songket Rahmah")


def test_people_are_reminded_on_the_third_and_on_the_eighth_once_each(shop, owner):
    other = MembershipFactory(organization=shop.organization).user

    counts = []
    for day in [1, 2, 3, 3, 5, 8, 9, 10, 11, 20]:
        remind(today=november(day))
        counts.append(Notification.objects.count())

    assert counts == [0, 0, 2, 2, 2, 4, 4, 4, 4, 4]
    told = Notification.objects.filter(recipient=owner).first()
    assert told.subject == "Laporkan penjualan Oktober 2026: Songket Rahmah"
    assert "paling lambat Selasa, 10 November 2026" in told.body
    assert told.url == f"/esmart/toko/{shop.pk}/lapor/2026-10/"
    assert Notification.objects.filter(recipient=other).count() == 2


def test_who_has_reported_is_left_in_peace(shop):
    SalesReportFactory(shop=shop, month=OCTOBER)

    remind(today=november(3))

    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_on": datetime.date(2026, 9, 30)},
        {"opened_on": november(1)},
        {"marketplace": {"slug": "blanja", "active_to": datetime.date(2026, 9, 1)}},
    ],
    ids=["closed", "not yet open", "marketplace closed"],
)
def test_a_shop_that_could_not_sell_owes_nothing(shop, changes):
    if "marketplace" in changes:
        changes = {"marketplace": MarketplaceFactory(**changes["marketplace"])}
    for name, value in changes.items():
        setattr(shop, name, value)
    shop.save()

    assert not owing(OCTOBER).exists()


def test_a_shop_that_closed_in_the_month_still_owes_it(shop):
    shop.closed_on = datetime.date(2026, 10, 5)
    shop.save()

    assert owing(OCTOBER).get() == shop


def test_an_ikm_outside_of_e_smart_is_not_asked(owner):
    ShopFactory(organization=IkmFactory(owner=owner))
    left = IkmFactory(owner=owner)
    EnrolmentFactory(organization=left, left=True)
    ShopFactory(organization=left)

    assert not owing(OCTOBER).exists()


def test_reminding_costs_the_same_however_many_shops(shop, django_assert_max_num_queries):
    for _ in range(5):
        ikm = IkmFactory(owner=UserFactory())
        EnrolmentFactory(organization=ikm, onboard=True)
        ShopFactory(organization=ikm)

    with django_assert_max_num_queries(8):
        remind(today=november(3))

    assert Notification.objects.count() == 6


def test_the_clock_starts_it_every_morning(shop):
    sales_tasks.remind_of_sales()

    expected = 1 if 3 <= timezone.localdate().day <= 10 else 0
    assert Notification.objects.count() == expected
    assert "programs.sales_tasks.remind_of_sales" in {one["task"] for one in SCHEDULE.values()}


def test_the_newest_missing_month_of_each_shop_is_a_task(client, shop, owner):
    SalesReportFactory(shop=shop, month=datetime.date(2026, 8, 1))
    ShopFactory(organization=shop.organization, opened_on=november(1))

    (task,) = sales_my_tasks.tasks_for(owner, november(20))

    assert task.title == "Laporkan penjualan Oktober 2026"
    assert task.text == (
        "Songket Rahmah (Tokopedia), sekitar satu menit. Ada 5 bulan sebelumnya yang juga belum."
    )
    assert task.due_on == november(10)
    assert sales_my_tasks.tasks_for(UserFactory(), november(20)) == []
    page = sign_in(client, owner).get("/beranda/").text
    assert f"/esmart/toko/{shop.pk}/lapor/" in page
    titles = {record.title for record in sales_my_tasks.records_for(owner)}
    assert shop.name in titles
