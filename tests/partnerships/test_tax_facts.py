"""The super tax deduction annex: who enters what for which year, and the paper that says it."""

import io

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from partnerships.enums import AgreementStatus, Curriculum, ScopeKind
from partnerships.models import Activity, Agreement, TaxFacts
from partnerships.workflow import tax_facts as workflow
from programs import roles
from programs.enums import PaperState
from programs.models import IssuedPaper
from programs.papers import typeset
from programs.transitions import TransitionNotAllowed
from tests.factories.partnerships import AgreementFactory, CompetenceFactory, PartnerFactory
from tests.factories.programs import DinasFactory, RegionFactory, UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.pdf_text import pages
from tests.pdf_text import words as pdf_words
from tests.people import body_of, sign_in
from tests.training.desk import words

pytestmark = pytest.mark.django_db
S = AgreementStatus
TODAY = day(0)
VALUES = {
    "participants": 30,
    "facilities": 25_000_000,
    "instructors": 12_500_000,
    "materials": 0,
    "honorarium": 9_000_000,
    "certification": 4_500_000,
    "note": "",
}


@pytest.fixture
def person():
    return UserFactory(name="Orang SDM Contoh")


@pytest.fixture
def agreement(person):
    """Signed and running since last year, of a company to which ``person`` belongs."""
    return running(company_person=person)


def running(**details):
    one = AgreementFactory(status=S.ACTIVE, **details)
    Agreement.objects.filter(pk=one.pk).update(starts_on=TODAY.replace(year=TODAY.year - 1, day=1))
    return Agreement.objects.with_names().get(pk=one.pk)


def enter(agreement, *, year=TODAY.year, by=None, reason="", **changed):
    return workflow.enter(
        agreement, year, by=by or UserFactory(), today=TODAY, values=VALUES | changed, reason=reason
    )


def did(agreement, kind, quantity, *, on=TODAY, **more):
    return Activity.objects.create(
        agreement=agreement,
        kind=kind,
        starts_on=on,
        ends_on=on,
        description="Kegiatan contoh",
        quantity=quantity,
        recorded_by=UserFactory(),
        **more,
    )


# --- Which year, which agreement ----------------------------------------------------------------


def test_facts_are_kept_with_their_paper(agreement, person):
    facts = enter(agreement, by=person)

    assert (facts.total, facts.entered_by, facts.paper.state) == (51_000_000, person, "VALID")
    assert facts.paper.number == f"00001/STD/{TODAY.year}"
    assert facts.paper.organization == agreement.company
    assert TaxFacts.objects.get() == facts


@pytest.mark.parametrize("status", [S.PROPOSED, S.MATCHING, S.DRAFTING, S.READY, S.DECLINED])
def test_what_is_not_signed_has_no_annex(status):
    with pytest.raises(TransitionNotAllowed, match="hanya untuk PKS yang sudah ditandatangani"):
        enter(AgreementFactory(status=status))

    assert not IssuedPaper.objects.filter(kind="TAX_ANNEX").exists()


@pytest.mark.parametrize("status", [S.ENDING, S.DORMANT, S.ENDED, S.RENEWED, S.TERMINATED])
def test_what_was_signed_once_has_one_also_afterwards(status):
    agreement = AgreementFactory(status=status)

    facts = enter(agreement, year=agreement.starts_on.year)

    assert facts.paper.state == PaperState.VALID


def test_a_year_that_has_not_come_is_refused(agreement):
    with pytest.raises(TransitionNotAllowed, match=f"Tahun {TODAY.year + 1} belum berjalan"):
        enter(agreement, year=TODAY.year + 1)


@pytest.mark.parametrize("years_before", [2, 9])
def test_a_year_outside_the_term_is_refused(agreement, years_before):
    with pytest.raises(TransitionNotAllowed, match=f"tahun {TODAY.year - 1} sampai {TODAY.year}"):
        enter(agreement, year=TODAY.year - years_before)


def test_the_years_begin_with_the_regulation_and_end_with_the_agreement(agreement):
    def years(**facts):
        Agreement.objects.filter(pk=agreement.pk).update(**facts)
        return workflow.years_of(Agreement.objects.get(pk=agreement.pk), today=TODAY)

    assert years() == [TODAY.year, TODAY.year - 1]
    old = {"starts_on": TODAY.replace(year=2017, day=1), "ends_on": TODAY.replace(year=2020, day=1)}
    assert years(**old) == [2020, 2019]
    gone = {"ends_on": TODAY.replace(year=2018, day=1)}
    assert years(**gone) == []
    assert "tidak berlaku pada satu pun tahun pajak" in workflow.hindrance(
        Agreement.objects.get(pk=agreement.pk), 2018, today=TODAY
    )


# --- Entered anew -------------------------------------------------------------------------------


def test_the_same_facts_again_are_the_same_paper(agreement):
    first = enter(agreement).paper

    assert enter(agreement).paper == first
    assert IssuedPaper.objects.filter(kind="TAX_ANNEX").count() == 1


def test_other_facts_replace_the_paper_for_a_reason(agreement):
    first = enter(agreement).paper

    second = enter(agreement, certification=6_000_000, reason="Biaya uji baru diketahui.").paper

    first.refresh_from_db()
    assert (first.state, first.replaced_by) == (PaperState.REPLACED, second)
    assert first.state_reason == "Biaya uji baru diketahui."
    assert first.facts["total_rp"] == 51_000_000
    assert second.facts["total_rp"] == 52_500_000
    assert TaxFacts.objects.get().paper == second


def test_without_a_reason_nothing_is_replaced(agreement):
    first = enter(agreement)

    with pytest.raises(TransitionNotAllowed, match="Tulis alasan"):
        enter(agreement, certification=6_000_000, reason=" ")

    first.refresh_from_db()
    assert (first.certification, first.paper.state) == (4_500_000, PaperState.VALID)


def test_another_year_is_another_paper(agreement):
    this, last = enter(agreement), enter(agreement, year=TODAY.year - 1)

    assert this.paper != last.paper
    assert {this.paper.state, last.paper.state} == {PaperState.VALID}


def test_the_database_keeps_one_row_a_year(agreement, person):
    facts = enter(agreement)
    facts.pk = None

    with pytest.raises(IntegrityError, match="partnerships_taxfacts_once_a_year"):
        facts.save(force_insert=True)


# --- What was done ------------------------------------------------------------------------------


def test_participants_are_proposed_from_the_activities_of_the_year(agreement):
    did(agreement, ScopeKind.INTERNSHIP, 24)
    did(agreement, ScopeKind.INTERNSHIP, 6)
    did(agreement, ScopeKind.TEACHER_INTERNSHIP, 2)
    did(agreement, ScopeKind.CERTIFICATION, 20)
    did(agreement, ScopeKind.VISIT, 3)
    did(agreement, ScopeKind.INTERNSHIP, 99, on=TODAY.replace(year=TODAY.year - 1, day=1))
    wrong = did(agreement, ScopeKind.INTERNSHIP, 50)
    Activity.objects.filter(pk=wrong.pk).update(
        withdrawn_at=wrong.recorded_at, withdrawn_reason="Salah PKS."
    )

    assert workflow.participants_in(agreement, TODAY.year) == 32
    assert [(one.quantity, one.unit) for one in workflow.done_in(agreement, TODAY.year)] == [
        (30, "siswa"),
        (2, "guru"),
        (3, "kunjungan"),
        (20, "peserta"),
    ]


# --- The page -----------------------------------------------------------------------------------


def address(agreement, year=TODAY.year, name="tax_facts"):
    return reverse(f"partnerships:{name}", args=[agreement.pk, year])


def typed(**changed):
    return {
        "participants": "30",
        "facilities": "25.000.000",
        "instructors": "Rp 12.500.000",
        "materials": "",
        "honorarium": "9000000",
        "certification": "4.500.000,-",
        "note": "PKL dan magang guru.",
    } | changed


def test_a_company_enters_its_costs_and_gets_paper_and_table(client, agreement, person):
    sign_in(client, person)
    did(agreement, ScopeKind.INTERNSHIP, 24)
    form = client.get(address(agreement))
    assert 'value="24"' in form.text
    assert "tidak menghitung pajak" in words(form)

    answer = client.post(address(agreement), typed(), follow=True)

    facts = TaxFacts.objects.get()
    assert (facts.total, facts.materials, facts.entered_by) == (51_000_000, 0, person)
    text = words(answer)
    assert f"Lampiran {facts.paper.number} terbit" in text
    assert "Rp51.000.000, 30 peserta" in text
    assert body_of(client.get(reverse("programs:paper", args=[facts.paper.code]))).startswith(
        b"%PDF"
    )


def test_pressing_twice_makes_one_paper(client, agreement, person):
    sign_in(client, person)
    form = typed(once="4b9c2c8a-6c55-4f0c-9a64-6d41fd0a1c11")

    for _ in range(2):
        assert client.post(address(agreement), form).status_code == 302

    assert IssuedPaper.objects.filter(kind="TAX_ANNEX").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"participants": ""}, "Isi jumlah peserta"),
        ({"participants": "0"}, "Tulis paling sedikit 1 peserta."),
        ({"participants": "tiga puluh"}, "Tulis jumlah peserta dengan angka saja."),
        ({"facilities": "25 juta"}, "Tulis angka lengkap tanpa kata, misalnya 25.000.000."),
        ({"instructors": "-5"}, "Tulis jumlah tanpa tanda minus"),
        ({"note": "Bagus \N{PARTY POPPER}"}, "tidak dapat dicetak"),
        (
            dict.fromkeys(["facilities", "instructors", "honorarium", "certification"], ""),
            "Isi paling sedikit satu jenis biaya.",
        ),
    ],
)
def test_bad_input_gets_a_sentence_and_stays(client, agreement, person, changed, sentence):
    sign_in(client, person)

    answer = client.post(address(agreement), typed(**changed))

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert next(iter(changed.values())) in answer.text
    assert not TaxFacts.objects.exists()


def test_a_replacement_asks_for_its_reason_on_the_page(client, agreement, person):
    sign_in(client, person)
    client.post(address(agreement), typed())
    assert "Alasan penggantian" in words(client.get(address(agreement)))

    refused = client.post(address(agreement), typed(materials="1.000.000"))
    assert "Tulis alasan mengganti lampiran yang sudah terbit." in words(refused)
    client.post(address(agreement), typed(materials="1.000.000", reason="Ada bahan tambahan."))

    states = IssuedPaper.objects.filter(kind="TAX_ANNEX").order_by("pk")
    assert list(states.values_list("state", "state_reason")) == [
        ("REPLACED", "Ada bahan tambahan."),
        ("VALID", ""),
    ]


def test_a_year_that_is_not_open_says_so_and_leads_to_one_that_is(client, agreement, person):
    sign_in(client, person)
    closed = address(agreement, TODAY.year + 1)

    assert f"Tahun {TODAY.year + 1} belum berjalan" in words(client.get(closed))
    assert address(agreement) in client.get(closed).text
    assert client.post(closed, typed()).status_code == 422
    assert not TaxFacts.objects.exists()


def test_the_page_costs_the_same_with_more_activities(client, agreement, person):
    sign_in(client, person)
    enter(agreement)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(agreement)).status_code == 200
        return len(queries)

    did(agreement, ScopeKind.INTERNSHIP, 3)
    client.get(address(agreement))
    few = cost()
    for kind in ScopeKind:
        did(agreement, kind, 3)

    assert cost() == few
    assert few <= 15


# --- Who ------------------------------------------------------------------------------------------


def test_who_enters_and_who_opens():
    school_person, company_person, dinas, other = UserFactory.create_batch(4)
    agreement = running(school_person=school_person, company_person=company_person)
    RegionFactory()
    DinasFactory(region=agreement.school.region or RegionFactory(), member=dinas)
    PartnerFactory(owner=other)
    facts = enter(agreement, by=company_person)

    def seen(client_of):
        client = sign_in(Client(), client_of)
        paper = client.get(reverse("programs:paper", args=[facts.paper.code]))
        table = client.get(address(agreement, name="tax_annex_download"))
        for answer in (paper, table):
            body_of(answer)
        return client.get(address(agreement)).status_code, paper.status_code, table.status_code

    assert seen(company_person) == (200, 200, 200)
    assert seen(officer(roles.BPSDMI_OFFICER)) == (200, 200, 200)
    assert seen(school_person) == (403, 200, 200)
    assert seen(officer(roles.AUDITOR)) == (403, 200, 200)
    assert seen(other) == (404, 404, 404)
    assert seen(dinas)[1:] == (404, 404)


def test_the_annex_of_one_year_before_it_was_entered_does_not_exist(client, agreement, person):
    sign_in(client, person)

    assert client.get(address(agreement, name="tax_annex_download")).status_code == 404


def test_officers_find_the_annexes_in_a_list(client, agreement):
    enter(agreement)
    sign_in(client, officer(roles.BPSDMI_OFFICER))

    listed = words(client.get(reverse("admin:partnerships_taxfacts_changelist")))
    shown = client.get(
        reverse("admin:partnerships_taxfacts_change", args=[TaxFacts.objects.get().pk])
    )

    assert "Rp51.000.000" in listed
    assert shown.status_code == 200
    assert "Rp25.000.000" in words(shown)


# --- The paper and the table ----------------------------------------------------------------------


def test_the_paper_says_everything_on_one_page(agreement):
    for number, name in enumerate(["Teknik Pengelasan", "Teknik Fabrikasi Logam"], 2):
        agreement.competence_rows.create(
            competence=CompetenceFactory(
                code=f"1.4.{number}", name=name, curriculum=Curriculum.SPECTRUM_2018
            )
        )
    did(agreement, ScopeKind.INTERNSHIP, 24)
    note = "PKL dua gelombang, magang guru pada libur semester. " * 6
    facts = enter(agreement, note=note.strip())

    content = typeset(facts.paper)

    assert len(pages(content)) == 1
    text = pdf_words(content)
    for part in (
        f"SUPER TAX DEDUCTION TAHUN {TODAY.year}",
        agreement.company.name,
        agreement.school.name,
        agreement.school.npsn,
        f"Nomor {agreement.number}",
        "1.4.2 Teknik Pengelasan (Spektrum 2018)",
        "30 orang",
        "PKL/prakerin siswa 24 siswa",
        "Instruktur atau pengajar",
        "Rp12.500.000",
        "Rp51.000.000",
        "lima puluh satu juta rupiah",
        "tidak menghitung pajak",
        f"Kode periksa {facts.paper.code}",
    ):
        assert part in text, part


def test_everybody_can_check_it(client, agreement):
    paper = enter(agreement).paper

    text = words(client.get(reverse("programs:verify", args=[paper.code])))

    assert "Dokumen ini asli dan masih berlaku" in text
    assert "Lampiran super tax deduction" in text


def test_the_table_says_the_same_as_the_paper(client, agreement, person):
    did(agreement, ScopeKind.INTERNSHIP, 24)
    facts = enter(agreement, note="=SUM(A1)")
    sign_in(client, person)

    book = load_workbook(
        io.BytesIO(body_of(client.get(address(agreement, name="tax_annex_download"))))
    )

    assert book.sheetnames == [f"Lampiran {TODAY.year}", "Biaya", "Kegiatan"]
    said = dict(book[f"Lampiran {TODAY.year}"].values)
    assert said["Nomor lampiran"] == facts.paper.number
    assert said["Kode periksa"] == facts.paper.code
    assert said["Jumlah peserta"] == 30
    assert said["Keterangan perusahaan"] == "=SUM(A1)"
    costs = dict(book["Biaya"].values)
    assert (costs["Honorarium peserta"], costs["Jumlah"]) == (9_000_000, 51_000_000)
    assert list(book["Kegiatan"].values)[1] == ("PKL/prakerin siswa", 24, "siswa")
