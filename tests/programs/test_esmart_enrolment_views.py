"""Into e-Smart from a phone: by the owner, or by a Dinas with the owner's yes; and out again."""

import uuid
from datetime import date

import pytest
from django.test import Client

from programs import roles
from programs.enums import MembershipRole, MembershipState
from programs.esmart_enums import EnrolmentSource, EnrolmentStatus
from programs.models import Enrolment, Notification, User
from programs.workflow import enrolment as workflow
from tests.factories.esmart import (
    EnrolmentFactory,
    ProgramFactory,
)
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    ProvinceFactory,
    RegionFactory,
    UserFactory,
    officer,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

E = EnrolmentStatus
TODAY = date(2026, 11, 28)


@pytest.fixture
def owner(client):
    person = UserFactory(email="rahmah@contoh.id")
    sign_in(client, person)
    return person


@pytest.fixture
def ikm(owner):
    ProgramFactory()
    return IkmFactory(owner=owner, name="CV Sandang Contoh", npwp="")


@pytest.fixture
def dinas_member():
    person = UserFactory(name="Budi Dinas")
    DinasFactory(region=RegionFactory(), member=person)
    return person


def as_shown(page):
    """What the browser would send back if nobody changed a thing but the NIK, which is new."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {"nik": "1375010203850003"}


def proposed(by, ikm=None, email="rahmah@contoh.id"):
    ProgramFactory()
    return workflow.propose(
        ikm or IkmFactory(), owner_email=email, owner_name="Rahmah Contoh", by=by, today=TODAY
    )


class TestByTheOwner:
    def test_one_press_leads_to_the_form_that_the_register_filled_in(self, client, ikm):
        answer = client.get("/esmart/daftar/")

        assert answer.url == f"/esmart/daftar/{ikm.pk}/"
        page = client.get(answer.url)
        assert page.context["form"]["name"].value() == "CV Sandang Contoh"
        assert page.context["form"]["nib"].value() == ikm.nib

    def test_sending_it_enrols_and_corrects_the_register(self, client, ikm, owner):
        address = f"/esmart/daftar/{ikm.pk}/"
        typed = as_shown(client.get(address)) | {"brands": "Songket Rahmah", "commodity": "CRAFT"}

        answer = client.post(address, typed)

        enrolment = Enrolment.objects.get()
        assert answer.url == f"/esmart/{enrolment.pk}/"
        assert (enrolment.status, enrolment.source) == (E.REGISTERED, EnrolmentSource.OWNER)
        assert enrolment.entered_by == owner
        ikm.ikm.refresh_from_db()
        assert (ikm.ikm.brands, ikm.ikm.commodity) == ("Songket Rahmah", "CRAFT")
        page = client.get(answer.url)
        assert "Sedang diperiksa petugas" in page.text
        assert Notification.objects.filter(recipient=owner).count() == 1

    def test_a_second_press_of_the_same_form_gets_the_first_answer(self, client, ikm):
        address = f"/esmart/daftar/{ikm.pk}/"
        typed = as_shown(client.get(address)) | {"once": str(uuid.uuid4())}

        first, second = client.post(address, typed), client.post(address, typed)

        assert first.url == second.url
        assert Enrolment.objects.count() == 1

    def test_what_is_missing_is_named_and_what_was_typed_stays(self, client, ikm):
        address = f"/esmart/daftar/{ikm.pk}/"
        typed = as_shown(client.get(address)) | {"commodity": "", "brands": "Songket Rahmah"}

        answer = client.post(address, typed)

        assert answer.status_code == 422
        assert "Pilih komoditas." in answer.text
        assert "Songket Rahmah" in answer.text
        assert not Enrolment.objects.exists()

    def test_an_ikm_that_takes_part_already_is_told_so_and_its_data_stay(self, client, ikm):
        address = f"/esmart/daftar/{ikm.pk}/"
        typed = as_shown(client.get(address)) | {"brands": "Merek lain"}
        running = EnrolmentFactory(organization=ikm)

        assert client.get("/esmart/daftar/").url == f"/esmart/{running.pk}/"
        assert client.get(address).url == f"/esmart/{running.pk}/"
        answer = client.post(address, typed)

        assert answer.status_code == 409
        assert "sudah terdaftar pada e-Smart IKM" in answer.text
        ikm.ikm.refresh_from_db()
        assert ikm.ikm.brands != "Merek lain"

    def test_who_has_several_ikm_chooses(self, client, ikm, owner):
        other = IkmFactory(owner=owner, name="Keripik Contoh")
        EnrolmentFactory(organization=other)

        page = client.get("/esmart/daftar/")

        assert "CV Sandang Contoh" in page.text
        assert "Sudah terdaftar" in page.text

    def test_who_has_none_is_shown_the_way_to_register_one_and_back(self, client, owner):
        page = client.get("/esmart/daftar/")

        assert "Catat usaha Anda dahulu" in page.text
        assert "/organisasi/baru/?lanjut=/esmart/daftar/" in page.text.replace("%2F", "/")

    def test_the_ikm_of_somebody_else_does_not_exist(self, client, owner):
        ProgramFactory()

        assert client.get(f"/esmart/daftar/{IkmFactory().pk}/").status_code == 404

    def test_an_officer_who_sees_it_does_not_enrol_in_its_name(self):
        ikm = IkmFactory()
        client = sign_in(Client(), officer(roles.IKMA_OFFICER))

        answer = client.get(f"/esmart/daftar/{ikm.pk}/")

        assert answer.status_code == 403
        assert "orang dari usaha itu sendiri" in answer.text


class TestByADinas:
    def test_the_list_holds_the_ikm_of_the_region_that_are_not_enrolled(self, dinas_member):
        wanted = IkmFactory(name="Keripik Contoh")
        EnrolmentFactory(organization=IkmFactory(name="Sudah Ikut"))
        far = ProvinceFactory(code="32", name="Jawa Barat")
        IkmFactory(
            name="Dari Bandung", region=RegionFactory(code="32.73", name="Bandung", province=far)
        )
        client = sign_in(Client(), dinas_member)

        page = client.get("/esmart/usulkan/")

        assert [one.name for one in page.context["page"]] == ["Keripik Contoh"]
        assert f"/esmart/usulkan/{wanted.pk}/" in page.text

    def test_the_list_is_narrowed_by_words_and_commodity(self, dinas_member):
        IkmFactory(name="Keripik Contoh", profile__commodity="FOOD")
        IkmFactory(name="Meja Contoh", profile__commodity="FURNITURE")
        client = sign_in(Client(), dinas_member)

        by_words = client.get("/esmart/usulkan/?cari=keripik")
        by_commodity = client.get("/esmart/usulkan/?komoditas=FURNITURE")
        nothing = client.get("/esmart/usulkan/?cari=kapal")

        assert [one.name for one in by_words.context["page"]] == ["Keripik Contoh"]
        assert [one.name for one in by_commodity.context["page"]] == ["Meja Contoh"]
        assert "Tidak ada IKM yang cocok" in nothing.text

    def test_the_list_is_for_dinas(self, client, owner):
        answer = client.get("/esmart/usulkan/")

        assert answer.status_code == 403
        assert "Halaman ini untuk anggota dinas" in answer.text

    def test_the_owner_is_asked_by_mail_and_nothing_counts_before(self, dinas_member):
        ProgramFactory()
        ikm = IkmFactory()
        client = sign_in(Client(), dinas_member)

        answer = client.post(
            f"/esmart/usulkan/{ikm.pk}/",
            {"owner_name": "Rahmah Contoh", "owner_email": "Rahmah@Contoh.id"},
        )

        enrolment = Enrolment.objects.get()
        assert answer.url == f"/esmart/{enrolment.pk}/"
        assert enrolment.status == E.PROPOSED
        mail = Notification.objects.get(recipient__email="rahmah@contoh.id")
        assert mail.url == f"/esmart/setujui/{enrolment.code}/"
        assert "Menunggu persetujuan pemilik" in client.get(answer.url).text

    def test_a_bad_address_is_answered_with_an_example(self, dinas_member):
        ProgramFactory()
        ikm = IkmFactory()
        client = sign_in(Client(), dinas_member)

        answer = client.post(
            f"/esmart/usulkan/{ikm.pk}/", {"owner_name": "Rahmah Contoh", "owner_email": "rahmah"}
        )

        assert answer.status_code == 422
        assert "Tulis alamat surel yang lengkap" in answer.text
        assert 'value="Rahmah Contoh"' in answer.text

    def test_where_an_owner_is_known_nobody_else_can_be_named(self, dinas_member):
        ProgramFactory()
        known = UserFactory(name="Rahmah Contoh", email="rahmah@contoh.id")
        ikm = IkmFactory(owner=known)
        client = sign_in(Client(), dinas_member)

        page = client.get(f"/esmart/usulkan/{ikm.pk}/")
        client.post(
            f"/esmart/usulkan/{ikm.pk}/",
            {"owner_name": "Orang Lain", "owner_email": "lain@contoh.id"},
        )

        assert "owner_email" not in page.text
        assert Enrolment.objects.get().owner_email == "rahmah@contoh.id"
        assert not User.objects.filter(email="lain@contoh.id").exists()

    def test_a_dinas_of_another_region_finds_nothing(self):
        ikm, person = IkmFactory(), UserFactory()
        DinasFactory(region=RegionFactory(code="32.73", name="Kota Bandung"), member=person)
        client = sign_in(Client(), person)

        assert client.post(f"/esmart/usulkan/{ikm.pk}/").status_code == 404


class TestTheOwnersYes:
    def test_one_press_confirms_and_makes_the_owner(self, client, owner, dinas_member):
        enrolment = proposed(dinas_member)
        address = f"/esmart/setujui/{enrolment.code}/"

        page = client.get(address)
        answer = client.post(address)

        assert "Budi Dinas" in page.text
        assert enrolment.organization.name in page.text
        assert "Anda akan tercatat sebagai pemilik" in page.text
        assert answer.url == f"/esmart/{enrolment.pk}/"
        enrolment.refresh_from_db()
        assert enrolment.status == E.REGISTERED
        membership = enrolment.organization.memberships.get(user=owner)
        assert (membership.role, membership.state) == (
            MembershipRole.OWNER,
            MembershipState.APPROVED,
        )

    def test_opening_the_link_changes_nothing(self, client, owner, dinas_member):
        enrolment = proposed(dinas_member)

        client.get(f"/esmart/setujui/{enrolment.code}/")

        enrolment.refresh_from_db()
        assert enrolment.status == E.PROPOSED

    def test_no_with_a_reason_ends_it(self, client, owner, dinas_member):
        enrolment = proposed(dinas_member)
        address = f"/esmart/setujui/{enrolment.code}/tolak/"

        silent = client.post(address, {"reason": ""})
        answer = client.post(address, {"reason": "Bukan usaha saya."})

        assert silent.status_code == 422
        assert answer.url == "/beranda/"
        enrolment.refresh_from_db()
        assert enrolment.status == E.REFUSED
        assert enrolment.history.last().reason == "Bukan usaha saya."
        assert not enrolment.organization.memberships.filter(user=owner).exists()

    @pytest.mark.parametrize("page", ["", "tolak/"])
    def test_another_account_is_told_what_to_do_and_nothing_else(self, dinas_member, page):
        enrolment = proposed(dinas_member)
        client = sign_in(Client(), UserFactory(email="lain@contoh.id"))

        for method in (client.get, client.post):
            answer = method(f"/esmart/setujui/{enrolment.code}/{page}", {"reason": "Tidak."})
            assert answer.status_code == 403
            assert "Anda masuk sebagai <b>lain@contoh.id</b>" in answer.text
            assert "masuk dengan kode" in answer.text
            assert enrolment.organization.name not in answer.text
            assert "rahmah@contoh.id" not in answer.text
        enrolment.refresh_from_db()
        assert enrolment.status == E.PROPOSED

    def test_a_stranger_signs_in_first_and_comes_back(self, dinas_member):
        enrolment = proposed(dinas_member)

        answer = Client().get(f"/esmart/setujui/{enrolment.code}/")

        assert answer.url.startswith("/akun/login/?next=/esmart/setujui/")

    def test_an_answered_link_leads_to_where_it_stands(self, client, owner, dinas_member):
        enrolment = proposed(dinas_member)
        address = f"/esmart/setujui/{enrolment.code}/"
        client.post(address)

        answer = client.get(address, follow=True)
        again = client.post(address)

        assert answer.redirect_chain[0][0] == f"/esmart/{enrolment.pk}/"
        assert "Pendaftaran ini sudah dijawab" in answer.text
        assert again.status_code == 409
