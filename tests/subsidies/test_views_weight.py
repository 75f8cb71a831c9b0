"""A first visit on a slow telephone: page, style, script, icons and all, in 100 KB at most."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.subsidies.applicants import owner_of, page_of

pytestmark = pytest.mark.django_db
MOST = 100_000


def weight(page):
    files = set(re.findall(rb'(?:href|src|data-icons)="/static/([^"#]+)', page.content))
    parts = [page.content, *(Path(finders.find(path.decode())).read_bytes() for path in files)]
    assert len(parts) > 3
    return sum(len(gzip.compress(part)) for part in parts)


def test_the_first_visit_is_light(client):
    call_command("load_reference", verbosity=0)
    application, _ = owner_of(client, complete=True, prices=(100_000_000,) * 3)
    machine = application.machines.first()

    for path in [
        "/bantuan-mesin/",
        f"/bantuan-mesin/{application.scheme.code}/",
        "/bantuan-mesin/cek-kelayakan/",
        page_of("application_detail", application),
        page_of("application_part", application, "usaha"),
        page_of("application_machine", application, machine.pk),
        page_of("application_review", application),
    ]:
        assert weight(client.get(path)) < MOST, path
