"""Doubts about the register's own rows: the system raises them, an officer settles them."""

from django.db import transaction
from django.utils import timezone

from programs.models import ReviewFlag
from programs.transitions import TransitionNotAllowed


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
