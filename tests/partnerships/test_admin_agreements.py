"""The agreements on the officers' desk: the list, the record's pages, every step and refusal."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partnerships.enums import AgreementStatus, ScopeKind, Side, Source
from partnerships.models import Agreement
from programs import roles
from tests.factories.partnerships import (
    AgreementFactory,
    CompetenceFactory,
    PartnerFactory,
    PhaseFactory,
    ReportFactory,
    SchoolFactory,
)
from tests.factories.programs import RegionFactory, UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.partnerships.desk import agreement_list, at, at_work, fresh, press, written
from tests.people import sign_in

pytestmark = pytest.mark.django_db
S = AgreementStatus
PAGES = ["change", "text", "signing", "cooperation", "amendments", "ending"]


@pytest.fixture
def desk(client):
    return at_work(client)


# --- The list -------------------------------------------------------------------------------------


def found(response):
    return list(response.context["cl"].result_list)


def test_the_list_says_how_long_an_agreement_still_runs(desk):
    AgreementFactory(status=S.ENDING, ends_on=day(24))

    assertContains(desk.get(agreement_list()), "berakhir 24 hari lagi")


@pytest.mark.parametrize("words", ["PKS-7777", "tanah datar", "29999999", "9129999999999", "logam"])
def test_an_agreement_is_found_by_number_name_npsn_or_nib(desk, words):
    AgreementFactory()
    wanted = AgreementFactory(
        number="PKS-7777/LM/2026",
        school=SchoolFactory(name="SMK Negeri 1 Tanah Datar", npsn="29999999"),
        company=PartnerFactory(name="PT Logam Jaya", nib="9129999999999"),
    )

    assert found(desk.get(agreement_list(), {"q": words})) == [wanted]


def test_the_list_is_narrowed_by_each_filter(desk):
    region = RegionFactory(code="51.71", name="Kota Denpasar")
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    wanted = AgreementFactory(
        status=S.ENDING,
        ends_on=day(20),
        source=Source.COMPANY,
        phase=PhaseFactory(number=7),
        school=SchoolFactory(region=region),
        company=PartnerFactory(),
        for_competences=[welding],
    )
    wanted.company.company.kbli_code = "10110"
    wanted.company.company.save()
    ReportFactory(agreement=wanted, filed_by=UserFactory())
    other = AgreementFactory(status=S.ACTIVE)
    ReportFactory(agreement=other, due_on=day(-3))

    for query in [
        {"status__exact": S.ENDING},
        {"phase__id__exact": wanted.phase_id},
        {"provinsi": region.code[:2]},
        {"kompetensi": welding.pk},
        {"sektor": "10"},
        {"source__exact": Source.COMPANY},
        {"berakhir": "30"},
        {"berakhir": "90"},
        {"laporan": "menunggu"},
    ]:
        assert found(desk.get(agreement_list(), query)) == [wanted], query
    assert found(desk.get(agreement_list(), {"laporan": "terlambat"})) == [other]


def test_the_piles_of_my_tasks_lead_to_their_lists(desk):
    matching = AgreementFactory(status=S.MATCHING)
    AgreementFactory(status=S.READY)

    assert found(desk.get(f"{agreement_list()}?status__exact={S.MATCHING}")) == [matching]


def test_the_list_asks_the_same_number_of_questions_for_many(desk, django_assert_max_num_queries):
    AgreementFactory.create_batch(8, status=S.ACTIVE)

    with django_assert_max_num_queries(20):
        desk.get(agreement_list())


def test_several_are_passed_on_to_the_text_and_the_others_say_why_not(desk):
    matching, proposed = AgreementFactory(status=S.MATCHING), AgreementFactory()

    response = desk.post(
        agreement_list(),
        {"action": "pass_on_to_text", "_selected_action": [matching.pk, proposed.pk]},
        follow=True,
    )

    assert (fresh(matching).status, fresh(proposed).status) == (S.DRAFTING, S.PROPOSED)
    assertContains(response, "1 PKS diteruskan.")
    assertContains(response, "tidak dapat dilakukan")


def test_links_are_sent_again_to_those_who_have_not_signed(desk):
    ready, drafting = AgreementFactory(status=S.READY), AgreementFactory(status=S.DRAFTING)

    response = desk.post(
        agreement_list(),
        {"action": "send_links_again", "_selected_action": [ready.pk, drafting.pk]},
        follow=True,
    )

    assertContains(response, "1 PKS dikirimi tautan.")
    assertContains(response, "tidak ada tanda tangan yang ditunggu")
    assert set(ready.signatures.values_list("link_version", flat=True)) == {2}


def test_the_menu_and_the_first_page_lead_to_the_agreements(client):
    person = officer()
    names = ["view_agreement", "steer_agreement"]
    person.user_permissions.add(*Permission.objects.filter(codename__in=names))
    sign_in(client, person)

    assertRedirects(client.get(reverse("admin:index")), agreement_list())
    assertContains(client.get(agreement_list()), "Perjanjian (PKS)")


def test_who_holds_events_begins_at_the_events(desk):
    response = desk.get(reverse("admin:index"))

    assertRedirects(response, reverse("admin:training_event_changelist"))


# --- Proposing ------------------------------------------------------------------------------------


def proposal_page(school, company):
    address = reverse("admin:partnerships_agreement_new")
    return f"{address}?sekolah={school.pk}&perusahaan={company.pk}"


def test_an_officer_searches_the_two_sides(desk):
    school = SchoolFactory(name="SMK Negeri 1 Tanah Datar")
    company = PartnerFactory(name="PT Logam Jaya", nib="9129999999999")
    SchoolFactory(name="SMK Lain")
    page = reverse("admin:partnerships_agreement_new")

    shown = desk.get(page, {"cari": "tanah"})
    assertContains(shown, "SMK Negeri 1 Tanah Datar")
    assertNotContains(shown, "SMK Lain")
    shown = desk.get(page, {"sekolah": school.pk, "cari": "9129999999999"})
    assertContains(shown, f"sekolah={school.pk}&amp;perusahaan={company.pk}")
    assertContains(desk.get(page, {"cari": "entah"}), "Tidak ditemukan")


def test_an_officer_proposes_for_both(desk):
    school, company, phase = SchoolFactory(), PartnerFactory(), PhaseFactory()

    response = desk.post(
        proposal_page(school, company),
        {
            "competences": [CompetenceFactory().pk],
            "phase": phase.pk,
            "purpose": "Menyiapkan operator CNC.",
            "do_INTERNSHIP": "on",
            "target_INTERNSHIP": "30",
            "note_INTERNSHIP": "Dua gelombang",
        },
    )

    agreement = Agreement.objects.get()
    assertRedirects(response, at("change", agreement))
    assert (agreement.source, agreement.status) == (Source.OFFICER, S.PROPOSED)
    item = agreement.scope.get()
    assert (item.kind, item.target, item.note) == (ScopeKind.INTERNSHIP, 30, "Dua gelombang")
    assert agreement.phase == phase


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Pilih paling sedikit satu kompetensi."),
        ({"do_INTERNSHIP": ""}, "Pilih paling sedikit satu lingkup kerja sama."),
        ({"target_INTERNSHIP": "banyak"}, "Target PKL/prakerin siswa adalah angka bulat"),
        ({"note_VISIT": "Setiap tahun"}, "Centang kunjungan industri, atau hapus"),
    ],
)
def test_a_proposal_that_cannot_be_keeps_what_was_typed(desk, typed, words):
    answers = {"purpose": "Maksud yang tetap ada.", "do_INTERNSHIP": "on"} | typed

    response = desk.post(proposal_page(SchoolFactory(), PartnerFactory()), answers)

    assertContains(response, words, status_code=422)
    assertContains(response, "Maksud yang tetap ada.", status_code=422)
    assert not Agreement.objects.exists()


def test_a_pair_that_runs_already_is_shown_and_refused(desk):
    running = AgreementFactory(status=S.ACTIVE)
    page = proposal_page(running.school, running.company)
    assertContains(desk.get(page), "sudah saling mengenal")

    response = desk.post(page, {"competences": [CompetenceFactory().pk], "do_INTERNSHIP": "on"})

    assertContains(response, "Perpanjang PKS itu", status_code=422)


# --- Steps ----------------------------------------------------------------------------------------


def test_both_sides_are_answered_for_in_turn(desk):
    agreement = AgreementFactory(source=Source.OFFICER)
    assertContains(desk.get(at("change", agreement)), "masih menunggu pihak perusahaan")

    assertRedirects(press(desk, agreement, "confirm_school"), at("change", agreement))
    assert fresh(agreement).status == S.PROPOSED
    press(desk, agreement, "confirm_company")

    assert fresh(agreement).status == S.MATCHING
    assert fresh(agreement).history.filter(actor=desk.officer).count() == 2


def test_a_side_is_answered_for_once(desk):
    agreement = AgreementFactory(source=Source.OFFICER)
    press(desk, agreement, "confirm_school")

    response = press(desk, agreement, "confirm_school")

    assertContains(response, "sudah menyetujui usulan ini", status_code=409)


def test_matching_keeps_competences_and_phase_that_the_officer_chose(desk):
    welding = CompetenceFactory(code="1.4.2", name="Teknik Pengelasan")
    school = SchoolFactory(teaches=[CompetenceFactory(), welding])
    agreement = AgreementFactory(status=S.MATCHING, school=school)
    phase = PhaseFactory()
    assertContains(desk.get(at("change", agreement)), "Teknik Pengelasan")

    press(desk, agreement, "match", competences=[welding.pk], phase=phase.pk)

    matched = fresh(agreement)
    assert (matched.status, matched.phase, matched.matched_by) == (
        S.DRAFTING, phase, desk.officer,
    )  # fmt: skip
    assert list(matched.competences.all()) == [welding]


def test_matching_without_a_competence_is_refused(desk):
    agreement = AgreementFactory(status=S.MATCHING)

    response = press(desk, agreement, "match")

    assertContains(response, "Pilih paling sedikit satu kompetensi.", status_code=422)
    assert fresh(agreement).status == S.MATCHING


@pytest.mark.parametrize(
    ("step", "status", "after"),
    [
        ("decline", S.PROPOSED, S.DECLINED),
        ("decline", S.DRAFTING, S.DECLINED),
        ("withdraw", S.READY, S.WITHDRAWN),
    ],
)
def test_a_proposal_ends_with_a_reason(desk, step, status, after):
    agreement = AgreementFactory(status=status)
    refused = press(desk, agreement, step, reason="")
    assertContains(refused, "Tulis alasannya", status_code=422)

    press(desk, agreement, step, reason="Kuota PKL penuh.")

    assert fresh(agreement).status == after
    assertContains(desk.get(at("change", agreement)), "Kuota PKL penuh.")


def test_a_renewal_is_proposed_once(desk):
    agreement = AgreementFactory(status=S.ENDING)
    assertContains(desk.get(at("ending", agreement)), "kompetensi dan lingkup yang sama")

    response = press(desk, agreement, "renew")

    renewal = agreement.renewals.get()
    assertRedirects(response, at("change", renewal))
    assert renewal.starts_on == agreement.ends_on + timedelta(days=1)
    assertContains(desk.get(at("ending", agreement)), "Perpanjangannya sudah ada")
    assertContains(press(desk, agreement, "renew"), "sedang berjalan", status_code=409)


def test_an_agreement_is_terminated_with_day_and_reason(desk):
    agreement = AgreementFactory(status=S.ACTIVE)
    late = press(desk, agreement, "terminate", on=written(day(1)), reason="Pabrik tutup.")
    assertContains(late, "paling akhir hari ini", status_code=422)
    assertContains(late, "Pabrik tutup.", status_code=422)

    press(desk, agreement, "terminate", on=written(day(0)), reason="Pabrik tutup.")

    assert (fresh(agreement).status, fresh(agreement).terminated_on) == (S.TERMINATED, day(0))


def test_an_unknown_step_leads_back(desk):
    agreement = AgreementFactory()

    assertRedirects(press(desk, agreement, "lompat"), at("change", agreement))
    assert desk.get(at("move", agreement)).status_code == 405


def test_who_decides_about_what_has_changed_is_told_first(desk):
    agreement = AgreementFactory(source=Source.SCHOOL, school_confirmed_at=timezone.now())
    seen = desk.get(at("change", agreement)).context["record"].seen
    press(desk, agreement, "confirm_company")

    response = press(desk, agreement, "decline", reason="Tidak jadi.", dilihat=seen)

    assertContains(response, "Langkah Anda belum dijalankan", status_code=409)
    assertContains(response, "Tidak jadi.", status_code=409)
    assert fresh(agreement).status == S.MATCHING


# --- Who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", AgreementStatus)
@pytest.mark.parametrize("role", [roles.BPSDMI_OFFICER, roles.AUDITOR])
def test_every_page_of_every_status_opens(client, role, status, django_assert_max_num_queries):
    at_work(client, role)
    agreement = AgreementFactory(status=status)

    for page in PAGES:
        with django_assert_max_num_queries(28):
            assert client.get(at(page, agreement)).status_code == 200, page


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.SYSTEM_ADMIN, roles.EDUCATION_UNIT_ADMIN])
def test_who_only_looks_finds_no_button_and_changes_nothing(client, role):
    at_work(client, role)
    agreement = AgreementFactory(source=Source.OFFICER)

    shown = client.get(at("change", agreement))
    assertContains(shown, "tanpa dapat mengubahnya")
    assertNotContains(shown, 'name="langkah"')
    assert press(client, agreement, "confirm_school").status_code == 403
    assert client.get(reverse("admin:partnerships_agreement_new")).status_code == 403
    assertNotContains(client.get(agreement_list()), "Teruskan ke naskah")
    assert fresh(agreement).school_confirmed_at is None


def test_other_officers_do_not_enter(client):
    at_work(client, roles.PPK)
    agreement = AgreementFactory()

    for page in PAGES:
        assert client.get(at(page, agreement)).status_code == 403
    assert press(client, agreement, "withdraw", reason="x").status_code == 403


def test_the_same_press_counts_once(desk):
    agreement = AgreementFactory(source=Source.OFFICER)
    token = {"once": "0d8f1c56-8a43-4f0c-9a56-0a7c4f9a7a10"}

    press(desk, agreement, "confirm_school", **token)
    again = press(desk, agreement, "confirm_school", **token)

    assertRedirects(again, at("change", agreement))
    assert agreement.history.filter(action="confirm_school").count() == 1


def test_side_words_name_who_is_waited_for(desk):
    agreement = AgreementFactory(source=Source.SCHOOL, school_confirmed_at=timezone.now())

    shown = desk.get(at("change", agreement))

    assertContains(shown, f"Catat persetujuan {Side.COMPANY.label}")
    assertNotContains(shown, f"Catat persetujuan {Side.SCHOOL.label}")
