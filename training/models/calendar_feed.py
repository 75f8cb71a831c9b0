import secrets

from django.conf import settings
from django.db import models


def new_token():
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The secret address under which somebody's calendar program fetches their own events.

    Calendar programs cannot sign in. Who knows the address knows the events, so the person can
    replace it at any time.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="orang",
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )
    token = models.CharField("kunci", max_length=64, unique=True, default=new_token)
    made_at = models.DateTimeField("dibuat pada", auto_now=True)

    class Meta:
        # A secret address: no officer needs it, and no role sees it.
        default_permissions = ()
        verbose_name = "alamat kalender"
        verbose_name_plural = "alamat kalender"

    def __str__(self):
        return str(self.user)
