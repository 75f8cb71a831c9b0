"""What a school or a company says of itself: kept by its people, or by officers for them."""

from django.db import transaction

from partnerships.models import (
    CompanyNeed,
    CompanyProfile,
    SchoolCompetence,
    SchoolProfile,
)
from programs.models import Organization


@transaction.atomic
def save_school(organization, values, taught):
    """Keep a school's profile. ``taught`` is {competence: its number of pupils or None}."""
    profile = _profile_of(SchoolProfile, organization)
    _write(profile, values)
    _keep(SchoolCompetence, {"school": profile}, "pupils", taught)
    return profile


@transaction.atomic
def save_company(organization, values, needed):
    """Keep a company's profile. ``needed`` is {competence: places a year or None}."""
    profile = _profile_of(CompanyProfile, organization)
    _write(profile, values)
    _keep(CompanyNeed, {"company": profile}, "places", needed)
    return profile


def _profile_of(model, organization):
    """The profile, or a first one; two who begin it at once wait for each other here."""
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)
    return model.objects.filter(organization=organization).first() or model(
        organization=organization
    )


def _write(profile, values):
    for name, value in values.items():
        setattr(profile, name, value)
    profile.full_clean()
    profile.save()


def _keep(model, owner, number, wanted):
    rows = model.objects.filter(**owner)
    rows.exclude(competence__in=list(wanted)).delete()
    for competence, figure in wanted.items():
        model.objects.update_or_create(**owner, competence=competence, defaults={number: figure})
