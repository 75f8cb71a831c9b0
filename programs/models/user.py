from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **details):
        user = self.model(email=self.normalize_email(email).lower(), **details)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **details):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **details)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, by e-mail. Officers are users with ``is_staff`` and groups.

    No sign-in ever depends on the telephone (``domain.md`` §G: codes by SMS never come).
    """

    email = models.EmailField(
        "surel",
        max_length=254,
        unique=True,
        error_messages={"unique": "Surel ini sudah dipakai akun lain."},
    )
    name = models.CharField("nama lengkap", max_length=150)
    phone = PhoneNumberField("nomor telepon", blank=True)
    is_staff = models.BooleanField(
        "petugas", default=False, help_text="Petugas masuk ke meja petugas dengan langkah kedua."
    )
    is_active = models.BooleanField("aktif", default=True)
    notice_version = models.CharField(
        "pemberitahuan privasi yang dibaca", max_length=20, blank=True, editable=False
    )
    notice_seen_at = models.DateTimeField("dibaca pada", null=True, editable=False)
    closed_at = models.DateTimeField("ditutup pada", null=True, editable=False)
    date_joined = models.DateTimeField("terdaftar pada", default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        indexes = [
            GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"),
                OpClass(Upper("email"), "gin_trgm_ops"),
                name="programs_user_name_trgm",
            ),
            models.Index(OpClass(Upper("name"), "text_pattern_ops"), name="programs_user_name"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="programs_user_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="programs_user_email_in_lower_case",
                violation_error_message="Tulis surel dengan huruf kecil.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="programs_user_has_a_name",
                violation_error_message="Tulis nama lengkap.",
            ),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split()[0] if self.name else self.email

    @property
    def initials(self):
        return "".join(word[0] for word in self.name.split()[:2]).upper()
