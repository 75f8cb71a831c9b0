"""The organizers' form that puts a participant's data right, and who may open it."""

import pytest
import time_machine
from django.urls import reverse

from programs import roles
from programs.once import new_token
from tests.factories.programs import IkmFactory, OrganizationFactory, RegionFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import sign_in
from tests.training.desk import ORGANIZERS, at_work, page, participant, words
from training.enums import EventStatus
from training.workflow.registration import confirm_name

pytestmark = pytest.mark.django_db

NIP = "198503152010011002"


@pytest.fixture(autouse=True)
def _at_the_time_of_registration():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def registration():
    return RegistrationFactory(
        name="Siti Rahma",
        servant_kind="PNS",
        nip=NIP,
        rank="III/c",
        position="Kepala Bidang",
        position_kind="ADMINISTRATOR",
        institution="Dinas A",
        region=RegionFactory(),
        phone="+6281234567890",
        needs="Kursi roda",
    )


def address(registration):
    return page(registration.event, "participant_correct", registration.pk)


def opened(client, registration):
    """What a browser would send back from the page as it stands."""
    form = client.get(address(registration)).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def save(client, registration, typed=None, **changes):
    typed = typed or opened(client, registration)
    return client.post(
        address(registration), {**typed, "reason": "Salah ketik.", **changes}, follow=True
    )


@pytest.mark.parametrize("role", [*ORGANIZERS, roles.BPSDMI_OFFICER])
def test_organizers_put_the_data_right_and_the_person_sees_it(client, registration, role):
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    at_work(client, registration.event, role)
    assert address(registration) in client.get(participant(registration)).content.decode()

    answer = save(
        client,
        registration,
        name="  Siti   Rahmah, S.T. ",
        region=jambi.pk,
        institution="Dinas B",
        rank="III/d",
    )

    assert answer.redirect_chain[0][0] == participant(registration)
    shown = words(answer)
    assert "Data Siti Rahmah, S.T. dibetulkan, dan orangnya diberi tahu." in shown
    assert "Instansi: “Dinas A” menjadi “Dinas B”" in shown
    assert "Alasan: Salah ketik." in shown
    registration.refresh_from_db()
    # What the page does not ask stays.
    assert (registration.phone, registration.needs) == ("+6281234567890", "Kursi roda")
    assert (registration.nip, registration.position) == (NIP, "Kepala Bidang")
    client.force_login(registration.user)
    own = words(client.get(reverse("training:registration_detail", args=[registration.pk])))
    for part in [
        "Siti Rahmah, S.T.",
        "Dinas B",
        "Kota Jambi, Provinsi 15",
        "III/d",
        "Data pendaftaran dibetulkan panitia",
    ]:
        assert part in own, part


def test_the_persons_state_keeps_its_own_reason(client):
    registration = RegistrationFactory(institution="Dinas A")
    at_work(client, registration.event)
    save(client, registration, institution="Dinas B", servant_kind="OTHER", position="Staf")

    client.force_login(registration.user)
    own = client.get(reverse("training:registration_detail", args=[registration.pk]))

    assert own.context["state"].reason == ""


@pytest.mark.parametrize("role", roles.ALL)
def test_nobody_else_opens_the_form(client, registration, role):
    person = organizer(role, UnitFactory())
    sign_in(client, person)
    looks_at_all = role == roles.AUDITOR

    answer = client.get(address(registration))

    if role == roles.BPSDMI_OFFICER:
        assert answer.status_code == 200
    else:
        assert answer.status_code in ({403} if looks_at_all else {403, 404})


def test_an_auditor_finds_no_button(client, registration):
    at_work(client, registration.event, roles.AUDITOR)

    assert not client.get(participant(registration)).context["may_correct"]


def test_the_participant_of_another_event_is_not_reached_from_here(client, registration):
    other = EventFactory(unit=registration.event.unit)
    at_work(client, other)

    assert client.get(page(other, "participant_correct", registration.pk)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Tulis alasannya; orangnya membaca alasan ini."),
        ({"name": ""}, "Isi nama lengkap dengan gelar."),
        ({"name": "123"}, "Tulis nama dengan huruf."),
        ({"nip": "19850315201001100"}, "NIP"),
        ({"nip": ""}, "Isi NIP"),
        ({"region": ""}, "Pilih kabupaten/kota"),
        ({}, "Belum ada yang diubah."),
    ],
)
def test_what_is_wrong_is_said_at_the_form_and_the_typed_stays(
    client, registration, changes, sentence
):
    at_work(client, registration.event)

    answer = save(client, registration, **changes)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not registration.history.exists()


def test_a_full_quota_is_said_at_the_form(client, registration):
    jambi = RegionFactory(code="15.71", name="Kota Jambi")
    QuotaFactory(event=registration.event, region=jambi.province, places=0)
    at_work(client, registration.event)

    answer = save(client, registration, region=jambi.pk, institution="Dinas B")

    assert answer.status_code == 422
    assert "Kuota Provinsi 15 sudah penuh: 0 dari 0 tempat terisi." in words(answer)
    assert answer.context["form"]["institution"].value() == "Dinas B"


def test_two_presses_are_one_correction(client, registration):
    at_work(client, registration.event)
    typed = opened(client, registration) | {"once": new_token()}

    for _ in range(2):
        save(client, registration, typed, institution="Dinas B")

    assert registration.history.count() == 1


def test_an_old_page_does_not_undo_what_the_person_put_right_meanwhile(client, registration):
    at_work(client, registration.event)
    typed = opened(client, registration)
    confirm_name(registration, by=registration.user, name="Dr. Siti Rahmah")

    save(client, registration, typed, institution="Dinas B")

    registration.refresh_from_db()
    assert (registration.name, registration.institution) == ("Dr. Siti Rahmah", "Dinas B")
    assert registration.name_confirmed_at == NOW


@pytest.mark.parametrize("seen", ["", "{", "[1]"])
def test_a_page_that_lost_what_was_seen_still_works(client, registration, seen):
    at_work(client, registration.event)

    save(client, registration, institution="Dinas B", seen=seen)

    registration.refresh_from_db()
    assert (registration.institution, registration.name) == ("Dinas B", "Siti Rahma")


def test_what_was_never_known_may_stay_unknown(client):
    registration = RegistrationFactory(name="Siti Rahma", region=None)
    at_work(client, registration.event)

    save(client, registration, name="Siti Rahmah")

    registration.refresh_from_db()
    assert (registration.name, registration.region) == ("Siti Rahmah", None)


def test_who_is_no_civil_servant_after_all_has_no_nip(client, registration):
    at_work(client, registration.event)

    save(client, registration, servant_kind="OTHER")

    registration.refresh_from_db()
    assert (registration.servant_kind, registration.nip, registration.rank) == ("OTHER", "", "")


def test_the_company_of_another_nib_is_linked(client):
    company = OrganizationFactory(nib="9120001234567")
    registration = RegistrationFactory(
        kind="COMPANY", position="Manajer", institution="PT A", region=RegionFactory()
    )
    at_work(client, registration.event)

    save(client, registration, nib="9120001234567")

    registration.refresh_from_db()
    assert (registration.nib, registration.organization) == (company.nib, company)


def test_a_business_is_called_as_the_register_calls_it(client):
    registration = RegistrationFactory(
        kind="IKM", organization=IkmFactory(), institution="Kripik", region=RegionFactory()
    )
    at_work(client, registration.event)

    assert "institution" not in client.get(address(registration)).context["form"].fields


def test_what_is_over_is_said_and_has_no_button(client, registration):
    bring_to(registration.event, EventStatus.ARCHIVED)
    at_work(client, registration.event)
    assert not client.get(participant(registration)).context["may_correct"]

    answer = client.get(address(registration), follow=True)

    assert answer.redirect_chain[0][0] == participant(registration)
    assert "sudah diarsipkan" in words(answer)
    assert save(client, registration, {"name": "Lain"}).status_code == 422
