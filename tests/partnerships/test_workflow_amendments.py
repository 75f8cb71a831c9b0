"""Numbered amendments: named fields of a live agreement, and never two that contradict."""

from datetime import timedelta

import pytest

from partnerships.enums import AgreementStatus, AmendedField, AmendmentStatus, ScopeKind, Side
from partnerships.workflow import amendments as workflow
from partnerships.workflow import clock
from programs import roles
from programs.transitions import TransitionNotAllowed
from tests.factories.partnerships import AgreementFactory, CompetenceFactory
from tests.factories.programs import UserFactory, officer
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
S = AgreementStatus
F = AmendedField
TODAY = day(0)


def propose(agreement, changes, side=Side.SCHOOL):
    return workflow.propose_amendment(
        agreement, by=UserFactory(), side=side, reason="Program baru.", changes=changes, today=TODAY
    )


def agree_and_apply(amendment, side=Side.COMPANY):
    workflow.confirm_amendment(amendment, by=UserFactory(), side=side)
    return workflow.apply_amendment(amendment, by=officer(roles.BPSDMI_OFFICER), today=TODAY)


def later(agreement, days=365):
    return (agreement.ends_on + timedelta(days=days)).isoformat()


def test_an_amendment_changes_what_it_names_and_nothing_else():
    agreement = AgreementFactory(status=S.ACTIVE)
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    before = workflow.current(agreement, F.COMPETENCES)
    scope = [[ScopeKind.INTERNSHIP, 60, ""], [ScopeKind.VISIT, 2, ""]]

    amendment = propose(
        agreement, {F.COMPETENCES: sorted([*before, welding.pk]), F.SCOPE: sorted(scope)}
    )
    agree_and_apply(amendment)

    agreement.refresh_from_db()
    amendment.refresh_from_db()
    assert amendment.status == AmendmentStatus.IN_FORCE
    assert welding in agreement.competences.all()
    assert {item.kind: item.target for item in agreement.scope.all()} == {
        ScopeKind.INTERNSHIP: 60,
        ScopeKind.VISIT: 2,
    }
    assert amendment.paper.facts["changes"][0]["after"] == (
        "1.4.1 Teknik Pemesinan, 1.4.2 Teknik Pengelasan"
    )


def test_amendments_are_numbered_one_after_the_other():
    agreement = AgreementFactory(status=S.ACTIVE)

    numbers = [
        propose(agreement, {field: value}).number
        for field, value in [(F.CLAUSES, "Asuransi PKL."), (F.ENDS_ON, later(agreement))]
    ]

    assert numbers == [1, 2]


def test_a_second_amendment_of_the_same_thing_waits_for_the_first():
    agreement = AgreementFactory(status=S.ACTIVE)
    propose(agreement, {F.CLAUSES: "Asuransi PKL ditanggung perusahaan."})

    with pytest.raises(TransitionNotAllowed, match="hal yang sama: ketentuan tambahan"):
        propose(agreement, {F.CLAUSES: "Asuransi PKL ditanggung sekolah."}, side=Side.COMPANY)


def test_what_was_changed_meanwhile_is_refused_by_the_fields_name():
    agreement = AgreementFactory(status=S.ACTIVE)
    amendment = propose(agreement, {F.ENDS_ON: later(agreement)})
    type(agreement).objects.filter(pk=agreement.pk).update(
        ends_on=agreement.ends_on + timedelta(days=10)
    )

    with pytest.raises(TransitionNotAllowed, match=r"^Tanggal berakhir sudah diubah"):
        agree_and_apply(amendment)


def test_an_amendment_that_changes_nothing_is_refused():
    agreement = AgreementFactory(status=S.ACTIVE)

    with pytest.raises(TransitionNotAllowed, match="Belum ada yang diubah"):
        propose(agreement, {F.ENDS_ON: agreement.ends_on.isoformat()})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({F.ENDS_ON: day(-1).isoformat()}, "tidak boleh sudah lewat"),
        ({F.COMPETENCES: []}, "paling sedikit satu kompetensi"),
        ({F.SCOPE: []}, "paling sedikit satu lingkup"),
        ({F.SCHOOL_SIGNATORY: ["Ani Contoh", ""]}, "nama dan jabatan"),
    ],
)
def test_an_impossible_amendment_is_told_in_words(changes, words):
    with pytest.raises(TransitionNotAllowed, match=words):
        propose(AgreementFactory(status=S.ACTIVE), changes)


@pytest.mark.parametrize("status", [S.READY, S.DORMANT, S.ENDED, S.TERMINATED])
def test_only_a_running_agreement_is_amended(status):
    with pytest.raises(TransitionNotAllowed, match="hanya untuk perjanjian yang berjalan"):
        propose(AgreementFactory(status=status), {F.CLAUSES: "Baru."})


def test_the_side_that_proposed_does_not_confirm():
    amendment = propose(AgreementFactory(status=S.ACTIVE), {F.CLAUSES: "Baru."})

    with pytest.raises(TransitionNotAllowed, match="menunggu persetujuan pihak lain"):
        workflow.confirm_amendment(amendment, by=UserFactory(), side=Side.SCHOOL)


def test_an_officers_amendment_only_waits_to_be_applied():
    agreement = AgreementFactory(status=S.ACTIVE)

    amendment = propose(agreement, {F.CLAUSES: "Baru."}, side=None)

    assert amendment.status == AmendmentStatus.CONFIRMED
    workflow.apply_amendment(amendment, by=officer(roles.BPSDMI_OFFICER), today=TODAY)
    agreement.refresh_from_db()
    assert agreement.clauses == "Baru."


def test_a_refusal_of_an_amendment_has_its_reason():
    amendment = propose(AgreementFactory(status=S.ACTIVE), {F.CLAUSES: "Baru."})

    with pytest.raises(TransitionNotAllowed, match="alasan"):
        workflow.refuse_amendment(amendment, by=UserFactory(), reason="")
    refused = workflow.refuse_amendment(amendment, by=UserFactory(), reason="Tidak sepakat.")

    assert refused.status == AmendmentStatus.REFUSED


def test_a_withdrawn_amendment_frees_its_field():
    agreement = AgreementFactory(status=S.ACTIVE)
    first = propose(agreement, {F.CLAUSES: "Baru."})
    workflow.withdraw_amendment(first, by=UserFactory(), reason="Keliru.")

    assert propose(agreement, {F.CLAUSES: "Lebih baru."}).number == 2


def test_a_longer_term_takes_the_agreement_away_from_its_end():
    agreement = AgreementFactory(status=S.ENDING)
    agree_and_apply(propose(agreement, {F.ENDS_ON: later(agreement)}))

    agreement.refresh_from_db()
    assert clock.extend(agreement, today=TODAY).status == S.ACTIVE


def test_an_amendment_that_would_overlap_another_agreement_is_refused():
    agreement = AgreementFactory(status=S.ACTIVE)
    AgreementFactory(
        status=S.ACTIVE,
        school=agreement.school,
        company=agreement.company,
        starts_on=agreement.ends_on + timedelta(days=1),
        ends_on=agreement.ends_on + timedelta(days=400),
    )
    amendment = propose(agreement, {F.ENDS_ON: later(agreement, 30)})

    with pytest.raises(TransitionNotAllowed, match="PKS lain untuk kompetensi yang sama"):
        agree_and_apply(amendment)
