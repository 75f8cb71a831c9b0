"""A person registers for an event: what is asked, what is answered, who is meant."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.programs import DinasFactory, IkmFactory, RegionFactory, UserFactory
from tests.factories.training import (
    NOW,
    EventFactory,
    QuotaFactory,
    RegistrationFactory,
)
from tests.people import body_of, sign_in
from tests.programs.evil_files import pdf, upload
from training.enums import EventStatus
from training.models import Registration

pytestmark = pytest.mark.django_db
PNS, PPPK = "198503152010012002", "198503152021212002"


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def user(client):
    user = UserFactory(name="Siti Rahmah", phone="+6281234567890")
    sign_in(client, user)
    return user


@pytest.fixture
def apparatus_event():
    return EventFactory(audience_kinds=["APPARATUS"])


def form_of(event):
    return reverse("training:registration_new", args=[event.slug])


def page_of(registration):
    return reverse("training:registration_detail", args=[registration.pk])


def answers(**changes):
    """What somebody of a Dinas types."""
    return {
        "kind": "APPARATUS",
        "name": "Siti  Rahmah, S.T.",
        "phone": "0812 3456 7890",
        "servant_kind": "PNS",
        "nip": PNS,
        "rank": "III/c",
        "position": "Kepala Bidang",
        "position_kind": "ADMINISTRATOR",
        "institution": "Dinas Perindustrian Kota Bukittinggi",
        "region": RegionFactory().code,
        "consent": "on",
    } | changes


def test_registering_takes_a_place_and_leads_to_its_page(client, user, apparatus_event):
    answer = client.post(form_of(apparatus_event), answers(needs="Juru bahasa isyarat"))

    row = Registration.objects.get()
    assertRedirects(answer, page_of(row))
    assert (row.user, row.status, row.source, row.registered_by) == (
        user,
        "ACCEPTED",
        "SELF",
        user,
    )
    assert (row.name, row.phone, row.nip, row.rank) == (
        "Siti Rahmah, S.T.",
        "+6281234567890",
        PNS,
        "III/c",
    )
    assert (row.position_kind, row.region.code, row.needs) == (
        "ADMINISTRATOR",
        "13.75",
        "Juru bahasa isyarat",
    )
    assertContains(client.get(page_of(row)), "Anda terdaftar sebagai peserta")


def test_a_full_event_says_beforehand_that_one_will_wait(client, user):
    event = EventFactory(audience_kinds=["APPARATUS"], capacity=1)
    RegistrationFactory.create_batch(1, event=event)
    RegistrationFactory(event=event, status="WAITING")
    assertContains(client.get(form_of(event)), "Masuk daftar tunggu")

    client.post(form_of(event), answers())

    row = Registration.objects.get(user=user)
    assert row.status == "WAITING"
    assertContains(client.get(page_of(row)), "Urutan ke-2 di daftar tunggu.")


def test_a_second_press_leads_to_the_first_registration(client, user, apparatus_event):
    client.post(form_of(apparatus_event), answers())

    answer = client.post(form_of(apparatus_event), answers(name="Lain"), follow=True)

    assertContains(answer, "Anda sudah terdaftar pada kegiatan ini.")
    assert Registration.objects.get().name == "Siti Rahmah, S.T."
    assertRedirects(client.get(form_of(apparatus_event)), page_of(Registration.objects.get()))


def test_a_nip_of_another_account_is_explained_at_its_field(client, user, apparatus_event):
    RegistrationFactory(event=apparatus_event, nip=PNS)

    answer = client.post(form_of(apparatus_event), answers())

    assert answer.status_code == 422
    assertContains(answer, "NIP ini sudah terdaftar pada kegiatan ini dengan akun", status_code=422)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"nip": PNS[:17]}, "nip", "NIP harus 18 angka. Contoh: 198503152010011002. Anda menulis"),
        ({"nip": ""}, "nip", "Isi NIP Anda, atau pilih “Bukan ASN”."),
        ({"nip": "198513152010012002"}, "nip", "Delapan angka pertama NIP adalah tanggal lahir"),
        ({"servant_kind": ""}, "servant_kind", "Pilih status kepegawaian Anda."),
        ({"position": " "}, "position", "Isi jabatan Anda."),
        ({"institution": ""}, "institution", "Isi instansi."),
        ({"region": ""}, "region", "Pilih kabupaten/kota Anda."),
        ({"name": ""}, "name", "Isi nama lengkap dengan gelar."),
        ({"name": "123"}, "name", "Tulis nama dengan huruf."),
        ({"name": "Siti 🌸"}, "name", "tidak dapat dicetak di sertifikat"),
        ({"phone": "12"}, "phone", "Tulis nomor telepon lengkap"),
        ({"consent": ""}, "consent", "Centang persetujuan ini"),
    ],
)
def test_what_is_missing_or_wrong_is_said_in_words(
    client, user, apparatus_event, changes, field, words
):
    answer = client.post(form_of(apparatus_event), answers(**changes))

    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].startswith(words[:40]) or words in str(
        answer.context["form"].errors[field]
    )
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("servant_kind", "nip", "kept"), [("PPPK", PPPK, PPPK), ("OTHER", PNS, ""), ("OTHER", "", "")]
)
def test_both_layouts_of_the_nip_and_none_at_all(
    client, user, apparatus_event, servant_kind, nip, kept
):
    client.post(form_of(apparatus_event), answers(servant_kind=servant_kind, nip=nip))

    assert Registration.objects.get().nip == kept


def test_people_of_a_province_name_it(client, user):
    province = RegionFactory().province
    event = EventFactory(audience_kinds=["APPARATUS"], regions=[province])
    assertContains(client.get(form_of(event)), "Provinsi Sumatera Barat")

    client.post(form_of(event), answers(region=province.code))

    assert Registration.objects.get().region == province


def test_whom_the_organizers_turned_down_reads_so_on_an_old_page(client, user, apparatus_event):
    RegistrationFactory(event=apparatus_event, user=user, status="REJECTED")

    answer = client.post(form_of(apparatus_event), answers())

    assertContains(
        answer, "Panitia tidak menerima pendaftaran Anda pada kegiatan ini", status_code=422
    )
    assertContains(answer, "Siti  Rahmah, S.T.", status_code=422)
    assert apparatus_event.registrations.get().status == "REJECTED"


def test_the_letter_comes_along_or_later(client, user, apparatus_event):
    client.post(form_of(apparatus_event), answers(letter=upload(pdf(), "surat.pdf")))
    row = Registration.objects.get()
    first = row.assignment_letter
    assert first.name == "surat.pdf"
    later = reverse("training:registration_letter", args=[row.pk])

    assert client.post(later).status_code == 422
    assertRedirects(client.post(later, {"letter": upload(pdf(), "baru.pdf")}), page_of(row))

    row.refresh_from_db()
    assert row.assignment_letter.name == "baru.pdf"
    letter = reverse("programs:document", args=[row.assignment_letter.code])
    assertContains(client.get(page_of(row)), letter)
    assert body_of(client.get(letter)) == pdf()


# Other kinds of people


def test_the_form_asks_what_belongs_to_the_kinds_the_event_allows(client, user):
    names = set(client.get(form_of(EventFactory(audience_kinds=["SCHOOL"]))).context["form"].fields)

    assert names == {
        "kind",
        "name",
        "phone",
        "position",
        "institution",
        "region",
        "needs",
        "consent",
    }


def test_answers_of_another_kind_are_dropped(client, user):
    event = EventFactory(audience_kinds=["APPARATUS", "PUBLIC"])

    client.post(form_of(event), answers(kind="PUBLIC", nip="keliru"))

    row = Registration.objects.get()
    assert (row.kind, row.nip, row.position, row.institution) == ("PUBLIC", "", "", "")


def test_a_kind_that_the_event_is_not_for_is_no_choice(client, user, apparatus_event):
    answer = client.post(form_of(apparatus_event), answers(kind="PUBLIC"))

    assert answer.status_code == 422
    assert "kind" in answer.context["form"].errors


def test_an_owner_chooses_the_own_business(client, user):
    ikm = IkmFactory(owner=user)
    event = EventFactory(audience_kinds=["IKM"], commodities=["FASHION"])
    assertContains(client.get(form_of(event)), ikm.name)

    client.post(
        form_of(event),
        {"kind": "IKM", "name": "Siti", "phone": "081234567890", "business": ikm.pk,
         "consent": "on"},
    )  # fmt: skip

    row = Registration.objects.get()
    assert (row.organization, row.institution, row.region) == (ikm, ikm.name, ikm.region)


def test_an_owner_of_other_goods_reads_which_are_meant(client, user):
    ikm = IkmFactory(owner=user, profile__commodity="FOOD")
    event = EventFactory(audience_kinds=["IKM"], commodities=["FASHION"])

    page = client.post(
        form_of(event),
        {"kind": "IKM", "name": "Siti", "phone": "081234567890", "business": ikm.pk,
         "consent": "on"},
    )  # fmt: skip

    assertContains(page, "kegiatan ini untuk komoditas fesyen")
    assert not Registration.objects.exists()


def test_a_business_that_is_not_registered_is_named(client, user):
    event = EventFactory(audience_kinds=["IKM"])

    client.post(
        form_of(event),
        {"kind": "IKM", "name": "Siti", "phone": "081234567890", "institution": "Warung Siti",
         "region": RegionFactory().code, "consent": "on"},
    )  # fmt: skip

    assert Registration.objects.get().institution == "Warung Siti"


def test_the_business_of_somebody_else_is_no_choice(client, user):
    theirs = IkmFactory(owner=UserFactory())
    event = EventFactory(audience_kinds=["IKM"])

    answer = client.post(
        form_of(event),
        {"kind": "IKM", "name": "Siti", "phone": "081234567890", "business": theirs.pk,
         "consent": "on"},
    )  # fmt: skip

    assert "business" in answer.context["form"].errors


@pytest.mark.parametrize(("nib", "kept"), [("9120001234567", "9120001234567"), ("", "")])
def test_a_company_gives_its_nib_and_an_association_none(client, user, nib, kept):
    event = EventFactory(audience_kinds=["COMPANY"])

    client.post(
        form_of(event),
        {"kind": "COMPANY", "name": "Siti", "phone": "081234567890", "position": "Direktur",
         "institution": "PT Contoh", "nib": nib, "region": RegionFactory().code, "consent": "on"},
    )  # fmt: skip

    assert Registration.objects.get().nib == kept


# Who is meant, and when


def test_somebody_from_elsewhere_reads_why_and_what_is_open_to_them(client, user):
    bandung = RegionFactory(code="32.73", name="Kota Bandung")
    event = EventFactory(audience_kinds=["APPARATUS"], regions=[RegionFactory().province])
    EventFactory(title="Bimtek Jawa Barat", regions=[bandung.province])
    EventFactory(title="Bimtek Sumatera", regions=[RegionFactory()])

    page = client.post(form_of(event), answers(region=bandung.code))

    assert page.status_code == 200
    assertContains(page, "Kegiatan ini untuk aparatur dinas dari Sumatera Barat.")
    assertContains(page, "Wilayah Anda Kota Bandung.")
    assertContains(page, "Bimtek Jawa Barat")
    assertNotContains(page, "Bimtek Sumatera")
    assert not Registration.objects.exists()


def test_what_was_typed_is_still_there_to_be_put_right(client, user):
    bandung = RegionFactory(code="32.73", name="Kota Bandung")
    event = EventFactory(audience_kinds=["APPARATUS"], regions=[RegionFactory().province])

    page = client.post(form_of(event), answers(region=bandung.code, ubah="1"))

    assertContains(page, 'value="Kepala Bidang"')
    assertContains(page, '<option value="32.73" selected>')
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": EventStatus.CLOSED}, "Pendaftaran kegiatan ini sudah ditutup."),
        ({"opens_at": NOW + timedelta(days=1)}, "Pendaftaran kegiatan ini belum dibuka."),
    ],
)
def test_outside_of_its_time_the_form_leads_back_with_the_reason(client, user, changes, words):
    event = EventFactory(**changes)

    assertContains(client.get(form_of(event), follow=True), words)


def test_a_form_that_was_opened_in_time_and_sent_too_late_says_so(client, user, apparatus_event):
    with time_machine.travel(apparatus_event.closes_at, tick=False):
        sign_in(client, user)
        answer = client.post(form_of(apparatus_event), answers())

    assertContains(answer, "sudah ditutup", status_code=422)
    assertContains(answer, 'value="Kepala Bidang"', status_code=422)


def test_a_draft_cannot_be_registered_for(client, user):
    event = EventFactory(status=EventStatus.DRAFT)

    assert client.get(form_of(event)).status_code == 404
    assert client.post(form_of(event), answers()).status_code == 404


# What is known already


def test_the_form_knows_the_profile(client, user, apparatus_event):
    dinas = DinasFactory(member=user, name="Dinas Perindustrian Bukittinggi")

    initial = client.get(form_of(apparatus_event)).context["form"].initial

    assert (initial["name"], initial["phone"]) == ("Siti Rahmah", "+6281234567890")
    assert (initial["institution"], initial["region"]) == (dinas.name, dinas.region_id)


def test_the_form_remembers_the_last_registration(client, user, apparatus_event):
    RegistrationFactory(
        user=user, name="Siti Rahmah, S.T.", nip=PNS, rank="III/c", position="Kepala Seksi",
        region=RegionFactory(),
    )  # fmt: skip

    page = client.get(form_of(apparatus_event))

    initial = page.context["form"].initial
    assert (initial["name"], initial["nip"], initial["position"]) == (
        "Siti Rahmah, S.T.",
        PNS,
        "Kepala Seksi",
    )
    assertContains(page, '<option value="13.75" selected>')


def test_another_hat_is_not_the_last_one(client, user):
    RegistrationFactory(user=user, position="Kepala Seksi", institution="Dinas")
    ikm = IkmFactory(owner=user)
    event = EventFactory(audience_kinds=["IKM", "SCHOOL"])

    initial = client.get(form_of(event)).context["form"].initial

    assert (initial["kind"], initial["business"]) == ("IKM", ikm.pk)
    assert "position" not in initial


def test_what_was_typed_when_the_session_ended_comes_back(client, user, apparatus_event):
    client.get("/beranda/")  # the browser knows who reads
    client.post("/akun/logout/")

    answer = client.post(form_of(apparatus_event), answers(position="Kepala Seksi Ukir"))
    assert answer.url.startswith("/akun/login/")
    sign_in(client, user)

    assertContains(client.get(form_of(apparatus_event)), 'value="Kepala Seksi Ukir"')


def test_pressing_costs_few_questions(client, user, apparatus_event, django_assert_max_num_queries):
    data = answers()

    with django_assert_max_num_queries(20):
        client.post(form_of(apparatus_event), data)


def test_quotas_hold_for_the_region_of_the_form(client, user):
    event = EventFactory(audience_kinds=["APPARATUS"])
    QuotaFactory(event=event, region=RegionFactory().province, places=1)
    client.post(form_of(event), answers())
    other = UserFactory()
    sign_in(client, other)

    client.post(form_of(event), answers(nip=PPPK, servant_kind="PPPK"))

    assert Registration.objects.get(user=other).status == "WAITING"
