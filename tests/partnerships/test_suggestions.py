"""An officer turns a suggestion into a proposal, or says why not; both are remembered."""

import threading

import pytest
from django.db import connection

from partnerships.enums import AgreementStatus, Source, SuggestionDecision
from partnerships.matching import suggestions
from partnerships.models import Agreement, Suggestion
from partnerships.workflow import suggestions as workflow
from programs import roles
from programs.transitions import TransitionNotAllowed
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    SchoolFactory,
    lead_agreement,
)
from tests.factories.programs import officer

S = AgreementStatus


@pytest.fixture
def pair(db):
    turning = CompetenceFactory()
    return SchoolFactory(teaches=[turning]), PartnerFactory(needs=[turning])


@pytest.fixture
def by(db):
    return officer(roles.BPSDMI_OFFICER)


def partners_of(organization):
    return [match.organization for match in suggestions(organization).matches]


def test_accepting_proposes_what_fits_and_is_remembered(pair, by):
    school, company = pair

    agreement = workflow.accept(school, company, by=by)

    assert (agreement.status, agreement.source) == (S.PROPOSED, Source.OFFICER)
    assert [one.name for one in agreement.competences.all()] == ["Teknik Pemesinan"]
    remembered = Suggestion.objects.get()
    assert (remembered.decision, remembered.agreement, remembered.decided_by) == (
        SuggestionDecision.ACCEPTED,
        agreement,
        by,
    )
    assert partners_of(school) == partners_of(company) == []


def test_accepting_twice_makes_one_proposal(pair, by):
    workflow.accept(*pair, by=by)

    with pytest.raises(TransitionNotAllowed, match="sudah diusulkan"):
        workflow.accept(*pair, by=officer(roles.BPSDMI_OFFICER))

    assert Agreement.objects.count() == Suggestion.objects.count() == 1


def test_what_does_not_fit_is_not_proposed(by, db):
    school, company = SchoolFactory(), PartnerFactory()

    with pytest.raises(TransitionNotAllowed, match="tidak cocok lagi"):
        workflow.accept(school, company, by=by)

    assert not Agreement.objects.exists()


def test_a_refusal_is_remembered_and_the_pair_not_suggested_again(pair, by):
    school, company = pair
    assert partners_of(school) == [company]

    workflow.refuse(school, company, by=by, reason=" Pabriknya pindah. ")

    assert Suggestion.objects.get().reason == "Pabriknya pindah."
    assert partners_of(school) == partners_of(company) == []
    with pytest.raises(TransitionNotAllowed, match="Pabriknya pindah"):
        workflow.refuse(school, company, by=by, reason="Lain.")


def test_a_refusal_says_why(pair, by):
    with pytest.raises(TransitionNotAllowed, match="Tulis alasan"):
        workflow.refuse(*pair, by=by, reason="  ")

    assert not Suggestion.objects.exists()


def test_a_refused_pair_may_be_proposed_after_all(pair, by):
    workflow.refuse(*pair, by=by, reason="Pabriknya pindah.")

    agreement = workflow.accept(*pair, by=by)

    remembered = Suggestion.objects.get()
    assert remembered.agreement == agreement
    assert remembered.reason == "Pabriknya pindah."


def test_a_pair_whose_proposal_is_under_way_is_not_refused(pair, by):
    workflow.accept(*pair, by=by)

    with pytest.raises(TransitionNotAllowed, match="sudah diusulkan"):
        workflow.refuse(*pair, by=by, reason="Terlambat.")


def test_after_a_proposal_came_to_nothing_the_pair_can_be_decided_anew(pair, by):
    school, company = pair
    lead_agreement(workflow.accept(school, company, by=by), S.DECLINED)
    assert partners_of(school) == [company]

    workflow.refuse(school, company, by=by, reason="Sudah menolak.")

    remembered = Suggestion.objects.get()
    assert (remembered.decision, remembered.agreement) == (SuggestionDecision.REFUSED, None)


def test_only_what_is_not_dealt_with_yet_is_proposed(by, db):
    turning, welding = CompetenceFactory(), CompetenceFactory(code="1.4.2", name="Pengelasan")
    school = SchoolFactory(teaches=[turning, welding])
    company = PartnerFactory(needs=[turning, welding])
    AgreementFactory(school=school, company=company, for_competences=[turning], status=S.ACTIVE)

    agreement = workflow.accept(school, company, by=by)

    assert list(agreement.competences.all()) == [welding]


@pytest.mark.django_db(transaction=True)
def test_two_officers_press_at_once_and_one_proposal_comes_of_it():
    turning = CompetenceFactory()
    school, company = SchoolFactory(teaches=[turning]), PartnerFactory(needs=[turning])
    officers = [officer(roles.BPSDMI_OFFICER) for _ in range(2)]
    outcomes, gate = [], threading.Barrier(2)

    def press(who):
        gate.wait()
        try:
            workflow.accept(school, company, by=who)
            outcomes.append("done")
        except TransitionNotAllowed:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(who,)) for who in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert Agreement.objects.count() == Suggestion.objects.count() == 1
