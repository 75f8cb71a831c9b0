import pytest
from django.db import IntegrityError, transaction

from programs.models import Notification, Region, User
from programs.plain_rows import fetch, insert
from tests.factories.programs import RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


def news(user, key):
    return Notification(
        recipient=user, key=key, kind="NEWS", subject="Kabar", body="Isi 100%", contact="Panitia"
    )


def values_of(notification):
    return Notification.objects.filter(pk=notification.pk).values().get() | {"id": 0, "key": ""}


def test_a_row_is_fetched_as_django_would():
    region = RegionFactory()

    fetched = fetch(Region, code=region.pk)

    assert fetched == region
    assert vars(fetched).keys() == vars(Region.objects.get(pk=region.pk)).keys()
    assert (fetched.name, fetched.province) == (region.name, region.province)
    assert fetch(Region, code="00.00") is None


def test_a_value_that_the_field_converts_is_converted():
    user = UserFactory(phone="081234567890")

    fetched = fetch(User, id=user.pk)

    assert fetched.phone == User.objects.get(pk=user.pk).phone
    assert fetched.phone.as_e164 == "+6281234567890"


def test_rows_are_written_as_django_would_and_know_their_keys():
    user = UserFactory()
    first, second, third = news(user, "satu"), news(user, "dua"), news(user, "tiga")
    third.created_at = second.created_at = first.created_at

    insert(Notification, [first, second])
    third.save()

    assert Notification.objects.get(pk=first.pk).key == "satu"
    assert values_of(first) == values_of(second) == values_of(third)
    second.body = "Isi lain"
    second.save()
    assert Notification.objects.count() == 3


def test_a_row_that_is_there_is_refused_or_left_alone():
    user = UserFactory()
    insert(Notification, [news(user, "satu")])

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Notification, [news(user, "satu")])
    insert(Notification, [news(user, "satu"), news(user, "dua")], ignore_conflicts=True)

    assert set(Notification.objects.values_list("key", flat=True)) == {"satu", "dua"}
    insert(Notification, [])
