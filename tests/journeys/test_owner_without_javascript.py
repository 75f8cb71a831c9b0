"""From the check to the receipt on an old telephone whose browser runs no script."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from programs.models import IssuedPaper
from subsidies.enums import ApplicationStatus
from subsidies.models import Application
from tests.factories.programs import PASSWORD, IkmFactory, UserFactory
from tests.factories.subsidies import SchemeFactory
from tests.journeys import owner as she

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_draft_is_filled_in_and_sent_without_javascript(visitor, tmp_path):
    call_command("load_reference", verbosity=0)
    SchemeFactory()
    person = UserFactory(confirmed=True)
    IkmFactory(owner=person, name=she.BUSINESS)
    owner = visitor(java_script_enabled=False)
    owner.visit("/akun/login/")
    owner.page.locator("#id_login").fill(person.email)
    owner.page.locator("#id_password").fill(PASSWORD)
    owner.press("Masuk")

    she.check_eligibility(owner)
    she.open_application(owner)
    she.fill_in(owner, tmp_path)
    she.hand_in(owner)

    application = Application.objects.get()
    assert application.status == ApplicationStatus.SUBMITTED
    assert IssuedPaper.objects.filter(key=f"receipt.{application.pk}").exists()
    expect(owner.page.locator("script[src*='htmx']")).to_have_count(0)
