"""Certificates: numbers without a gap for each unit and year, in batches that come whole or not."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from programs.enums import PaperKind, PaperState
from programs.models import IssuedPaper, Notification, NumberSequence, Participation, Program
from programs.transitions import TransitionNotAllowed
from tests.factories.programs import UserFactory
from tests.factories.training import (
    AFTERWARDS,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
)
from tests.people import sign_in
from training.enums import EventStatus, RegistrationStatus
from training.models import Event
from training.tasks import issue_certificates, sweep_certificates
from training.workflow import certificates as workflow
from training.workflow import results

pytestmark = pytest.mark.django_db
Status = RegistrationStatus
TODAY = date(2026, 9, 24)


class CalledOff(Exception):
    """What makes a batch fail in the middle."""


@pytest.fixture
def unit():
    return UnitFactory(satker_code="570012")


def qualified(unit, count=3, *, ordered=True, **details):
    """A concluded event whose participants all passed; their certificates are ordered."""
    event = EventFactory(unit=unit, **details)
    for _ in range(count):
        RegistrationFactory(event=event, status=Status.QUALIFIED, attended_jp=4)
    bring_to(event, EventStatus.CONCLUDED)
    if ordered and count:
        workflow.order_certificates(event, by=UserFactory(), now=AFTERWARDS)
    return event


def issue(event, today=TODAY, size=workflow.BATCH):
    return workflow.issue_next_batch(event.pk, today=today, size=size)


def numbers(event):
    papers = event.registrations.order_by("arrival").values_list("certificate__number", flat=True)
    return list(papers)


# --- Ordering ------------------------------------------------------------------------------------


def test_an_order_says_who_gave_it_and_when(unit):
    event, officer = qualified(unit, ordered=False), UserFactory()

    event = workflow.order_certificates(event, by=officer, now=AFTERWARDS)

    assert (event.certificates_ordered_by, event.certificates_ordered_at) == (officer, AFTERWARDS)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"gives_certificate": False}, "tidak memberi sertifikat"),
        ({"count": 0}, "Tidak ada peserta yang memenuhi syarat"),
    ],
)
def test_an_order_without_object_is_refused(unit, details, words):
    event = qualified(unit, ordered=False, **details)

    with pytest.raises(TransitionNotAllowed, match=words):
        workflow.order_certificates(event, by=UserFactory(), now=AFTERWARDS)


def test_before_the_results_nothing_is_ordered():
    with pytest.raises(TransitionNotAllowed, match="Tetapkan hasil"):
        workflow.order_certificates(EventFactory(), by=UserFactory(), now=AFTERWARDS)


def test_without_an_order_nothing_is_issued(unit):
    assert issue(qualified(unit, ordered=False)) == 0
    assert not IssuedPaper.objects.exists()


# --- Numbers -------------------------------------------------------------------------------------


def test_numbers_follow_the_order_of_arrival(unit):
    event = qualified(unit)

    assert issue(event) == 3

    assert numbers(event) == [f"000{n}/570012/BIMTEK/IX/2026" for n in (1, 2, 3)]


def test_two_events_of_a_unit_share_its_series_and_another_unit_has_its_own(unit):
    first = qualified(unit, 2)
    second = qualified(unit, 2, certificate_code="WEB")
    foreign = qualified(UnitFactory(satker_code="570099"), 1)

    issue(first, size=1)
    issue(second)
    issue(foreign)
    issue(first)

    assert numbers(first) == ["0001/570012/BIMTEK/IX/2026", "0004/570012/BIMTEK/IX/2026"]
    assert numbers(second) == ["0002/570012/WEB/IX/2026", "0003/570012/WEB/IX/2026"]
    assert numbers(foreign) == ["0001/570099/BIMTEK/IX/2026"]


def test_a_new_year_begins_at_one(unit):
    event = qualified(unit, 3)

    issue(event, today=date(2026, 12, 31), size=2)
    issue(event, today=date(2027, 1, 1))

    assert numbers(event) == [
        "0001/570012/BIMTEK/XII/2026",
        "0002/570012/BIMTEK/XII/2026",
        "0001/570012/BIMTEK/I/2027",
    ]


def test_a_unit_without_satker_code_is_named_by_its_key():
    event = qualified(UnitFactory(satker_code=""), 1)

    issue(event)

    assert numbers(event) == [f"0001/U{event.unit_id}/BIMTEK/IX/2026"]


# --- Batches -------------------------------------------------------------------------------------


def test_batches_go_on_where_the_last_one_stopped(unit):
    event = qualified(unit, 5)

    assert [issue(event, size=2) for _ in range(4)] == [2, 2, 1, 0]

    assert len(set(numbers(event))) == 5
    assert NumberSequence.objects.get(series__contains=f"/{unit.pk}/").last == 5


def test_a_second_run_finds_nothing(unit):
    event = qualified(unit)
    issue(event)
    papers, messages = IssuedPaper.objects.count(), Notification.objects.count()

    issue_certificates(event.pk)
    sweep_certificates()

    assert (IssuedPaper.objects.count(), Notification.objects.count()) == (papers, messages)


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_gives_its_numbers_back(unit, monkeypatch):
    event = qualified(unit, 4)
    issue(event, size=2)

    def fail(*args, **options):
        raise CalledOff

    with monkeypatch.context() as patch:
        patch.setattr(workflow, "tell_status", fail)
        with pytest.raises(CalledOff):
            issue(event)
    assert event.registrations.to_certify().count() == 2
    assert IssuedPaper.objects.filter(kind=PaperKind.CERTIFICATE).count() == 2

    assert issue(event) == 2

    assert [number[:4] for number in numbers(event)] == ["0001", "0002", "0003", "0004"]


def test_the_sweep_finishes_what_a_worker_left(unit):
    event = qualified(unit, 3)
    issue(event, size=1)

    sweep_certificates()

    assert None not in numbers(event)


def test_everybody_is_certified_told_and_in_the_history(unit):
    event = qualified(unit, 2)

    issue(event)

    for registration in event.registrations.all():
        assert registration.status == Status.CERTIFIED
        assert registration.certificate.holder == registration.name
        assert registration.certificate.key == f"training.certificate.{registration.pk}"
        assert list(
            registration.history.values_list("action", "from_status", "to_status", "actor")
        ) == [("certify", "QUALIFIED", "CERTIFIED", event_orderer(event))]
        assert Notification.objects.get(recipient=registration.user).subject == (
            f"Sertifikat Anda sudah terbit: {event.title}"
        )


def event_orderer(event):
    return Event.objects.get(pk=event.pk).certificates_ordered_by_id


def test_only_who_qualified_gets_one(unit):
    event = qualified(unit, 1, ordered=False)
    partly = RegistrationFactory(event=event, status=Status.PARTLY, attended_jp=2)
    workflow.order_certificates(event, by=UserFactory(), now=AFTERWARDS)

    issue(event)

    partly.refresh_from_db()
    assert partly.certificate is None


def test_results_that_are_open_again_hold_the_certificates_up(unit):
    event = qualified(unit)
    issue(event, size=1)
    results.reconsider(event, by=UserFactory(), reason="Daftar hadir keliru.")

    assert issue(event) == 0


def test_many_cost_no_more_queries(unit, django_assert_max_num_queries):
    event = qualified(unit, 30)

    with django_assert_max_num_queries(25):
        issue(event)


# --- Revoke and replace --------------------------------------------------------------------------


@pytest.fixture
def certified(unit):
    event = qualified(unit, 1)
    issue(event)
    return event.registrations.get()


def verify_page(client, paper):
    return client.get(reverse("programs:verify", args=[paper.code]))


def test_a_revoked_one_is_so_for_the_public_and_its_holder_reads_why(client, certified):
    workflow.revoke(certified, by=UserFactory(), reason="Kehadiran Siti dipalsukan.")

    certified.refresh_from_db()
    paper = certified.certificate
    assert (certified.status, paper.state) == (Status.REVOKED, PaperState.REVOKED)
    assert certified.history.get(action="revoke").reason == "Kehadiran Siti dipalsukan."
    assert Notification.objects.filter(
        recipient=certified.user, body__contains="Kehadiran Siti dipalsukan."
    ).exists()
    page = verify_page(client, paper)
    assertContains(page, "sudah dicabut")
    assertNotContains(page, "dipalsukan")
    sign_in(client, certified.user)
    assertContains(verify_page(client, paper), "Kehadiran Siti dipalsukan.")


def test_revoking_takes_a_reason(certified):
    with pytest.raises(TransitionNotAllowed, match="alasan"):
        workflow.revoke(certified, by=UserFactory(), reason="")

    certified.refresh_from_db()
    assert certified.certificate.state == PaperState.VALID


def test_a_long_reason_is_kept_whole_in_the_history(certified):
    reason = "Kehadiran dipalsukan. " * 30

    workflow.revoke(certified, by=UserFactory(), reason=reason)

    certified.refresh_from_db()
    assert certified.history.get(action="revoke").reason == reason
    assert len(certified.certificate.state_reason) == 300


def test_a_revoked_one_is_neither_revoked_nor_replaced_again(certified):
    workflow.revoke(certified, by=UserFactory(), reason="Keliru.")

    with pytest.raises(TransitionNotAllowed):
        workflow.revoke(certified, by=UserFactory(), reason="Keliru.")
    with pytest.raises(TransitionNotAllowed, match="Hanya sertifikat yang berlaku"):
        replace(certified)


def test_revoking_takes_the_participation_back(unit):
    program = Program.objects.create(slug="e-smart", name="e-Smart", summary="Daring.")
    event = qualified(unit, 1, program=program)
    results.write_register(event)
    issue(event)
    assert Participation.objects.valid().count() == 1

    workflow.revoke(event.registrations.get(), by=UserFactory(), reason="Keliru.")

    assert Participation.objects.valid().count() == 0


def replace(registration, **changes):
    details = {
        "by": UserFactory(),
        "reason": "Gelar keliru.",
        "name": "Siti Rahmah, M.T.",
        "today": date(2026, 10, 2),
    }
    return workflow.replace(registration, **details | changes)


def test_a_replacement_has_a_new_number_and_the_old_one_leads_to_it(client, certified):
    old = certified.certificate

    registration = replace(certified)

    old.refresh_from_db()
    new = registration.certificate
    assert (registration.status, registration.name) == (Status.CERTIFIED, "Siti Rahmah, M.T.")
    assert (new.number, new.holder) == ("0002/570012/BIMTEK/X/2026", "Siti Rahmah, M.T.")
    assert (old.state, old.replaced_by) == (PaperState.REPLACED, new)
    page = verify_page(client, old)
    assertContains(page, "sudah diganti")
    assertContains(page, reverse("programs:verify", args=[new.code]))
    assertNotContains(page, "Gelar keliru.")
    assertContains(verify_page(client, new), "masih berlaku")
    sign_in(client, certified.user)
    assertContains(verify_page(client, old), "Gelar keliru.")


def test_it_can_be_replaced_again(certified):
    first = replace(certified).certificate

    second = replace(certified, name="Dr. Siti Rahmah, M.T.").certificate

    first.refresh_from_db()
    assert (first.replaced_by, second.number) == (second, "0003/570012/BIMTEK/X/2026")


def test_replacing_takes_a_reason(certified):
    with pytest.raises(TransitionNotAllowed, match="alasan"):
        replace(certified, reason=" ")


def test_what_was_not_issued_cannot_be_replaced(unit):
    event = qualified(unit, 1)

    with pytest.raises(TransitionNotAllowed, match="Hanya sertifikat yang berlaku"):
        replace(event.registrations.get())


# --- Who opens the file --------------------------------------------------------------------------


def test_the_holder_opens_the_old_and_the_new_one_and_nobody_else(client, certified):
    old = certified.certificate
    new = replace(certified).certificate

    for person, status in [(certified.user, 200), (UserFactory(), 404)]:
        sign_in(client, person)
        for paper in (old, new):
            answer = client.get(reverse("programs:paper", args=[paper.code]))
            b"".join(answer.streaming_content) if answer.streaming else None
            assert answer.status_code == status
