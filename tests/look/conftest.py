import copy
from pathlib import Path

import pytest
from django.template import engines


@pytest.fixture
def catalogue(settings):
    """The site with the catalogue of parts under /contoh/."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.look.pages"
    yield
    engines.__dict__.pop("templates", None)


@pytest.fixture
def site(catalogue, live_server, page):
    """Opens pages of the site, and keeps what the browser complains about."""
    complaints = []
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type in {"error", "warning"} and "status of" not in message.text
            else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints
    page.visit = lambda path: page.goto(live_server.url + path)
    return page
