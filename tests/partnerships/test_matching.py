"""Who is suggested to whom, in which order, and with which reasons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.enums import AgreementStatus, Curriculum, SuggestionDecision
from partnerships.matching import present_partners, refused, suggestions
from partnerships.matching_rules import (
    ENOUGH_POINTS,
    FEWEST_SCHOOLS,
    NEARNESS_POINTS,
    NEED_POINTS,
    SECTOR_POINTS,
    Nearness,
    company_load_reasons,
    fit_reason,
    nearness_reason,
    school_load_reason,
    size_reasons,
)
from partnerships.models import CompetenceConversion, SectorCompetence, Suggestion
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    SchoolFactory,
)
from tests.factories.programs import ProvinceFactory, RegionFactory, UserFactory

S = AgreementStatus


def words_of(match):
    return [reason.words for reason in match.reasons]


def found(organization, **asked):
    return suggestions(organization, **asked).matches


def names(organization, **asked):
    return [str(match.organization) for match in found(organization, **asked)]


# --- The rules, without a database ----------------------------------------------------------------


def test_a_told_need_weighs_more_than_a_sector_and_all_nearness():
    told = fit_reason(["A"], is_told=True, school_asks=True)
    guessed = fit_reason(["A"], is_told=False, sector="KBLI 25", school_asks=True)

    assert (told.points, guessed.points) == (NEED_POINTS, SECTOR_POINTS)
    assert told.points > max(NEARNESS_POINTS.values())
    assert "KBLI 25" in guessed.words


@pytest.mark.parametrize(("count", "points"), [(1, 50), (2, 55), (4, 65), (9, 65)])
def test_further_competences_add_up_to_three(count, points):
    assert fit_reason(["A"] * count, is_told=True, school_asks=False).points == points


def test_nearer_is_worth_more():
    points = [nearness_reason(near, ProvinceFactory.build()).points for near in Nearness]

    assert points == sorted(points)
    assert len(set(points)) == len(points)


def test_without_a_place_no_distance_is_claimed():
    assert nearness_reason(Nearness.FAR, None).words == "Wilayahnya belum tercatat"


def test_the_load_is_said_against_five_and_against_the_own_wish():
    assert "Belum membina SMK" in company_load_reasons(0, 5)[0].words
    assert "Baru membina 4 SMK" in company_load_reasons(4, 5)[0].words
    assert company_load_reasons(5, 8)[0].words == "Sudah membina 5 SMK"
    assert company_load_reasons(3, 3)[1].points == ENOUGH_POINTS
    assert len(company_load_reasons(3, 4)) == 1


def test_a_school_without_a_partner_is_worth_more():
    assert school_load_reason(0).points > school_load_reason(2).points == 0


def test_size_decides_between_equals_only():
    assert {reason.points for reason in size_reasons(accreditation="A", pupils=1200)} == {0}
    assert [r.words for r in size_reasons(accreditation="NONE", workers=1240)] == [
        "1.240 tenaga kerja"
    ]


# --- The order, asked of the database -------------------------------------------------------------


@pytest.fixture
def welding(db):
    return CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")


@pytest.fixture
def school(welding):
    return SchoolFactory(teaches=[welding])


def live(school, company, competence):
    return AgreementFactory(
        school=school, company=company, for_competences=[competence], status=S.ACTIVE
    )


def test_who_told_the_need_comes_before_who_is_of_the_sector(school, welding):
    SectorCompetence.objects.create(kbli_division="25", competence=welding)
    PartnerFactory(name="PT Sektor")
    PartnerFactory(name="PT Butuh", needs=[welding])
    PartnerFactory(name="PT Butuh lain", needs=[CompetenceFactory()])

    first, second = found(school)

    assert [str(first.organization), str(second.organization)] == ["PT Butuh", "PT Sektor"]
    assert words_of(first)[0] == "Membutuhkan 1.4.2 Teknik Pengelasan (Spektrum 2018)"
    assert words_of(second)[0] == (
        "Sektornya (KBLI 25) biasanya membutuhkan 1.4.2 Teknik Pengelasan (Spektrum 2018)"
    )
    assert first.competences == [welding]


@pytest.mark.parametrize("taught_in", Curriculum)
def test_a_need_fits_across_the_curricula(taught_in, welding):
    newer = CompetenceFactory(
        curriculum=Curriculum.SPECTRUM_2022, code="2.3.1", name="Teknik Pengelasan"
    )
    CompetenceConversion.objects.create(older=welding, newer=newer)
    taught, wanted = (welding, newer) if taught_in == Curriculum.SPECTRUM_2018 else (newer, welding)
    school = SchoolFactory(teaches=[taught])
    company = PartnerFactory(needs=[wanted])

    assert [(m.organization, m.competences) for m in found(school)] == [(company, [taught])]
    assert [(m.organization, m.competences) for m in found(company)] == [(school, [taught])]

    # An agreement under the other name is about the same.
    live(school, company, wanted)
    assert found(school) == found(company) == []


def test_the_nearest_come_first(school, welding):
    neighbours = ProvinceFactory(code="15", name="Jambi", bimtek_region=2)
    far = ProvinceFactory(code="32", name="Jawa Barat", bimtek_region=3)
    for name, region in [
        ("PT Jauh", RegionFactory(code="32.73", name="Kota Bandung", province=far)),
        ("PT Tetangga", RegionFactory(code="15.71", name="Kota Jambi", province=neighbours)),
        ("PT Seprovinsi", RegionFactory(code="13.71", name="Kota Padang")),
        ("PT Sekota", RegionFactory()),
        ("PT Entah", None),
    ]:
        PartnerFactory(name=name, region=region, needs=[welding])

    assert names(school)[:3] == ["PT Sekota", "PT Seprovinsi", "PT Tetangga"]
    assert set(names(school)[3:]) == {"PT Jauh", "PT Entah"}
    assert names(school, province="32") == ["PT Jauh"]
    assert words_of(found(school)[2])[1] == (
        "Di provinsi tetangga (satu regional Bimtek): Kota Jambi, Jambi"
    )


def test_companies_below_five_schools_come_first_even_from_far(school, welding):
    near = PartnerFactory(name="PT Dekat", needs=[welding])
    far = PartnerFactory(
        name="PT Jauh",
        needs=[welding],
        region=RegionFactory(code="32.73", name="Kota Bandung"),
    )
    for _ in range(FEWEST_SCHOOLS):
        live(SchoolFactory(teaches=[]), near, welding)
    near.company.wants_schools = 9
    near.company.save()
    only = SchoolFactory(teaches=[])
    live(only, far, welding)
    live(only, far, CompetenceFactory())
    # Ended ones and a second agreement of the same school count nothing.
    AgreementFactory(company=far, status=S.ENDED)

    first, second = found(school)

    assert (first.organization, first.total_partners) == (far, 1)
    assert (second.organization, second.total_partners) == (near, 5)
    assert "Baru membina 1 SMK; diharapkan paling sedikit lima, maka didahulukan" in words_of(first)
    assert "Sudah membina 5 SMK" in words_of(second)
    assert first.points < second.points


def test_one_that_has_as_many_as_it_wants_comes_after_its_like(school, welding):
    enough = PartnerFactory(name="PT Cukup", needs=[welding])
    enough.company.wants_schools = 1
    enough.company.workers = 9000
    enough.company.save()
    live(SchoolFactory(teaches=[]), enough, welding)
    PartnerFactory(name="PT Ingin", needs=[welding])

    assert names(school) == ["PT Ingin", "PT Cukup"]


def test_a_company_sees_lonely_schools_first_then_by_accreditation(welding):
    company = PartnerFactory(needs=[welding])
    schools = {}
    for name, accreditation in [("B", "B"), ("A", "A"), ("Bermitra", "A")]:
        one = schools[name] = SchoolFactory(name=f"SMK {name}", teaches=[welding])
        one.school.accreditation = accreditation
        one.school.save()
    live(schools["Bermitra"], PartnerFactory(), welding)

    assert names(company) == ["SMK A", "SMK B", "SMK Bermitra"]
    assert "Belum memiliki perusahaan mitra" in words_of(found(company)[0])
    assert "Terakreditasi A" in words_of(found(company)[0])
    assert "Sudah memiliki 1 perusahaan mitra" in words_of(found(company)[2])


def test_a_company_that_told_nothing_finds_by_its_sector(welding, school):
    SectorCompetence.objects.create(kbli_division="25", competence=welding)
    company = PartnerFactory()

    (match,) = found(company)

    assert match.organization == school
    assert words_of(match)[0].startswith("Mengajarkan yang biasanya dibutuhkan sektor KBLI 25")


@pytest.mark.parametrize("status", [S.PROPOSED, S.READY, S.ACTIVE, S.ENDING, S.DORMANT])
def test_pairs_that_deal_with_it_already_are_left_out_and_shown_apart(status, school, welding):
    company = PartnerFactory(needs=[welding])
    agreement = AgreementFactory(
        school=school, company=company, for_competences=[welding], status=status
    )

    assert found(school) == found(company) == []
    assert list(present_partners(school)) == list(present_partners(company)) == [agreement]


@pytest.mark.parametrize("status", [S.ENDED, S.TERMINATED, S.DECLINED, S.WITHDRAWN])
def test_what_is_over_can_be_suggested_again(status, school, welding):
    company = PartnerFactory(needs=[welding])
    AgreementFactory(school=school, company=company, for_competences=[welding], status=status)

    (match,) = found(school)

    tried = [words for words in words_of(match) if words.startswith("Pernah diusulkan")]
    assert bool(tried) == (status in {S.DECLINED, S.WITHDRAWN})
    assert not present_partners(school)


def test_a_pair_is_suggested_for_what_it_does_not_deal_with_yet(welding):
    turning = CompetenceFactory()
    school = SchoolFactory(teaches=[welding, turning])
    company = PartnerFactory(needs=[welding, turning])
    live(school, company, welding)

    assert [match.competences for match in found(school)] == [[turning]]


def test_refused_pairs_stay_away(school, welding):
    company = PartnerFactory(needs=[welding])
    Suggestion.objects.create(
        school=school,
        company=company,
        decision=SuggestionDecision.REFUSED,
        reason="Pabriknya pindah.",
        decided_by=UserFactory(),
    )

    assert found(school) == found(company) == []
    assert [str(one.company) for one in refused(school)] == [str(company)]


def test_the_points_are_the_sum_of_the_reasons(welding):
    SectorCompetence.objects.create(kbli_division="25", competence=welding)
    turning = CompetenceFactory()
    schools = [SchoolFactory(teaches=[welding, turning]), SchoolFactory(teaches=[welding])]
    far = RegionFactory(code="32.73", name="Kota Bandung")
    companies = [
        PartnerFactory(needs=[welding, turning]),
        PartnerFactory(needs=[welding], region=far),
        PartnerFactory(),
    ]
    companies[1].company.wants_schools = 1
    companies[1].company.save()
    live(SchoolFactory(teaches=[]), companies[1], welding)

    matches = [match for one in [*schools, *companies] for match in found(one)]

    assert len(matches) == 12
    for match in matches:
        assert match.points == sum(reason.points for reason in match.reasons), match


def test_pages_go_on_where_the_last_one_ended(school, welding):
    for _ in range(23):
        PartnerFactory(needs=[welding])

    pages = [suggestions(school, number=number) for number in (1, 2, 9)]

    assert [len(page.matches) for page in pages] == [20, 3, 20]
    assert [page.total for page in pages] == [23, 23, 23]
    assert len({m.organization for page in pages[:2] for m in page.matches}) == 23


def test_one_and_many_cost_the_same(school, welding):
    SectorCompetence.objects.create(kbli_division="25", competence=welding)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            suggestions(school)
        return len(captured)

    PartnerFactory()
    before = count()
    for _ in range(5):
        AgreementFactory(school=school, company=PartnerFactory(needs=[welding]), status=S.DECLINED)

    assert count() == before <= 6
