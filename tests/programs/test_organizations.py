"""Businesses enter the register; what looks wrong warns and hinders nothing."""

import pytest
from django.urls import reverse

from programs import roles
from programs.enums import MembershipRole, MembershipState, ReviewReason, Scale
from programs.models import IkmProfile, Organization
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    KbliCodeFactory,
    MembershipFactory,
    ProvinceFactory,
    RegionFactory,
    ReviewFlagFactory,
    UserFactory,
    officer,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

NEW = "/organisasi/baru/"
NIK = "1375010203850003"


@pytest.fixture
def typed():
    KbliCodeFactory()
    return {
        "name": "CV Sandang Contoh",
        "legal_form": "CV",
        "nib": "9120001234567",
        "npwp": "01.312.166.0-091.000",
        "kbli_code": "14111",
        "kbli_version": "2020",
        "commodity": "FASHION",
        "region": RegionFactory().pk,
        "address": "Jalan Contoh 7",
        "owner_name": "Rahmah Contoh",
        "nik": NIK,
        "workers": "19",
        "investment": "999.999.999",
        "turnover": "600.000.000",
        "brands": "",
    }


@pytest.fixture
def owner(client):
    user = UserFactory()
    sign_in(client, user)
    return user


def flags(organization):
    return set(organization.review_flags.values_list("reason", flat=True))


def page(organization, name="organization_detail"):
    return reverse(f"programs:{name}", args=[organization.pk])


class TestRegistering:
    def test_whoever_registers_an_ikm_owns_it_here(self, client, owner, typed):
        answer = client.post(NEW, typed)

        ikm = Organization.objects.get()
        membership = ikm.memberships.get()
        assert answer.url == page(ikm)
        assert (membership.user, membership.role, membership.state) == (
            owner,
            MembershipRole.OWNER,
            MembershipState.APPROVED,
        )
        assert (ikm.nib, ikm.npwp) == ("9120001234567", "0013121660091000")
        assert ikm.ikm.owner_nik == NIK
        assert ikm.ikm.investment == 999_999_999
        assert (ikm.ikm.scale, ikm.ikm.scale_rule) == (Scale.SMALL, "Permenperin 64/2016")
        assert flags(ikm) == set()

    def test_numbers_may_be_unknown_yet(self, client, owner, typed):
        for name in ("nib", "npwp", "kbli_code", "workers", "investment", "turnover"):
            typed[name] = ""

        client.post(NEW, typed)

        assert IkmProfile.objects.get().scale == ""

    def test_what_is_missing_is_named_and_the_rest_kept(self, client, owner, typed):
        answer = client.post(NEW, {**typed, "name": "", "nib": "912000123456"})

        assert answer.status_code == 422
        assert "Isi nama usaha." in answer.text
        assert "Anda menulis 12 angka" in answer.text
        assert "Jalan Contoh 7" in answer.text
        assert not Organization.objects.exists()

    def test_an_odd_nik_is_asked_about_once_and_put_before_an_officer(self, client, owner, typed):
        typed["nik"] = "9975010299850003"

        asked = client.post(NEW, typed)
        assert "bukan kode provinsi yang kami kenal" in asked.text
        assert not Organization.objects.exists()

        client.post(NEW, {**typed, "seen": asked.context["form"]["seen"].value()})
        assert flags(Organization.objects.get()) == {ReviewReason.ODD_NIK}

    def test_another_doubt_is_asked_about_again(self, client, owner, typed):
        typed["nik"] = "9975010299850003"
        asked = client.post(NEW, typed)

        again = client.post(
            NEW, {**typed, "kbli_code": "47711", "seen": asked.context["form"]["seen"].value()}
        )

        assert "KBLI 47711 tidak ada dalam daftar industri" in again.text
        assert not Organization.objects.exists()

    def test_a_nib_in_use_warns_and_does_not_block(self, client, owner, typed):
        IkmFactory(nib=typed["nib"])

        asked = client.post(NEW, typed)
        assert "mintalah bergabung" in asked.text
        client.post(NEW, {**typed, "seen": asked.context["form"]["seen"].value()})

        ikm = owner.organizations.get()
        assert flags(ikm) == {ReviewReason.DUPLICATE_NIB}

    def test_a_nik_in_use_is_for_the_officer_alone_to_know(self, client, owner, typed):
        other = IkmFactory()
        other.ikm.set_nik(NIK)
        other.ikm.save()

        answer = client.post(NEW, typed)

        assert answer.status_code == 302
        assert flags(owner.organizations.get()) == {ReviewReason.DUPLICATE_NIK}

    def test_a_class_of_a_known_division_is_no_doubt(self, client, owner, typed):
        KbliCodeFactory(code="13", title="Industri Tekstil")

        client.post(NEW, {**typed, "kbli_code": "13121"})

        assert flags(Organization.objects.get()) == set()

    def test_registering_ones_own_business_twice_is_refused_in_words(self, client, owner, typed):
        client.post(NEW, typed)
        asked = client.post(NEW, typed)

        answer = client.post(NEW, {**typed, "seen": asked.context["form"]["seen"].value()})

        assert answer.status_code == 422
        assert "sudah Anda daftarkan" in answer.text
        assert Organization.objects.count() == 1

    def test_the_same_form_sent_twice_registers_once(self, client, owner, typed):
        typed["once"] = client.get(NEW).text.split('name="once" value="')[1].split('"')[0]

        first = client.post(NEW, typed)
        second = client.post(NEW, typed)

        assert first.url == second.url
        assert Organization.objects.count() == 1


class TestSeeing:
    def test_its_people_see_its_data_with_the_nik_masked(self, client, owner):
        ikm = IkmFactory(owner=owner)
        ikm.ikm.set_nik(NIK)
        ikm.ikm.save()

        text = client.get(page(ikm)).text

        assert "1375 •••• •••• 0003" in text
        assert NIK not in text
        assert "Rp200.000.000" in text

    @pytest.mark.parametrize("state", [MembershipState.PENDING, MembershipState.ENDED])
    def test_who_does_not_belong_to_it_does_not_find_it(self, client, owner, state):
        ikm = IkmFactory()
        MembershipFactory(organization=ikm, user=owner, state=state)

        assert client.get(page(ikm)).status_code == 404
        assert client.get(page(ikm, "organization_edit")).status_code == 404

    def test_a_dinas_sees_the_businesses_of_its_region_without_their_money(self, client, owner):
        DinasFactory(region=ProvinceFactory(), member=owner)
        ikm = IkmFactory(name="CV Kain Agam")
        ikm.ikm.set_nik(NIK)
        ikm.ikm.save()
        elsewhere = IkmFactory(region=RegionFactory(code="32.73", name="Kota Bandung"))

        assert "CV Kain Agam" in client.get("/organisasi/").text
        text = client.get(page(ikm)).text
        assert "Rp200.000.000" not in text
        assert "•••• 0003" not in text
        assert client.get(page(elsewhere)).status_code == 404

    def test_a_dinas_looks_and_does_not_edit(self, client, owner):
        DinasFactory(region=RegionFactory(), member=owner)

        assert client.get(page(IkmFactory(), "organization_edit")).status_code == 403

    def test_a_dinas_searches_its_region(self, client, owner):
        DinasFactory(region=RegionFactory(), member=owner)
        IkmFactory(name="CV Kain Agam")
        IkmFactory(name="UD Roti Bukit")

        text = client.get("/organisasi/", {"cari": "roti"}).text

        assert "UD Roti Bukit" in text
        assert "CV Kain Agam" not in text
        assert "Tidak ada IKM" in client.get("/organisasi/", {"cari": "xyz"}).text

    def test_an_auditor_sees_it_and_cannot_edit(self, client):
        sign_in(client, officer(roles.AUDITOR))
        ikm = IkmFactory()

        assert client.get(page(ikm)).status_code == 200
        assert client.get(page(ikm, "organization_edit")).status_code == 403

    def test_its_people_are_told_what_an_officer_looks_at(self, client, owner):
        ikm = IkmFactory(owner=owner)
        ReviewFlagFactory(organization=ikm, note="rahasia petugas")

        text = client.get(page(ikm)).text

        assert "Sedang diperiksa petugas" in text
        assert "rahasia petugas" not in text

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_list_asks_as_often_however_long_it_is(
        self, client, owner, django_assert_max_num_queries, number
    ):
        for _ in range(number):
            IkmFactory(owner=owner)
        DinasFactory(region=RegionFactory(), member=owner)

        with django_assert_max_num_queries(9):
            client.get("/organisasi/")

    def test_a_newcomer_is_told_what_to_do_first(self, client, owner):
        text = client.get("/organisasi/").text

        assert NEW in text
        assert "/organisasi/bergabung/" in text


class TestCorrecting:
    @pytest.fixture
    def ikm(self, owner):
        ikm = IkmFactory(owner=owner)
        ikm.ikm.set_nik(NIK)
        ikm.ikm.save()
        return ikm

    def test_the_form_shows_what_is_known_but_not_the_nik(self, client, ikm):
        text = client.get(page(ikm, "organization_edit")).text

        assert ikm.name in text
        assert "200.000.000" in text
        assert NIK not in text
        assert "1375 •••• •••• 0003" in text

    def test_an_empty_nik_leaves_the_old_one(self, client, ikm, typed):
        answer = client.post(page(ikm, "organization_edit"), {**typed, "nik": ""})

        ikm = Organization.objects.get(pk=ikm.pk)
        assert answer.url == page(ikm)
        assert (ikm.name, ikm.ikm.owner_nik, ikm.ikm.scale) == (typed["name"], NIK, Scale.SMALL)

    def test_what_an_officer_has_settled_is_not_asked_again(self, client, ikm, typed, owner):
        IkmFactory(nib=ikm.nib)

        answer = client.post(page(ikm, "organization_edit"), {**typed, "nik": "", "nib": ikm.nib})

        assert answer.status_code == 302
        assert flags(ikm) == set()

    def test_a_new_value_is_doubted_anew(self, client, ikm, typed):
        IkmFactory(nib=typed["nib"])

        asked = client.post(page(ikm, "organization_edit"), {**typed, "nik": ""})

        assert "mintalah bergabung" in asked.text

    def test_a_member_may_correct_it_too(self, client, typed):
        ikm, member = IkmFactory(), UserFactory()
        MembershipFactory(organization=ikm, user=member)
        sign_in(client, member)

        assert client.post(page(ikm, "organization_edit"), typed).status_code == 302
