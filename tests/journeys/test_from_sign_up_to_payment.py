"""The main job, whole: a woman in Bukittinggi buys a machine and the ministry pays part of it back.

The owner works at 360 pixels, the officers at a desk with a second factor. axe looks at every page
that anybody comes to.
"""

import pytest
from django.core.management import call_command

from tests.factories.subsidies import SchemeFactory
from tests.journeys import owner as she

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_sign_up_to_the_check_of_the_payment_notice(visitor, mailoutbox, tmp_path):
    call_command("load_reference", verbosity=0)
    SchemeFactory()
    owner = visitor()

    she.sign_up(owner, mailoutbox)
    she.register_business(owner)
    she.check_eligibility(owner)
    she.open_application(owner)
    she.fill_in(owner, tmp_path)
    she.hand_in(owner)
