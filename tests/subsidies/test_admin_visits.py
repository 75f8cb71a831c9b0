"""The verifier's pages: a day, photos, the checklist, and minutes that the other side confirms."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from programs import roles
from subsidies.enums import Stage, VisitStatus
from subsidies.models import Application, Visit
from subsidies.models.visit import ABOUT_A_MACHINE, ABOUT_THE_COMPANY
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory
from tests.people import sign_in
from tests.subsidies.desk import address, signed_in, words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def planned(client):
    """A visit that is to be scheduled, and its verifier signed in."""
    application = ApplicationFactory(visit_planning=True)
    sign_in(client, application.visit.verifier)
    return application


@pytest.fixture
def today(client):
    """A visit of today, and its verifier signed in."""
    application = ApplicationFactory(visiting=True)
    Visit.objects.update(starts_at=timezone.now())
    sign_in(client, application.visit.verifier)
    return application


def photo():
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(picture, "JPEG")
    return SimpleUploadedFile("pelat.jpg", picture.getvalue(), "image/jpeg")


def answers(application, **other):
    asked = {f"{question.lower()}-usaha": "ya" for question in ABOUT_THE_COMPANY}
    for machine in application.machines.all():
        asked |= {f"{question.lower()}-{machine.pk}": "ya" for question in ABOUT_A_MACHINE}
    typed = {f"{prefix}-is_yes": answer for prefix, answer in asked.items()}
    return {**typed, "met_with": "Rahmah Contoh", "findings": "Mesin berjalan.", **other}


def test_a_day_is_named_and_the_owner_is_told(client, planned):
    day = TODAY + datetime.timedelta(days=3)

    answer = client.post(
        address(planned, "schedule"),
        {"day": f"{day:%d/%m/%Y}", "hour": "09.30", "message": "Siapkan berkas asli."},
    )

    visit = Visit.objects.get()
    assert answer.url == address(planned, "visit")
    assert visit.status == VisitStatus.SCHEDULED
    starts_at = timezone.localtime(visit.starts_at)
    assert (starts_at.date(), starts_at.hour, starts_at.minute) == (day, 9, 30)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "besok", "hour": "09.30"}, "besok"),
        ({"day": "17/08/2001", "hour": "09.30"}, "tidak boleh sebelum hari ini"),
        ({"day": f"{TODAY:%d/%m/%Y}", "hour": "pagi"}, "Tulis jam seperti 09.30."),
    ],
)
def test_a_day_that_cannot_be_is_explained(client, planned, typed, sentence):
    answer = client.post(address(planned, "schedule"), typed)

    assert sentence in words(answer)
    assert f'value="{typed["day"]}"' in answer.content.decode()
    assert Visit.objects.get().status == VisitStatus.ASSIGNED


def test_a_photo_is_kept(client, today):
    answer = client.post(
        address(today, "add_photo"), {"photo": photo(), "caption": "Pelat nama"}, follow=True
    )

    assert "Foto disimpan." in words(answer)
    assert today.visit.photos.get().caption == "Pelat nama"


def test_what_is_no_photo_is_refused_in_words(client, today):
    file = SimpleUploadedFile("foto.jpg", b"<html>bukan foto</html>", "image/jpeg")

    answer = client.post(address(today, "add_photo"), {"photo": file, "caption": "Pelat nama"})

    assert "halaman web" in words(answer)
    assert 'value="Pelat nama"' in answer.content.decode()


def test_the_checklist_becomes_minutes(client, today):
    client.post(address(today, "add_photo"), {"photo": photo(), "caption": "Pelat nama"})

    answer = client.post(address(today, "visit"), answers(today))

    visit = Visit.objects.get()
    assert answer.url == address(today)
    assert visit.status == VisitStatus.CONDUCTED
    assert visit.minutes.number.startswith("BA-")
    assert visit.answers.count() == len(ABOUT_THE_COMPANY) + len(ABOUT_A_MACHINE)


def test_a_photo_is_needed_and_nothing_typed_is_lost(client, today):
    answer = client.post(address(today, "visit"), answers(today))

    assert "Tambahkan paling sedikit satu foto kunjungan." in words(answer)
    assert "Mesin berjalan." in answer.content.decode()
    assert Visit.objects.get().status == VisitStatus.SCHEDULED


def test_a_no_says_what_was_seen(client, today):
    machine = today.machines.get()
    no = {f"machine_new-{machine.pk}-is_yes": "tidak"}

    bare = client.post(address(today, "visit"), answers(today, **no))

    assert bare.status_code == 422
    assert "Tulis apa yang Anda lihat sebenarnya." in words(bare)
    client.post(address(today, "add_photo"), {"photo": photo(), "caption": "Pelat nama"})
    explained = {**no, f"machine_new-{machine.pk}-note": "Rangka bekas."}
    client.post(address(today, "visit"), answers(today, **explained))
    assert Visit.objects.get().answers.get(is_yes=False).note == "Rangka bekas."


def test_an_unanswered_question_is_named(client, today):
    typed = answers(today)
    typed.pop("company_exists-usaha-is_yes")

    answer = client.post(address(today, "visit"), typed)

    assert "Jawab: Usaha ada dan berjalan di alamat ini." in words(answer)


@pytest.mark.parametrize("role", [roles.CONFORMITY_CHECKER, roles.AUDITOR, roles.IKMA_OFFICER])
def test_the_visit_is_the_verifiers_own(client, role):
    application = ApplicationFactory(visiting=True)
    signed_in(client, role)

    assert client.get(address(application, "visit")).status_code == 403
    assert client.post(address(application, "visit"), answers(application)).status_code == 403


def test_minutes_on_paper_are_confirmed_by_another_officer(client):
    application = ApplicationFactory(minutes=True)
    signed_in(client, roles.CONFORMITY_CHECKER)

    bare = client.post(address(application, "decide"), {"decision": "confirm"})
    assert bare.status_code == 422
    client.post(
        address(application, "decide"),
        {"decision": "confirm", "remark": "Ditandatangani Rahmah di tempat, 20 November 2026."},
    )

    assert Application.objects.with_stage().get(pk=application.pk).stage == Stage.ASSESSMENT


def test_a_visit_goes_to_another_verifier(client):
    application = ApplicationFactory(visiting=True)
    other = officer(roles.FIELD_VERIFIER)
    signed_in(client, roles.CONFORMITY_CHECKER)

    client.post(
        address(application, "decide"),
        {"decision": "reassign", "verifier": other.pk, "remark": "Sakit."},
    )

    assert Visit.objects.get().verifier == other


def test_all_visits_stand_in_a_list_that_changes_nothing(client):
    application = ApplicationFactory(visiting=True)
    signed_in(client, roles.AUDITOR)

    page = client.get(reverse("admin:subsidies_visit_changelist"))

    assert application.registration_number in words(page)
    assert address(application) in page.content.decode()
