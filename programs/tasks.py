from datetime import timedelta
from importlib import import_module

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from programs.models import OneTimeForm

FORMS_KEPT_FOR = timedelta(days=7)


@shared_task
def forget_what_has_expired():
    """Each night: drop answers that no repeated form will ask for, and sessions that ended."""
    OneTimeForm.objects.filter(handed_in_at__lt=timezone.now() - FORMS_KEPT_FOR).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
