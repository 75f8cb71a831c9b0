import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from programs.models import OneTimeForm
from programs.tasks import FORMS_KEPT_FOR, forget_what_has_expired
from tests.factories.programs import UserFactory

pytestmark = pytest.mark.django_db


def test_used_forms_are_forgotten_after_a_week():
    user = UserFactory()
    old, young = (OneTimeForm.objects.create(token=uuid.uuid4(), user=user) for _ in range(2))
    handed_in = timezone.now() - FORMS_KEPT_FOR - timedelta(minutes=1)
    OneTimeForm.objects.filter(pk=old.pk).update(handed_in_at=handed_in)

    forget_what_has_expired()

    assert list(OneTimeForm.objects.all()) == [young]


def test_sessions_that_ended_are_forgotten():
    ended, live = SessionStore(), SessionStore()
    ended.set_expiry(-60)
    for session in (ended, live):
        session["kept_input"] = {"/organisasi/baru/": {}}
        session.save()

    forget_what_has_expired()

    assert list(Session.objects.values_list("session_key", flat=True)) == [live.session_key]
