"""The last page before the ministry: what is missing, what the rules say, and sending once."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs.models import IssuedPaper
from subsidies.enums import ApplicationStatus
from subsidies.models import Application
from tests.factories.programs import HolidayFactory
from tests.factories.subsidies import MachineFactory, SchemeFactory
from tests.factories.subsidy_stages import day
from tests.subsidies.applicants import owner_of, page_of

pytestmark = pytest.mark.django_db
TOKEN = {"once": "6f1c2b9e-2a52-4a1c-9a55-4f5f4a8a2c11"}


def review(application):
    return page_of("application_review", application)


def status_of(application):
    return Application.objects.values_list("status", flat=True).get(pk=application.pk)


def test_a_complete_draft_shows_all_answers_and_the_button(client, django_assert_max_num_queries):
    application, _ = owner_of(client, complete=True, prices=(100_000_000, 50_000_000))

    with django_assert_max_num_queries(15):
        page = client.get(review(application))

    assertContains(page, "Kirim permohonan")
    assertContains(page, "•••• 7890")
    assertNotContains(page, "1234567890")
    assertContains(page, "Rp45.000.000")
    assertContains(page, page_of("application_part", application, "usaha"))


def test_what_is_missing_leads_to_its_field(client):
    application, _ = owner_of(client)
    machine = MachineFactory(application=application, is_new=None, serial_number="")

    page = client.get(review(application))

    links = {lack.label: lack.href for lack in page.context["lacking"]}
    at_machine = page_of("application_machine", application, machine.pk)
    assert links["Nomor seri"] == f"{at_machine}#id_serial_number"
    assert links["Keadaan mesin"] == f"{at_machine}#id_is_new_0"
    assert links["Invoice dan kuitansi"] == f"{at_machine}#dokumen-DOK11"
    assertNotContains(page, 'name="once"')


def test_every_link_of_what_is_missing_has_its_target(client):
    application, _ = owner_of(client, legal_form="", kbli_code="", workers=None, investment=None)
    Application.objects.filter(pk=application.pk).update(site_region=None, site_address="")
    MachineFactory(
        application=application,
        **dict.fromkeys(["brand", "serial_number", "origin", "seller", "invoice_number"], ""),
        **dict.fromkeys(["year", "is_new", "unit_price", "bought_on", "paid_on", "installed_on"]),
        payment_method="",
    )

    for lack in client.get(review(application)).context["lacking"]:
        address, _, anchor = lack.href.partition("#")
        assertContains(client.get(address), f'id="{anchor}"')


def test_the_rules_that_fail_come_first_and_hinder_nothing(client):
    application, _ = owner_of(client, complete=True)
    application.machines.update(payment_method="CASH")

    page = client.get(review(application))

    assert page.context["results"][0].code == "bank"
    assertContains(page, "1 syarat belum terpenuhi")
    assertContains(page, "Kirim permohonan")


def test_sending_gives_a_receipt_and_says_what_comes(client, django_capture_on_commit_callbacks):
    application, _ = owner_of(client, complete=True)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(review(application), TOKEN)

    assertRedirects(response, page_of("application_sent", application))
    application.refresh_from_db()
    receipt = IssuedPaper.objects.get(key=f"receipt.{application.pk}")
    page = client.get(response.url)
    assert application.status == ApplicationStatus.SUBMITTED
    assertContains(page, receipt.number)
    assertContains(page, f"/surat/{receipt.code}/?unduh")
    assertContains(page, "paling lambat")


def test_a_double_press_sends_once_and_answers_the_same(client):
    application, _ = owner_of(client, complete=True)

    first, second = client.post(review(application), TOKEN), client.post(review(application), TOKEN)

    assert first.url == second.url == page_of("application_sent", application)
    assert application.history.count() == 1


def test_another_page_of_the_same_draft_is_told_that_it_was_sent(client):
    application, _ = owner_of(client, complete=True)
    client.post(review(application), TOKEN)

    page = client.post(review(application), {}, follow=True)

    assertContains(page, "Permohonan ini sudah dikirim.")
    assert application.history.count() == 1


def test_going_back_after_sending_says_that_it_was_sent(client):
    application, _ = owner_of(client, submitted=True)

    page = client.get(review(application), follow=True)

    assertContains(page, "Permohonan ini sudah dikirim.")


def test_an_incomplete_draft_is_refused_in_words(client):
    application, _ = owner_of(client)

    page = client.post(review(application), TOKEN)

    assertContains(page, "Permohonan belum terkirim", status_code=422)
    assertContains(page, "Masih ada yang belum lengkap", status_code=422)
    assert status_of(application) == ApplicationStatus.DRAFT


def test_sending_just_after_closing_is_refused_and_everything_stays(client):
    application, _ = owner_of(client, complete=True, scheme__closes_on=day(-1))

    page = client.post(review(application), TOKEN)

    assertContains(page, "telah ditutup", status_code=422)
    assertContains(page, "Isian Anda tetap tersimpan", status_code=422)
    assertContains(client.get(review(application)), "Pengajuan sudah ditutup")
    assert status_of(application) == ApplicationStatus.DRAFT


def test_the_last_day_still_counts(client):
    application, _ = owner_of(client, complete=True, scheme__closes_on=timezone.localdate())

    assert client.post(review(application), TOKEN).status_code == 302


def test_a_correction_is_sent_back_once_everything_was_answered(client):
    application, _ = owner_of(client, correction=True)

    refused = client.post(review(application), TOKEN)
    assertContains(refused, "Jawab catatan petugas", status_code=422)

    application.correction_notes.update(state="ANSWERED")
    application.documents.update(check_state="PENDING", checked_by=None, checked_at=None)
    assertRedirects(
        client.post(review(application), TOKEN), page_of("application_sent", application)
    )
    assert status_of(application) == ApplicationStatus.SUBMITTED


def test_a_correction_after_its_deadline_is_refused_in_words(client):
    application, _ = owner_of(client, correction=True, due_on=day(-1))
    application.correction_notes.update(state="ANSWERED")
    application.documents.update(check_state="PENDING", checked_by=None, checked_at=None)

    page = client.post(review(application), TOKEN)

    assertContains(page, "Batas waktu perbaikan telah lewat", status_code=422)


def test_a_draft_has_nothing_to_thank_for(client):
    application, _ = owner_of(client)

    assertRedirects(
        client.get(page_of("application_sent", application)),
        page_of("application_detail", application),
    )


def test_the_deadline_is_said_in_working_days(client):
    tomorrow = day(1)
    HolidayFactory(date=tomorrow, name="Libur")
    application, _ = owner_of(client, complete=True, scheme__closes_on=tomorrow)

    page = client.get(review(application))

    assert page.context["days_left"] == 0
    assertContains(page, "Jatuh tempo hari ini")


@pytest.mark.parametrize("machines", [1, 3])
def test_the_number_of_machines_does_not_add_queries(client, django_assert_num_queries, machines):
    application, _ = owner_of(client, complete=True, prices=(40_000_000,) * machines)

    with django_assert_num_queries(15):
        client.get(review(application))


def test_a_scheme_replaced_meanwhile_judges_by_the_version_in_force(client):
    application, _ = owner_of(client, complete=True)
    old = application.scheme
    type(old).objects.filter(pk=old.pk).update(superseded_at=timezone.now())
    newer = SchemeFactory(code=old.code, version=2, budget_line=old.budget_line)

    client.post(review(application), TOKEN)

    application.refresh_from_db()
    assert (application.scheme, application.status) == (newer, ApplicationStatus.SUBMITTED)
