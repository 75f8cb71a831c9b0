"""Two people whose school and company deal with each other."""

import pytest

from tests.factories.partnerships import AgreementFactory
from tests.factories.programs import UserFactory


@pytest.fixture
def school_person():
    return UserFactory(name="Wahyu Contoh")


@pytest.fixture
def company_person():
    return UserFactory(name="Lestari Contoh")


@pytest.fixture
def at(school_person, company_person):
    """An agreement of the two at a status."""
    return lambda status, **details: AgreementFactory(
        status=status, school_person=school_person, company_person=company_person, **details
    )
