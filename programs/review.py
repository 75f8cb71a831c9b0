"""Doubts about the register's own rows: the system raises them, an officer settles them."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from programs.enums import OrganizationKind, ReviewReason
from programs.identifiers import warnings_for_nik
from programs.models import IkmProfile, KbliCode, Organization, ReviewFlag
from programs.sealed import blind_index
from programs.transitions import TransitionNotAllowed


class Doubt(NamedTuple):
    """Something that looks wrong. ``words`` are for whoever typed it, ``note`` for the officer.

    Without ``words`` the person is not told: it would tell them about somebody else.
    """

    reason: ReviewReason
    field: str
    words: str
    note: str


SAME_NIK = Doubt(
    ReviewReason.DUPLICATE_NIK, "nik", "", "NIK pemilik sama dengan NIK pemilik usaha lain."
)


def odd_nik(nik):
    """The doubt that a NIK is mistyped, or None."""
    words = " ".join(warnings_for_nik(nik))
    return Doubt(ReviewReason.ODD_NIK, "nik", words, words) if words else None


def unknown_kbli(code, version):
    words = (
        f"KBLI {code} tidak ada dalam daftar industri KBLI {version}. Cocokkan dengan NIB Anda. "
        "Bila sudah sama, lanjutkan; petugas akan memeriksanya."
    )
    note = f"KBLI {code} ({version}) tidak dikenal."
    return Doubt(ReviewReason.UNKNOWN_KBLI, "kbli_code", words, note)


def doubts_about(*, nib="", nik="", kbli_code="", kbli_version=2020, besides=None):
    """What looks wrong about an IKM with these numbers. Empty ones are not looked at.

    ``besides`` is the IKM itself when it is in the register already.
    """
    others = Organization.objects.of_kind(OrganizationKind.IKM)
    profiles = IkmProfile.objects.all()
    if besides is not None:
        others, profiles = others.exclude(pk=besides.pk), profiles.exclude(organization=besides)
    doubts = []
    if nib and others.filter(nib=nib).exists():
        words = (
            "NIB ini sudah dipakai usaha lain yang terdaftar. Bila itu usaha Anda juga, mintalah "
            "bergabung. Bila tidak, lanjutkan; petugas akan memeriksanya."
        )
        doubts.append(Doubt(ReviewReason.DUPLICATE_NIB, "nib", words, f"NIB {nib} dipakai ganda."))
    if nik and (doubt := odd_nik(nik)):
        doubts.append(doubt)
    if nik and profiles.filter(owner_nik_index=blind_index(nik, purpose="nik")).exists():
        doubts.append(SAME_NIK)
    if kbli_code and not _is_industry(kbli_code, kbli_version):
        doubts.append(unknown_kbli(kbli_code, kbli_version))
    return doubts


def raise_flags(organization, doubts):
    """Put doubts before an officer; one that already waits there is not raised twice."""
    ReviewFlag.objects.bulk_create(
        [
            ReviewFlag(organization=organization, reason=doubt.reason, note=doubt.note[:500])
            for doubt in doubts
        ],
        ignore_conflicts=True,
    )


def _is_industry(code, version):
    # The register holds all divisions of industry, but not every one of their classes.
    return KbliCode.objects.filter(version=version, code__in=[code, code[:2]]).exists()


@transaction.atomic
def resolve_flag(flag, *, by, outcome):
    """Close a doubt with what was found. Two officers at once: the second is told."""
    flag = ReviewFlag.objects.select_for_update().get(pk=flag.pk)
    if flag.resolved_at:
        raise TransitionNotAllowed(
            f"Hal ini sudah diselesaikan oleh {flag.resolved_by}. Muat ulang halaman."
        )
    flag.outcome = outcome
    flag.resolved_at = timezone.now()
    flag.resolved_by = by
    flag.save(update_fields=["outcome", "resolved_at", "resolved_by"])
    return flag
