"""A form that saves itself while people type must cost little."""

import pytest

from programs.models import User
from subsidies.models import Application
from subsidies.workflow.answers import save_answers
from tests.factories.subsidies import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("machines", [1, 3])
def test_saving_a_part_takes_few_queries_however_much_there_is(
    machines, django_assert_max_num_queries
):
    application = ApplicationFactory(complete=True, prices=(10_000_000,) * machines)

    with django_assert_max_num_queries(12):
        save_answers(application, part="kapasitas", by=User(), values={"capacity": "900 potong"})

    assert Application.objects.get().capacity == "900 potong"
