"""“Angka kemitraan” on the desk, the same for everybody, and the workbook."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from partnerships.enums import AgreementStatus, Measure
from partnerships.figures import Official, in_words, share
from partnerships.models import Agreement
from partnerships.models import OfficialFigure as LaunchFigure
from partnerships.workflow import figures
from programs import roles
from programs.models import Indicator, OfficialFigure, Program
from tests.factories.partnerships import (
    AgreementFactory,
    PartnerFactory,
    PhaseFactory,
    SchoolFactory,
)
from tests.factories.programs import RegionFactory, UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.people import body_of, sign_in
from tests.training.desk import words

pytestmark = pytest.mark.django_db
S = AgreementStatus
PAGE, EXPORT = "admin:partnerships_figures", "admin:partnerships_figures_export"
TABS = ["tahap", "provinsi", "kompetensi", "sektor", "tahun", "berakhir", "tidak-berjalan", "beban"]


def said(slug, value, on="2019-03-18", source="Bisnis.com 18-03-2019", **more):
    """Of link and match as a whole."""
    program, _ = Program.objects.get_or_create(
        slug="link-and-match", defaults={"name": "Link and match", "summary": "PKS."}
    )
    indicator, _ = Indicator.objects.get_or_create(
        slug=slug,
        defaults={"program": program, "name": slug, "unit": "SMK", "definition": "Contoh."},
    )
    return OfficialFigure.objects.create(
        indicator=indicator, value=value, as_of=on, source=source, **more
    )


def said_of(phase, measure, value, source="Bisnis.com 18-03-2019", **more):
    return LaunchFigure.objects.create(
        phase=phase, measure=measure, value=value, as_of="2019-03-18", source=source, **more
    )


@pytest.fixture
def contradictions():
    """What the press of March 2019 said, and the ministry a year later."""
    said("lm-smk", 2612)
    said("lm-perusahaan", 899)
    said("lm-pks", 4997)
    said("lm-smk", 2604, source="RMOL 19-03-2019")
    said("lm-perusahaan", 885, source="RMOL 19-03-2019")
    said("lm-pks", 4971, source="RMOL 19-03-2019")
    said("lm-smk", 2612, on="2020-10-26", source="Kementerian Perindustrian")
    said("smk-nasional", 14_218)
    said("smk-nasional", 14_260, source="JPNN 2019", note="perkiraan atas")


@pytest.fixture
def desk(client):
    return sign_in(client, officer(roles.BPSDMI_OFFICER))


def page(client, **query):
    return client.get(reverse(PAGE), query)


def test_live_and_official_figures_stand_beside_each_other(desk, contradictions):
    AgreementFactory(status=S.ACTIVE)
    AgreementFactory(status=S.ENDED)
    figures.rebuild()

    text = words(page(desk))

    assert "2 SMK bermitra SMK yang pernah menandatangani PKS" in text
    assert "Yang masih berjalan: 1." in text
    assert "Pengumuman saling berbeda pada 18 Maret 2019" in text
    for figure in ("2.612", "2.604", "899", "885", "4.997", "4.971"):
        assert figure in text
    assert "RMOL 19-03-2019" in text
    assert "Kementerian Perindustrian" in text


def test_coverage_is_told_against_every_national_number(desk, contradictions):
    AgreementFactory(status=S.ACTIVE)
    SchoolFactory()
    figures.rebuild()

    text = words(page(desk))

    assert "Dari 14.218 SMK, 2019" in text
    assert "Dari 14.260 SMK, 2019" in text
    assert "Dari SMK di register 1 dari 2, 50,0" in text


def test_the_national_number_can_be_missing(desk):
    AgreementFactory(status=S.ACTIVE)
    figures.rebuild()

    assert "Jumlah SMK di seluruh Indonesia belum dicatat" in words(page(desk))


def test_before_the_first_run_the_page_says_so(desk):
    text = words(page(desk))

    assert "Angka belum dihitung" in text


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_with_and_without_agreements(desk, contradictions, tab):
    figures.rebuild()
    assert page(desk, tab=tab).status_code == 200
    AgreementFactory(status=S.ENDING, phase=PhaseFactory())
    AgreementFactory(status=S.DORMANT)
    figures.rebuild()

    response = page(desk, tab=tab)

    assert response.status_code == 200
    assert response.context_data["tab"] == tab
    assert f'<a class="chip" href="?tab={tab}#tabel" aria-current="true"' in response.text
    assert "Provinsi Kompetensi Sektor Tahun Berakhir dalam 90 hari Tidak berjalan Beban" in words(
        response
    )


@pytest.mark.parametrize("tab", TABS)
def test_the_page_costs_the_same_with_more_rows(desk, contradictions, tab):
    def grow(number):
        for status in (S.ENDING, S.DORMANT, S.ACTIVE):
            for _ in range(number):
                AgreementFactory(status=status, phase=PhaseFactory())
        figures.rebuild()

    def cost():
        with CaptureQueriesContext(connection) as queries:
            page(desk, tab=tab)
        return len(queries)

    grow(1)
    page(desk)
    few = cost()
    grow(2)

    assert cost() == few
    assert few <= 10


def test_what_ends_soon_and_what_sleeps_is_listed(desk):
    soon = AgreementFactory(status=S.ENDING)
    asleep = AgreementFactory(status=S.DORMANT)
    later = AgreementFactory(status=S.ACTIVE)
    figures.rebuild()

    ending, dormant = words(page(desk, tab="berakhir")), words(page(desk, tab="tidak-berjalan"))

    assert soon.number in ending
    assert "40 hari lagi" in ending
    assert later.number not in ending
    assert asleep.number in dormant
    assert soon.number not in dormant
    assert "1 PKS berakhir dalam 90 hari 1 PKS tidak berjalan" in ending


def test_the_ninetieth_day_is_within_and_the_day_after_is_not(desk):
    for days in (90, 91):
        agreement = AgreementFactory(status=S.ACTIVE)
        Agreement.objects.filter(pk=agreement.pk).update(ends_on=day(days))
    figures.rebuild()

    total = page(desk).context_data["total"]
    assert (total.ending, total.dormant) == (1, 0)


def test_companies_with_few_schools_are_listed_those_with_none_first(desk):
    busy = PartnerFactory(name="PT Sibuk")
    for _ in range(5):
        AgreementFactory(company=busy, status=S.ACTIVE)
    AgreementFactory(company=PartnerFactory(name="PT Satu"), status=S.ACTIVE)
    AgreementFactory(company=PartnerFactory(name="PT Bekas"), status=S.ENDED)
    figures.rebuild()

    response = page(desk, tab="beban")

    listed = [(row.label, row.live_schools) for row in response.context_data["below_page"]]
    assert listed == [("PT Bekas", 0), ("PT Satu", 1)]
    text = words(response)
    assert "2 dari 3 perusahaan membina kurang dari 5 SMK" in text
    assert "5–9 SMK 1 perusahaan" in text


def test_a_phase_says_what_was_announced_of_it(desk):
    phase = PhaseFactory(number=1, area="Jawa Timur")
    said_of(phase, Measure.SCHOOLS, 219)
    said_of(phase, Measure.SCHOOLS, 234)
    said_of(phase, Measure.SCHOOLS, 261, note="rencana")
    said_of(phase, Measure.COMPANIES, 49)
    AgreementFactory(status=S.ACTIVE, phase=phase)
    figures.rebuild()

    text = words(page(desk, tab="tahap"))

    assert "Tahap I, Jawa Timur" in text
    assert "Diumumkan: 219, 234 atau 261 SMK; 49 perusahaan" in text


def test_the_map_shows_the_share_of_each_province(desk):
    region = RegionFactory()
    AgreementFactory(status=S.ACTIVE, school=SchoolFactory(region=region))
    SchoolFactory(region=region)
    figures.rebuild()

    response = page(desk, tab="provinsi")

    assert response.context_data["shares"] == {"13": (1, 2)}
    assert "Sumatera Barat: 1 dari 2 SMK di register" in response.text


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.EDUCATION_UNIT_ADMIN])
def test_others_of_the_ministry_look_on(client, role):
    AgreementFactory(status=S.ACTIVE)
    figures.rebuild()
    sign_in(client, officer(role))

    assert page(client, tab="beban").status_code == 200
    assert body_of(client.get(reverse(EXPORT))).startswith(b"PK")


@pytest.mark.parametrize("name", [PAGE, EXPORT])
def test_officers_of_other_work_and_schools_do_not(client, name):
    sign_in(client, officer(roles.PPK))
    assert client.get(reverse(name)).status_code == 403

    sign_in(client, UserFactory())
    assert client.get(reverse(name)).status_code == 302


def test_the_menu_leads_to_the_page(desk):
    answer = desk.get(reverse("admin:partnerships_figure_changelist"))

    assert answer.url == reverse(PAGE)
    assert (
        "Angka kemitraan" in desk.get(reverse("admin:partnerships_officialfigure_changelist")).text
    )


def test_the_workbook_has_every_table_and_says_what_each_figure_is(desk, contradictions):
    AgreementFactory(status=S.ENDING, phase=PhaseFactory())
    figures.rebuild()

    answer = desk.get(reverse(EXPORT))

    book = load_workbook(io.BytesIO(body_of(answer)))
    assert book.sheetnames == [
        "Ringkasan", "Angka resmi", "Per tahap", "Per provinsi", "Per kompetensi", "Per sektor",
        "Per tahun", "Berakhir 90 hari", "Tidak berjalan", "Beban perusahaan", "Keterangan",
    ]  # fmt: skip
    assert [cell.value for cell in book["Ringkasan"][2]][:2] == ["SMK bermitra", 1]
    official = [[cell.value for cell in row][2:6] for row in book["Angka resmi"].iter_rows()]
    assert [2612, 899, 4997, "Bisnis.com 18-03-2019"] in official
    assert [2604, 885, 4971, "RMOL 19-03-2019"] in official
    assert book["Berakhir 90 hari"].max_row == 2
    meanings = [row[0].value for row in book["Keterangan"].iter_rows()]
    assert {"SMK bermitra", "PKS berjalan", "Angka resmi"} <= set(meanings)


# --- For everybody ------------------------------------------------------------------------------


def test_everybody_reads_what_link_and_match_is(
    client, contradictions, django_assert_max_num_queries
):
    phase = PhaseFactory(number=1, area="Jawa Timur")
    said_of(phase, Measure.SCHOOLS, 219)
    AgreementFactory(status=S.ACTIVE, phase=phase)
    figures.rebuild()

    with django_assert_max_num_queries(5):
        response = client.get(reverse("partnerships:about"))

    text = words(response)
    assert "Untuk SMK" in text
    assert "Untuk perusahaan" in text
    assert "Angka resmi 26 Oktober 2020: 2.612" in text
    assert "Pengumuman pada 18 Maret 2019 saling berbeda" in text
    assert "Tahap I Jawa Timur" in text
    assert "1 diumumkan: 219" in text


def test_the_public_page_stands_before_anything_was_entered(client):
    assert "Angka langsung belum dihitung" in words(client.get(reverse("partnerships:about")))


# --- Words and order ------------------------------------------------------------------------------


def test_what_a_source_said_in_one_breath_is_one_line():
    said("lm-smk", 10, source="Antara")
    said("lm-smk", 20)
    said("lm-perusahaan", 3, source="Antara")
    said("lm-pks", 5, source="Antara", note="perkiraan")
    said("lm-smk", 1, region=RegionFactory().province)

    lines = Official().lines

    assert [line.values for line in lines] == [
        {Measure.COMPANIES: 3, Measure.SCHOOLS: 10},
        {Measure.AGREEMENTS: 5},
        {Measure.SCHOOLS: 20},
    ]


def test_all_schools_of_indonesia_are_no_partners():
    said("smk-nasional", 14_218)

    official = Official()

    assert [one.value for one in official.national] == [14_218]
    assert official.lines == []


def test_the_newest_figure_is_told_with_what_contradicts_it():
    said("lm-smk", 1019, on="2017-10-11")
    said("lm-smk", 2604, source="RMOL")
    said("lm-smk", 2612)
    said("lm-perusahaan", 885, on="2020-10-26")

    values = [line.values[Measure.SCHOOLS] for line in Official().newest(Measure.SCHOOLS)]

    assert values == [2612, 2604]
    assert Official().newest(Measure.AGREEMENTS) == []


def test_figures_in_words():
    class One:
        def __init__(self, value):
            self.value = value

    assert in_words([]) == "–"
    assert in_words([One(49)]) == "49"
    assert in_words([One(2612), One(2604), One(2612)]) == "2.604 atau 2.612"
    assert share(1, 3) == "33,3\N{NO-BREAK SPACE}%"
    assert share(0, 0) == "–"
