"""The list of IKM that need help, and the page on which a mentor works."""

import io

import openpyxl
import pytest
from django.urls import reverse

from programs import roles
from programs.esmart_enums import MentoringKind, MentoringStatus
from programs.models import MentoringTask
from tests.factories.esmart import EnrolmentFactory, MentorFactory, MentoringTaskFactory
from tests.factories.programs import IkmFactory, RegionFactory, officer
from tests.people import sign_in

pytestmark = pytest.mark.django_db

LIST = "/admin/programs/mentoringtask/"
Status = MentoringStatus


@pytest.fixture
def ikma(client):
    person = officer(roles.IKMA_OFFICER)
    sign_in(client, person)
    return person


def body_of(response):
    return response.content.decode()


def page_of(task):
    return reverse("admin:programs_mentoringtask_change", args=[task.pk])


def a_task(name="Keripik Contoh", **facts):
    enrolment = EnrolmentFactory(trained=True, organization=IkmFactory(name=name))
    return MentoringTaskFactory(enrolment=enrolment, **facts)


def test_the_list_shows_open_tasks_with_their_reason(client, ikma):
    a_task(explanation="Lulus lokakarya 20 Maret 2026.")
    a_task("Batik Lama", status=Status.DROPPED)

    page = body_of(client.get(LIST))

    assert "Keripik Contoh" in page
    assert "Lulus lokakarya 20 Maret 2026." in page
    assert "Terlambat" in page
    assert "Batik Lama" not in page
    assert "Batik Lama" in body_of(client.get(f"{LIST}?keadaan=semua"))


def test_a_mentor_finds_the_own_tasks(client, ikma):
    a_task(status=Status.ASSIGNED, mentor=MentorFactory(user=ikma))
    a_task("Milik Orang", status=Status.ASSIGNED, mentor=MentorFactory())

    page = body_of(client.get(f"{LIST}?milik=saya"))

    assert "Keripik Contoh" in page
    assert "Milik Orang" not in page


def test_the_list_costs_the_same_for_many(client, ikma, django_assert_max_num_queries):
    for number in range(6):
        a_task(f"Usaha {number}", status=Status.ASSIGNED, mentor=MentorFactory())

    with django_assert_max_num_queries(15):
        client.get(LIST)


def test_chosen_tasks_are_given_to_one_mentor(client, ikma):
    mentor, tasks = MentorFactory(), [a_task("Satu"), a_task("Dua")]
    form = {"action": "give_to", "_selected_action": [task.pk for task in tasks]}

    asked = client.post(LIST, form)
    assert "Berikan 2 IKM kepada pendamping" in body_of(asked)
    client.post(LIST, {**form, "mentor": mentor.pk})

    assert mentor.tasks.open().count() == 2


def test_without_a_mentor_the_page_says_what_is_missing(client, ikma):
    task = a_task()

    answer = client.post(LIST, {"action": "give_to", "_selected_action": [task.pk], "mentor": ""})

    assert answer.status_code == 422
    assert "pendamping" in body_of(answer).lower()
    task.refresh_from_db()
    assert task.status == Status.WAITING


def test_whom_a_full_mentor_cannot_take_is_named(client, ikma):
    mentor = MentorFactory(most_tasks=1)
    tasks = [a_task("Satu"), a_task("Dua")]

    answer = client.post(
        LIST,
        {
            "action": "give_to",
            "_selected_action": [task.pk for task in tasks],
            "mentor": mentor.pk,
        },
        follow=True,
    )

    assert "batasnya" in body_of(answer)
    assert mentor.tasks.open().count() == 1


def test_chosen_tasks_are_divided_by_load(client, ikma):
    mentor, task = MentorFactory(), a_task()

    client.post(LIST, {"action": "divide", "_selected_action": [task.pk]})

    task.refresh_from_db()
    assert task.mentor == mentor


def test_the_list_is_given_out_as_a_table(client, ikma):
    a_task()

    answer = client.get(f"{LIST}unduh/")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert sheet[2][0].value == "Keripik Contoh"


def test_a_mentor_notes_a_talk_and_then_closes_the_task(client, ikma):
    task = a_task(status=Status.ASSIGNED, mentor=MentorFactory(user=ikma))
    page = page_of(task)

    client.post(page, {"langkah": "catat", "catat-way": "PHONE", "catat-text": "Foto diperbaiki."})
    assert "Foto diperbaiki." in body_of(client.get(page))
    client.post(
        page,
        {
            "langkah": "selesai",
            "selesai-outcome": "SOLVED",
            "selesai-way": "VISIT",
            "selesai-text": "Toko sudah buka.",
        },
    )

    task.refresh_from_db()
    assert (task.status, task.outcome, task.notes.count()) == (Status.DONE, "SOLVED", 2)
    assert "Menunggu laporan tiga bulan sesudahnya" in body_of(client.get(page))


def test_an_empty_note_is_asked_for_and_the_rest_is_kept(client, ikma):
    task = a_task(status=Status.ASSIGNED, mentor=MentorFactory(user=ikma))

    answer = client.post(
        page_of(task), {"langkah": "selesai", "selesai-outcome": "SOLVED", "selesai-text": ""}
    )

    assert answer.status_code == 422
    assert 'value="SOLVED" selected' in body_of(answer)
    task.refresh_from_db()
    assert task.status == Status.ASSIGNED


def test_two_officers_the_second_is_told(client, ikma):
    task = a_task()
    MentoringTask.objects.filter(pk=task.pk).update(status=Status.DROPPED)

    answer = client.post(page_of(task), {"langkah": "tutup", "tutup-reason": "Tidak perlu."})

    assert answer.status_code in (403, 409)


def test_the_page_leads_to_the_next_task_of_the_mentor(client, ikma):
    mentor = MentorFactory(user=ikma)
    task = a_task(status=Status.ASSIGNED, mentor=mentor)
    following = a_task("Batik Berikut", status=Status.ASSIGNED, mentor=mentor)

    page = body_of(client.get(page_of(task)))

    assert "Batik Berikut" in page
    assert page_of(following) in page


def test_the_page_asks_few_queries(client, ikma, django_assert_max_num_queries):
    task = a_task(kind=MentoringKind.NO_SHOP)

    with django_assert_max_num_queries(15):
        client.get(page_of(task))


def test_an_auditor_reads_and_changes_nothing(client):
    sign_in(client, officer(roles.AUDITOR))
    task = a_task()

    page = client.get(page_of(task))

    assert page.status_code == 200
    assert "Tutup tanpa pendampingan" not in body_of(page)
    answer = client.post(page_of(task), {"langkah": "tutup", "tutup-reason": "Tidak perlu."})
    assert answer.status_code == 403


def test_the_provinces_of_a_mentor_are_ticked(client, ikma):
    mentor, province = MentorFactory(), RegionFactory().province
    address = f"/admin/programs/mentor/{mentor.pk}/change/"

    client.post(address, {"provinces": [province.pk], "most_tasks": 9, "is_active": "on"})

    mentor.refresh_from_db()
    assert (list(mentor.provinces.all()), mentor.most_tasks) == ([province], 9)


def test_mentors_are_listed_with_their_load(client, ikma):
    mentor = MentorFactory(most_tasks=7)
    a_task(status=Status.ASSIGNED, mentor=mentor)

    assert "1 dari 7" in body_of(client.get("/admin/programs/mentor/"))
