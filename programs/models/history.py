import pgtrigger
from django.conf import settings
from django.db import models


class HistoryEntry(models.Model):
    """One line of a record's history: who moved it, from where to where, when and why.

    Each workflow has a subclass of its own, reached from the record as ``history``.
    ``programs.transitions`` writes the lines; the database refuses to change them afterwards.
    """

    action = models.CharField("tindakan", max_length=40)
    from_status = models.CharField("status awal", max_length=40)
    to_status = models.CharField("status akhir", max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="pelaku",
        null=True,  # the clock acts too: a deadline passes without a person
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField("alasan", blank=True)
    rule_version = models.CharField("versi aturan", max_length=60, blank=True)
    at = models.DateTimeField("waktu", auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
