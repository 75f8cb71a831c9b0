from django.conf import settings
from django.db import models


class OneTimeForm(models.Model):
    """A form that was handed in, and where its answer was. The same form again gets that answer."""

    token = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    answer_url = models.TextField(blank=True)
    said = models.JSONField(default=list)  # the messages that stood on that page
    handed_in_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "formulir sekali kirim"
        verbose_name_plural = "formulir sekali kirim"

    def __str__(self):
        return str(self.token)
