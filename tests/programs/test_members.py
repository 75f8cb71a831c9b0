"""Who belongs to an organization: nobody enters without the word of an owner or an officer."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from programs.enums import MembershipRole, MembershipState
from programs.models import Membership
from programs.transitions import TransitionNotAllowed
from programs.workflow import memberships
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

JOIN = "/organisasi/bergabung/"


@pytest.fixture
def owner():
    return UserFactory(name="Rahmah Contoh")


@pytest.fixture
def ikm(owner):
    return IkmFactory(owner=owner, nib="9120001234567")


@pytest.fixture
def request_of(ikm):
    return MembershipFactory(organization=ikm, state=MembershipState.PENDING)


def address(name, membership):
    return reverse(f"programs:{name}", args=[membership.organization_id, membership.pk])


def people_page(ikm):
    return reverse("programs:member_list", args=[ikm.pk])


def test_asking_to_join_tells_the_owners(
    client, ikm, owner, django_capture_on_commit_callbacks, mailoutbox
):
    friend = UserFactory(name="Budi Contoh")

    with django_capture_on_commit_callbacks(execute=True):
        sign_in(client, friend).post(JOIN, {"where": "usaha", "nib": "9120 0012 34567"})

    membership = friend.memberships.get()
    assert (membership.organization, membership.state) == (ikm, MembershipState.PENDING)
    assert [(mail.to, "Budi Contoh ingin bergabung" in mail.subject) for mail in mailoutbox] == [
        ([owner.email], True)
    ]


def test_an_unknown_nib_is_explained(client):
    answer = sign_in(client, UserFactory()).post(JOIN, {"where": "usaha", "nib": "9120001234567"})

    assert answer.status_code == 422
    assert "Belum ada usaha dengan NIB 9120001234567" in answer.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Pilih usaha, sekolah, atau dinas."),
        ({"where": "usaha"}, "Isi NIB usaha itu."),
        ({"where": "dinas"}, "Pilih dinas tempat Anda bekerja."),
        ({"where": "sekolah"}, "Isi NPSN sekolah itu."),
        ({"where": "sekolah", "npsn": "20328456"}, "Belum ada sekolah dengan NPSN 20328456."),
        ({"where": "usaha", "nib": "12"}, "Anda menulis 2 angka."),
    ],
)
def test_what_is_missing_is_said(client, typed, words):
    assert words in sign_in(client, UserFactory()).post(JOIN, typed).text


def test_apparatus_ask_for_their_dinas(client):
    dinas, user = DinasFactory(), UserFactory()

    sign_in(client, user).post(JOIN, {"where": "dinas", "agency": dinas.pk})

    assert user.memberships.get().organization == dinas


def test_people_of_a_school_ask_by_its_npsn(client):
    school, user = OrganizationFactory(kind="SCHOOL", nib="", npsn="20328456"), UserFactory()

    sign_in(client, user).post(JOIN, {"where": "sekolah", "npsn": "20328456"})

    assert user.memberships.get().organization == school


@pytest.mark.parametrize("state", [MembershipState.PENDING, MembershipState.APPROVED])
def test_nobody_asks_twice(client, ikm, state):
    user = UserFactory()
    MembershipFactory(organization=ikm, user=user, state=state)

    answer = sign_in(client, user).post(JOIN, {"where": "usaha", "nib": ikm.nib})

    assert answer.status_code == 422
    assert user.memberships.count() == 1


def test_who_left_may_ask_again(ikm):
    user = UserFactory()
    MembershipFactory(organization=ikm, user=user, state=MembershipState.ENDED)

    memberships.request_to_join(ikm, by=user)

    assert user.memberships.filter(state=MembershipState.PENDING).exists()


def test_an_owner_lets_somebody_in(client, owner, request_of):
    answer = sign_in(client, owner).post(address("member_approve", request_of))

    request_of.refresh_from_db()
    assert answer.url == people_page(request_of.organization)
    assert (request_of.state, request_of.decided_by) == (MembershipState.APPROVED, owner)
    assert request_of.user.notifications.get().subject.startswith("Anda sekarang anggota")


def test_an_owner_declines(client, owner, request_of):
    sign_in(client, owner).post(address("member_refuse", request_of))

    request_of.refresh_from_db()
    assert request_of.state == MembershipState.ENDED
    assert "tidak disetujui" in request_of.user.notifications.get().subject


def test_an_owner_makes_another(client, owner, ikm):
    member = MembershipFactory(organization=ikm)

    sign_in(client, owner).post(address("member_make_owner", member))

    member.refresh_from_db()
    assert member.role == MembershipRole.OWNER


def test_ending_asks_first(client, owner, ikm):
    member = MembershipFactory(organization=ikm, user=UserFactory(name="Ani Contoh"))
    sign_in(client, owner)

    assert "Akhiri keanggotaan Ani Contoh?" in client.get(address("member_end", member)).text
    client.post(address("member_end", member))

    member.refresh_from_db()
    assert member.state == MembershipState.ENDED


def test_one_may_leave(client, ikm):
    member = MembershipFactory(organization=ikm)

    answer = sign_in(client, member.user).post(address("member_end", member))

    member.refresh_from_db()
    assert member.state == MembershipState.ENDED
    assert answer.url == "/organisasi/"
    assert not member.user.notifications.exists()


def test_the_last_owner_stays(client, owner, ikm):
    MembershipFactory(organization=ikm)
    own = ikm.memberships.get(user=owner)

    answer = sign_in(client, owner).post(address("member_end", own), follow=True)

    own.refresh_from_db()
    assert own.state == MembershipState.APPROVED
    assert "Jadikan anggota lain pemilik lebih dahulu" in answer.text


@pytest.mark.parametrize("name", ["member_approve", "member_refuse", "member_make_owner"])
def test_decisions_need_a_button(client, owner, request_of, name):
    assert sign_in(client, owner).get(address(name, request_of)).status_code == 405


@pytest.mark.parametrize(
    "name", ["member_approve", "member_refuse", "member_make_owner", "member_end"]
)
def test_members_see_and_do_not_decide(client, ikm, request_of, name):
    member = MembershipFactory(organization=ikm).user
    sign_in(client, member)

    assert client.get(people_page(ikm)).status_code == 200
    assert client.post(address(name, request_of)).status_code == 403


@pytest.mark.parametrize(
    "name", ["member_approve", "member_refuse", "member_make_owner", "member_end"]
)
def test_for_strangers_it_does_not_exist(client, request_of, name):
    sign_in(client, UserFactory())

    assert client.get(people_page(request_of.organization)).status_code == 404
    assert client.post(address(name, request_of)).status_code == 404


def test_nobody_approves_through_another_organization(client, request_of):
    other_owner = UserFactory()
    other = IkmFactory(owner=other_owner)

    answer = sign_in(client, other_owner).post(
        reverse("programs:member_approve", args=[other.pk, request_of.pk])
    )

    assert answer.status_code == 404


def test_members_do_not_see_the_addresses_of_others(client, ikm, owner, request_of):
    member = MembershipFactory(organization=ikm).user

    text = sign_in(client, member).get(people_page(ikm)).text

    assert owner.email not in text
    assert request_of.user.email not in text


def test_a_request_stands_in_the_tasks_of_the_owner(client, owner, request_of):
    assert f"{request_of.user} ingin bergabung" in sign_in(client, owner).get("/beranda/").text


def test_a_second_decision_is_told_what_happened(owner, request_of):
    memberships.approve(request_of, by=owner)

    with pytest.raises(TransitionNotAllowed, match="sudah disetujui"):
        memberships.refuse(request_of, by=owner)


def two_owners_leave_at_once():
    people = UserFactory.create_batch(2)
    ikm = IkmFactory(owner=people[0])
    MembershipFactory(organization=ikm, user=people[1], role=MembershipRole.OWNER)
    gate, outcomes = threading.Barrier(2), []

    def leave(pk):
        membership = Membership.objects.get(pk=pk)
        gate.wait()
        try:
            memberships.end(membership, by=membership.user)
            outcomes.append("left")
        except TransitionNotAllowed:
            outcomes.append("stayed")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=leave, args=[pk])
        for pk in ikm.memberships.values_list("pk", flat=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind():
    assert two_owners_leave_at_once() == ["left", "stayed"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_leave(monkeypatch):
    """The negative control: both look before either writes."""
    both_looked, save = threading.Barrier(2), Membership.save

    def save_after_both_looked(membership, **options):
        if "update_fields" in options:
            both_looked.wait(timeout=10)
        save(membership, **options)

    monkeypatch.setattr(memberships, "_lock", lambda organization: None)
    monkeypatch.setattr(Membership, "save", save_after_both_looked)

    assert two_owners_leave_at_once() == ["left", "left"]
