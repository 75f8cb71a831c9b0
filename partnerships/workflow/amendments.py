"""Numbered amendments of a live PKS: named fields, agreed by both sides, applied by an officer.

Each change remembers what the field was when it was proposed. If the field is something else by
the time it shall apply, the amendment is refused with the field's name: nobody agreed to that.
"""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max

from partnerships import arrows
from partnerships.enums import (
    UNITS,
    AgreementStatus,
    AmendedField,
    AmendmentStatus,
    ScopeKind,
    Side,
)
from partnerships.models import Amendment, AmendmentChange, Competence
from partnerships.news import tell_both, tell_officers, tell_side
from partnerships.permissions import amendment_waits_for
from partnerships.workflow.agreement import (
    lock_agreement,
    long_day,
    replace_competences,
    set_scope,
)
from partnerships.workflow.figures import refresh_soon
from partnerships.workflow.text import paper_number
from programs.enums import NotificationKind, PaperKind
from programs.papers import issue_paper
from programs.transitions import TransitionNotAllowed, begin, finish

Field = AmendedField
OPEN = [AmendmentStatus.PROPOSED, AmendmentStatus.CONFIRMED]


def current(agreement, field):
    """The value of an amendable field as plain JSON."""
    if field == Field.ENDS_ON:
        return agreement.ends_on.isoformat()
    if field == Field.COMPETENCES:
        return sorted(agreement.competence_rows.values_list("competence", flat=True))
    if field == Field.SCOPE:
        return sorted([item.kind, item.target, item.note] for item in agreement.scope.all())
    if field == Field.SCHOOL_SIGNATORY:
        return [agreement.school_signatory, agreement.school_position]
    if field == Field.COMPANY_SIGNATORY:
        return [agreement.company_signatory, agreement.company_position]
    return agreement.clauses


def in_words(field, value, competences=None):
    """A value of ``current`` as people read it. ``competences`` are known ones by primary key."""
    if field == Field.ENDS_ON:
        return long_day(date.fromisoformat(value))
    if field == Field.COMPETENCES:
        known = competences if competences is not None else Competence.objects.in_bulk(value)
        return ", ".join(str(known[pk]) for pk in value if pk in known)
    if field == Field.SCOPE:
        return ", ".join(
            f"{ScopeKind(kind).label} ({target} {UNITS[kind]})" if target else ScopeKind(kind).label
            for kind, target, _ in value
        )
    if field in (Field.SCHOOL_SIGNATORY, Field.COMPANY_SIGNATORY):
        return ", ".join(part for part in value if part)
    return value or "–"


@transaction.atomic
def propose_amendment(agreement, *, by, side, reason, changes, today):
    """Propose addendum number so-and-so. ``changes`` are {field: new value as in ``current``}.

    ``side`` is None when an officer proposes; then both sides have asked for it, and it only waits
    to be applied. What does not change is left out; nothing to change is refused in words.
    """
    agreement = lock_agreement(agreement)
    if agreement.status not in (AgreementStatus.ACTIVE, AgreementStatus.ENDING):
        raise TransitionNotAllowed(
            "Addendum hanya untuk perjanjian yang berjalan. Status saat ini "
            f"“{agreement.get_status_display()}”."
        )
    if agreement.amendments.filter(status__in=OPEN, changes__field__in=list(changes)).exists():
        names = ", ".join(
            str(Field(name).label)
            for name in agreement.amendments.filter(status__in=OPEN)
            .filter(changes__field__in=list(changes))
            .values_list("changes__field", flat=True)
            .distinct()
            if name in changes
        )
        raise TransitionNotAllowed(
            f"Addendum lain yang belum diputuskan mengubah hal yang sama: {names}. Selesaikan "
            "addendum itu dahulu."
        )
    real = {
        field: (current(agreement, field), value)
        for field, value in changes.items()
        if current(agreement, field) != value
    }
    if not real:
        raise TransitionNotAllowed("Belum ada yang diubah. Ubah paling sedikit satu hal.")
    _refuse_impossible(agreement, real, today)
    last = agreement.amendments.aggregate(last=Max("number"))["last"] or 0
    amendment = Amendment(
        agreement=agreement, number=last + 1, reason=reason, side=side or "", proposed_by=by
    )
    if side is None:
        amendment.status = AmendmentStatus.CONFIRMED
    amendment.full_clean()
    amendment.save()
    AmendmentChange.objects.bulk_create(
        [
            AmendmentChange(amendment=amendment, field=field, before=before, after=after)
            for field, (before, after) in real.items()
        ]
    )
    amendment.history.create(
        action="propose_amendment", from_status="", to_status=amendment.status, actor=by
    )
    named = ", ".join(Field(field).label for field in real)
    if side is not None:
        tell_side(
            agreement,
            Side.COMPANY if side == Side.SCHOOL else Side.SCHOOL,
            fact=f"amendment.{amendment.pk}",
            subject=f"Addendum {amendment.number} diusulkan",
            body=f"Yang diubah: {named}. Alasan: {reason}",
            kind=NotificationKind.TASK,
        )
    return amendment


@transaction.atomic
def confirm_amendment(amendment, *, by, side):
    """The other side agrees; an officer then makes it effective."""
    amendment = _begin(arrows.CONFIRM_AMENDMENT, amendment)
    if side is not None and not amendment_waits_for(amendment, side):
        raise TransitionNotAllowed("Addendum ini menunggu persetujuan pihak lain.")
    entry = finish(arrows.CONFIRM_AMENDMENT, amendment, by=by)
    tell_officers(
        amendment.agreement,
        fact=f"amendment.{entry.pk}",
        subject=f"Berlakukan addendum {amendment.number}",
        body="Kedua pihak sudah setuju. Periksa isinya, lalu berlakukan atau tolak.",
    )
    return amendment


@transaction.atomic
def refuse_amendment(amendment, *, by, reason):
    amendment = _begin(arrows.REFUSE_AMENDMENT, amendment)
    entry = finish(arrows.REFUSE_AMENDMENT, amendment, by=by, reason=reason)
    tell_both(
        amendment.agreement,
        fact=f"amendment.{entry.pk}",
        subject=f"Addendum {amendment.number} ditolak",
        body=f"Alasan: {reason}",
    )
    return amendment


@transaction.atomic
def withdraw_amendment(amendment, *, by, reason):
    amendment = _begin(arrows.WITHDRAW_AMENDMENT, amendment)
    finish(arrows.WITHDRAW_AMENDMENT, amendment, by=by, reason=reason)
    return amendment


@transaction.atomic
def apply_amendment(amendment, *, by, today):
    """Let a confirmed amendment take effect today, with its paper, or refuse it in words."""
    agreement = lock_agreement(amendment.agreement)
    amendment = _begin(arrows.APPLY_AMENDMENT, amendment)
    if agreement.status not in (AgreementStatus.ACTIVE, AgreementStatus.ENDING):
        raise TransitionNotAllowed(
            f"Perjanjian ini tidak berjalan lagi: “{agreement.get_status_display()}”."
        )
    changes = list(amendment.changes.all())
    if conflict := conflict_in(agreement, changes):
        raise TransitionNotAllowed(conflict)
    _refuse_impossible(
        agreement, {change.field: (change.before, change.after) for change in changes}, today
    )
    try:
        with transaction.atomic():
            for change in changes:
                _write(agreement, change.field, change.after)
            agreement.full_clean()
            agreement.save()
    except IntegrityError as problem:
        if "partnerships_agreement_no_overlap" in str(problem):
            raise TransitionNotAllowed(
                "Kedua pihak memiliki PKS lain untuk kompetensi yang sama pada masa itu. Tolak "
                "addendum ini."
            ) from None
        raise
    amendment.in_force_on = today
    amendment.paper = issue_paper(
        PaperKind.AMENDMENT,
        key=f"partnerships.amendment.{amendment.pk}",
        number=paper_number(agreement.number, f"/A{amendment.number}"),
        subject=f"Addendum {amendment.number} perjanjian {agreement.number}",
        holder=f"{agreement.school} dan {agreement.company}",
        facts=_facts(agreement, amendment, changes),
        on=today,
        by=by,
        organization=agreement.school,
    )
    entry = finish(arrows.APPLY_AMENDMENT, amendment, by=by)
    refresh_soon()
    named = ", ".join(change.get_field_display() for change in changes)
    agreement.history.create(
        action="amend",
        from_status=agreement.status,
        to_status=agreement.status,
        actor=by,
        reason=f"Addendum {amendment.number}: {named}.",
    )
    tell_both(
        agreement,
        fact=f"amendment.{entry.pk}",
        subject=f"Addendum {amendment.number} berlaku",
        body=f"Yang berubah: {named}. Naskah addendum dapat diunduh di halaman perjanjian.",
        kind=NotificationKind.DECISION,
    )
    return amendment


def conflict_in(agreement, changes):
    """Why the changes cannot be applied any more: what somebody else has changed meanwhile."""
    for change in changes:
        now = current(agreement, change.field)
        if now != change.before:
            return (
                f"{change.get_field_display().capitalize()} sudah diubah sejak addendum ini "
                f"diusulkan, dari “{in_words(change.field, change.before)}” menjadi "
                f"“{in_words(change.field, now)}”. Tolak addendum ini, lalu usulkan yang baru."
            )
    return ""


def _write(agreement, field, value):
    if field == Field.ENDS_ON:
        agreement.ends_on = date.fromisoformat(value)
    elif field == Field.COMPETENCES:
        replace_competences(agreement, list(Competence.objects.filter(pk__in=value)))
    elif field == Field.SCOPE:
        set_scope(agreement, value)
    elif field == Field.SCHOOL_SIGNATORY:
        agreement.school_signatory, agreement.school_position = value
    elif field == Field.COMPANY_SIGNATORY:
        agreement.company_signatory, agreement.company_position = value
    else:
        agreement.clauses = value


def _refuse_impossible(agreement, real, today):
    if Field.ENDS_ON in real:
        ends_on = date.fromisoformat(real[Field.ENDS_ON][1])
        if ends_on < max(today, agreement.starts_on):
            raise TransitionNotAllowed(
                "Tanggal berakhir yang baru tidak boleh sudah lewat. Untuk mengakhiri lebih awal, "
                "hentikan perjanjian."
            )
    if Field.COMPETENCES in real and not real[Field.COMPETENCES][1]:
        raise TransitionNotAllowed("Pilih paling sedikit satu kompetensi.")
    if Field.SCOPE in real and not real[Field.SCOPE][1]:
        raise TransitionNotAllowed("Pilih paling sedikit satu lingkup kerja sama.")
    for field in (Field.SCHOOL_SIGNATORY, Field.COMPANY_SIGNATORY):
        if field in real and not all(real[field][1]):
            raise TransitionNotAllowed("Isi nama dan jabatan penanda tangan yang baru.")


def _facts(agreement, amendment, changes):
    competences = Competence.objects.in_bulk(
        {
            pk
            for change in changes
            if change.field == Field.COMPETENCES
            for pk in [*change.before, *change.after]
        }
    )
    return {
        "agreement_number": agreement.number,
        "number": amendment.number,
        "school": agreement.school.name,
        "company": agreement.company.name,
        "school_signatory": agreement.school_signatory,
        "school_position": agreement.school_position,
        "company_signatory": agreement.company_signatory,
        "company_position": agreement.company_position,
        "signed_on": agreement.signed_on.isoformat(),
        "reason": amendment.reason,
        "contact": settings.HELP_CONTACT,
        "changes": [
            {
                "field": change.get_field_display(),
                "before": in_words(change.field, change.before, competences),
                "after": in_words(change.field, change.after, competences),
            }
            for change in changes
        ],
    }


def _begin(move, amendment):
    fresh = begin(move, amendment)
    fresh.agreement = amendment.agreement
    return fresh
