"""Our own SQL of the rush says what Django's would."""

import pytest
from django.forms.models import model_to_dict

from tests.factories.programs import RegionFactory
from tests.factories.training import EventFactory
from training.models import Event

pytestmark = pytest.mark.django_db


def test_an_event_for_registration_is_the_event_of_its_page(django_assert_num_queries):
    region = RegionFactory()
    slug = EventFactory(audience_kinds=["IKM", "PUBLIC"], commodities=["FOOD"]).slug
    Event.objects.get(slug=slug).regions.add(region)
    asked = Event.objects.announced().with_area().select_related("unit").get(slug=slug)

    with django_assert_num_queries(1):
        event = Event.objects.for_registration(slug)
        assert str(event.unit) == str(asked.unit)

    assert (event, event.area) == (asked, {region.code: region.name})
    assert model_to_dict(event) == model_to_dict(asked)


def test_an_event_in_preparation_or_of_no_region_is_treated_as_on_its_page():
    assert Event.objects.for_registration(EventFactory().slug).area is None
    assert Event.objects.for_registration(EventFactory(status="DRAFT").slug) is None
    assert Event.objects.for_registration("tidak-ada") is None
