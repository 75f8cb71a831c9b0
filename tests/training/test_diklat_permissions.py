"""Every kind of person against every page of a batch: who reads, who acts, for whom it is not."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from programs import roles
from tests.factories.diklat import BatchFactory, TraineeFactory
from tests.factories.programs import DinasFactory, MembershipFactory, UserFactory, officer
from tests.factories.training import UnitFactory, organizer
from tests.people import sign_in
from training import diklat_permissions as permissions
from training.diklat_enums import BatchStatus, TraineeStatus
from training.models import Batch, Course, Trainee

pytestmark = pytest.mark.django_db
READ = [
    "change", "people", "export", "person", "selection", "attendance", "results", "placement",
    "followup",
]  # fmt: skip
CHANGE = ["demand", "enter", "place_one"]
POSTED = ["move", "drop_demand", "leave", "void", "reveal"]
ROLES_ABROAD = [role for role in roles.ALL if role not in (roles.BPSDMI_OFFICER, roles.AUDITOR)]


@pytest.fixture
def trainee():
    return TraineeFactory(status=TraineeStatus.COMPETENT, nik_number="1375014203850003")


def address(name, trainee):
    values = {
        "pk": trainee.batch_id,
        "trainee_pk": trainee.pk,
        "demand_pk": trainee.batch.demands.get().pk,
        "result_pk": trainee.results.get().pk,
    }
    wanted = {
        "person": ["pk", "trainee_pk"],
        "reveal": ["pk", "trainee_pk"],
        "leave": ["pk", "trainee_pk"],
        "place_one": ["pk", "trainee_pk"],
        "void": ["pk", "trainee_pk", "result_pk"],
        "drop_demand": ["pk", "demand_pk"],
    }.get(name, ["pk"])
    return reverse(f"admin:training_batch_{name}", kwargs={key: values[key] for key in wanted})


def statuses(person, names, trainee, method="get"):
    client = sign_in(Client(), person)
    answers = {name: getattr(client, method)(address(name, trainee)) for name in names}
    for answer in answers.values():
        if answer.streaming:
            b"".join(answer.streaming_content)
    return {name: answer.status_code for name, answer in answers.items()}


@pytest.mark.parametrize("role", [roles.BDI_ADMIN, roles.EDUCATION_UNIT_ADMIN])
def test_officers_of_the_unit_read_and_change(role, trainee):
    person = organizer(role, trainee.batch.course.unit)

    assert set(statuses(person, READ + CHANGE, trainee).values()) == {200}
    assert permissions.can_manage(person, trainee.batch)
    assert list(permissions.manageable_units(person)) == [trainee.batch.course.unit]


def test_bpsdmi_reads_and_changes_the_batches_of_all_units(trainee):
    person = officer(roles.BPSDMI_OFFICER)

    assert set(statuses(person, READ + CHANGE, trainee).values()) == {200}
    assert permissions.can_manage(person, trainee.batch)


def test_an_auditor_reads_everything_and_changes_nothing(trainee):
    person = officer(roles.AUDITOR)

    assert set(statuses(person, READ, trainee).values()) == {200}
    assert set(statuses(person, CHANGE, trainee).values()) == {403}
    assert set(statuses(person, POSTED, trainee, "post").values()) == {403}
    posts = statuses(
        person, ["selection", "attendance", "results", "placement", "followup"], trainee, "post"
    )
    assert set(posts.values()) == {403}
    assert not permissions.can_plan(person)


@pytest.mark.parametrize("role", [roles.BDI_ADMIN, roles.EDUCATION_UNIT_ADMIN])
def test_for_another_unit_a_batch_does_not_exist(role, trainee):
    person = organizer(role, UnitFactory())

    for method in ("get", "post"):
        found = statuses(person, READ + CHANGE + POSTED, trainee, method)
        assert set(found.values()) <= {404, 405}
    for model in (Batch, Course, Trainee):
        assert not model.objects.visible_to(person).exists()


@pytest.mark.parametrize("role", ROLES_ABROAD)
def test_other_roles_have_no_business_here(role, trainee):
    person = officer(role)

    expected = {roles.BDI_ADMIN, roles.EDUCATION_UNIT_ADMIN}
    found = set(statuses(person, READ + CHANGE, trainee).values())
    assert found == ({404} if role in expected else {403})


def test_a_colleague_who_left_the_unit_no_longer_sees_it(trainee):
    person = officer(roles.BDI_ADMIN)
    for state in ("PENDING", "ENDED"):
        MembershipFactory(user=person, organization=trainee.batch.course.unit, state=state)

    assert not Batch.objects.visible_to(person).exists()
    assert not permissions.can_plan(person)


def test_people_are_seen_by_themselves_their_sender_and_the_unit(trainee):
    sender, person = UserFactory(), UserFactory()
    own = TraineeFactory(user=person, sent_by=DinasFactory(member=sender), batch=trainee.batch)
    colleague = organizer(roles.BDI_ADMIN, trainee.batch.course.unit)

    assert list(Trainee.objects.visible_to(person)) == [own]
    assert list(Trainee.objects.visible_to(sender)) == [own]
    assert set(Trainee.objects.visible_to(colleague)) == {own, trainee}
    assert permissions.has_sent(sender, own)
    assert not permissions.has_sent(person, own)
    assert permissions.can_withdraw(colleague, own)
    assert not permissions.can_withdraw(UserFactory(), own)


def test_officers_who_are_told_work_for_the_unit_and_may_act():
    batch = BatchFactory(status=BatchStatus.OPEN)
    unit = batch.course.unit
    told = organizer(roles.BDI_ADMIN, unit)
    organizer(roles.AUDITOR, unit)
    organizer(roles.BDI_ADMIN, UnitFactory())
    gone = organizer(roles.BDI_ADMIN, unit)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    assert list(permissions.officers_of(batch)) == [told]


def test_strangers_are_asked_to_sign_in(client, trainee):
    for name in READ:
        answer = client.get(address(name, trainee))
        assert answer.status_code == 302
        assert "login" in answer.url
    assert not permissions.can_enter_desk(AnonymousUser())
