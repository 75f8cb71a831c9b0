"""An agreement's page: what its two sides, a Dinas and strangers find there."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from partnerships.enums import AgreementStatus, ScopeKind, Side
from partnerships.models import Activity
from partnerships.workflow import amendments
from programs import roles
from programs.papers import verification_url
from tests.factories.partnerships import ReportFactory
from tests.factories.programs import DinasFactory, UserFactory, officer
from tests.factories.subsidy_stages import day
from tests.partnerships.pages import page
from tests.people import sign_in
from tests.qr_codes import code_of, codes_on_page

pytestmark = pytest.mark.django_db
S = AgreementStatus


@pytest.mark.parametrize("status", list(S))
def test_the_page_shows_every_status_to_both_sides(
    client, at, school_person, company_person, status
):
    agreement = at(status)

    for person in (school_person, company_person):
        client.force_login(person)
        shown = client.get(page("agreement_detail", agreement))
        assertContains(shown, "Perjalanan kerja sama")
        assertContains(shown, "Teknik Pemesinan")
        assertNotContains(shown, "tanpa dapat mengubahnya")


def test_the_paper_stands_there_with_the_code_that_leads_to_its_page(client, at, school_person):
    agreement = at(S.ACTIVE)
    client.force_login(school_person)

    shown = client.get(page("agreement_detail", agreement))

    assert codes_on_page(shown.text) == [code_of(verification_url(agreement.paper))]


def test_only_the_side_that_must_answer_has_the_button(client, at, school_person, company_person):
    proposal = at(S.PROPOSED)
    button = page("agreement_confirm", proposal)

    client.force_login(company_person)
    assertContains(client.get(page("agreement_detail", proposal)), button)
    client.force_login(school_person)
    waiting = client.get(page("agreement_detail", proposal))
    assertNotContains(waiting, button)
    assertContains(waiting, f"Menunggu {proposal.company}")


def test_a_target_stands_beside_what_was_done(client, at, school_person):
    agreement = at(S.ACTIVE)
    for quantity, taken_back in ((12, {}), (99, {"withdrawn_reason": "Keliru."})):
        Activity.objects.create(
            agreement=agreement,
            kind=ScopeKind.INTERNSHIP,
            starts_on=day(-20),
            ends_on=day(-10),
            description="PKL di bengkel",
            quantity=quantity,
            recorded_by=school_person,
            side=Side.SCHOOL,
            withdrawn_at="2026-01-01T00:00:00Z" if taken_back else None,
            **taken_back,
        )
    client.force_login(school_person)

    shown = client.get(page("agreement_detail", agreement))

    assertContains(shown, "12 siswa<small>40\N{NO-BREAK SPACE}% dari target</small>")
    assertContains(shown, "Keliru.")


def test_an_addendum_shows_before_and_after_and_asks_the_other_side(
    client, at, school_person, company_person
):
    agreement = at(S.ACTIVE)
    amendment = amendments.propose_amendment(
        agreement,
        by=school_person,
        side=Side.SCHOOL,
        reason="Jumlah siswa bertambah.",
        changes={"clauses": "Asuransi siswa ditanggung perusahaan."},
        today=day(0),
    )

    client.force_login(company_person)
    asked = client.get(page("agreement_detail", agreement))
    assertContains(asked, "Asuransi siswa ditanggung perusahaan.")
    assertContains(asked, page("amendment_confirm", amendment))
    client.force_login(school_person)
    own = client.get(page("agreement_detail", agreement))
    assertNotContains(own, page("amendment_confirm", amendment))
    assertContains(own, page("amendment_withdraw", amendment))


def test_a_report_that_is_due_is_the_next_thing_to_do(client, at, school_person):
    report = ReportFactory(agreement=at(S.ACTIVE))
    client.force_login(school_person)

    shown = client.get(page("agreement_detail", report.agreement))

    assertContains(shown, f"Isi laporan {report.period_name}")


def test_a_dinas_of_the_region_reads_and_changes_nothing(client, at):
    agreement = at(S.PROPOSED)
    dinas = UserFactory()
    DinasFactory(region=agreement.school.region, member=dinas)
    client.force_login(dinas)

    shown = client.get(page("agreement_detail", agreement))

    assertContains(shown, "tanpa dapat mengubahnya")
    assertNotContains(shown, page("agreement_confirm", agreement))
    assert client.post(page("agreement_confirm", agreement)).status_code == 403
    assert client.get(page("agreement_decline", agreement)).status_code == 403


def test_an_officer_is_shown_the_way_to_the_desk(client, at):
    agreement = at(S.ACTIVE)
    sign_in(client, officer(roles.BPSDMI_OFFICER))

    assertContains(
        client.get(page("agreement_detail", agreement)),
        reverse("admin:partnerships_agreement_change", args=[agreement.pk]),
    )


@pytest.mark.parametrize(
    "name",
    [
        "agreement_detail",
        "agreement_confirm",
        "agreement_decline",
        "agreement_withdraw",
        "agreement_renew",
        "agreement_terminate",
        "agreement_text",
        "agreement_sign",
        "agreement_send_link",
        "agreement_scan",
        "activity_record",
        "amendment_propose",
    ],
)
def test_for_strangers_there_is_no_such_agreement(client, at, name):
    agreement = at(S.READY)
    client.force_login(UserFactory())

    for method in (client.get, client.post):
        assert method(page(name, agreement)).status_code in {404, 405}


@pytest.mark.parametrize("number", [1, 6])
def test_more_of_everything_asks_no_more_of_the_database(
    client, at, school_person, django_assert_max_num_queries, number
):
    agreement = at(S.ACTIVE)
    for count in range(number):
        Activity.objects.create(
            agreement=agreement,
            kind=ScopeKind.INTERNSHIP,
            starts_on=day(-20),
            ends_on=day(-10),
            description=f"PKL {count}",
            quantity=1,
            recorded_by=school_person,
            side=Side.SCHOOL,
        )
        ReportFactory(agreement=agreement, year=2020 + count)
    client.force_login(school_person)
    client.get(page("agreement_detail", agreement))

    with django_assert_max_num_queries(17):
        client.get(page("agreement_detail", agreement))
