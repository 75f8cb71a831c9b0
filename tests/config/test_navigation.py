"""What each kind of person finds in the bar and behind their name."""

import re

import pytest
from django.urls import reverse

from programs.enums import MembershipState
from programs.enums import OrganizationKind as Kind
from tests.factories.programs import (
    MembershipFactory,
    NotificationFactory,
    OfficerFactory,
    OrganizationFactory,
    UserFactory,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

HELP = "/bantuan/"


def menu(page, label):
    """(words, address) of a menu's entries."""
    part = page.split(f'aria-label="{label}"', 1)[1].split("</nav>", 1)[0]
    return {words: address for address, words in re.findall(r'href="([^"]*)"[^>]*>([^<]+)<', part)}


def member_of(kind, state=MembershipState.APPROVED):
    person = UserFactory()
    MembershipFactory(user=person, organization=OrganizationFactory(kind=kind), state=state)
    return person


def page_for(client, person, path="/privasi/"):
    return sign_in(client, person).get(path).content.decode()


def test_a_stranger_finds_programs_services_and_help_in_five_entries(client):
    bar = menu(client.get("/privasi/").content.decode(), "Menu utama")

    assert bar == {
        "Program": "/program/",
        "Bantuan mesin": "/bantuan-mesin/",
        "Pelatihan": "/pelatihan/",
        "Periksa dokumen": "/verifikasi/",
        "Bantuan": HELP,
    }


@pytest.mark.parametrize(
    ("kind", "first_wanted", "own"),
    [
        (Kind.IKM, ["/bantuan-mesin/", "/esmart/"], "/bantuan-mesin/permohonan/"),
        (Kind.AGENCY, ["/pelatihan/", "/bantuan-mesin/"], "/esmart/usulkan/"),
        (Kind.SCHOOL, ["/kemitraan/saya/", "/pelatihan/"], "/kemitraan/saya/"),
        (Kind.COMPANY, ["/kemitraan/saya/", "/pelatihan/"], "/kemitraan/saya/"),
    ],
)
def test_a_member_finds_the_own_work_first(client, kind, first_wanted, own):
    page = page_for(client, member_of(kind))

    assert list(menu(page, "Menu utama").values()) == ["/beranda/", *first_wanted, HELP]
    assert own in menu(page, "Menu akun").values()


def test_who_only_asked_to_join_belongs_nowhere_yet(client):
    page = page_for(client, member_of(Kind.SCHOOL, MembershipState.PENDING))

    assert "/kemitraan/saya/" not in menu(page, "Menu akun").values()
    assert "/program/" in menu(page, "Menu utama").values()


def test_an_officer_finds_the_desk_in_both_menus(client):
    page = page_for(client, OfficerFactory())

    assert next(iter(menu(page, "Menu utama").values())) == "/admin/"
    assert menu(page, "Menu akun")["Meja petugas"] == "/admin/"


def test_every_address_of_every_menu_answers(client):
    person = member_of(Kind.IKM)
    MembershipFactory(
        user=person,
        organization=OrganizationFactory(kind=Kind.AGENCY),
        state=MembershipState.APPROVED,
    )
    page = page_for(client, person)
    menus = ["Menu utama", "Menu akun", "Layanan", "Tentang situs"]

    addresses = {address for label in menus for address in menu(page, label).values()}

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_the_menus_and_the_bell_cost_one_query(client, django_assert_num_queries):
    person = member_of(Kind.IKM)
    NotificationFactory(recipient=person)
    sign_in(client, person)

    with django_assert_num_queries(3):  # session, person, menus
        page = client.get(reverse("privacy_notice")).content.decode()

    assert re.search(r'class="count">1<', page)
