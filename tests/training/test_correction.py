"""What a participant wrote wrongly is put right: written down, told, and never past a quota."""

import pytest

from programs import roles
from programs.models import Notification, Participation
from programs.transitions import TransitionNotAllowed
from tests.factories.esmart import ProgramFactory
from tests.factories.programs import RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    bring_to,
    details_of,
    organizer,
)
from training.enums import EventStatus, RegistrationStatus
from training.models import EventFigures, Registration
from training.tasks import count_figures
from training.workflow import registration as life
from training.workflow.certificates import issue_next_batch, order_certificates, replace
from training.workflow.correction import correct
from training.workflow.places import release_quotas
from training.workflow.results import write_register

pytestmark = pytest.mark.django_db

WHY = "Kabupaten salah dipilih saat mendaftar."


@pytest.fixture
def bukittinggi():
    return RegionFactory()


@pytest.fixture
def jambi():
    return RegionFactory(code="15.71", name="Kota Jambi")


def put_right(registration, *, reason=WHY, **changes):
    by = organizer(roles.BDI_ADMIN, registration.event.unit)
    return correct(registration, changes=changes, by=by, reason=reason)


def register(event, **details):
    user = UserFactory()
    return life.register(
        event, user=user, details=details_of(user.name, **details), by=user, now=NOW
    )


def status_of(registration):
    registration.refresh_from_db()
    return registration.status


def last_message():
    return Notification.objects.order_by("pk").last()


def taken(*quotas):
    for quota in quotas:
        quota.refresh_from_db()
    return [quota.taken for quota in quotas]


def test_a_correction_is_written_down_with_what_was_what_is_and_why(bukittinggi, jambi):
    registration = RegistrationFactory(
        region=bukittinggi, institution="Dinas A", nip="198503152010011002", rank="III/c"
    )

    fresh = put_right(
        registration,
        region=jambi,
        institution="Dinas B",
        nip="198503152010011010",
        rank="III/d",
        position=registration.position,
    )

    assert (fresh.region, fresh.institution, fresh.rank) == (jambi, "Dinas B", "III/d")
    entry = registration.history.get()
    assert (entry.action, entry.from_status, entry.to_status) == ("correct", "ACCEPTED", "ACCEPTED")
    assert entry.reason == (
        "NIP: “•••• 1002” menjadi “•••• 1010”; "
        "Pangkat/golongan: “Penata (III/c)” menjadi “Penata Tingkat I (III/d)”; "
        "Instansi: “Dinas A” menjadi “Dinas B”; "
        f"Kabupaten/kota atau provinsi: “{bukittinggi.full_name}” menjadi “{jambi.full_name}”. "
        f"Alasan: {WHY}"
    )


def test_the_person_is_told_each_time():
    registration = RegistrationFactory(institution="Dinas A")

    put_right(registration, institution="Dinas B")
    put_right(registration, institution="Dinas C", reason="Masih keliru.")

    told = Notification.objects.filter(recipient=registration.user).order_by("pk")
    assert [one.subject.partition(":")[0] for one in told] == [
        "Data pendaftaran Anda dibetulkan"
    ] * 2
    assert "Instansi: “Dinas B” menjadi “Dinas C”." in told[1].body
    assert "Alasan: Masih keliru." in told[1].body


def test_another_name_is_confirmed_by_the_person_anew():
    registration = RegistrationFactory(name="Siti Rahma", name_confirmed_at=NOW)

    put_right(registration, institution="Dinas B")
    registration.refresh_from_db()
    assert registration.name_confirmed_at == NOW

    put_right(registration, name="Siti Rahmah, S.T.")

    registration.refresh_from_db()
    assert (registration.name, registration.name_confirmed_at) == ("Siti Rahmah, S.T.", None)
    assert registration.user.name != "Siti Rahmah, S.T."  # the account is the person's own
    assert "Periksa nama itu di halaman pendaftaran" in last_message().body


@pytest.mark.parametrize(
    ("changes", "reason", "words"),
    [
        ({"institution": "Dinas A"}, WHY, "Belum ada yang diubah"),
        ({}, WHY, "Belum ada yang diubah"),
        ({"institution": "Dinas B"}, "  ", "harus disertai alasan"),
    ],
)
def test_nothing_changed_or_no_reason_is_no_correction(changes, reason, words):
    registration = RegistrationFactory(institution="Dinas A")

    with pytest.raises(TransitionNotAllowed, match=words):
        put_right(registration, reason=reason, **changes)

    assert not registration.history.exists()
    assert not Notification.objects.exists()


@pytest.mark.parametrize(
    ("status", "event_status", "words"),
    [
        ("WITHDRAWN", EventStatus.OPEN, "tidak terdaftar lagi"),
        ("REJECTED", EventStatus.OPEN, "tidak terdaftar lagi"),
        ("ACCEPTED", EventStatus.CANCELLED, "dibatalkan"),
        ("ACCEPTED", EventStatus.ARCHIVED, "diarsipkan"),
    ],
)
def test_what_is_over_stays_as_it_was_written(status, event_status, words):
    registration = RegistrationFactory(status=status)
    if event_status != EventStatus.OPEN:
        bring_to(registration.event, event_status)

    with pytest.raises(TransitionNotAllowed, match=words):
        put_right(registration, institution="Dinas B")


def test_an_account_that_was_closed_is_not_filled_again():
    registration = RegistrationFactory()
    registration.user.closed_at = NOW
    registration.user.save()

    with pytest.raises(TransitionNotAllowed, match="sudah ditutup"):
        put_right(registration, name="Siti Rahmah")


def test_a_nip_of_somebody_else_is_refused_by_name():
    other = RegistrationFactory(nip="198503152010011002", name="Budi Santoso")
    registration = RegistrationFactory(event=other.event)

    with pytest.raises(TransitionNotAllowed, match="sudah dipakai Budi Santoso"):
        put_right(registration, nip=other.nip)


# --- Places --------------------------------------------------------------------------------------


def test_a_place_moves_to_the_quota_of_the_new_region(bukittinggi, jambi):
    event = EventFactory()
    west = QuotaFactory(event=event, region=bukittinggi.province, places=2)
    east = QuotaFactory(event=event, region=jambi.province, places=2)
    registration = register(event, region=bukittinggi)

    fresh = put_right(registration, region=jambi)

    assert (fresh.region_quota, fresh.status) == (east, "ACCEPTED")
    assert taken(west, east) == [0, 1]
    event.refresh_from_db()
    assert event.taken == 1


def test_a_full_quota_refuses_in_words_and_nothing_changes(bukittinggi, jambi):
    event = EventFactory()
    west = QuotaFactory(event=event, region=bukittinggi.province, places=2)
    east = QuotaFactory(event=event, region=jambi.province, places=1)
    register(event, region=jambi)
    registration = register(event, region=bukittinggi)

    with pytest.raises(
        TransitionNotAllowed, match="Kuota Provinsi 15 sudah penuh: 1 dari 1 tempat"
    ):
        put_right(registration, region=jambi)

    registration.refresh_from_db()
    assert (registration.region, registration.region_quota) == (bukittinggi, west)
    assert taken(west, east) == [1, 1]
    assert not registration.history.filter(action="correct").exists()


def test_within_one_full_quota_a_region_is_put_right(bukittinggi):
    padang = RegionFactory(code="13.71", name="Kota Padang")
    event = EventFactory()
    quota = QuotaFactory(event=event, region=bukittinggi.province, places=1)
    registration = register(event, region=bukittinggi)

    assert put_right(registration, region=padang).region == padang
    assert taken(quota) == [1]


def test_a_released_quota_refuses_nobody(bukittinggi, jambi):
    event = EventFactory()
    quota = QuotaFactory(event=event, region=jambi.province, places=1)
    register(event, region=jambi)
    release_quotas(event)

    assert put_right(register(event, region=bukittinggi), region=jambi).region == jambi
    assert taken(quota) == [2]


def test_who_waited_for_the_place_that_became_free_moves_up(bukittinggi, jambi):
    event = EventFactory()
    QuotaFactory(event=event, region=bukittinggi.province, places=1)
    first, second = register(event, region=bukittinggi), register(event, region=bukittinggi)
    assert second.status == "WAITING"

    put_right(first, region=jambi)

    assert (status_of(first), status_of(second)) == ("ACCEPTED", "ACCEPTED")


def test_who_waits_under_a_full_quota_by_mistake_gets_a_place_elsewhere(bukittinggi, jambi):
    event = EventFactory()
    full = QuotaFactory(event=event, region=bukittinggi.province, places=1)
    register(event, region=bukittinggi)
    waiting = register(event, region=bukittinggi)

    fresh = put_right(waiting, region=jambi)

    assert (fresh.status, fresh.region_quota) == ("ACCEPTED", None)
    assert taken(full) == [1]


def test_who_waits_may_wait_under_a_full_quota(bukittinggi, jambi):
    event = EventFactory(capacity=1)
    full = QuotaFactory(event=event, region=jambi.province, places=1)
    register(event, region=jambi)
    waiting = register(event, region=bukittinggi)

    fresh = put_right(waiting, region=jambi)

    assert (fresh.status, fresh.region_quota) == ("WAITING", full)


def test_a_region_that_the_event_is_not_for_is_refused(bukittinggi, jambi):
    event = EventFactory(regions=[bukittinggi.province])
    registration = register(event, region=bukittinggi)

    with pytest.raises(
        TransitionNotAllowed, match="Kota Jambi, Provinsi 15 di luar wilayah kegiatan"
    ):
        put_right(registration, region=jambi)


def test_once_the_event_has_begun_the_region_is_what_it_is(bukittinggi, jambi):
    event = EventFactory(regions=[bukittinggi.province])
    west = QuotaFactory(event=event, region=bukittinggi.province, places=1)
    east = QuotaFactory(event=event, region=jambi.province, places=0)
    registration = register(event, region=bukittinggi)
    bring_to(event, EventStatus.RUNNING)

    fresh = put_right(registration, region=jambi)

    # The place was given under the quota of Sumatera Barat, and is no longer given away.
    assert (fresh.region, fresh.region_quota) == (jambi, west)
    assert taken(west, east) == [1, 0]


# --- Afterwards ----------------------------------------------------------------------------------


def qualified(event, **details):
    registration = RegistrationFactory(event=event, **details)
    Registration.objects.filter(pk=registration.pk).update(status="QUALIFIED", attended_jp=4)
    registration.refresh_from_db()
    return registration


def test_the_figures_and_the_register_follow(bukittinggi, jambi):
    event = EventFactory(program=ProgramFactory())
    registration = qualified(event, region=bukittinggi)
    bring_to(event, EventStatus.CONCLUDED)
    write_register(event)
    count_figures()
    assert list(EventFigures.objects.get(event=event).provinces) == ["13"]

    put_right(registration, region=jambi)

    assert not EventFigures.objects.get(event=event).is_fresh
    count_figures()
    assert list(EventFigures.objects.get(event=event).provinces) == ["15"]
    assert Participation.objects.get().region == jambi


def test_who_did_not_pass_does_not_enter_the_register_by_a_correction(bukittinggi, jambi):
    event = EventFactory(program=ProgramFactory())
    registration = RegistrationFactory(event=event, region=bukittinggi)
    Registration.objects.filter(pk=registration.pk).update(status="PARTLY", attended_jp=1)
    bring_to(event, EventStatus.CONCLUDED)

    put_right(registration, region=jambi)

    assert not Participation.objects.exists()


def test_after_the_certificate_the_name_stands_and_a_new_one_prints_what_was_put_right():
    event = EventFactory()
    by = organizer(roles.BDI_ADMIN, event.unit)
    registration = qualified(event, name="Siti Rahma", institution="Dinas A")
    bring_to(event, EventStatus.CONCLUDED)
    order_certificates(event, by=by, now=NOW)
    issue_next_batch(event.pk, today=NOW.date())
    registration.refresh_from_db()

    with pytest.raises(TransitionNotAllowed, match="Sertifikat sudah terbit"):
        put_right(registration, name="Siti Rahmah")
    put_right(registration, institution="Dinas B")

    registration.refresh_from_db()
    assert registration.status == RegistrationStatus.CERTIFIED
    assert registration.certificate.facts["institution"] == "Dinas A"
    assert "tetap berlaku seperti tercetak" in last_message().body
    new = replace(
        registration, by=by, reason="Instansi keliru.", name="Siti Rahmah", today=NOW.date()
    )
    assert new.certificate.facts["institution"] == "Dinas B"
