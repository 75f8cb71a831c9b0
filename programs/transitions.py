"""Moving a record from one status to the next: lock it, check it, save it, write it down."""

from dataclasses import dataclass

from django.db import transaction


class TransitionNotAllowed(Exception):
    """The record cannot make this move now. The message is written for the person who tried."""


@dataclass(frozen=True)
class Transition:
    """A named arrow of a workflow diagram.

    ``label`` is the verb on the officer's button; ``needs_reason`` moves are refused without one,
    by ``finish`` and by a CHECK of the history table.
    """

    action: str
    label: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False


def arrows(moves):
    """The (from, to) pairs of ``moves``, as the status trigger wants them."""
    return sorted({(str(source), str(move.target)) for move in moves for source in move.sources})


def reasoned(moves):
    """The actions that may not stand in a history without a reason."""
    return sorted(move.action for move in moves if move.needs_reason)


def begin(move, record):
    """Return a fresh, locked copy of ``record`` that stands where the arrow starts.

    When two people press a button at the same moment, the second waits here and is
    then told that the record has moved on. The lock lasts until the transaction ends.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("begin() outside a transaction would lock nothing.")
    record = type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
    if record.status not in move.sources:
        raise TransitionNotAllowed(
            f"{move.label} tidak dapat dilakukan: status saat ini "
            f"“{record.get_status_display()}”. Muat ulang halaman untuk melihat keadaan terbaru."
        )
    return record


def finish(move, record, *, by, reason="", rule_version=""):
    """Put ``record`` at the arrow's end, save it, and add the line to its history."""
    if move.needs_reason and not reason.strip():
        raise TransitionNotAllowed(f"{move.label} harus disertai alasan.")
    from_status, record.status = record.status, move.target
    record.save()
    return record.history.create(
        action=move.action,
        from_status=from_status,
        to_status=move.target,
        actor=by,
        reason=reason,
        rule_version=rule_version,
    )
