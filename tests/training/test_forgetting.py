"""Who closes the account leaves numbers behind, and papers; nothing else that names them."""

import pytest

from programs.workflow.accounts import close_account
from tests.factories.diklat import TraineeFactory
from tests.factories.programs import IssuedPaperFactory, UserFactory
from tests.factories.training import EventFactory, RegistrationFactory, bring_to
from training.enums import EventStatus

pytestmark = pytest.mark.django_db


def test_a_registration_without_certificate_no_longer_says_who_it_was():
    event = EventFactory()
    registration = RegistrationFactory(
        event=event, name="Siti Rahmah", nip="198503152010011002", phone="+6281234567890"
    )
    bring_to(event, EventStatus.CONCLUDED)

    close_account(registration.user, by=registration.user)

    registration.refresh_from_db()
    assert (registration.name, registration.nip, registration.phone) == (
        "Akun yang ditutup",
        "",
        "",
    )


def test_a_certificate_keeps_its_holder():
    event = EventFactory()
    registration = RegistrationFactory(
        event=event,
        name="Siti Rahmah",
        nip="198503152010011002",
        phone="+6281234567890",
        status="CERTIFIED",
        attended_jp=4,
        certificate=IssuedPaperFactory(kind="CERTIFICATE", number="0001/BDI/2026"),
    )
    bring_to(event, EventStatus.CONCLUDED)

    close_account(registration.user, by=registration.user)

    registration.refresh_from_db()
    assert (registration.name, registration.nip) == ("Siti Rahmah", "198503152010011002")
    assert registration.phone == ""


def test_a_trainee_who_was_never_tested_is_forgotten():
    user = UserFactory()
    trainee = TraineeFactory(user=user, email=user.email)
    trainee.set_nik("1375014203850003")
    trainee.save()

    close_account(user, by=user)

    trainee.refresh_from_db()
    assert (trainee.name, trainee.nik, trainee.nik_index, trainee.email) == (
        "Akun yang ditutup",
        "",
        "",
        "",
    )
