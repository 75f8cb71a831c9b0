"""Matching and the gap list as officers, schools, companies and Dinas see them."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django.asserts import assertContains, assertNotContains

from partnerships.enums import AgreementStatus
from partnerships.gaps import Gaps
from partnerships.models import Agreement, CompanyProfile, SchoolProfile, Suggestion
from programs import roles
from programs.once import new_token
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    SchoolFactory,
)
from tests.factories.programs import DinasFactory, IkmFactory, RegionFactory, UserFactory, officer
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db
S = AgreementStatus
SEARCH = "/admin/partnerships/suggestion/"
GAPS = f"{SEARCH}kesenjangan/"


@pytest.fixture
def turning():
    return CompetenceFactory()


@pytest.fixture
def school(turning):
    return SchoolFactory(name="SMK Negeri 1 Bukittinggi", teaches=[turning])


@pytest.fixture
def company(turning):
    return PartnerFactory(name="PT Baja Contoh", needs=[turning])


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


def page_of(organization):
    return reverse("admin:partnerships_matching", args=[organization.pk])


def queries_of(client, *paths):
    counts = []
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200, path
        counts.append(len(captured))
    return counts


# --- The desk -------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["bukittinggi", "npsn"])
def test_an_officer_finds_a_school_by_name_or_number(desk, school, company, by):
    response = desk.get(SEARCH, {"q": school.npsn if by == "npsn" else by})

    assertContains(response, page_of(school))
    assertNotContains(response, page_of(company))


def test_a_press_proposes_and_the_same_form_again_proposes_nothing_more(desk, school, company):
    form = {"mitra": company.pk, "langkah": "usulkan", "once": new_token()}
    assertContains(desk.get(page_of(school)), "Membutuhkan 1.4.1 Teknik Pemesinan")

    first = desk.post(page_of(school), form, follow=True)
    second = desk.post(page_of(school), form, follow=True)

    for response in (first, second):
        assertContains(response, "diusulkan. Keduanya diberi tahu")
    assert Agreement.objects.count() == 1
    assertContains(second, "0 mitra yang cocok")
    assertContains(second, "Sudah bermitra")
    assertContains(desk.get(SEARCH), "Diusulkan")

    other_tab = desk.post(page_of(school), form | {"once": new_token()})
    assert other_tab.status_code == 422
    assertContains(other_tab, "tidak dapat diusulkan", status_code=422)
    assert Agreement.objects.count() == 1


def test_a_refusal_needs_its_reason_and_is_shown_apart(desk, school, company):
    form = {"mitra": company.pk, "langkah": "tolak"}

    empty = desk.post(page_of(school), form | {"reason": ""})
    assertContains(empty, "Tulis alasan pasangan ini tidak diusulkan.", status_code=422)
    assert not Suggestion.objects.exists()

    response = desk.post(page_of(school), form | {"reason": "Pabriknya pindah."}, follow=True)
    assertContains(response, "Pernah ditandai tidak cocok")
    assertContains(response, "Pabriknya pindah.")
    assertContains(response, "0 mitra yang cocok")


def test_a_company_is_matched_from_its_own_page_as_well(desk, school, company):
    desk.post(page_of(company), {"mitra": school.pk, "langkah": "usulkan"})

    agreement = Agreement.objects.get()
    assert (agreement.school, agreement.company) == (school, company)


@pytest.mark.parametrize("form", [{}, {"mitra": "9" * 30, "langkah": "usulkan"}, {"mitra": "x"}])
def test_a_form_without_a_partner_is_answered_in_words(desk, school, company, form):
    response = desk.post(page_of(school), form)

    assertContains(response, "Pilih salah satu mitra", status_code=422)


def test_a_school_is_no_partner_of_a_school(desk, school):
    other = SchoolFactory()

    response = desk.post(page_of(school), {"mitra": other.pk, "langkah": "usulkan"})

    assertContains(response, "Pilih salah satu mitra", status_code=422)


def test_an_auditor_looks_and_decides_nothing(client, school, company):
    sign_in(client, officer(roles.AUDITOR))

    assertNotContains(client.get(page_of(school)), "Usulkan")
    answer = client.post(page_of(school), {"mitra": company.pk, "langkah": "usulkan"})

    assert answer.status_code == 403
    assert client.get(GAPS).status_code == 200
    assert body_of(client.get(f"{GAPS}unduh/"))
    assert not Agreement.objects.exists()


def test_other_officers_do_not_see_the_desk_of_matching(client, school):
    sign_in(client, officer(roles.PPK))

    for path in (SEARCH, page_of(school), GAPS, f"{GAPS}unduh/"):
        assert client.get(path).status_code == 403, path


def test_an_ikm_has_no_partners_to_match(desk):
    assert desk.get(page_of(IkmFactory())).status_code == 404


# --- The web page ---------------------------------------------------------------------------------


def test_a_school_and_a_company_see_their_own_suggestions(client, turning):
    person, boss = UserFactory(), UserFactory()
    school = SchoolFactory(name="SMK Satu", owner=person, teaches=[turning])
    company = PartnerFactory(name="PT Satu", owner=boss, needs=[turning])
    of_school, of_company = (
        reverse("partnerships:matches", args=[one.pk]) for one in (school, company)
    )

    client.force_login(person)
    assertContains(client.get(of_school), "PT Satu")
    assertContains(client.get(of_school), "Belum membina SMK")
    assert client.get(of_company).status_code == 404

    client.force_login(boss)
    assertContains(client.get(of_company), "SMK Satu")
    assert client.get(of_school).status_code == 404


def test_a_dinas_sees_the_suggestions_of_its_region_alone(client, school):
    dinas = UserFactory()
    DinasFactory(region=RegionFactory().province, member=dinas)
    far = SchoolFactory(region=RegionFactory(code="32.73", name="Kota Bandung"))
    client.force_login(dinas)

    assert client.get(reverse("partnerships:matches", args=[school.pk])).status_code == 200
    assert client.get(reverse("partnerships:matches", args=[far.pk])).status_code == 404


def test_a_school_without_a_profile_is_told_so(client):
    person = UserFactory()
    school = SchoolFactory(owner=person)
    SchoolProfile.objects.all().delete()
    client.force_login(person)

    response = client.get(reverse("partnerships:matches", args=[school.pk]))

    assertContains(response, "Profil kemitraan belum ada")


# --- The gap list ---------------------------------------------------------------------------------


@pytest.fixture
def gap(turning):
    """Two provinces: of three schools one has a partner, one had, one never."""
    bandung = RegionFactory(code="32.73", name="Kota Bandung")
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    SchoolFactory(name="SMK Bermitra", teaches=[turning])
    AgreementFactory(
        school=SchoolProfile.objects.get().organization,
        company=PartnerFactory(name="PT Satu SMK", needs=[turning]),
        status=S.ACTIVE,
    )
    had = SchoolFactory(name="SMK Pernah", teaches=[turning, welding])
    AgreementFactory(
        school=had, company=PartnerFactory(name="PT Nihil", region=bandung), status=S.ENDED
    )
    SchoolFactory(name="SMK Sendiri", region=bandung, teaches=[welding])


def direct(**where):
    """(schools, without, never) counted one by one."""
    schools = list(SchoolProfile.objects.filter(**where).distinct())
    live = [s for s in schools if Agreement.objects.live().filter(school=s.organization).exists()]
    signed = [
        s for s in schools if Agreement.objects.signed().filter(school=s.organization).exists()
    ]
    return len(schools), len(schools) - len(live), len(schools) - len(signed)


def test_the_counts_agree_with_a_direct_count(gap, turning):
    gaps = Gaps()

    assert {row.key: row[2:] for row in gaps.by_place()} == {
        "13": direct(organization__region__province="13"),
        "32": direct(organization__region__province="32"),
    }
    for row in gaps.by_competence():
        assert row[2:] == direct(competences=row.key)
    narrowed = Gaps(region=RegionFactory().province, competence=turning)
    assert [(row.key, row[2:]) for row in narrowed.by_place()] == [("13.75", (2, 1, 0))]
    assert gaps.total()[2:] == direct() == (3, 2, 1)
    assert [str(one) for one in gaps.lonely_schools()] == ["SMK Pernah", "SMK Sendiri"]
    assert [str(one) for one in gaps.lonely_schools(never=True)] == ["SMK Sendiri"]


def test_companies_below_five_are_those_with_fewer_live_schools(gap, turning):
    full = PartnerFactory(name="PT Lima SMK")
    for _ in range(5):
        AgreementFactory(school=SchoolFactory(teaches=[]), company=full, status=S.ACTIVE)

    gaps = Gaps()

    assert CompanyProfile.objects.count() == 3
    assert [str(one) for one in gaps.companies_below_five()] == ["PT Nihil", "PT Satu SMK"]
    assert [str(one) for one in gaps.companies_below_five(with_none=True)] == ["PT Nihil"]
    assert [str(one) for one in Gaps(competence=turning).companies_below_five()] == ["PT Satu SMK"]


def test_a_count_leads_to_its_schools(desk, gap):
    response = desk.get(GAPS, {"tampil": "kompetensi"})
    key = CompetenceFactory(code="1.4.2").pk
    assertContains(response, f"?tampil=smk&amp;untuk={key}")

    assertContains(response, f"?tampil=wilayah&amp;untuk={key}")
    assertContains(desk.get(GAPS), "?tampil=wilayah&amp;daerah=13")
    assertContains(desk.get(GAPS, {"daerah": "13"}), "?tampil=smk&amp;daerah=13.75")

    schools = desk.get(GAPS, {"tampil": "smk", "untuk": key})
    assertContains(schools, "2 SMK")
    assertContains(schools, "SMK Pernah")
    never = desk.get(GAPS, {"tampil": "smk", "untuk": key, "hanya": "belum"})
    assertNotContains(never, "SMK Pernah")
    assertContains(desk.get(GAPS, {"tampil": "perusahaan"}), "PT Nihil")
    assert desk.get(GAPS, {"tampil": "?", "daerah": "zz", "untuk": "x"}).status_code == 200


def test_the_gap_list_can_be_taken_home(desk, gap):
    book = load_workbook(io.BytesIO(body_of(desk.get(f"{GAPS}unduh/"))))

    rows = {sheet.title: list(sheet.values) for sheet in book}
    assert rows["Wilayah"][1:] == [("Sumatera Barat", 2, 1, 0), ("Provinsi 32", 1, 1, 1)]
    assert ("Provinsi 32", "1.4.2 Teknik Pengelasan (Spektrum 2018)", 1, 1, 1) in rows[
        "Provinsi dan kompetensi"
    ]
    assert [row[1] for row in rows["SMK tanpa mitra"][1:]] == ["SMK Pernah", "SMK Sendiri"]
    assert [row[-1] for row in rows["Perusahaan di bawah lima"][1:]] == [0, 1]


def test_a_dinas_reads_the_gaps_of_its_region(client, gap):
    dinas = UserFactory()
    DinasFactory(region=RegionFactory().province, member=dinas)
    client.force_login(dinas)
    page = reverse("partnerships:gaps")

    response = client.get(page)
    assertContains(response, "Kota Bukittinggi")
    assertNotContains(response, "Bandung")
    schools = client.get(page, {"tampil": "smk", "daerah": "32.73"})
    assertContains(schools, "SMK Pernah")
    assertNotContains(schools, "SMK Sendiri")
    assertNotContains(client.get(page, {"tampil": "perusahaan"}), "PT Nihil")


def test_others_do_not_read_the_gap_list(client, gap):
    client.force_login(UserFactory())

    assert client.get(reverse("partnerships:gaps")).status_code == 403


def test_pages_cost_the_same_for_one_and_for_many(desk, school, company, turning, client):
    person = UserFactory()
    own = SchoolFactory(owner=person, teaches=[turning])
    AgreementFactory(school=school, status=S.ACTIVE)
    tabs = [f"{GAPS}?tampil={tab}" for tab in ("wilayah", "kompetensi", "smk", "perusahaan")]
    paths = [f"{SEARCH}?q=SMK", page_of(school), page_of(company), *tabs]
    before = queries_of(desk, *paths)

    for n in range(1, 5):
        region = RegionFactory(code=f"13.0{n}", name=f"Kabupaten {n}")
        other = CompetenceFactory(code=f"9.{n}", name=f"Kompetensi {n}")
        SchoolFactory(region=region, teaches=[turning, other])
        PartnerFactory(region=region, needs=[turning])
        AgreementFactory(
            school=school, company=PartnerFactory(region=region), for_competences=[other]
        )

    assert queries_of(desk, *paths) == before
    assert max(before) <= 15
    client.force_login(person)
    assert queries_of(client, reverse("partnerships:matches", args=[own.pk]))[0] <= 15
