"""A form counts once, however often and however quickly it arrives."""

import threading
import uuid
from io import BytesIO

import pytest
from django.contrib import messages
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect

from programs.models import Notification, OneTimeForm, User
from programs.once import once
from tests.factories.programs import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db


def post(rf, user, token=None, **typed):
    request = rf.post("/halaman/", {"once": token or uuid.uuid4(), **typed})
    request.user = user
    request.session = {}
    request._messages = CookieStorage(request)
    return request


@once
def write(request):
    note = NotificationFactory(recipient=request.user)
    messages.success(request, "Disimpan.")
    return HttpResponseRedirect(f"/halaman/{note.pk}/")


def said(request):
    return [str(message) for message in get_messages(request)._queued_messages]


def test_the_same_form_gets_the_first_answer_and_its_words(rf):
    user, token = UserFactory(), uuid.uuid4()
    first = write(post(rf, user, token))

    again = post(rf, user, token)
    second = write(again)

    assert second.url == first.url
    assert said(again) == ["Disimpan."]
    assert Notification.objects.count() == 1


def test_a_form_that_was_changed_with_the_back_button_is_another_form(rf):
    user, token = UserFactory(), uuid.uuid4()

    write(post(rf, user, token, name="Sari"))
    write(post(rf, user, token, name="Sari Wulandari"))

    assert Notification.objects.count() == 2


def test_another_file_makes_another_form(rf):
    user, token = UserFactory(), uuid.uuid4()

    for content in (b"satu", b"dua!", b"dua!"):
        file = BytesIO(content)
        file.name = "foto.jpg"
        write(post(rf, user, token, file=file))

    assert Notification.objects.count() == 2


def test_the_view_reads_an_uploaded_file_from_its_start(rf):
    file = BytesIO(b"isi")
    file.name = "surat.pdf"

    @once
    def read(request):
        return HttpResponse(request.FILES["file"].read())

    assert read(post(rf, UserFactory(), file=file)).content == b"isi"


def test_a_page_with_faults_may_be_sent_again(rf):
    user, token = UserFactory(), uuid.uuid4()

    @once
    def faulty(request):
        NotificationFactory(recipient=user)
        return HttpResponse(status=422)

    faulty(post(rf, user, token))
    faulty(post(rf, user, token))

    assert Notification.objects.count() == 2
    assert not OneTimeForm.objects.exists()


def test_an_error_leaves_nothing_behind(rf):
    user, token = UserFactory(), uuid.uuid4()

    @once
    def breaks(request):
        NotificationFactory(recipient=user)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks(post(rf, user, token))

    assert not OneTimeForm.objects.exists()
    assert not Notification.objects.exists()


def test_a_form_of_somebody_else_is_refused(rf):
    token = uuid.uuid4()
    write(post(rf, UserFactory(), token))

    with pytest.raises(SuspiciousOperation):
        write(post(rf, UserFactory(), token))


@pytest.mark.parametrize("token", ["", "bukan-uuid"])
def test_a_form_without_a_token_still_works(rf, token):
    user = UserFactory()
    request = post(rf, user)
    request.POST = request.POST.copy()
    request.POST["once"] = token

    assert write(request).status_code == 302
    assert not OneTimeForm.objects.exists()


def press_twice_at_once(rf, view):
    """Two threads send the same form. The barrier makes them meet inside the first's work."""
    user, token, gate, answers = UserFactory(), uuid.uuid4(), threading.Barrier(2), []

    def press():
        gate.wait()
        try:
            answers.append(view(post(rf, User.objects.get(pk=user.pk), token)).url)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def slowly(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.2)")
    note = NotificationFactory(recipient=request.user)
    return HttpResponseRedirect(f"/halaman/{note.pk}/")


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_do_it_once_and_get_the_same_answer(rf):
    answers = press_twice_at_once(rf, once(slowly))

    assert Notification.objects.count() == 1
    assert len(answers) == 2
    assert len(set(answers)) == 1


@pytest.mark.django_db(transaction=True)
def test_without_once_two_presses_do_it_twice(rf):
    """The negative control of the test above."""
    answers = press_twice_at_once(rf, slowly)

    assert Notification.objects.count() == 2
    assert len(set(answers)) == 2
