"""The list, the profile and the proposal: where schools and companies begin."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partnerships.enums import AgreementStatus, Source
from partnerships.models import Agreement, CompanyProfile, SchoolProfile
from programs import roles
from programs.once import new_token
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    SchoolFactory,
)
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory, officer
from tests.partnerships.pages import page
from tests.people import sign_in

pytestmark = pytest.mark.django_db
S = AgreementStatus
LIST = "/kemitraan/saya/"


# --- The list -------------------------------------------------------------------------------------


def test_a_newcomer_is_told_what_to_do_first(client):
    client.force_login(UserFactory())

    assertContains(client.get(LIST), reverse("programs:organization_join"))


def test_the_list_begins_with_what_waits(client, at, company_person):
    proposal = at(S.PROPOSED)
    client.force_login(company_person)

    shown = client.get(LIST)

    assertContains(shown, "Jawab usulan kerja sama")
    assertContains(shown, page("agreement_detail", proposal))
    assertContains(shown, page("agreement_propose", proposal.company))
    assertContains(shown, page("profile_edit", proposal.company))


def test_a_school_without_an_agreement_is_led_to_its_profile(client, school_person):
    school = SchoolFactory(owner=school_person)
    client.force_login(school_person)

    shown = client.get(LIST)

    assertContains(shown, "Belum ada kerja sama")
    assertContains(shown, page("profile_edit", school))


def test_a_dinas_reads_its_region_and_narrows_the_list(client):
    dinas, elsewhere = UserFactory(), RegionFactory(code="32.73", name="Kota Bandung")
    ours = AgreementFactory(status=S.ACTIVE)
    theirs = AgreementFactory(
        school=SchoolFactory(region=elsewhere), company=PartnerFactory(region=elsewhere)
    )
    DinasFactory(region=ours.school.region, member=dinas)
    client.force_login(dinas)

    shown = client.get(LIST)
    assertContains(shown, page("agreement_detail", ours))
    assertNotContains(shown, page("agreement_detail", theirs))
    narrowed = client.get(LIST, {"keadaan": "proses"})
    assertNotContains(narrowed, page("agreement_detail", ours))
    assertContains(client.get(LIST, {"wilayah": ours.school.region_id}), str(ours.school))
    assertContains(client.get(LIST, {"wilayah": "xx"}), "Kerja sama saya")


def test_an_officer_is_led_to_the_desk(client):
    AgreementFactory()
    sign_in(client, officer(roles.BPSDMI_OFFICER))

    assertContains(client.get(LIST), reverse("admin:partnerships_agreement_changelist"))


@pytest.mark.parametrize("number", [1, 25])
def test_a_long_list_asks_no_more(client, company_person, django_assert_max_num_queries, number):
    company = PartnerFactory(owner=company_person)
    for _ in range(number):
        AgreementFactory(company=company)
    client.force_login(company_person)
    client.get(LIST)

    with django_assert_max_num_queries(15):
        shown = client.get(LIST)

    assertContains(shown, "Jawab usulan kerja sama")


# --- The profile ----------------------------------------------------------------------------------


def rows(*pairs):
    """The competence rows of a form, as a browser sends them."""
    values = {"kompetensi-TOTAL_FORMS": len(pairs), "kompetensi-INITIAL_FORMS": 0}
    for place, (competence, number) in enumerate(pairs):
        values[f"kompetensi-{place}-competence"] = competence
        values[f"kompetensi-{place}-number"] = number
    return values


def school_answers(*pairs, **others):
    return {"status": "PRIVATE", "accreditation": "B", "pupils": "640"} | others | rows(*pairs)


def test_a_school_keeps_its_profile(client, school_person):
    school = SchoolFactory(owner=school_person, teaches=[])
    CompetenceFactory(code="1.4.2", name="Teknik Las")
    client.force_login(school_person)
    client.get(page("profile_edit", school))

    answer = client.post(
        page("profile_edit", school), school_answers(("teknik las", "120"), ("", ""))
    )

    assertRedirects(answer, LIST)
    profile = SchoolProfile.objects.get(organization=school)
    assert (profile.accreditation, profile.pupils) == ("B", 640)
    assert [(one.competence.code, one.pupils) for one in profile.taught.all()] == [("1.4.2", 120)]


def test_a_competence_is_taken_away_by_emptying_its_row(client, school_person):
    school = SchoolFactory(owner=school_person, teaches=[CompetenceFactory()])
    client.force_login(school_person)

    client.post(page("profile_edit", school), school_answers(("", "")))

    assert not school.school.taught.exists()


def test_a_company_without_a_profile_begins_one(client, company_person):
    company = PartnerFactory(owner=company_person)
    CompanyProfile.objects.filter(organization=company).delete()
    CompetenceFactory()
    client.force_login(company_person)
    client.get(page("profile_edit", company))

    client.post(
        page("profile_edit", company),
        {"kbli_code": "25920", "kbli_version": "2020", "workers": "240", "wants_schools": "5"}
        | rows(("1.4.1", "20")),
    )

    profile = CompanyProfile.objects.get(organization=company)
    assert (profile.kbli_code, profile.wanted.get().places) == ("25920", 20)


@pytest.mark.parametrize(
    ("values", "pairs", "told"),
    [
        ({"pupils": "banyak"}, [], "dengan angka saja"),
        ({"head_nip": "12"}, [], "NIP"),
        ({}, [("Sihir", "")], "tidak ada dalam daftar kompetensi"),
        ({}, [("", "30")], "Tulis kompetensinya."),
        ({}, [("1.4.1", ""), ("Teknik Pemesinan", "")], "tertulis dua kali"),
    ],
)
def test_a_profile_with_faults_comes_back(client, school_person, values, pairs, told):
    school = SchoolFactory(owner=school_person, teaches=[])
    CompetenceFactory()
    client.force_login(school_person)

    answer = client.post(page("profile_edit", school), school_answers(*pairs, **values))

    assertContains(answer, told, status_code=422)
    assert school.school.accreditation == "A"


def test_a_profile_is_hidden_from_strangers(client):
    school = SchoolFactory(owner=UserFactory())
    client.force_login(UserFactory())

    assert client.get(page("profile_edit", school)).status_code == 404
    assert client.post(page("profile_edit", school), school_answers()).status_code == 404


def test_an_auditor_reads_but_keeps_no_profile(client):
    school = SchoolFactory(owner=UserFactory())
    sign_in(client, officer(roles.AUDITOR))

    assert client.post(page("profile_edit", school), school_answers()).status_code == 403


# --- The proposal ---------------------------------------------------------------------------------


@pytest.fixture
def pair(school_person, company_person):
    return SchoolFactory(owner=school_person), PartnerFactory(
        owner=company_person, name="PT Logam Contoh"
    )


def proposal_answers(**others):
    return {
        "once": new_token(),
        "more_1": "1.4.1",
        "target_INTERNSHIP": "40",
        "purpose": "Menyelaraskan pembelajaran.",
    } | others


def ask_for(organization, partner):
    return f"{page('agreement_propose', organization)}?mitra={partner.pk}"


@pytest.mark.parametrize("words", ["logam", "PT Logam", "9120"])
def test_a_partner_is_found_by_name_or_number(client, pair, school_person, words):
    school, company = pair
    client.force_login(school_person)

    shown = client.get(
        page("agreement_propose", school), {"cari": company.nib if words == "9120" else words}
    )

    assertContains(shown, f"?mitra={company.pk}")


def test_suggested_partners_stand_with_their_reasons(client, pair, school_person):
    school, company = pair
    company.company.wanted.create(competence=CompetenceFactory(), places=20)
    client.force_login(school_person)

    shown = client.get(page("agreement_propose", school))

    assertContains(shown, "Disarankan untuk Anda")
    assertContains(shown, f"?mitra={company.pk}")


def test_two_letters_find_nobody(client, pair, school_person):
    client.force_login(school_person)

    shown = client.get(page("agreement_propose", pair[0]), {"cari": "lo"})

    assertContains(shown, "paling sedikit tiga huruf")


def test_a_proposal_is_looked_at_before_it_is_sent(client, pair, school_person):
    school, company = pair
    client.force_login(school_person)
    where = ask_for(school, company)
    assertContains(client.get(where), "Diajarkan sekolah")

    looked_at = client.post(where, proposal_answers(periksa="1"))
    assertContains(looked_at, "Belum ada yang terkirim")
    assertContains(looked_at, "40 siswa")
    assert not Agreement.objects.exists()
    changed = client.post(where, proposal_answers(ubah="1"))
    assertContains(changed, "Menyelaraskan pembelajaran.")
    sent = client.post(where, proposal_answers(kirim="1"))

    proposal = Agreement.objects.get()
    assertRedirects(sent, page("agreement_detail", proposal))
    assert (proposal.source, proposal.scope.get().target) == (Source.SCHOOL, 40)
    again = client.post(where, proposal_answers(kirim="1"))
    assertContains(again, "sedang berjalan", status_code=409)


def test_a_company_proposes_as_well(client, pair, company_person):
    school, company = pair
    client.force_login(company_person)

    client.post(ask_for(company, school), proposal_answers(kirim="1"))

    assert Agreement.objects.get().source == Source.COMPANY


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"more_1": ""}, "Pilih paling sedikit satu kompetensi."),
        ({"target_INTERNSHIP": ""}, "Pilih paling sedikit satu lingkup."),
        ({"purpose": ""}, "Tulis maksud kerja sama"),
    ],
)
def test_a_proposal_with_gaps_comes_back(client, pair, school_person, wrong, told):
    client.force_login(school_person)

    answer = client.post(ask_for(*pair), proposal_answers(kirim="1", **wrong))

    assertContains(answer, told, status_code=422)
    assert not Agreement.objects.exists()


def test_nobody_proposes_for_others(client, pair):
    client.force_login(UserFactory())

    for method in (client.get, client.post):
        assert method(ask_for(*pair)).status_code == 404
    sign_in(client, officer(roles.BPSDMI_OFFICER))
    assertContains(client.get(ask_for(*pair)), "meja petugas", status_code=403)


@pytest.mark.parametrize("partner", ["0", "abc", "999999999999999999999"])
def test_a_partner_that_does_not_exist_is_not_found(client, pair, school_person, partner):
    client.force_login(school_person)

    where = f"{page('agreement_propose', pair[0])}?mitra={partner}"

    assert client.get(where).status_code == 404


def test_a_school_is_no_partner_of_a_school(client, pair, school_person):
    client.force_login(school_person)

    assert client.get(ask_for(pair[0], SchoolFactory())).status_code == 404
