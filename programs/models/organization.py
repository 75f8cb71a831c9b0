from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from programs.enums import MembershipRole, MembershipState, OrganizationKind
from programs.models.region import Region


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All see the organizations they belong to; a Dinas those of its region; officers all."""
        if user.has_perm("programs.view_organization"):
            return self
        own = Q(memberships__user=user, memberships__state=MembershipState.APPROVED)
        return self.filter(
            Q(pk__in=Organization.objects.filter(own).values("pk")) | self.in_regions_of(user)
        )

    @staticmethod
    def in_regions_of(user, prefix=""):
        """The condition “lies in the region of a Dinas that ``user`` works for”.

        ``prefix`` leads from another model to the organization, as in ``organization__``.
        """
        mine = Membership.objects.filter(
            user=user,
            state=MembershipState.APPROVED,
            organization__kind=OrganizationKind.AGENCY,
        ).values("organization__region")
        return Q(**{f"{prefix}kind": OrganizationKind.IKM}) & (
            Q(**{f"{prefix}region__in": mine}) | Q(**{f"{prefix}region__province__in": mine})
        )

    def of_kind(self, kind):
        return self.filter(kind=kind)


class Organization(models.Model):
    """Whoever the ministry deals with: an IKM, a company, a school, a Dinas, a ministry unit."""

    kind = models.CharField("jenis", max_length=10, choices=OrganizationKind)
    name = models.CharField("nama", max_length=200)
    nib = models.CharField("NIB", max_length=13, blank=True)
    npwp = models.CharField("NPWP", max_length=16, blank=True)
    npsn = models.CharField("NPSN", max_length=8, blank=True)
    satker_code = models.CharField("kode satker", max_length=6, blank=True)
    address = models.TextField("alamat", blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name="wilayah",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organizations",
    )
    email = models.EmailField("surel", blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    about = models.CharField("keterangan", max_length=300, blank=True)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Membership",
        through_fields=("organization", "user"),
        related_name="organizations",
    )
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisasi"
        verbose_name_plural = "organisasi"
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["nib"], name="programs_org_nib"),
            models.Index(fields=["kind", "region"], name="programs_org_kind_region"),
            GinIndex(OpClass(Upper("name"), "gin_trgm_ops"), name="programs_org_name_trgm"),
            models.Index(OpClass(Upper("name"), "text_pattern_ops"), name="programs_org_name"),
            models.Index(fields=["npwp"], condition=~Q(npwp=""), name="programs_org_npwp"),
            models.Index(fields=["npsn"], condition=~Q(npsn=""), name="programs_org_npsn"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="programs_org_phone"),
            models.Index(fields=["email"], condition=~Q(email=""), name="programs_org_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganizationKind), name="programs_organization_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(nib="") | Q(nib__regex=r"^\d{13}$"),
                name="programs_organization_nib_13_digits",
                violation_error_message="NIB harus 13 angka. Contoh: 9120001234567.",
            ),
            models.CheckConstraint(
                condition=Q(npwp="") | Q(npwp__regex=r"^\d{16}$"),
                name="programs_organization_npwp_16_digits",
                violation_error_message="NPWP disimpan sebagai 16 angka.",
            ),
            models.CheckConstraint(
                condition=Q(npsn="")
                | Q(kind=OrganizationKind.SCHOOL, npsn__regex=r"^[0-9A-Z]\d{7}$"),
                name="programs_organization_npsn_of_a_school",
                violation_error_message="NPSN terdiri atas 8 karakter dan hanya untuk sekolah.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OrganizationKind.AGENCY) | Q(region__isnull=False),
                name="programs_organization_agency_has_a_region",
                violation_error_message="Dinas harus memiliki wilayah kerja.",
            ),
            models.UniqueConstraint(
                fields=["satker_code"],
                condition=~Q(satker_code=""),
                name="programs_organization_satker_once",
                violation_error_message="Kode satker ini sudah dipakai unit lain.",
            ),
        ]

    def __str__(self):
        return self.name


class Membership(models.Model):
    """A person's place in an organization. Only an approved one opens anything."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="orang",
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, verbose_name="organisasi", related_name="memberships"
    )
    role = models.CharField(
        "peran", max_length=10, choices=MembershipRole, default=MembershipRole.MEMBER
    )
    state = models.CharField(
        "keadaan", max_length=10, choices=MembershipState, default=MembershipState.PENDING
    )
    requested_at = models.DateTimeField("diminta pada", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="diputuskan oleh",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        ordering = ["organization", "requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=MembershipRole, state__in=MembershipState),
                name="programs_membership_words_known",
            ),
            models.UniqueConstraint(
                fields=["user", "organization"],
                condition=~Q(state=MembershipState.ENDED),
                name="programs_membership_once",
                violation_error_message="Orang ini sudah terdaftar pada organisasi yang sama.",
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.organization}"
