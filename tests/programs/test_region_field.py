"""The list of regions in a form: what it takes is what it lists."""

import pytest
from django import forms

from programs.models import Region
from programs.region_field import RegencyField, RegencyOrProvinceField
from tests.factories.programs import RegionFactory

pytestmark = pytest.mark.django_db


def taken_by(field, code):
    form = type("Form", (forms.Form,), {"region": field(label="Wilayah")})({"region": code})
    return form.cleaned_data["region"] if form.is_valid() else form.errors["region"].as_data()


@pytest.mark.parametrize("field", [RegencyField, RegencyOrProvinceField])
def test_every_region_is_taken_that_is_listed_and_no_other(field):
    RegionFactory()
    RegionFactory(code="32.73", name="Kota Bandung")

    answers = [taken_by(field, code) for code in Region.objects.values_list("pk", flat=True)]

    assert len(answers) == 4
    assert {one for one in answers if isinstance(one, Region)} == set(field.regions())


@pytest.mark.parametrize("code", ["99.99", "Kota Bukittinggi", "13.7'5", "13.75\x00", "9" * 400])
def test_what_is_no_region_is_a_mistake_to_correct(code):
    RegionFactory()

    [mistake] = taken_by(RegencyOrProvinceField, code)

    assert mistake.code in ("invalid_choice", "null_characters_not_allowed")


def test_an_empty_choice_is_asked_for():
    [mistake] = taken_by(RegencyField, "")

    assert mistake.code == "required"


def test_the_chosen_region_is_one_question(django_assert_num_queries):
    region = RegionFactory()

    with django_assert_num_queries(1):
        assert taken_by(RegencyField, region.pk).name == region.name
