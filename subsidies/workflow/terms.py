"""The life of a call's terms and of its money: publish, replace by a new version, allocate."""

from django.db import transaction
from django.utils import timezone

from programs.transitions import TransitionNotAllowed
from subsidies.enums import LedgerKind
from subsidies.models import LedgerEntry, Scheme

CHILDREN = ["rates", "scales", "kbli_codes", "documents", "stage_targets"]


@transaction.atomic
def publish(scheme, *, by):
    """Put a version into force; from now on it stands. The version before it takes no more drafts.

    Raises ``TransitionNotAllowed`` for terms that could judge nobody.
    """
    scheme = Scheme.objects.select_for_update(of=("self",)).get(pk=scheme.pk)
    if scheme.published_at:
        raise TransitionNotAllowed("Versi ini sudah diterbitkan.")
    lacking = [
        label
        for name, label in [
            ("rates", "tarif"),
            ("scales", "batas skala"),
            ("documents", "dokumen"),
            ("stage_targets", "target layanan"),
        ]
        if not getattr(scheme, name).exists()
    ]
    if lacking:
        raise TransitionNotAllowed(f"Lengkapi dahulu: {', '.join(lacking)}.")
    now = timezone.now()
    Scheme.objects.filter(code=scheme.code).published().update(superseded_at=now)
    scheme.published_at = now
    scheme.save(update_fields=["published_at"])
    return scheme


@transaction.atomic
def new_version(scheme, *, by):
    """Copy a published version to a draft of the next one, to be changed and published."""
    latest = Scheme.objects.filter(code=scheme.code).order_by("-version").first()
    if latest.published_at is None:
        raise TransitionNotAllowed(f"Versi {latest.version} masih berupa konsep. Ubah versi itu.")
    rows = [row for name in CHILDREN for row in getattr(latest, name).all()]
    latest.pk, latest.version = None, latest.version + 1
    latest.published_at = latest.superseded_at = None
    latest._state.adding = True
    latest.save()
    for row in rows:
        row.pk, row.scheme = None, latest
        row._state.adding = True
        row.save()
    return latest


def allocate(budget_line, *, amount, note, by):
    """Set money aside for a call, or take some back (a negative ``amount``), in rupiah.

    The database refuses to take back what is reserved, committed or paid.
    """
    return LedgerEntry.objects.create(
        budget_line=budget_line, kind=LedgerKind.ALLOCATE, amount=amount, note=note, actor=by
    )
