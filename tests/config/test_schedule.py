"""The clock's work: each entry names a task that exists, and none piles up."""

from pathlib import Path

import pytest
from django.conf import settings

from config.celery import app

ENTRIES = settings.CELERY_BEAT_SCHEDULE


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_names_a_task_that_the_worker_knows(name):
    app.loader.import_default_modules()

    assert ENTRIES[name]["task"] in app.tasks


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_that_was_not_done_in_time_is_dropped(name):
    assert ENTRIES[name]["options"]["expires"] > 0


def test_the_task_that_sends_news_is_known_though_its_module_is_not_called_tasks():
    app.loader.import_default_modules()

    assert "programs.notifications.send_notification" in app.tasks


def test_the_locks_have_hashes_and_name_no_host():
    for lock in Path(settings.BASE_DIR, "requirements").glob("*.txt"):
        text = lock.read_text()
        pinned = [line for line in text.splitlines() if "==" in line.split("#")[0]]

        assert text.count("--hash=sha256:") >= len(pinned) > 0
        for word in ("://", "index-url", "find-links", "trusted-host"):
            assert word not in text
