"""From the proposal to the agreement in force, rule by rule."""

from datetime import timedelta

import pytest

from partnerships.enums import AgreementStatus, Dimension, Meterai, ScopeKind, Side, Source
from partnerships.models import Agreement, Figure
from partnerships.workflow import agreement as workflow
from partnerships.workflow import signing, text
from programs import roles
from programs.transitions import TransitionNotAllowed
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    SchoolFactory,
)
from tests.factories.programs import UserFactory, officer
from tests.factories.subsidy_stages import day

pytestmark = pytest.mark.django_db
S = AgreementStatus
TODAY = day(0)


def propose(source=Source.SCHOOL, **details):
    options = {
        "school": SchoolFactory(owner=UserFactory()),
        "company": PartnerFactory(owner=UserFactory()),
        "competences": [CompetenceFactory()],
        "by": UserFactory(),
        "scope": [(ScopeKind.INTERNSHIP, 30, "")],
    } | details
    return workflow.propose(source=source, **options)


def test_a_proposal_tells_the_other_side_and_waits_for_it(mailoutbox):
    company_person = UserFactory()
    proposal = propose(company=PartnerFactory(owner=company_person))

    assert proposal.status == S.PROPOSED
    assert proposal.school_confirmed_at
    assert proposal.company_confirmed_at is None
    [news] = company_person.notifications.all()
    assert news.subject == f"Usulan kerja sama dari {proposal.school}"


def test_the_signatories_come_from_the_profiles():
    proposal = propose()

    assert proposal.school_signatory == "Wahyu Contoh, S.Pd., M.M."
    assert proposal.company_position == "Direktur SDM"


def test_a_proposal_without_a_competence_is_refused():
    with pytest.raises(TransitionNotAllowed, match="paling sedikit satu kompetensi"):
        propose(competences=[])


def test_a_second_proposal_for_the_same_competence_is_refused():
    first = propose()

    with pytest.raises(TransitionNotAllowed, match="sedang berjalan"):
        propose(school=first.school, company=first.company)


def test_a_pair_with_a_running_agreement_is_told_to_renew_it():
    running = AgreementFactory(status=S.ACTIVE)

    with pytest.raises(TransitionNotAllowed, match="Perpanjang PKS itu"):
        propose(school=running.school, company=running.company)


def test_the_other_side_confirms_once():
    proposal = propose()
    by = UserFactory()

    confirmed = workflow.confirm(proposal, by=by, side=Side.COMPANY)

    assert confirmed.status == S.MATCHING
    with pytest.raises(TransitionNotAllowed):
        workflow.confirm(proposal, by=by, side=Side.COMPANY)


def test_the_side_that_proposed_cannot_confirm_for_the_other():
    with pytest.raises(TransitionNotAllowed, match="sudah menyetujui"):
        workflow.confirm(propose(), by=UserFactory(), side=Side.SCHOOL)


def test_an_officers_proposal_waits_for_both_sides():
    proposal = propose(source=Source.OFFICER)

    half = workflow.confirm(proposal, by=UserFactory(), side=Side.COMPANY)
    assert half.status == S.PROPOSED

    assert workflow.confirm(half, by=UserFactory(), side=Side.SCHOOL).status == S.MATCHING


def test_a_refusal_needs_its_reason_and_both_read_it():
    school_person = UserFactory()
    proposal = propose(school=SchoolFactory(owner=school_person))

    with pytest.raises(TransitionNotAllowed, match="alasan"):
        workflow.decline(proposal, by=UserFactory(), reason=" ")
    workflow.decline(proposal, by=UserFactory(), reason="Kuota PKL tahun ini penuh.")

    assert "Kuota PKL tahun ini penuh." in school_person.notifications.first().body


def test_the_text_is_fixed_only_when_it_is_complete():
    drafting = AgreementFactory(status=S.DRAFTING, school_signatory="", ends_on=None)

    with pytest.raises(TransitionNotAllowed, match="Isi tanggal berakhir") as refusal:
        text.finalize(drafting, by=officer(roles.BPSDMI_OFFICER), today=TODAY)

    assert "Isi nama penanda tangan sekolah." in str(refusal.value)


def test_a_side_writes_only_what_is_its_own():
    drafting = AgreementFactory(status=S.DRAFTING)

    with pytest.raises(ValueError, match="company_signatory"):
        text.save_text(
            drafting, by=UserFactory(), side=Side.SCHOOL, values={"company_signatory": "X"}
        )


def test_a_fixed_text_has_a_number_a_paper_and_two_places_to_sign():
    drafting = AgreementFactory(status=S.DRAFTING, number="")

    ready = text.finalize(drafting, by=officer(roles.BPSDMI_OFFICER), today=TODAY)

    assert ready.number == f"PKS-00001/LM/{TODAY.year}"
    assert ready.paper.facts["competences"] == ["1.4.1 Teknik Pemesinan (Spektrum 2018)"]
    assert [one.name for one in signing.signers_of(ready)] == [
        "Wahyu Contoh, S.Pd., M.M.",
        "Lestari Contoh",
    ]


def test_a_text_that_is_opened_again_voids_the_signatures_and_the_paper():
    ready = text.finalize(
        AgreementFactory(status=S.DRAFTING), by=officer(roles.BPSDMI_OFFICER), today=TODAY
    )
    token = signing.token_of(ready.signatures.first())
    first_paper = ready.paper

    drafting = text.redraft(ready, by=UserFactory(), reason="Masa berlaku keliru.")

    first_paper.refresh_from_db()
    assert first_paper.state == "REVOKED"
    with pytest.raises(TransitionNotAllowed, match="diganti"):
        signing.sign_by_link(token)
    again = text.finalize(drafting, by=UserFactory(), today=TODAY)
    assert again.paper != first_paper


def ready_to_sign():
    return text.finalize(
        AgreementFactory(status=S.DRAFTING), by=officer(roles.BPSDMI_OFFICER), today=TODAY
    )


def complete(agreement, **details):
    return signing.activate(
        agreement,
        by=officer(roles.BPSDMI_OFFICER),
        today=TODAY,
        **{"signed_on": TODAY, "meterai": Meterai.PAPER} | details,
    )


def test_the_personal_link_signs_once_for_its_side():
    ready = ready_to_sign()
    signature = ready.signatures.get(signer=Side.SCHOOL)

    signed = signing.sign_by_link(signing.token_of(signature))

    assert signed.text_sha256 == Agreement.objects.get(pk=ready.pk).paper.sha256
    with pytest.raises(TransitionNotAllowed, match="sudah menandatangani"):
        signing.sign_by_link(signing.token_of(signature))


def test_a_link_that_was_sent_again_makes_the_older_one_void():
    ready = ready_to_sign()
    signature = ready.signatures.get(signer=Side.SCHOOL)
    older = signing.token_of(signature)

    newer = signing.send_link(signature, by=UserFactory())

    with pytest.raises(TransitionNotAllowed, match="sudah diganti"):
        signing.signature_of(older)
    assert signing.signature_of(signing.token_of(newer)) == newer


@pytest.mark.parametrize("token", ["", "abc", "WzEsMV0:1xyz:abc"])
def test_a_broken_link_says_what_to_do(token):
    with pytest.raises(TransitionNotAllowed, match="Salin seluruh alamatnya"):
        signing.signature_of(token)


def test_the_signatory_is_mailed_a_link_without_an_account(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ready_to_sign()

    assert {mail.to[0] for mail in mailoutbox} == {"kepala@smk.example", "direktur@mesin.example"}
    assert all("/kemitraan/tanda-tangan/" in mail.body for mail in mailoutbox)


def test_an_agreement_is_in_force_when_both_have_signed():
    ready = ready_to_sign()
    with pytest.raises(TransitionNotAllowed, match="belum menandatangani"):
        complete(ready)
    for signature in ready.signatures.all():
        signing.sign_in_site(signature, by=UserFactory())

    active = complete(ready)

    assert active.status == S.ACTIVE
    assert active.competence_rows.get().period.lower == active.starts_on


def test_a_meterai_has_its_number():
    ready = ready_to_sign()
    for signature in ready.signatures.all():
        signing.sign_in_site(signature, by=UserFactory())

    with pytest.raises(Exception, match="nomor meterai"):
        complete(ready, meterai=Meterai.ELECTRONIC)


def test_a_future_day_of_signing_is_refused():
    with pytest.raises(TransitionNotAllowed, match="paling akhir hari ini"):
        complete(ready_to_sign(), signed_on=TODAY + timedelta(days=1))


def test_an_overlap_that_came_up_meanwhile_is_told_in_words():
    ready = ready_to_sign()
    for signature in ready.signatures.all():
        signing.sign_in_site(signature, by=UserFactory())
    AgreementFactory(status=S.ACTIVE, school=ready.school, company=ready.company)

    with pytest.raises(TransitionNotAllowed, match="sudah memiliki PKS lain"):
        complete(ready)

    ready.refresh_from_db()
    assert ready.status == S.READY


def test_an_agreement_is_terminated_within_its_term_with_a_reason():
    active = AgreementFactory(status=S.ACTIVE)
    by = officer(roles.BPSDMI_OFFICER)

    with pytest.raises(TransitionNotAllowed, match="paling akhir hari ini"):
        workflow.terminate(
            active, by=by, reason="Pabrik tutup.", on=TODAY + timedelta(days=1), today=TODAY
        )
    ended = workflow.terminate(active, by=by, reason="Pabrik tutup.", on=TODAY, today=TODAY)

    assert (ended.status, ended.terminated_on) == (S.TERMINATED, TODAY)


def test_a_renewal_begins_the_day_after_and_points_to_the_old_one():
    old = AgreementFactory(status=S.ENDING)

    new = workflow.renew(old, by=UserFactory(), source=Source.COMPANY)

    assert new.renews == old
    assert new.starts_on == old.ends_on + timedelta(days=1)
    assert {item.kind for item in new.scope.all()} == {item.kind for item in old.scope.all()}
    with pytest.raises(TransitionNotAllowed):
        workflow.renew(old, by=UserFactory(), source=Source.SCHOOL)


def test_what_has_ended_is_not_renewed():
    with pytest.raises(TransitionNotAllowed, match="Usulkan kerja sama baru"):
        workflow.renew(AgreementFactory(status=S.ENDED), by=UserFactory(), source=Source.SCHOOL)


def test_the_figures_follow_an_agreement_that_comes_into_force(django_capture_on_commit_callbacks):
    ready = ready_to_sign()
    for signature in ready.signatures.all():
        signing.sign_in_site(signature, by=UserFactory())

    with django_capture_on_commit_callbacks(execute=True):
        complete(ready)

    assert Figure.objects.get(dimension=Dimension.TOTAL).live_agreements == 1


def test_two_pairs_that_typed_the_same_number_have_papers_of_their_own():
    papers = [
        text.finalize(
            AgreementFactory(status=S.DRAFTING, number="421/SMK/2026"),
            by=officer(roles.BPSDMI_OFFICER),
            today=TODAY,
        ).paper.number
        for _ in range(2)
    ]

    assert papers == ["421/SMK/2026", "421/SMK/2026/2"]


def test_the_longest_number_still_fits_on_its_paper():
    ready = text.finalize(
        AgreementFactory(status=S.DRAFTING, number="9" * 80),
        by=officer(roles.BPSDMI_OFFICER),
        today=TODAY,
    )

    assert ready.paper.number == "9" * 64
