"""Two people press at the same moment: one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from partnerships.enums import AgreementStatus
from partnerships.models import Agreement
from partnerships.workflow import text
from partnerships.workflow.signing import token_of
from programs.once import new_token
from tests.factories.programs import MembershipFactory, UserFactory
from tests.factories.subsidy_stages import day
from tests.partnerships.pages import page

pytestmark = pytest.mark.django_db(transaction=True)
S = AgreementStatus


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Mail is not what is raced here."""
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, record_id: None)


def together(*posts):
    """The statuses of the answers to (user or None, address, values), sent at the same moment."""
    start = Barrier(len(posts))

    def send(post):
        user, address, values = post
        client = Client()
        if user:
            client.force_login(user)
        start.wait()
        try:
            return client.post(address, values).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(send, posts))


def colleague_of(organization):
    colleague = UserFactory()
    MembershipFactory(organization=organization, user=colleague)
    return colleague


def test_of_two_colleagues_who_agree_at_once_one_is_told(at, company_person):
    proposal = at(S.PROPOSED)
    where = page("agreement_confirm", proposal)

    answers = together(
        (company_person, where, {"once": new_token()}),
        (colleague_of(proposal.company), where, {"once": new_token()}),
    )

    assert sorted(answers) == [302, 409]
    assert proposal.history.filter(action="confirm").count() == 1


def test_of_yes_and_no_at_once_the_record_keeps_one_story(at, company_person):
    proposal = at(S.PROPOSED)

    yes, no = together(
        (company_person, page("agreement_confirm", proposal), {"once": new_token()}),
        (
            colleague_of(proposal.company),
            page("agreement_decline", proposal),
            {"once": new_token(), "reason": "Kuota penuh."},
        ),
    )

    # A no may follow a yes while the text is not fixed; a yes cannot follow a no.
    assert no == 302
    assert Agreement.objects.get(pk=proposal.pk).status == S.DECLINED
    assert proposal.history.filter(action="confirm").count() == (yes == 302)
    assert yes in {302, 409}


def test_a_link_that_is_pressed_twice_at_once_signs_once(at):
    ready = text.finalize(at(S.DRAFTING), by=UserFactory(), today=day(0))
    signature = ready.signatures.get(signer="SCHOOL")
    where = f"/kemitraan/tanda-tangan/{token_of(signature)}/"

    answers = together((None, where, {"has_read": "on"}), (None, where, {"has_read": "on"}))

    assert sorted(answers) == [302, 409]
    assert ready.history.filter(action="sign_school").count() == 1
