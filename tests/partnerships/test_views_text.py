"""Filling in the text: each side its own fields, both the competences and the scope."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partnerships.enums import AgreementStatus, Curriculum, ScopeKind
from partnerships.models import Agreement
from programs.once import new_token
from tests.factories.partnerships import CompetenceFactory
from tests.partnerships.pages import page

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.fixture
def drafting(at):
    return at(S.DRAFTING, school_signatory="", ends_on=None)


def answers(agreement, **others):
    return {
        "once": new_token(),
        "purpose": "Menyelaraskan pembelajaran.",
        "starts_on": "01/07/2026",
        "ends_on": "30 Juni 2029",
        "signed_place": "Semarang",
        "school_signatory": "Wahyu Contoh, S.Pd.",
        "school_position": "Kepala Sekolah",
        "school_nip": "",
        "school_email": "kepala@smk.example",
        "competences": [one.pk for one in agreement.competences.all()],
        "do_INTERNSHIP": "on",
        "target_INTERNSHIP": "40",
    } | others


def test_a_side_fills_in_its_part_and_finds_it_again(client, drafting, school_person):
    client.force_login(school_person)
    shown = client.get(page("agreement_text", drafting))
    assertContains(shown, "Isi nama penanda tangan sekolah.")
    assertNotContains(shown, 'name="company_signatory"')

    answer = client.post(page("agreement_text", drafting), answers(drafting))

    assertRedirects(answer, page("agreement_detail", drafting))
    saved = Agreement.objects.get(pk=drafting.pk)
    assert saved.school_signatory == "Wahyu Contoh, S.Pd."
    assert f"{saved.ends_on}" == "2029-06-30"
    assert [(item.kind, item.target) for item in saved.scope.all()] == [("INTERNSHIP", 40)]
    assertContains(client.get(page("agreement_text", drafting)), "Naskah sudah lengkap")


def test_what_belongs_to_the_other_side_cannot_be_slipped_in(client, drafting, company_person):
    client.force_login(company_person)

    client.post(page("agreement_text", drafting), answers(drafting))

    assert Agreement.objects.get(pk=drafting.pk).school_signatory == ""


def test_a_target_alone_counts_as_a_tick(client, drafting, school_person):
    client.force_login(school_person)

    client.post(page("agreement_text", drafting), answers(drafting, target_VISIT="3"))

    assert drafting.scope.get(kind=ScopeKind.VISIT).target == 3


@pytest.mark.parametrize("typed", ["1.4.2", "teknik las", "1.4.2 Teknik Las (Spektrum 2018)"])
def test_another_competence_is_typed_by_code_or_name(client, drafting, school_person, typed):
    CompetenceFactory(code="1.4.2", name="Teknik Las")
    client.force_login(school_person)

    client.post(page("agreement_text", drafting), answers(drafting, more_1=typed))

    assert {one.code for one in drafting.competences.all()} == {"1.4.1", "1.4.2"}


def test_a_name_in_both_lists_means_the_newer(client, drafting, school_person):
    newer = CompetenceFactory(
        curriculum=Curriculum.SPECTRUM_2022, code="5.1.1", name="Teknik Pemesinan"
    )
    client.force_login(school_person)

    client.post(
        page("agreement_text", drafting),
        answers(drafting, competences=[], more_1="Teknik Pemesinan"),
    )

    assert drafting.competences.get() == newer


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"ends_on": "01/01/2026"}, "pada atau sesudah tanggal mulai"),
        ({"ends_on": "besok"}, "17/08/2026"),
        ({"school_nip": "123"}, "NIP"),
        ({"target_INTERNSHIP": "banyak"}, "dengan angka saja"),
        ({"competences": []}, "Pilih paling sedikit satu kompetensi."),
        ({"more_1": "Sihir"}, "tidak ada dalam daftar kompetensi"),
    ],
)
def test_what_is_typed_wrong_comes_back_with_a_sentence(
    client, drafting, school_person, wrong, told
):
    client.force_login(school_person)

    answer = client.post(page("agreement_text", drafting), answers(drafting, **wrong))

    assertContains(answer, told, status_code=422)
    assertContains(answer, "Menyelaraskan pembelajaran.", status_code=422)
    assert Agreement.objects.get(pk=drafting.pk).school_signatory == ""


def test_a_text_that_was_fixed_meanwhile_is_told(client, at, school_person):
    ready = at(S.READY)
    client.force_login(school_person)

    assertRedirects(client.get(page("agreement_text", ready)), page("agreement_detail", ready))
    late = client.post(page("agreement_text", ready), answers(ready))

    assertContains(late, "Naskah tidak dapat diubah", status_code=409)
