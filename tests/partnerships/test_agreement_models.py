"""The database refuses agreements that cannot be, by whatever path they come."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from partnerships.arrows import AGREEMENT_MOVES
from partnerships.enums import SIGNED, AgreementStatus, Source
from partnerships.models import Agreement, AgreementCompetence, AgreementHistoryEntry
from programs.transitions import arrows
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.fixture
def pair():
    return {"school": SchoolFactory(), "company": PartnerFactory()}


@pytest.mark.parametrize("status", S)
def test_an_agreement_can_be_at_every_stage(status):
    assert AgreementFactory(status=status).status == status


def test_every_move_that_is_no_arrow_is_refused_by_the_database():
    allowed = set(arrows(AGREEMENT_MOVES))
    for start in S:
        agreement = AgreementFactory(status=start)
        for target in S:
            if (str(start), str(target)) in allowed or start == target:
                continue
            with pytest.raises(DatabaseError), transaction.atomic():
                Agreement.objects.filter(pk=agreement.pk).update(status=target)


def test_two_agreements_of_a_pair_may_not_overlap_for_one_competence(pair):
    first = AgreementFactory(status=S.ACTIVE, **pair)

    with pytest.raises(IntegrityError, match="partnerships_agreement_no_overlap"):
        AgreementFactory(status=S.ACTIVE, **pair, starts_on=first.ends_on)


def test_an_agreement_may_follow_on_the_next_day(pair):
    first = AgreementFactory(status=S.ACTIVE, **pair)

    second = AgreementFactory(
        status=S.ACTIVE,
        **pair,
        starts_on=first.ends_on + timedelta(days=1),
        ends_on=first.ends_on + timedelta(days=400),
    )

    assert second.status == S.ACTIVE


def test_another_competence_of_the_same_pair_is_another_agreement(pair):
    AgreementFactory(status=S.ACTIVE, **pair)
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")

    assert AgreementFactory(status=S.ACTIVE, **pair, for_competences=[welding]).pk


def test_what_was_terminated_makes_room_from_the_next_day(pair):
    ended = AgreementFactory(status=S.TERMINATED, **pair)
    after = ended.terminated_on + timedelta(days=1)

    assert AgreementFactory(status=S.ACTIVE, **pair, starts_on=after).pk
    with pytest.raises(IntegrityError, match="partnerships_agreement_no_overlap"):
        AgreementFactory(status=S.ACTIVE, **pair, starts_on=ended.terminated_on)


def test_an_addition_of_a_competence_is_watched_too(pair):
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    AgreementFactory(status=S.ACTIVE, **pair, for_competences=[welding])
    other = AgreementFactory(status=S.ACTIVE, **pair)

    with pytest.raises(IntegrityError, match="partnerships_agreement_no_overlap"):
        AgreementCompetence.objects.create(agreement=other, competence=welding)


def test_a_longer_term_that_would_overlap_is_refused(pair):
    first = AgreementFactory(status=S.ACTIVE, **pair)
    AgreementFactory(
        status=S.ACTIVE,
        **pair,
        starts_on=first.ends_on + timedelta(days=1),
        ends_on=first.ends_on + timedelta(days=400),
    )

    with pytest.raises(IntegrityError, match="partnerships_agreement_no_overlap"):
        Agreement.objects.filter(pk=first.pk).update(ends_on=first.ends_on + timedelta(days=5))


def test_proposals_of_a_pair_may_stand_beside_each_other(pair):
    AgreementFactory(**pair)

    assert AgreementFactory(**pair).competence_rows.get().period is None


@pytest.mark.parametrize(
    ("impossible", "constraint"),
    [
        ({"signed_on": None}, "partnerships_agreement_signed_with_facts"),
        ({"number": ""}, "partnerships_agreement_signed_with_facts"),
        ({"starts_on": None}, "partnerships_agreement_signed_with_facts"),
        ({"witnessed_by": None}, "partnerships_agreement_signed_before_a_witness"),
        ({"company_confirmed_at": None}, "partnerships_agreement_confirmed_before_signing"),
        ({"paper": None}, "partnerships_agreement_confirmed_before_signing"),
        ({"source": "LAIN"}, "partnerships_agreement_words_known"),
        ({"meterai": "ELECTRONIC"}, "partnerships_agreement_meterai_has_a_number"),
        ({"school_nip": "123"}, "partnerships_agreement_nip_18_digits"),
    ],
)
def test_a_signed_agreement_has_all_its_facts(impossible, constraint):
    agreement = AgreementFactory(status=S.ACTIVE)

    with pytest.raises(IntegrityError, match=constraint):
        Agreement.objects.filter(pk=agreement.pk).update(**impossible)


def test_an_agreement_does_not_end_before_it_starts():
    agreement = AgreementFactory()

    with pytest.raises(IntegrityError, match="partnerships_agreement_ends_after_its_start"):
        Agreement.objects.filter(pk=agreement.pk).update(
            ends_on=agreement.starts_on - timedelta(days=1)
        )


def test_an_agreement_ends_early_only_within_its_term():
    agreement = AgreementFactory(status=S.TERMINATED)

    with pytest.raises(IntegrityError, match="partnerships_agreement_terminated_within_its_time"):
        Agreement.objects.filter(pk=agreement.pk).update(
            terminated_on=agreement.ends_on + timedelta(days=1)
        )


def test_an_imported_agreement_needs_no_confirmation_of_ours():
    agreement = AgreementFactory(source=Source.IMPORT)
    Agreement.objects.filter(pk=agreement.pk).update(school_confirmed_at=None)
    row = Agreement.objects.create(
        school=agreement.school,
        company=agreement.company,
        source=Source.IMPORT,
        status=S.ENDED,
        number="421/LM/2017",
        signed_on=agreement.starts_on,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
    )

    assert row.status in SIGNED


def test_a_pair_uses_a_number_once(pair):
    AgreementFactory(**pair, number="1/LM/2026")

    with pytest.raises(IntegrityError, match="partnerships_agreement_number_once"):
        AgreementFactory(**pair, number="1/LM/2026")


def test_no_agreement_can_be_deleted():
    with pytest.raises(DatabaseError):
        AgreementFactory().delete()


def test_a_refusal_without_a_reason_is_not_recorded():
    with pytest.raises(IntegrityError, match="partnerships_agreementhistory_refusal_has_reason"):
        AgreementHistoryEntry.objects.create(
            agreement=AgreementFactory(),
            action="decline",
            from_status=S.PROPOSED,
            to_status=S.DECLINED,
        )
