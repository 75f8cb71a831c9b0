"""A worker records an uploaded file; one that was killed is found again by the sweep."""

import datetime

import pytest
from django.core.files.base import ContentFile

from config.celery import app
from config.schedule import SCHEDULE
from programs import campaign_import
from programs.campaign_tasks import record_campaign_file, record_soon, sweep_campaign_imports
from programs.esmart_enums import ImportState
from programs.models import CampaignImport, CampaignParticipation
from programs.workflow import campaigns
from tests.factories.esmart import CampaignFactory
from tests.factories.programs import RegionFactory, UserFactory
from tests.programs.campaign_files import HEADING, lines_of

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def uploaded():
    """A file that was looked at and waits for its officer."""
    RegionFactory()
    file = ContentFile((HEADING + "".join(lines_of(range(10)))).encode(), name="peserta.csv")
    return campaigns.take_in(
        CampaignFactory(),
        sha256=campaign_import.digest_of(file),
        name=file.name,
        by=UserFactory(),
        file=file,
    )


def kept_files(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_worker_records_the_file_and_then_it_is_gone(
    uploaded, settings, django_capture_on_commit_callbacks
):
    assert len(kept_files(settings)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        record_soon(campaigns.start(uploaded, by=uploaded.by))
    with django_capture_on_commit_callbacks(execute=True):
        record_campaign_file(uploaded.pk)

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.recorded, uploaded.file) == (ImportState.DONE, 10, "")
    assert CampaignParticipation.objects.count() == 10
    assert kept_files(settings) == []


def test_a_file_that_waits_is_not_recorded(uploaded):
    record_campaign_file(uploaded.pk)

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.lines_done) == (ImportState.WAITING, 0)
    assert not CampaignParticipation.objects.exists()


def test_the_sweep_goes_on_with_what_a_killed_worker_left(uploaded):
    campaigns.start(uploaded, by=uploaded.by)
    sweep_campaign_imports()
    uploaded.refresh_from_db()
    assert uploaded.state == ImportState.RUNNING  # somebody may be at work on it

    CampaignImport.objects.update(advanced_at=LONG_AGO)
    sweep_campaign_imports()

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.recorded) == (ImportState.DONE, 10)


def test_the_sweep_forgets_a_file_that_nobody_recorded(
    uploaded, settings, django_capture_on_commit_callbacks
):
    CampaignImport.objects.update(advanced_at=LONG_AGO)

    with django_capture_on_commit_callbacks(execute=True):
        sweep_campaign_imports()

    assert not CampaignImport.objects.exists()
    assert kept_files(settings) == []


def test_a_file_that_is_lost_stops_the_import_with_a_word(uploaded):
    campaigns.start(uploaded, by=uploaded.by)
    uploaded.file.storage.delete(uploaded.file.name)

    record_campaign_file(uploaded.pk)

    uploaded.refresh_from_db()
    assert uploaded.state == ImportState.STOPPED
    assert "Unggah berkas itu sekali lagi" in uploaded.note


def test_the_clock_knows_the_tasks():
    app.loader.import_default_modules()

    assert {
        "programs.campaign_tasks.sweep_campaign_imports",
        "programs.workflow.esmart_figures.refresh_esmart_figures",
    } <= {one["task"] for one in SCHEDULE.values()} & set(app.tasks)
