"""What e-Smart keeps of an IKM: told to its own people, and let go when nobody is left."""

import pytest

from programs.esmart_enums import EnrolmentStatus
from programs.my_data import data_of
from programs.workflow.accounts import close_account
from tests.factories.esmart import (
    EnrolmentFactory,
    MentoringTaskFactory,
    ProductFactory,
    SalesReportFactory,
    ShopFactory,
)
from tests.factories.programs import IkmFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

E = EnrolmentStatus


@pytest.fixture
def owner():
    return UserFactory(email="rahmah@contoh.id")


@pytest.fixture
def enrolment(owner):
    ikm = IkmFactory(owner=owner, name="Keripik Contoh")
    SalesReportFactory(shop=ShopFactory(organization=ikm, name="Toko Rahmah"), turnover=1_750_000)
    product = ProductFactory(organization=ikm, name="Keripik balado")
    product.certifications.create(kind="HALAL", number="ID1")
    enrolment = EnrolmentFactory(organization=ikm, trained=True, owner_email=owner.email)
    MentoringTaskFactory(enrolment=enrolment, explanation="Belum punya toko")
    return enrolment


def test_the_download_has_all_of_it(owner, enrolment):
    data = data_of(owner)

    assert data["e_smart"][0]["keadaan"] == "lulus lokakarya"
    assert data["e_smart"][0]["pendampingan"][0]["keterangan"] == "Belum punya toko"
    assert data["toko_daring"][0]["toko"] == "Toko Rahmah"
    assert data["laporan_penjualan"][0]["omzet"] == 1_750_000
    assert data["produk"][0]["sertifikat"] == [{"jenis": "halal", "nomor": "ID1", "sampai": None}]


def test_it_has_nothing_of_others(enrolment):
    former = UserFactory()
    MembershipFactory(organization=enrolment.organization, user=former, state="ENDED")

    for person in (former, UserFactory()):
        data = data_of(person)
        assert [
            data[name] for name in ("e_smart", "toko_daring", "laporan_penjualan", "produk")
        ] == [[], [], [], []]


def test_an_ikm_without_people_leaves_e_smart(owner, enrolment):
    close_account(owner, by=owner)

    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.owner_email) == (E.LEFT, "")
    assert enrolment.history.last().reason == "Akun pemilik ditutup."
    assert enrolment.organization.shops.exists()


def test_an_ikm_with_other_people_goes_on(owner, enrolment):
    MembershipFactory(organization=enrolment.organization, role="OWNER")

    close_account(owner, by=owner)

    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.owner_email) == (E.TRAINED, "")


def test_a_proposal_that_nobody_can_answer_is_turned_down(owner):
    enrolment = EnrolmentFactory(proposed=True, owner_email=owner.email)

    close_account(owner, by=owner)

    enrolment.refresh_from_db()
    assert (enrolment.status, enrolment.owner_email) == (E.REFUSED, "")
