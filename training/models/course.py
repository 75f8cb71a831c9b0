from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from programs.enums import OrganizationKind
from programs.models import Organization
from training.models.event_queries import units_of


class CourseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A unit sees its own courses; who may see every batch, all."""
        if user.has_perm("training.view_every_batch"):
            return self
        if user.has_perm("training.manage_batch"):
            return self.filter(unit__in=units_of(user))
        return self.none()


class Course(models.Model):
    """What a unit teaches in a Diklat 3in1, again and again: the training of one competence.

    Each time it is held is a batch (*angkatan*). Facts of ``domain.md`` §C4.
    """

    unit = models.ForeignKey(
        Organization,
        verbose_name="penyelenggara",
        on_delete=models.PROTECT,
        related_name="courses",
        limit_choices_to={"kind": OrganizationKind.UNIT},
    )
    title = models.CharField(
        "nama pelatihan", max_length=150, help_text="Contoh: Operator mesin jahit garmen"
    )
    field = models.CharField(
        "bidang kompetensi", max_length=100, help_text="Contoh: Tekstil dan produk tekstil"
    )
    scheme_name = models.CharField(
        "skema sertifikasi", max_length=150, help_text="Seperti tertulis pada sertifikat."
    )
    lsp = models.CharField("LSP penguji", max_length=150, help_text="Contoh: LSP P1 BDI Jakarta")
    days = models.PositiveSmallIntegerField(
        "lama (hari)", validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    jp = models.PositiveSmallIntegerField("lama (JP)", validators=[MinValueValidator(1)])
    description = models.TextField("yang dipelajari")
    conditions = models.TextField(
        "syarat peserta", help_text="Satu syarat satu baris. Contoh: Sehat jasmani"
    )
    facilities = models.TextField(
        "yang diterima peserta",
        blank=True,
        help_text="Satu hal satu baris. Contoh: Asrama dan makan tiga kali sehari",
    )
    min_age = models.PositiveSmallIntegerField("usia paling muda", default=18)
    min_attendance_percent = models.PositiveSmallIntegerField(
        "kehadiran yang diharapkan sebelum uji (%)", default=80
    )
    is_active = models.BooleanField("masih diselenggarakan", default=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = "pelatihan Diklat 3in1"
        verbose_name_plural = "pelatihan Diklat 3in1"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title"],
                name="training_course_once",
                violation_error_message="Unit ini sudah memiliki pelatihan dengan nama yang sama.",
            ),
            models.CheckConstraint(
                condition=Q(days__range=(1, 365), jp__gte=1),
                name="training_course_takes_time",
                violation_error_message="Pelatihan berlangsung paling sedikit satu hari dan 1 JP.",
            ),
            models.CheckConstraint(
                condition=Q(min_age__range=(15, 60)),
                name="training_course_age_in_range",
                violation_error_message="Usia paling muda adalah angka antara 15 dan 60 tahun.",
            ),
            models.CheckConstraint(
                condition=Q(min_attendance_percent__range=(1, 100)),
                name="training_course_attendance_in_range",
                violation_error_message="Kehadiran yang diharapkan antara 1 dan 100 persen.",
            ),
        ]

    def __str__(self):
        return self.title
