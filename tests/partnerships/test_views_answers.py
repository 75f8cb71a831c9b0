"""Yes, no, back, over and once more: the answers of a side to an agreement."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from partnerships.enums import AgreementStatus, Source
from partnerships.models import Agreement
from programs.models import Membership
from programs.once import new_token
from tests.factories.programs import MembershipFactory
from tests.factories.subsidy_stages import day
from tests.partnerships.pages import page

pytestmark = pytest.mark.django_db
S = AgreementStatus


def status_of(agreement):
    return Agreement.objects.get(pk=agreement.pk).status


def test_the_asked_side_agrees_with_one_press(client, at, company_person):
    proposal = at(S.PROPOSED)
    client.force_login(company_person)

    answer = client.post(page("agreement_confirm", proposal), {"once": new_token()})

    assertRedirects(answer, page("agreement_detail", proposal))
    assert status_of(proposal) == S.MATCHING


def test_a_press_that_arrives_twice_counts_once_and_is_answered_the_same(
    client, at, company_person
):
    proposal, token = at(S.PROPOSED), new_token()
    client.force_login(company_person)

    answers = [client.post(page("agreement_confirm", proposal), {"once": token}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert proposal.history.filter(action="confirm").count() == 1


def test_agreeing_is_nothing_that_a_link_can_do(client, at, company_person):
    proposal = at(S.PROPOSED)
    client.force_login(company_person)

    assert client.get(page("agreement_confirm", proposal)).status_code == 405
    assert status_of(proposal) == S.PROPOSED


def test_a_refusal_comes_too_late_in_words(client, at, company_person):
    active = at(S.ACTIVE)
    client.force_login(company_person)

    late = client.post(page("agreement_decline", active), {"reason": "Kuota penuh."})

    assertContains(late, "status saat ini “aktif”", status_code=409)
    assertContains(late, "Kuota penuh.", status_code=409)
    assert status_of(active) == S.ACTIVE


def test_a_refusal_without_a_reason_is_asked_for_it(client, at, company_person):
    proposal = at(S.PROPOSED)
    client.force_login(company_person)

    answer = client.post(page("agreement_decline", proposal), {"reason": " "})

    assertContains(answer, "Tulis alasannya", status_code=422)
    assert status_of(proposal) == S.PROPOSED


def test_a_refusal_with_its_reason_is_read_by_both(client, at, school_person, company_person):
    proposal = at(S.PROPOSED)
    client.force_login(company_person)

    client.post(page("agreement_decline", proposal), {"reason": "Kuota PKL sudah penuh."})

    client.force_login(school_person)
    assertContains(client.get(page("agreement_detail", proposal)), "Kuota PKL sudah penuh.")


def test_only_the_side_that_proposed_takes_its_proposal_back(
    client, at, school_person, company_person
):
    proposal = at(S.PROPOSED)

    client.force_login(company_person)
    answer = client.post(page("agreement_withdraw", proposal), {"reason": "Tidak jadi."})
    assertContains(answer, "Hanya pihak yang mengusulkan", status_code=409)
    client.force_login(school_person)
    client.post(page("agreement_withdraw", proposal), {"reason": "Tidak jadi."})

    assert status_of(proposal) == S.WITHDRAWN


def test_an_agreement_that_ends_soon_is_proposed_again(client, at, company_person):
    ending = at(S.ENDING)
    client.force_login(company_person)
    assertContains(client.get(page("agreement_renew", ending)), "sehari sesudah")

    answer = client.post(page("agreement_renew", ending), {"once": new_token()})

    renewal = ending.renewals.get()
    assertRedirects(answer, page("agreement_detail", renewal))
    assert renewal.source == Source.COMPANY
    # A second press, from another page, leads to the same proposal.
    assertRedirects(client.get(page("agreement_renew", ending)), page("agreement_detail", renewal))


def test_what_has_ended_is_not_renewed(client, at, school_person):
    ended = at(S.ENDED)
    client.force_login(school_person)

    assertRedirects(client.get(page("agreement_renew", ended)), page("agreement_detail", ended))
    late = client.post(page("agreement_renew", ended))
    assertContains(late, "Usulkan kerja sama baru", status_code=409)


def test_an_agreement_is_ended_with_day_and_reason(client, at, school_person):
    active = at(S.ACTIVE)
    client.force_login(school_person)
    where = page("agreement_terminate", active)

    wrong = client.post(where, {"on": f"{day(5):%d/%m/%Y}", "reason": "Pabrik tutup."})
    assertContains(wrong, "paling akhir hari ini", status_code=409)
    client.post(where, {"on": f"{day(0):%d/%m/%Y}", "reason": "Pabrik tutup."})

    assert Agreement.objects.get(pk=active.pk).terminated_on == day(0)


def test_somebody_of_both_sides_answers_for_the_one_that_is_asked(client, at, school_person):
    proposal = at(S.PROPOSED)
    MembershipFactory(organization=proposal.company, user=school_person)
    client.force_login(school_person)

    client.post(page("agreement_confirm", proposal), {"once": new_token()})

    assert status_of(proposal) == S.MATCHING


def test_who_has_left_the_school_acts_no_more(client, at, school_person):
    proposal = at(S.PROPOSED)
    Membership.objects.filter(user=school_person).update(state="ENDED")
    client.force_login(school_person)

    answer = client.post(page("agreement_withdraw", proposal), {"reason": "Tidak jadi."})

    assert answer.status_code == 404
