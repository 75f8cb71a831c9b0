"""The page of the open data in a browser: on a phone and a wide screen, axe finds nothing wrong."""

from io import StringIO

import pytest
from django.core.management import call_command

from partnerships.enums import AgreementStatus
from programs.workflow import live_figures
from tests.axe import faults_everywhere
from tests.factories.partnerships import AgreementFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_everybody_can_use_the_page_of_the_open_data(page, live_server):
    call_command("load_reference", stdout=StringIO())
    AgreementFactory(status=AgreementStatus.ACTIVE)
    live_figures.recount()
    found = {}

    for path in ("/data/", "/data/tidak-ada.xml"):
        page.goto(f"{live_server}{path}")
        # What is folded away is looked at as well.
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        found[path] = faults_everywhere(page)

    assert {path: fault for path, fault in found.items() if fault} == {}
