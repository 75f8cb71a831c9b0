"""An enrolment moves by people up to the workshop, by facts afterwards, and by nothing else."""

import threading
from datetime import date
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from programs import arrows, permissions, roles
from programs.enums import MembershipRole, MembershipState
from programs.esmart_enums import ENDED, EnrolmentSource, EnrolmentStatus
from programs.models import Enrolment, Notification, Organization, User
from programs.transitions import TransitionNotAllowed
from programs.workflow import enrolment as workflow
from tests.factories.esmart import (
    EnrolmentFactory,
    ProgramFactory,
    enrolment_at,
)
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    MembershipFactory,
    OrganizationFactory,
    ProvinceFactory,
    RegionFactory,
    UserFactory,
    officer,
)

pytestmark = pytest.mark.django_db

E = EnrolmentStatus
TODAY = date(2026, 11, 28)
THIS_MONTH = date(2026, 11, 1)

BY_PEOPLE = {
    arrows.CONFIRM: lambda one: workflow.confirm(one, by=UserFactory(), today=TODAY),
    arrows.VERIFY: lambda one: workflow.verify(one, by=UserFactory(), today=TODAY),
    arrows.REFUSE: lambda one: workflow.refuse(
        one, by=UserFactory(), reason="Bukan IKM.", today=TODAY
    ),
    arrows.SCHEDULE: lambda one: workflow.schedule(
        one, workshop="Lokakarya Padang", workshop_on=TODAY, by=UserFactory(), today=TODAY
    ),
    arrows.UNSCHEDULE: lambda one: workflow.unschedule(
        one, by=UserFactory(), reason="Gedung dipakai.", today=TODAY
    ),
    arrows.GRADUATE: lambda one: workflow.graduate(one, by=UserFactory(), today=TODAY),
    arrows.LEAVE: lambda one: workflow.leave(
        one, by=UserFactory(), reason="Pindah bidang.", today=TODAY
    ),
}
BY_FACTS = [arrows.PASS, arrows.RETRACT, arrows.ONBOARD, arrows.SELL, arrows.FALL_SILENT]


def actions(enrolment):
    return list(enrolment.history.order_by("pk").values_list("action", flat=True))


# --- The arrows -----------------------------------------------------------------------------------


def test_every_arrow_belongs_to_people_or_to_facts():
    assert {*BY_PEOPLE, *BY_FACTS} == set(arrows.ENROLMENT_MOVES)


@pytest.mark.parametrize("status", E)
@pytest.mark.parametrize("move", BY_PEOPLE, ids=lambda move: move.action)
def test_a_move_starts_only_where_its_arrow_starts(move, status):
    enrolment = enrolment_at(status)

    if status in move.sources:
        BY_PEOPLE[move](enrolment)
    else:
        with pytest.raises(TransitionNotAllowed, match="tidak dapat dilakukan"):
            BY_PEOPLE[move](enrolment)

    enrolment.refresh_from_db()
    assert enrolment.status == (move.target if status in move.sources else status)
    assert actions(enrolment) == ([move.action] if status in move.sources else [])


ARROWS = {
    (str(source), str(move.target)) for move in arrows.ENROLMENT_MOVES for source in move.sources
}


@pytest.mark.parametrize(
    ("source", "target"),
    [pair for pair in product(E, E) if pair[0] != pair[1] and pair not in ARROWS],
)
def test_the_database_refuses_what_is_no_arrow(source, target):
    enrolment = enrolment_at(source)

    with pytest.raises(DatabaseError), transaction.atomic():
        Enrolment.objects.filter(pk=enrolment.pk).update(
            status=target,
            # So that nothing but the arrow stands against it.
            confirmed_at=timezone.now(),
            verified_by=UserFactory(),
            verified_at=timezone.now(),
            workshop="Lokakarya",
            workshop_on=TODAY,
            trained_on=TODAY,
            onboard_on=TODAY,
            first_sale=THIS_MONTH,
            last_sale=THIS_MONTH,
        )

    enrolment.refresh_from_db()
    assert enrolment.status == source


@pytest.mark.parametrize("move", ["refuse", "unschedule", "leave"])
def test_some_moves_take_a_reason(move):
    enrolment = enrolment_at(
        {"refuse": E.REGISTERED, "unschedule": E.SCHEDULED, "leave": E.TRAINED}[move]
    )

    with pytest.raises(TransitionNotAllowed, match="disertai alasan"):
        getattr(workflow, move)(enrolment, by=UserFactory(), reason="  ", today=TODAY)

    enrolment.refresh_from_db()
    assert actions(enrolment) == []


def test_what_has_a_history_is_not_deleted():
    enrolment = enrolment_at(E.REGISTERED)

    with pytest.raises(DatabaseError), transaction.atomic():
        enrolment.delete()


# --- In, by people --------------------------------------------------------------------------------


class TestEnrolling:
    def test_the_owners_word_is_the_confirmation(self):
        ProgramFactory()
        owner = UserFactory()
        checker = officer(roles.IKMA_OFFICER)

        enrolment = workflow.enrol(IkmFactory(owner=owner), by=owner, today=TODAY)

        assert (enrolment.status, enrolment.source) == (E.REGISTERED, EnrolmentSource.OWNER)
        assert enrolment.confirmed_at is not None
        assert actions(enrolment) == ["enrol"]
        assert set(Notification.objects.values_list("recipient", flat=True)) == {
            owner.pk,
            checker.pk,
        }

    @pytest.mark.parametrize("status", E)
    def test_an_ikm_is_in_it_once_at_a_time(self, status):
        ikm = enrolment_at(status).organization

        if status in ENDED:
            assert workflow.enrol(ikm, by=UserFactory(), today=TODAY).pk
        else:
            with pytest.raises(TransitionNotAllowed, match="sudah terdaftar"):
                workflow.enrol(ikm, by=UserFactory(), today=TODAY)

    def test_the_database_counts_them_too(self):
        running = enrolment_at(E.SELLING)

        with pytest.raises(IntegrityError, match="programs_enrolment_once"):
            EnrolmentFactory(organization=running.organization)

    def test_only_an_ikm_can_be_enrolled(self):
        with pytest.raises(DatabaseError, match="programs_enrolment_only_ikm"):
            EnrolmentFactory(organization=OrganizationFactory())

    def test_a_closed_case_of_bad_details_leaves_nothing_behind(self):
        ProgramFactory()
        ikm = IkmFactory()
        details = dict.fromkeys(["name", "npwp", "address", "owner_name", "legal_form"], "")
        details |= dict.fromkeys(["kbli_code", "brands", "commodity", "nik"], "")
        details |= {"kbli_version": 2020, "region": ikm.region, "workers": 1}
        details |= {"investment": 1, "turnover": 1, "nib": "123"}

        with pytest.raises(ValidationError):
            workflow.enrol(ikm, by=UserFactory(), today=TODAY, details=details)

        assert not Enrolment.objects.exists()
        assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_enrol_the_same_ikm_at_once_and_one_is_told():
    ProgramFactory()
    ikm, outcomes, gate = IkmFactory(), [], threading.Barrier(2)
    people = UserFactory.create_batch(2)

    def press(person):
        gate.wait()
        try:
            workflow.enrol(Organization.objects.get(pk=ikm.pk), by=person, today=TODAY)
            outcomes.append("done")
        except TransitionNotAllowed:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    assert Enrolment.objects.count() == 1


class TestProposing:
    def propose(self, ikm, email="rahmah@contoh.id", by=None):
        ProgramFactory()
        return workflow.propose(
            ikm, owner_email=email, owner_name="Rahmah", by=by or UserFactory(), today=TODAY
        )

    def test_the_owner_gets_an_account_and_a_letter_that_no_preference_stops(self):
        enrolment = self.propose(IkmFactory())

        owner = User.objects.get(email="rahmah@contoh.id")
        letter = Notification.objects.get(recipient=owner)
        assert letter.kind == "DECISION"
        assert str(enrolment.code) in letter.url
        assert not enrolment.organization.memberships.exists()

    def test_confirming_makes_the_owner_also_of_who_waited_to_join(self):
        ikm = IkmFactory()
        enrolment = self.propose(ikm)
        owner = User.objects.get(email="rahmah@contoh.id")
        MembershipFactory(organization=ikm, user=owner, state=MembershipState.PENDING)

        workflow.confirm(enrolment, by=owner, today=TODAY)

        live = ikm.memberships.exclude(state=MembershipState.ENDED).get()
        assert (live.role, live.state) == (MembershipRole.OWNER, MembershipState.APPROVED)

    def test_where_an_owner_is_known_only_they_can_be_asked(self):
        owner = UserFactory(email="rahmah@contoh.id")
        ikm = IkmFactory(owner=owner)

        with pytest.raises(TransitionNotAllowed, match="sudah punya pemilik"):
            self.propose(ikm, email="lain@contoh.id")
        assert self.propose(ikm, email="Rahmah@Contoh.id").status == E.PROPOSED

    def test_the_database_wants_the_owners_yes(self):
        enrolment = self.propose(IkmFactory())

        with pytest.raises(IntegrityError, match="programs_enrolment_owner_agreed"):
            Enrolment.objects.filter(pk=enrolment.pk).update(status=E.REGISTERED)

    def test_it_is_for_the_dinas_of_the_place(self):
        west = ProvinceFactory(code="32", name="Jawa Barat")
        ikm = IkmFactory()
        of_the_town, of_the_province, of_elsewhere = UserFactory.create_batch(3)
        DinasFactory(region=ikm.region, member=of_the_town)
        DinasFactory(region=ikm.region.province, member=of_the_province)
        DinasFactory(
            region=RegionFactory(code="32.73", name="Bandung", province=west), member=of_elsewhere
        )

        assert permissions.can_propose(of_the_town, ikm)
        assert permissions.can_propose(of_the_province, ikm)
        assert not permissions.can_propose(of_elsewhere, ikm)
        assert not permissions.can_propose(UserFactory(), ikm)
        assert not permissions.can_propose(of_the_town, OrganizationFactory(region=ikm.region))

    def test_only_the_person_of_the_letter_or_of_the_ikm_confirms(self):
        enrolment = self.propose(IkmFactory())
        member = MembershipFactory(organization=enrolment.organization).user

        assert permissions.can_confirm(User.objects.get(email="rahmah@contoh.id"), enrolment)
        assert permissions.can_confirm(member, enrolment)
        assert not permissions.can_confirm(UserFactory(), enrolment)


def test_a_workshop_is_not_scheduled_for_yesterday():
    enrolment = enrolment_at(E.VERIFIED)

    with pytest.raises(TransitionNotAllowed, match="sudah lewat"):
        workflow.schedule(
            enrolment,
            workshop="Lokakarya",
            workshop_on=date(2026, 11, 27),
            by=UserFactory(),
            today=TODAY,
        )


def test_the_people_are_told_each_fact_once():
    owner = UserFactory()
    enrolment = enrolment_at(E.REGISTERED, organization=IkmFactory(owner=owner))

    workflow.verify(enrolment, by=UserFactory(), today=TODAY)
    with pytest.raises(TransitionNotAllowed):
        workflow.verify(enrolment, by=UserFactory(), today=TODAY)

    assert [one.subject for one in Notification.objects.filter(recipient=owner)] == [
        "Pendaftaran e-Smart IKM diterima"
    ]
