"""The registers of link and match on the desk: found, filtered, entered, exported."""

import io

import openpyxl
import pytest
from django.urls import reverse

from partnerships.exports import agreement_rows
from partnerships.imports import AGREEMENTS, COMPANIES, SCHOOLS
from partnerships.models import (
    Agreement,
    CompanyProfile,
    Competence,
    CompetenceConversion,
    LaunchPhase,
    OfficialFigure,
    SchoolProfile,
)
from programs import roles
from programs.enums import OrganizationKind
from programs.models import KbliCode
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    PhaseFactory,
    SchoolFactory,
)
from tests.factories.programs import OrganizationFactory, RegionFactory, officer
from tests.import_files import said
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    RegionFactory()
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


def address(model, name="changelist", *more):
    return reverse(f"admin:partnerships_{model}_{name}", args=more)


def listed(desk, model, **asked):
    answer = desk.get(address(model), asked)
    assert answer.status_code == 200
    return [str(profile) for profile in answer.context["cl"].result_list]


def sheet_of(answer):
    workbook = openpyxl.load_workbook(io.BytesIO(body_of(answer)))
    heading, *rows = workbook.worksheets[0].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def test_schools_are_found_by_name_and_by_npsn(desk):
    SchoolFactory(name="SMK Negeri 1 Bukittinggi", npsn="10303456")
    SchoolFactory(name="SMK Mitra Agam", npsn="10303999")

    assert listed(desk, "schoolprofile", q="bukit") == ["SMK Negeri 1 Bukittinggi"]
    assert listed(desk, "schoolprofile", q="10303999") == ["SMK Mitra Agam"]
    assert listed(desk, "schoolprofile", q="1030399") == []


def test_schools_are_filtered_by_what_officers_ask(desk):
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    newer = CompetenceFactory(curriculum=2022, code="2.3.1", name="Teknik Pengelasan")
    CompetenceConversion.objects.create(older=welding, newer=newer)
    west, java = RegionFactory(), RegionFactory(code="32.73", name="Kota Bandung")
    SchoolFactory(name="SMK Barat", region=west, teaches=[welding])
    other = SchoolFactory(name="SMK Jawa", region=java, teaches=[newer])
    SchoolProfile.objects.filter(organization=other).update(status="PRIVATE", accreditation="B")
    SchoolFactory(name="SMK Lain", region=java, teaches=[])

    assert listed(desk, "schoolprofile", provinsi="13") == ["SMK Barat"]
    assert listed(desk, "schoolprofile", status__exact="PRIVATE") == ["SMK Jawa"]
    assert listed(desk, "schoolprofile", accreditation__exact="B") == ["SMK Jawa"]
    assert listed(desk, "schoolprofile", kompetensi=welding.pk) == ["SMK Barat", "SMK Jawa"]
    assert listed(desk, "schoolprofile", kurikulum="2022") == ["SMK Jawa"]


def test_companies_are_found_and_filtered(desk):
    KbliCode.objects.create(version=2020, code="13", title="Industri Tekstil")
    need = CompetenceFactory()
    PartnerFactory(name="PT Las", nib="9120001234567", needs=[need])
    other = PartnerFactory(name="PT Kain", nib="9120001234568")
    CompanyProfile.objects.filter(organization=other).update(kbli_code="13121")

    assert listed(desk, "companyprofile", q="9120001234567") == ["PT Las"]
    assert listed(desk, "companyprofile", q="kain") == ["PT Kain"]
    assert listed(desk, "companyprofile", sektor="13") == ["PT Kain"]
    assert listed(desk, "companyprofile", kebutuhan=need.pk) == ["PT Las"]


def test_a_filter_that_says_nonsense_shows_all(desk):
    SchoolFactory()

    assert len(listed(desk, "schoolprofile", kompetensi="x", kurikulum="y")) == 1


def test_a_school_without_a_profile_gets_one(desk):
    bare = OrganizationFactory(kind=OrganizationKind.SCHOOL, name="SMK Baru", nib="")
    competence = CompetenceFactory()

    answer = desk.post(
        address("schoolprofile", "add"),
        {
            "organization": bare.pk,
            "status": "PUBLIC",
            "accreditation": "A",
            "pupils": "500",
            "taught-TOTAL_FORMS": 1,
            "taught-INITIAL_FORMS": 0,
            "taught-0-competence": competence.pk,
            "taught-0-pupils": "60",
        },
    )

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    profile = SchoolProfile.objects.get()
    assert (profile.organization, profile.taught.get().pupils) == (bare, 60)


def test_a_company_is_no_school(desk):
    company = OrganizationFactory(kind=OrganizationKind.COMPANY)

    answer = desk.post(
        address("schoolprofile", "add"),
        {"organization": company.pk, "taught-TOTAL_FORMS": 0, "taught-INITIAL_FORMS": 0},
    )

    assert answer.status_code == 200
    assert not SchoolProfile.objects.exists()


def test_a_profile_shows_what_the_register_knows_of_the_organization(desk):
    school = SchoolFactory(npsn="10303456", address="Jalan Merdeka 5", region_id="13.75")
    company = PartnerFactory(nib="9120001234567", npwp="0013121660091000")

    words = desk.get(address("schoolprofile", "change", school.school.pk)).content.decode()
    assert "10303456" in words
    assert "Jalan Merdeka 5" in words
    assert "Kota Bukittinggi, Sumatera Barat" in words
    words = desk.get(address("companyprofile", "change", company.company.pk)).content.decode()
    assert "NPWP 01.312.166.0-091.000" in words


def test_a_competence_shows_its_pair_in_the_other_curriculum_and_keeps_its_code(desk):
    older = CompetenceFactory()
    newer = CompetenceFactory(curriculum=2022, code="2.1.1", name="Teknik Pemesinan")

    answer = desk.post(
        address("competence", "change", older.pk),
        {
            "code": "9.9.9",
            "name": "Teknik Pemesinan",
            "field": "Teknik Mesin",
            "years": 3,
            "is_active": "on",
            "older_pairs-TOTAL_FORMS": 1,
            "older_pairs-INITIAL_FORMS": 0,
            "older_pairs-0-newer": newer.pk,
        },
    )

    assert answer.status_code == 302
    assert Competence.objects.get(pk=older.pk).code == "1.4.1"
    assert CompetenceConversion.objects.get().newer == newer
    words = desk.get(address("competence", "change", newer.pk)).content.decode()
    assert "nama dalam spektrum 2018" in words.lower()


def test_a_launch_phase_holds_figures_that_contradict_each_other(desk):
    phase = PhaseFactory()
    figure = {"measure": "SCHOOLS", "as_of": "2017-04-21", "value": 389, "source": "Berita A"}
    other = figure | {"value": 400, "source": "Berita B"}
    lines = {
        f"official_figures-{number}-{name}": value
        for number, values in enumerate([figure, other])
        for name, value in values.items()
    }

    answer = desk.post(
        address("launchphase", "change", phase.pk),
        {
            "area": "Jawa Tengah",
            "provinces": [RegionFactory().province_id],
            "official_figures-TOTAL_FORMS": 2,
            "official_figures-INITIAL_FORMS": 0,
            **lines,
        },
    )

    assert answer.status_code == 302
    assert set(OfficialFigure.objects.values_list("value", flat=True)) == {389, 400}
    assert LaunchPhase.objects.get().provinces.count() == 1


@pytest.mark.parametrize(
    "model",
    ["schoolprofile", "companyprofile", "competence", "sectorcompetence", "launchphase"],
)
def test_a_list_takes_as_many_questions_for_many_rows(desk, model, django_assert_max_num_queries):
    PhaseFactory()
    for number in range(8):
        CompetenceFactory(code=f"1.4.{number}").sectors.create(kbli_division="25")
        SchoolFactory()
        PartnerFactory()
    desk.get(address(model))

    with django_assert_max_num_queries(15):
        assert desk.get(address(model)).status_code == 200


def test_an_auditor_reads_the_registers_and_changes_nothing(client):
    school = SchoolFactory()
    auditor = sign_in(client, officer(roles.AUDITOR))

    assert listed(auditor, "schoolprofile") == [str(school)]
    page = address("schoolprofile", "change", school.school.pk)
    assert auditor.get(page).status_code == 200
    assert auditor.post(page, {"status": "PRIVATE"}).status_code == 403
    assert auditor.get(address("schoolprofile", "add")).status_code == 403


def test_the_export_holds_what_the_filter_left_and_its_button_knows_the_filter(desk):
    SchoolFactory(name="SMK Satu", npsn="10303456", region_id="13.75")
    SchoolFactory(name="SMK Dua")

    page = desk.get(address("schoolprofile"), {"q": "satu"}).content.decode()
    assert f"{address('schoolprofile', 'export')}?q=satu" in page
    (row,) = sheet_of(desk.get(address("schoolprofile", "export"), {"q": "satu"}))

    assert (row["npsn"], row["nama"], row["kompetensi"], row["provinsi"]) == (
        "10303456",
        "SMK Satu",
        "2018:1.4.1",
        "Sumatera Barat",
    )


def test_what_was_exported_can_be_imported_again_and_changes_nothing(desk):
    PhaseFactory()
    agreement = AgreementFactory(
        status="ACTIVE",
        phase=PhaseFactory(),
        school=SchoolFactory(region_id="13.75"),
        company=PartnerFactory(region_id="13.75"),
    )
    for kind, model in [
        (SCHOOLS, "schoolprofile"),
        (COMPANIES, "companyprofile"),
        (AGREEMENTS, "agreement"),
    ]:
        file = io.BytesIO(body_of(desk.get(address(model, "export"))))

        report = kind.check(file)

        assert (said(report), len(report.known)) == ([], 1), kind.key
    assert Agreement.objects.get() == agreement


def test_a_cell_that_looks_like_a_formula_stays_words(desk):
    PartnerFactory(name="=HYPERLINK(1)")

    workbook = openpyxl.load_workbook(
        io.BytesIO(body_of(desk.get(address("companyprofile", "export"))))
    )

    cell = workbook.worksheets[0].cell(2, 2)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_agreements_are_exported_in_a_constant_number_of_questions(django_assert_num_queries):
    for _ in range(3):
        AgreementFactory()

    with django_assert_num_queries(3):
        heading, *rows = agreement_rows(Agreement.objects.all())

    assert len(rows) == 3
    assert dict(zip(heading, rows[0], strict=True))["lingkup"] == "pkl; guru_tamu"


def test_an_export_is_for_those_who_may_read(client):
    sign_in(client, officer(roles.PPK))

    assert client.get(address("schoolprofile", "export")).status_code == 403
