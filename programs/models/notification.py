from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programs.enums import NotificationKind


class NotificationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All read their own news; officers with the permission see every message."""
        if user.has_perm("programs.view_notification"):
            return self
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)

    def due(self, *, before=None):
        """Messages whose mail still has to leave."""
        waiting = self.filter(by_mail=True, sent_at=None, failed_at=None)
        return waiting.filter(created_at__lt=before) if before else waiting


class Notification(models.Model):
    """One piece of news for one person: a line in the inbox, and a mail unless they declined it.

    Written in the transaction of the fact it reports (the outbox); mail leaves after commit.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="penerima",
        on_delete=models.PROTECT,
        related_name="notifications",
    )
    key = models.CharField("kunci peristiwa", max_length=150, unique=True)
    kind = models.CharField("jenis", max_length=12, choices=NotificationKind)
    subject = models.CharField("judul", max_length=150)
    body = models.TextField("isi")
    url = models.CharField("alamat halaman", max_length=200, blank=True)
    contact = models.CharField("narahubung", max_length=200)
    by_mail = models.BooleanField("lewat surel", default=True)
    created_at = models.DateTimeField("dibuat pada", default=timezone.now)
    read_at = models.DateTimeField("dibaca pada", null=True, blank=True)
    sent_at = models.DateTimeField("terkirim pada", null=True, blank=True)
    failed_at = models.DateTimeField("gagal pada", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    last_error = models.CharField("kesalahan terakhir", max_length=300, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(by_mail=True, sent_at=None, failed_at=None),
                name="programs_notification_due",
            ),
            models.Index(fields=["recipient", "-created_at"], name="programs_notification_inbox"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="programs_notification_sent_or_failed",
            ),
            models.CheckConstraint(
                condition=~Q(contact=""), name="programs_notification_names_a_contact"
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def state_words(self):
        if not self.by_mail:
            return "hanya di situs"
        if self.sent_at:
            return "terkirim"
        return "gagal" if self.failed_at else "menunggu"


class NotificationPreference(models.Model):
    """A person's wish not to get mail about one kind of news. The inbox keeps it all the same."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_declined"
    )
    kind = models.CharField("jenis", max_length=12, choices=NotificationKind)

    class Meta:
        verbose_name = "pilihan surel"
        verbose_name_plural = "pilihan surel"
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="programs_preference_once"),
            # Decisions about people's money are always mailed (product.md §7).
            models.CheckConstraint(
                condition=~Q(kind=NotificationKind.DECISION),
                name="programs_preference_decisions_always_mailed",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_kind_display()}"
