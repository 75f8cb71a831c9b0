"""A quota that is added or changed later counts everybody who is in already."""

import pytest

from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    details_of,
)
from training.models import Quota
from training.workflow import event as workflow
from training.workflow import registration
from training.workflow.event import Shown

pytestmark = pytest.mark.django_db


def register_from(region, event):
    user = UserFactory()
    return registration.register(
        event, user=user, details=details_of(user.name, region=region), by=user, now=NOW
    )


def taken_of(*quotas):
    return [Quota.objects.get(pk=quota.pk).taken for quota in quotas]


def test_a_new_quota_counts_those_who_have_a_place_and_is_never_exceeded():
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory(capacity=10)
    RegistrationFactory.create_batch(3, event=event, region=jambi)
    quota = QuotaFactory(event=event, region=jambi.province, places=4)

    workflow.save_changes(event, by=None, before=Shown.of(event))

    statuses = [register_from(jambi, event).status for _ in range(2)]
    quota.refresh_from_db()
    assert (statuses, quota.taken) == (["ACCEPTED", "WAITING"], 4)


def test_a_quota_of_a_kota_takes_its_people_out_of_the_quota_of_the_province():
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    event = EventFactory()
    province = QuotaFactory(event=event, region=jambi.province, places=2)
    RegistrationFactory.create_batch(2, event=event, region=jambi, region_quota=province)
    kota = QuotaFactory(event=event, region=jambi, places=2)

    workflow.save_changes(event, by=None, before=Shown.of(event))

    assert taken_of(province, kota) == [0, 2]


def test_a_quota_given_to_another_region_changes_its_people():
    jambi, padang = RegionFactory(code="15.71"), RegionFactory(code="13.71")
    event = EventFactory()
    quota = QuotaFactory(event=event, region=jambi.province, places=2)
    RegistrationFactory.create_batch(2, event=event, region=jambi, region_quota=quota)
    RegistrationFactory.create_batch(2, event=event, region=padang)
    quota.region = padang.province
    quota.save(update_fields=["region"])

    workflow.save_changes(event, by=None, before=Shown.of(event))

    assert taken_of(quota) == [2]
    under = event.registrations.filter(region_quota=quota)
    assert set(under.values_list("region", flat=True)) == {padang.pk}


def test_once_it_has_begun_nobody_changes_the_quota():
    jambi = RegionFactory(code="15.71")
    event = EventFactory(status="RUNNING")
    RegistrationFactory.create_batch(2, event=event, region=jambi)
    quota = QuotaFactory(event=event, region=jambi.province, places=1)

    workflow.save_changes(event, by=None, before=Shown.of(event))

    assert taken_of(quota) == [0]
