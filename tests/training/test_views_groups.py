"""A Dinas registers several people at once."""

import io

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories.programs import DinasFactory, RegionFactory, UserFactory
from tests.factories.training import NOW, EventFactory, RegistrationFactory
from tests.people import body_of, sign_in
from training.enums import EventStatus
from training.models import Registration
from training.registration_import import COLUMNS

pytestmark = pytest.mark.django_db
PNS = "198503152010012002"
GOOD = "Siti Rahmah, S.T.;;siti@dinas.example;;;Kepala Bidang;;13.75"
OTHER = "Budi Santoso;;budi@dinas.example;;;Staf;;13.75"


@pytest.fixture(autouse=True)
def _while_registration_is_open():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def member(client):
    member = UserFactory()
    sign_in(client, member)
    return member


@pytest.fixture
def agency(member):
    RegionFactory()
    return DinasFactory(member=member, region=RegionFactory().province)


@pytest.fixture
def event():
    return EventFactory(audience_kinds=["APPARATUS"], capacity=2)


def page_of(event, name="group_new"):
    return reverse(f"training:{name}", args=[event.slug])


def rows(*people, total=5):
    """The page's form as the browser sends it, with some rows filled."""
    data = {"orang-TOTAL_FORMS": total, "orang-INITIAL_FORMS": 0}
    for number, person in enumerate(people):
        filled = {"nama": "Siti", "email": "siti@dinas.example", "jabatan": "Staf"}
        filled |= {"kode_kabkota": "13.75"} | person
        data |= {f"orang-{number}-{name}": value for name, value in filled.items()}
    return data


def csv(*lines):
    text = "\n".join([";".join(COLUMNS), *lines])
    return SimpleUploadedFile("peserta.csv", text.encode())


def upload(client, event, *lines):
    return client.post(page_of(event, "group_check"), {"file": csv(*lines)})


# Row by row


def test_people_typed_on_the_page_are_registered_at_once(client, agency, event):
    budi = {"nama": "Budi", "email": "budi@dinas.example", "nip": PNS}
    answer = client.post(page_of(event), rows({}, budi), follow=True)

    assertContains(answer, "2 orang didaftarkan dan diberi tahu: 2 mendapat tempat.")
    assert set(Registration.objects.values_list("name", "sent_by", "institution")) == {
        ("Siti", agency.pk, agency.name),
        ("Budi", agency.pk, agency.name),
    }
    assertContains(answer, "Sudah Anda daftarkan")


def test_more_people_than_places_wait_in_the_order_of_the_rows(client, agency, event):
    people = [{"nama": f"Orang {n}", "email": f"o{n}@dinas.example"} for n in range(3)]

    answer = client.post(page_of(event), rows(*people), follow=True)

    assertContains(answer, "2 mendapat tempat, 1 masuk daftar tunggu")
    assert Registration.objects.waiting().get().name == "Orang 2"


def test_faults_stand_at_their_fields_and_nobody_is_registered(client, agency, event):
    answer = client.post(page_of(event), rows({}, {"email": "", "nip": PNS[:17], "jabatan": ""}))

    assert answer.status_code == 422
    _, second, *_ = answer.context["people"]
    assert set(second.errors) == {"email", "nip", "jabatan"}
    assertContains(answer, "Anda menulis 17 angka.", status_code=422)
    assertContains(answer, 'value="siti@dinas.example"', status_code=422)
    assert not Registration.objects.exists()


def test_a_row_without_a_region_asks_for_one(client, agency, event):
    answer = client.post(page_of(event), rows({"kode_kabkota": ""}))

    assertContains(answer, "Pilih kabupaten/kota.", status_code=422)


def test_rows_can_be_added_without_javascript(client, agency, event):
    answer = client.post(page_of(event), rows({}) | {"tambah": "1"})

    assert len(answer.context["people"].forms) == 10
    assertContains(answer, 'value="siti@dinas.example"')
    assert not Registration.objects.exists()


def test_nothing_typed_is_said(client, agency, event):
    answer = client.post(page_of(event), rows())

    assertContains(answer, "Isi paling sedikit satu orang", status_code=422)


def test_a_broken_form_is_no_broken_page(client, agency, event):
    assert client.post(page_of(event), {"orang-TOTAL_FORMS": "x"}).status_code == 422
    assert client.post(page_of(event), {"tambah": "1"}).status_code == 200


def test_a_kota_needs_no_choice_of_region(client, member, event):
    DinasFactory(member=member, region=RegionFactory())

    page = client.get(page_of(event))

    assertContains(page, 'type="hidden" name="orang-0-kode_kabkota" value="13.75"')
    client.post(page_of(event), rows({}))
    assert Registration.objects.get().region.code == "13.75"


def test_a_pppk_rank_is_chosen_without_a_nip(client, agency, event):
    client.post(page_of(event), rows({"pangkat_golongan": "III"}))

    assert Registration.objects.get().rank == "III"


def test_who_belongs_to_two_dinas_chooses(client, agency, member, event):
    second = DinasFactory(member=member, region=RegionFactory(), name="Dinas Kota Bukittinggi")

    page = client.get(page_of(event), {"dinas": second.pk})
    assert page.context["agency"] == second
    client.post(page_of(event), rows({}) | {"dinas": second.pk})

    assert Registration.objects.get().sent_by == second


# From a file


def test_a_file_is_only_looked_at_until_the_yes(client, agency, event):
    page = upload(client, event, GOOD, OTHER)

    assertContains(page, "Ini pratinjau, belum ada yang ditulis")
    assertContains(page, "2 orang akan didaftarkan")
    assert not Registration.objects.exists()

    answer = client.post(page_of(event, "group_check"), {"kode": page.context["code"]}, follow=True)

    assertContains(answer, "2 orang didaftarkan dan diberi tahu")
    assert Registration.objects.filter(sent_by=agency).count() == 2


def test_a_file_with_faults_offers_no_yes(client, agency, event):
    page = upload(client, event, GOOD, "Budi;123;budi;;;;;13.75")

    assert page.status_code == 422
    assertContains(page, "Belum ada yang didaftarkan", status_code=422)
    assertContains(page, "Baris 3, kolom nip: NIP harus 18 angka", status_code=422)
    assert page.context["code"] == ""


def test_the_same_file_again_says_that_all_are_there(client, agency, event):
    code = upload(client, event, GOOD).context["code"]
    client.post(page_of(event, "group_check"), {"kode": code})

    page = upload(client, event, GOOD)

    assertContains(page, "Tidak ada yang perlu didaftarkan")
    assert page.context["code"] == ""


def test_a_preview_that_is_gone_writes_nothing(client, agency, event):
    answer = client.post(page_of(event, "group_check"), {"kode": "lama"}, follow=True)

    assertContains(answer, "Pratinjau ini sudah tidak tersimpan")


def test_somebody_elses_preview_leads_nowhere(client, agency, event):
    code = upload(client, event, GOOD).context["code"]
    other = UserFactory()
    DinasFactory(member=other, region=agency.region)
    sign_in(client, other)

    client.post(page_of(event, "group_check"), {"kode": code})

    assert not Registration.objects.exists()


def test_somebody_was_faster_than_the_yes(client, agency, event):
    code = upload(client, event, GOOD.replace(";;siti", f";{PNS};siti")).context["code"]
    RegistrationFactory(event=event, nip=PNS)

    answer = client.post(page_of(event, "group_check"), {"kode": code})

    assertContains(answer, "dengan surel lain", status_code=422)
    assert event.registrations.count() == 1


def test_registration_closed_between_preview_and_yes(client, agency, event):
    code = upload(client, event, GOOD).context["code"]
    event.status = EventStatus.CLOSED
    event.save()

    answer = client.post(page_of(event, "group_check"), {"kode": code}, follow=True)

    assertContains(answer, "sudah ditutup")
    assert not Registration.objects.exists()


def test_what_is_no_table_is_explained(client, agency, event):
    wrong = SimpleUploadedFile("peserta.csv", b"nama;umur\nSiti;4\n")
    answer = client.post(page_of(event, "group_check"), {"file": wrong})
    assertContains(answer, "Kolom nip, email", status_code=422)

    answer = client.post(page_of(event, "group_check"), {})
    assertContains(answer, "Pilih berkas daftar peserta dahulu.", status_code=422)


def test_the_template_carries_headings_and_the_codes_of_the_region(client, agency, event):
    answer = client.get(page_of(event, "group_template"))

    book = openpyxl.load_workbook(io.BytesIO(body_of(answer)))
    assert [cell.value for cell in book["Peserta"][1]] == COLUMNS
    assert list(book["Kode wilayah"].values)[1:] == [
        ("13", "Provinsi Sumatera Barat"),
        ("13.75", "Kota Bukittinggi"),
    ]
    # The example can be sent as it is.
    example = list(book["Contoh"].values)[1]
    page = upload(client, event, ";".join(str(value) for value in example))
    assertContains(page, "1 orang akan didaftarkan")


# Who may


def test_who_works_for_no_dinas_reads_how_to(client, member, event):
    for name in ("group_new", "group_template"):
        assertContains(client.get(page_of(event, name)), "Minta bergabung", status_code=403)
    assertContains(upload(client, event, GOOD), "Minta bergabung", status_code=403)
    assert not Registration.objects.exists()


def test_a_member_who_is_not_approved_yet_is_none(client, member, event):
    agency = DinasFactory(member=member)
    agency.memberships.update(state="PENDING")

    assert client.get(page_of(event)).status_code == 403


def test_an_event_for_others_takes_no_groups(client, agency):
    event = EventFactory(audience_kinds=["SCHOOL"])

    answer = client.get(page_of(event), follow=True)

    assertRedirects(answer, reverse("training:event_detail", args=[event.slug]))
    assertContains(answer, "Kegiatan ini bukan untuk aparatur dinas.")


def test_outside_of_its_time_it_leads_back(client, agency):
    event = EventFactory(status=EventStatus.CLOSED)

    assertContains(client.get(page_of(event), follow=True), "sudah ditutup")


def test_checking_is_no_page_to_open(client, agency, event):
    assert client.get(page_of(event, "group_check")).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_often_however_many_were_sent(
    client, agency, number, django_assert_max_num_queries
):
    event = EventFactory(capacity=5)
    RegistrationFactory.create_batch(number, event=event, sent_by=agency, source="AGENCY")

    with django_assert_max_num_queries(11):
        page = client.get(page_of(event))

    assertNotContains(page, "Isi paling sedikit")
