"""An owner's applications: opened, listed, taken back; and nobody else's."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs import roles
from programs.enums import MembershipState
from subsidies.eligibility import seal_answers
from subsidies.enums import ApplicationStatus, Stage
from subsidies.models import Application
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    MembershipFactory,
    OrganizationFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.factories.subsidy_stages import day
from tests.people import sign_in
from tests.subsidies.applicants import owner_of, page_of

pytestmark = pytest.mark.django_db
LIST = "/bantuan-mesin/permohonan/"
ANSWERS = {
    "legal_form": "PT",
    "kbli_code": "",
    "kbli_version": 2020,
    "workers": 12,
    "investment": None,
    "other_scheme_this_year": False,
}
A_MACHINE = {
    "name": "",
    "origin": "IMPORT",
    "price": 240_000_000,
    "is_new": True,
    "bought_on": day(-30),
    "installed_on": None,
    "payment_method": "TRANSFER",
}


@pytest.fixture
def owner(client):
    return sign_in_new(client)


def sign_in_new(client):
    person = UserFactory(confirmed=True)
    sign_in(client, person)
    return person


def start_of(scheme):
    return reverse("subsidies:application_start", args=[scheme.code])


def test_who_has_no_business_yet_is_sent_to_register_it_and_back(client, owner):
    page = client.get(start_of(SchemeFactory(code="tahun-ini")))

    assertContains(page, "Daftarkan usaha Anda dahulu")
    assertContains(page, "/organisasi/baru/?lanjut=/bantuan-mesin/tahun-ini/ajukan/")


def test_after_registering_the_way_goes_on(client, owner):
    new = "/organisasi/baru/?lanjut="
    details = {
        "name": "CV Sandang Contoh",
        "legal_form": "CV",
        "nib": "9120001234567",
        "kbli_version": "2020",
        "region": IkmFactory().region_id,
        "address": "Jalan Contoh 1",
        "owner_name": "Rahmah Contoh",
        "nik": "1375014507850001",
        "sure": "on",
    }

    ours = client.post(new + "/bantuan-mesin/tahun-ini/ajukan/", details)
    assert ours.status_code == 302, ours.context["form"].errors
    details["nib"] = "9120001234568"
    theirs = client.post(new + "https://jahat.example/", details)

    assert ours.url == "/bantuan-mesin/tahun-ini/ajukan/"
    assert theirs.url.startswith("/organisasi/")


def test_a_pending_member_is_told_to_wait(client, owner):
    MembershipFactory(user=owner, organization=IkmFactory(), state=MembershipState.PENDING)

    assertContains(client.get(start_of(SchemeFactory())), "menunggu persetujuan")


def test_only_own_ikm_can_be_chosen(client, owner):
    mine, _ = IkmFactory(owner=owner), OrganizationFactory(owner=owner)
    other = IkmFactory()
    scheme = SchemeFactory()

    page = client.get(start_of(scheme))
    refused = client.post(start_of(scheme), {"organization": other.pk})

    assert [organization.pk for organization in page.context["free"]] == [mine.pk]
    assert refused.status_code == 422
    assert not Application.objects.exists()


def test_opening_fills_in_what_the_register_knows(client, owner):
    ikm, scheme = IkmFactory(owner=owner, profile__workers=9), SchemeFactory()

    response = client.post(start_of(scheme), {"organization": ikm.pk})

    application = Application.objects.get()
    assertRedirects(response, page_of("application_detail", application))
    assert (application.workers, application.status) == (9, ApplicationStatus.DRAFT)


def test_opening_takes_the_answers_of_the_check_along(client, owner):
    ikm, scheme = IkmFactory(owner=owner), SchemeFactory()
    token = seal_answers(ANSWERS, [A_MACHINE])
    page = client.get(start_of(scheme), {"jawaban": token})

    client.post(start_of(scheme), {"organization": ikm.pk, "jawaban": page.context["carried"]})

    application = Application.objects.get()
    machine = application.machines.get()
    assert (application.workers, application.legal_form) == (12, "PT")
    # What was left open in the check does not wipe out what the register knows.
    assert (application.kbli_code, application.investment) == ("14111", 200_000_000)
    assert (machine.name, machine.claimed, machine.bought_on) == ("Mesin 1", 240_000_000, day(-30))


def test_a_forged_token_carries_nothing(client, owner):
    ikm, scheme = IkmFactory(owner=owner), SchemeFactory()

    client.post(start_of(scheme), {"organization": ikm.pk, "jawaban": "palsu"})

    assert not Application.objects.get().machines.exists()


def test_a_second_application_to_the_same_call_leads_to_the_first(client):
    application, _ = owner_of(client)

    page = client.get(start_of(application.scheme))
    refused = client.post(
        start_of(application.scheme), {"organization": application.organization_id}
    )

    assertContains(page, page_of("application_detail", application))
    assert not page.context["free"]
    assert refused.status_code == 422


def test_after_a_rejection_one_may_apply_again(client):
    application, _ = owner_of(client, rejected=True)

    response = client.post(
        start_of(application.scheme), {"organization": application.organization_id}
    )

    assert response.status_code == 302
    assert Application.objects.count() == 2


def test_a_double_press_opens_one_application(client, owner):
    ikm, scheme = IkmFactory(owner=owner), SchemeFactory()
    form = {"organization": ikm.pk, "once": "6f1c2b9e-2a52-4a1c-9a55-4f5f4a8a2c11"}

    first, second = client.post(start_of(scheme), form), client.post(start_of(scheme), form)

    assert first.url == second.url
    assert Application.objects.count() == 1


def test_a_closed_call_cannot_be_applied_to(client, owner):
    ikm = IkmFactory(owner=owner)
    scheme = SchemeFactory(closes_on=day(-1))

    page = client.get(start_of(scheme))
    refused = client.post(start_of(scheme), {"organization": ikm.pk})

    assertContains(page, "Pengajuan tidak sedang dibuka")
    assert refused.status_code == 422
    assert not Application.objects.exists()


def test_the_list_begins_with_what_to_do(client, owner):
    SchemeFactory(name="Pengajuan sekarang")

    page = client.get(LIST)

    assertContains(page, "Belum ada permohonan")
    assertContains(page, "Ajukan Pengajuan sekarang")


def test_the_list_shows_ones_own_and_no_others(client):
    mine, _ = owner_of(client, submitted=True)
    other = ApplicationFactory(submitted=True)

    page = client.get(LIST)

    assertContains(page, "Pemeriksaan kelengkapan")
    assertContains(page, page_of("application_detail", mine))
    assertNotContains(page, page_of("application_detail", other))


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_applications_does_not_add_queries(
    client, owner, django_assert_num_queries, number
):
    for _ in range(number):
        ApplicationFactory(organization=IkmFactory(owner=owner))
    client.get(LIST)

    with django_assert_num_queries(5):
        client.get(LIST)


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_page(client, django_assert_max_num_queries, stage):
    application, _ = owner_of(client, stage=stage)

    with django_assert_max_num_queries(15):
        page = client.get(page_of("application_detail", application))

    assert page.status_code == 200


def test_the_task_list_says_how_far_one_has_come(client):
    application, _ = owner_of(client, complete=True)

    page = client.get(page_of("application_detail", application))

    assertContains(page, "6 dari 6 bagian lengkap")
    assertContains(page, "Periksa jawaban dan kirim")
    assertContains(page, "Rp30.000.000")


def test_officers_notes_are_pinned_in_the_task_list(client):
    application, _ = owner_of(client, correction=True)

    page = client.get(page_of("application_detail", application))

    assertContains(page, "Nomor seri berbeda dari yang tertulis pada invoice.")
    assertContains(page, "Foto mesin dan pelat nama: Nomor seri pada foto tidak terbaca.")
    # What was accepted is no link any more.
    assertNotContains(page, page_of("application_part", application, "usaha"))


def test_a_draft_whose_call_closed_says_so(client):
    application, _ = owner_of(client, complete=True, scheme__closes_on=day(-1))

    page = client.get(page_of("application_detail", application))

    assertContains(page, "Isian Anda tetap tersimpan")
    assertNotContains(page, "Siap dikirim")


OWNERS_PAGES = [
    ("application_part", ["usaha"]),
    ("machine_add", []),
    ("application_review", []),
    ("application_withdraw", []),
    ("application_sent", []),
    ("visit_other_day", []),
    ("visit_minutes", []),
]


@pytest.mark.parametrize(("name", "more"), OWNERS_PAGES)
def test_for_strangers_an_application_does_not_exist(client, name, more):
    application = ApplicationFactory(stage=Stage.MINUTES)
    sign_in_new(client)

    assert client.get(page_of(name, application, *more)).status_code == 404
    assert client.get(page_of("application_detail", application)).status_code == 404


@pytest.mark.parametrize(("name", "more"), OWNERS_PAGES)
def test_who_may_look_may_not_touch(client, name, more):
    application = ApplicationFactory(stage=Stage.MINUTES)
    member = UserFactory(confirmed=True)
    DinasFactory(region=application.organization.region, member=member)
    sign_in(client, member)

    assert client.get(page_of("application_detail", application)).status_code == 200
    assert client.get(page_of(name, application, *more)).status_code == 403


def test_the_dinas_reads_without_the_owners_buttons(client):
    application = ApplicationFactory(visiting=True)
    member = UserFactory(confirmed=True)
    DinasFactory(region=application.organization.region, member=member)
    sign_in(client, member)

    page = client.get(page_of("application_detail", application))

    assertContains(page, "Anda melihat permohonan ini tanpa dapat mengubahnya")
    assertNotContains(page, "Saya akan ada di tempat")
    assertNotContains(page, "Tarik permohonan ini")


def test_an_officer_is_led_to_the_desk(client):
    application = ApplicationFactory(submitted=True)
    sign_in(client, officer(roles.COMPLETENESS_CHECKER))

    response = client.get(page_of("application_detail", application))

    assert response.url == reverse("admin:subsidies_application_change", args=[application.pk])


def test_the_verifier_of_a_visit_is_led_to_the_desk(client):
    application = ApplicationFactory(visiting=True)
    sign_in(client, application.visit.verifier)

    response = client.get(page_of("application_detail", application))

    assert response.url == reverse("admin:subsidies_application_change", args=[application.pk])


def test_a_stranger_is_asked_to_sign_in(client):
    application = ApplicationFactory()

    response = client.get(page_of("application_detail", application))

    assert response.url.startswith("/akun/login/")


def test_withdrawing_needs_a_reason(client):
    application, _ = owner_of(client, submitted=True)
    page = page_of("application_withdraw", application)

    refused = client.post(page, {"reason": " "})
    assertContains(refused, "Tulis alasan penarikan", status_code=422)

    assertRedirects(
        client.post(page, {"reason": "Mesin dikembalikan."}),
        page_of("application_detail", application),
    )
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN


def test_what_was_paid_cannot_be_withdrawn(client):
    application, _ = owner_of(client, paid=True)

    refused = client.post(page_of("application_withdraw", application), {"reason": "Batal."})

    assert refused.status_code == 422
    application.refresh_from_db()
    assert application.status == ApplicationStatus.APPROVED
