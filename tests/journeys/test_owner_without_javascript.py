"""From the check to the receipt on an old telephone whose browser runs no script."""

import pytest
from django.core.management import call_command

from programs.models import IssuedPaper
from subsidies.enums import ApplicationStatus
from subsidies.models import Application
from tests.axe import PHONE
from tests.factories.programs import PASSWORD, IkmFactory, UserFactory
from tests.factories.subsidies import SchemeFactory
from tests.journeys import owner as she
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


class VisitorWithoutScript(Visitor):
    """axe is a script as well: these pages are looked at with it in ``test_owner_pages``."""

    def look(self):
        self._has_arrived()
        return self

    def follow(self, thing):
        with self.page.expect_navigation():
            thing.click()
        return self.look()


@pytest.fixture
def owner(browser, live_server, browser_context_args):
    context = browser.new_context(**browser_context_args, viewport=PHONE, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield VisitorWithoutScript(context.new_page(), live_server.url)
    context.close()


def test_a_draft_is_filled_in_and_sent_without_javascript(owner, tmp_path):
    call_command("load_reference", verbosity=0)
    SchemeFactory()
    person = UserFactory(confirmed=True)
    IkmFactory(owner=person, name=she.BUSINESS)
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
