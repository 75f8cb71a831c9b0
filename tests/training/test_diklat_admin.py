"""What officers do with courses and batches on the desk: plan, announce, lead, call off."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from programs import roles
from programs.models import Organization
from tests.factories.diklat import BatchFactory, CourseFactory, TraineeFactory
from tests.factories.programs import OrganizationFactory, RegionFactory
from tests.factories.subsidy_stages import day
from tests.factories.training import UnitFactory, organizer
from tests.people import sign_in
from training.diklat_enums import BatchStatus, TraineeStatus
from training.models import Batch, Course

pytestmark = pytest.mark.django_db
B, T = BatchStatus, TraineeStatus


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def desk(client, unit):
    """The desk of an officer of ``unit``."""
    client.officer = organizer(roles.BDI_ADMIN, unit)
    return sign_in(client, client.officer)


def batch_of(unit, status, **others):
    return BatchFactory(course=CourseFactory(unit=unit), status=status, **others)


def at(name, batch, *more):
    return reverse(f"admin:training_batch_{name}", args=[batch.pk, *(one.pk for one in more)])


def written(moment):
    return f"{moment:%d/%m/%Y}"


def fresh(record):
    return type(record).objects.get(pk=record.pk)


# --- Planning -------------------------------------------------------------------------------------


def batch_answers(course, **others):
    return {
        "course": course.pk,
        "number": "27",
        "starts_on": written(day(40)),
        "ends_on": written(day(57)),
        "place": "Kampus BDI",
        "region": RegionFactory().pk,
        "capacity": "30",
        "opens_on": written(day(1)),
        "closes_on": written(day(30)),
        "contact": "Panitia, (021) 000",
    } | others


def test_a_course_is_entered_for_the_own_unit(desk, unit):
    UnitFactory()
    form = desk.get(reverse("admin:training_course_add"))
    assert list(form.context["adminform"].form.fields["unit"].queryset) == [unit]

    desk.post(
        reverse("admin:training_course_add"),
        {
            "unit": unit.pk,
            "title": "Operator jahit",
            "field": "Tekstil",
            "scheme_name": "Operator Jahit",
            "lsp": "LSP P1",
            "days": "18",
            "jp": "144",
            "description": "Menjahit.",
            "conditions": "Sehat",
            "facilities": "",
            "min_age": "18",
            "min_attendance_percent": "80",
            "is_active": "on",
        },
    )

    assert Course.objects.get().unit == unit


def test_a_batch_is_planned_and_stands_on_its_own_page(desk, unit):
    course = CourseFactory(unit=unit)
    CourseFactory()

    form = desk.get(reverse("admin:training_batch_add"))
    assert list(form.context["adminform"].form.fields["course"].queryset) == [course]
    response = desk.post(reverse("admin:training_batch_add"), batch_answers(course))

    batch = Batch.objects.get()
    assertRedirects(response, at("change", batch))
    assert (batch.number, batch.status, batch.year) == (27, B.PLANNED, day(40).year)
    assert batch.history.get().actor == desk.officer


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closes_on": written(day(41))}, "pendaftaran dibuka, ditutup, lalu pelatihan mulai"),
        ({"ends_on": written(day(39))}, "pada atau sesudah hari mulainya"),
        ({"capacity": "900"}, "500"),
        ({"starts_on": "besok"}, "17/08/2026"),
    ],
)
def test_a_plan_that_cannot_be_is_explained(desk, unit, changes, words):
    response = desk.post(
        reverse("admin:training_batch_add"), batch_answers(CourseFactory(unit=unit), **changes)
    )

    assertContains(response, words)
    assert not Batch.objects.exists()


def test_a_number_that_is_taken_is_explained(desk, unit):
    batch = batch_of(unit, B.PLANNED, number=27)

    response = desk.post(
        reverse("admin:training_batch_add"),
        batch_answers(
            batch.course, starts_on=written(batch.starts_on), ends_on=written(batch.ends_on),
            opens_on=written(batch.opens_on), closes_on=written(batch.closes_on),
        ),
    )  # fmt: skip

    assertContains(response, "Nomor angkatan ini sudah dipakai")


def test_the_data_of_a_batch_can_be_corrected(desk, unit):
    batch = batch_of(unit, B.OPEN)
    typed = batch_answers(
        batch.course,
        starts_on=written(batch.starts_on),
        ends_on=written(batch.ends_on),
        opens_on=written(batch.opens_on),
        closes_on=written(batch.closes_on),
        contact="Panitia baru",
    )

    assertRedirects(desk.post(at("edit", batch), typed), at("change", batch))

    assert fresh(batch).contact == "Panitia baru"
    assert "narahubung" in fresh(batch).history.last().reason
    assert fresh(batch).number == batch.number  # announced, it keeps its name


def test_a_capacity_below_those_who_have_a_seat_is_refused_in_the_form(desk, unit):
    batch = batch_of(unit, B.SELECTION)
    TraineeFactory.create_batch(2, batch=batch, status=T.SELECTED)
    typed = batch_answers(
        batch.course,
        starts_on=written(batch.starts_on),
        ends_on=written(batch.ends_on),
        opens_on=written(batch.opens_on),
        closes_on=written(batch.closes_on),
        capacity="1",
    )

    response = desk.post(at("edit", batch), typed)

    assertContains(response, "Jumlah tempat tidak boleh kurang")
    assert fresh(batch).capacity == 20


def test_an_ended_batch_is_only_read(desk, unit):
    batch = batch_of(unit, B.CLOSED)

    assert desk.post(at("edit", batch), batch_answers(batch.course)).status_code == 403
    assertNotContains(desk.get(at("change", batch)), at("edit", batch))


# --- Partners and steps ---------------------------------------------------------------------------


def test_a_partner_of_the_register_is_found_by_name_or_nib(desk, unit):
    batch = batch_of(unit, B.PLANNED, demand_count=0)
    company = OrganizationFactory(name="PT Busana Ekspor", nib="9120001234567")
    OrganizationFactory(name="PT Lain")
    assertContains(desk.get(at("change", batch)), "Catat dahulu kebutuhan")

    for words in ("busana", "9120001234567"):
        shown = desk.get(at("demand", batch), {"cari": words})
        assertContains(shown, "PT Busana Ekspor")
        assertNotContains(shown, "PT Lain")
    response = desk.post(
        at("demand", batch) + "?cari=busana",
        {"company": company.pk, "position": "Operator jahit", "places": "30", "region": ""},
    )

    assertRedirects(response, at("change", batch))
    demand = batch.demands.get()
    assert (demand.company, demand.places, demand.region) == (company, 30, company.region)


def test_a_partner_that_nobody_knows_yet_is_entered(desk, unit):
    batch = batch_of(unit, B.PLANNED, demand_count=0)
    region = RegionFactory()

    desk.post(
        at("demand", batch) + "?cari=PT Garmen Baru",
        {
            "company": "baru",
            "nib": "9120001234567",
            "position": "Operator jahit",
            "places": "30",
            "region": region.pk,
        },
    )

    company = Organization.objects.get(nib="9120001234567")
    assert (company.name, company.kind, company.region) == ("PT Garmen Baru", "COMPANY", region)
    assert batch.demands.get().company == company


def test_a_search_without_result_says_what_to_do(desk, unit):
    batch = batch_of(unit, B.PLANNED)

    assertContains(desk.get(at("demand", batch), {"cari": "912"}), "belum ada dalam register")
    shown = desk.post(
        at("demand", batch) + "?cari=garmen", {"company": "", "position": "", "places": "nol"}
    )
    assertContains(shown, "Pilih perusahaan mitra", status_code=422)


def test_a_demand_is_dropped(desk, unit):
    batch = batch_of(unit, B.PLANNED)

    desk.post(at("drop_demand", batch, batch.demands.get()))
    assert not batch.demands.exists()

    opened = batch_of(unit, B.OPEN)
    response = desk.post(at("drop_demand", opened, opened.demands.get()), follow=True)
    assertContains(response, "paling sedikit satu kebutuhan mitra")


@pytest.mark.parametrize(
    ("status", "step", "after"),
    [
        (B.PLANNED, "open", B.OPEN),
        (B.OPEN, "end_registration", B.SELECTION),
        (B.CERTIFICATION, "begin_placement", B.PLACEMENT),
        (B.PLACEMENT, "close", B.CLOSED),
    ],
)
def test_the_next_step_is_one_press_away(desk, unit, status, step, after):
    batch = batch_of(unit, status)
    assertContains(desk.get(at("change", batch)), f'value="{step}"')

    response = desk.post(at("move", batch), {"langkah": step})

    assertRedirects(response, at("change", batch))
    assert fresh(batch).status == after


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (B.SELECTION, "Belum ada peserta yang lulus seleksi."),
        (B.RUNNING, "dan selesai sendiri sesudahnya"),
        (B.CERTIFICATION, "1 peserta tanpa hasil uji"),
        (B.PLACEMENT, "1 lulusan tanpa keterangan kerja"),
    ],
)
def test_what_hinders_the_next_step_is_said(desk, unit, status, words):
    batch = batch_of(unit, status)
    waiting = {B.CERTIFICATION: T.TRAINING, B.PLACEMENT: T.COMPETENT}.get(status, T.REGISTERED)
    TraineeFactory(batch=batch, status=waiting)

    assertContains(desk.get(at("change", batch)), words)


def test_a_training_that_is_not_due_waits(desk, unit):
    batch = batch_of(unit, B.SELECTION)
    TraineeFactory(batch=batch, status=T.SELECTED)

    assertContains(desk.get(at("change", batch)), "mulai sendiri pada hari itu")
    refused = desk.post(at("move", batch), {"langkah": "start"})

    assertContains(refused, "dijadwalkan mulai", status_code=409)


def test_a_registration_is_prolonged_with_a_reason(desk, unit):
    batch = batch_of(unit, B.SELECTION)

    shown = desk.post(at("move", batch), {"langkah": "reopen", "closes_on": "", "reason": ""})
    assertContains(shown, "Isi alasan perpanjangan", status_code=422)
    desk.post(
        at("move", batch),
        {"langkah": "reopen", "closes_on": written(day(1)), "reason": "Sepi."},
    )

    assert fresh(batch).status == B.OPEN


def test_a_batch_is_called_off_with_a_reason(desk, unit):
    batch = batch_of(unit, B.OPEN)

    assert desk.post(at("move", batch), {"langkah": "cancel", "reason": ""}).status_code == 422
    desk.post(at("move", batch), {"langkah": "cancel", "reason": "Mitra mundur."})

    assert fresh(batch).cancellation == "Mitra mundur."


def test_an_unknown_step_leads_back(desk, unit):
    batch = batch_of(unit, B.OPEN)

    assertRedirects(desk.post(at("move", batch), {"langkah": "lompat"}), at("change", batch))
    assert desk.get(at("move", batch)).status_code == 405


@pytest.mark.parametrize("status", BatchStatus)
def test_the_first_page_of_every_status_opens(desk, unit, status, django_assert_max_num_queries):
    batch = batch_of(unit, status)

    with django_assert_max_num_queries(26):
        assert desk.get(at("change", batch)).status_code == 200
