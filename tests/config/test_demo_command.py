"""The command that fills the demo: where it refuses, and that it can be repeated exactly."""

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from config.demo_data import season
from config.demo_data.clock import at, moment
from config.demo_data.evidence import paper
from programs.models import Document, IssuedPaper, User
from programs.uploads import accept_upload
from subsidies.models import Application
from tests.factories.programs import IkmFactory

TODAY = timezone.localdate()


@pytest.fixture
def two_stories(db, monkeypatch):
    call_command("load_reference", stdout=io.StringIO())
    call_command("load_partnerships", stdout=io.StringIO())
    cache.clear()
    few = [story for story in season.THIS_YEAR if story.business in {"rahmah", "frans"}]
    for name, stories in [("THIS_YEAR", few), ("RAN_DRY", []), ("IN_2020", [])]:
        monkeypatch.setattr(season, name, stories)


def test_the_same_day_gives_the_same_data(two_stories):
    def load_and_forget():
        with transaction.atomic():
            season.load(today=TODAY)
            rows = [
                *Application.objects.order_by("organization__name").values_list(
                    *("organization__name", "organization__nib", "claimed", "due_on", "status")
                ),
                *IssuedPaper.objects.order_by("number").values_list("number", "issued_on"),
                *Document.objects.order_by("sha256").values_list("name", "sha256"),
            ]
            transaction.set_rollback(True)
        return rows

    assert load_and_forget() == load_and_forget()


def test_in_production_it_refuses(db, settings):
    settings.PRODUCTION = True

    for options in ([], ["--scale", "national"], ["--sign-ins"], ["--code"]):
        with pytest.raises(CommandError, match="sesungguhnya"):
            call_command("demo", *options)
    assert not User.objects.exists()


def test_it_is_not_mixed_with_data_of_others(db):
    IkmFactory()

    with pytest.raises(CommandError, match="basis data kosong"):
        call_command("demo")


def test_the_clock_is_set_right_again_whatever_happens(db):
    long_ago = moment(TODAY.replace(year=2020))
    with at(long_ago):
        assert timezone.now() == long_ago
    assert timezone.now() > long_ago

    with pytest.raises(ValueError, match="torn"), at(long_ago):
        raise ValueError("torn")
    assert timezone.now() > long_ago


def test_its_papers_would_pass_as_uploads():
    made = paper("Faktur pajak.pdf", "Faktur pajak (contoh)", [("Pemohon", "CV “X” (Y) \\ Z")])

    accepted = accept_upload(SimpleUploadedFile("Faktur pajak.pdf", made.content))

    assert accepted == made
