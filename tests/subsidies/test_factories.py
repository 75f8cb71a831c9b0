"""The applications that all other tests stand on are possible ones."""

import pytest

from subsidies.checklist import parts_of
from subsidies.enums import Stage
from subsidies.models import Application
from tests.factories.subsidies import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", Stage)
def test_an_application_can_be_made_at_every_stage(stage):
    application = ApplicationFactory(stage=stage)

    assert Application.objects.with_stage().get(pk=application.pk).stage == stage


def test_a_complete_draft_lacks_nothing():
    application = ApplicationFactory(complete=True, prices=(40_000_000, 60_000_000))

    assert [part.title for part in parts_of(application) if not part.complete] == []
    assert application.machines.count() == 2


def test_a_trait_is_a_stage():
    application = ApplicationFactory(approved=True)

    assert Application.objects.with_stage().get(pk=application.pk).stage == Stage.DECREE
