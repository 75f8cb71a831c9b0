"""The life of a PKS up to its text: proposed, agreed to, matched, drafted; and its early ends.

Nothing but ``partnerships.workflow`` writes ``Agreement.status``. Every move locks the agreement.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from partnerships import arrows
from partnerships.enums import LIVE, AgreementStatus, Side, Source
from partnerships.models import Agreement, AgreementCompetence, ScopeItem
from partnerships.news import tell_both, tell_officers, tell_side
from partnerships.permissions import other, proposer_of, waits_for
from partnerships.workflow.figures import refresh_soon
from programs.enums import NotificationKind, OrganizationKind
from programs.models import Organization
from programs.transitions import TransitionNotAllowed, begin, finish

Status = AgreementStatus


@transaction.atomic
def propose(
    *, school, company, competences, by, source, purpose="", scope=(), phase=None, renews=None
):
    """Propose a cooperation of a SMK and a company for these competences.

    ``scope`` are (kind, target or None, note). The side that proposes has agreed by doing so; an
    officer's proposal waits for both. Raises ``TransitionNotAllowed`` with the reason.
    """
    competences = list(competences)
    _refuse_unless_pair(school, company)
    if not competences:
        raise TransitionNotAllowed("Pilih paling sedikit satu kompetensi.")
    lock_school(school)
    _refuse_doubles(school, company, competences, renews)
    now = timezone.now()
    agreement = Agreement(
        school=school,
        company=company,
        phase=phase,
        purpose=purpose,
        renews=renews,
        source=source,
        proposed_by=by,
        school_confirmed_at=now if source == Source.SCHOOL else None,
        company_confirmed_at=now if source == Source.COMPANY else None,
        **_signatories(school, company),
    )
    if renews:
        agreement.starts_on, agreement.ends_on = next_term(renews)
    agreement.full_clean()
    agreement.save()
    set_competences(agreement, competences)
    set_scope(agreement, scope)
    entry = agreement.history.create(
        action="propose", from_status="", to_status=Status.PROPOSED, actor=by
    )
    proposer = proposer_of(agreement)
    who = {Side.SCHOOL: school, Side.COMPANY: company}.get(proposer, "Kementerian Perindustrian")
    for side in Side:
        if side != proposer:
            tell_side(
                agreement,
                side,
                fact=f"agreement.{entry.pk}",
                subject=f"Usulan kerja sama dari {who}",
                body=f"{who} mengusulkan kerja sama untuk {_names(competences)}. Baca usulannya, "
                "lalu setujui atau tolak.",
                kind=NotificationKind.TASK,
            )
    return agreement


@transaction.atomic
def confirm(agreement, *, by, side):
    """Say yes for one side. When both have, the officers match the competences."""
    agreement = begin_with_names(arrows.CONFIRM, agreement)
    if not waits_for(agreement, side):
        raise TransitionNotAllowed(f"Pihak {Side(side).label} sudah menyetujui usulan ini.")
    if side == Side.SCHOOL:
        agreement.school_confirmed_at = timezone.now()
    else:
        agreement.company_confirmed_at = timezone.now()
    if waits_for(agreement, other(side)):
        agreement.save()
        agreement.history.create(
            action=f"confirm_{side.lower()}",
            from_status=agreement.status,
            to_status=agreement.status,
            actor=by,
        )
        return agreement
    entry = finish(arrows.CONFIRM, agreement, by=by)
    tell_side(
        agreement,
        other(side),
        fact=f"agreement.{entry.pk}",
        subject="Usulan kerja sama disetujui",
        body="Pihak lain menyetujui usulan ini. Petugas Kementerian mencocokkan kompetensinya; "
        "sesudah itu naskah perjanjian dapat diisi.",
    )
    tell_officers(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Cocokkan kompetensi usulan kerja sama",
        body="Kedua pihak sudah setuju. Periksa kompetensi dan lingkup, lalu teruskan ke naskah.",
    )
    return agreement


@transaction.atomic
def decline(agreement, *, by, reason):
    """Refuse the proposal for good. Everybody else who has a part in it reads why."""
    agreement = begin_with_names(arrows.DECLINE, agreement)
    entry = finish(arrows.DECLINE, agreement, by=by, reason=reason)
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Usulan kerja sama tidak disepakati",
        body=f"Alasan: {reason}",
    )
    return agreement


@transaction.atomic
def withdraw(agreement, *, by, reason):
    """Take the proposal back before it is signed."""
    agreement = begin_with_names(arrows.WITHDRAW, agreement)
    entry = finish(arrows.WITHDRAW, agreement, by=by, reason=reason)
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Usulan kerja sama ditarik",
        body=f"Alasan: {reason}",
    )
    return agreement


@transaction.atomic
def match(agreement, *, by, competences=None, phase=None):
    """The ministry has looked at competences and scope; the two sides may write the text."""
    agreement = begin_with_names(arrows.MATCH, agreement)
    if competences is not None:
        replace_competences(agreement, list(competences))
    if phase is not None:
        agreement.phase = phase
    agreement.matched_by = by
    entry = finish(arrows.MATCH, agreement, by=by)
    tell_both(
        agreement,
        fact=f"agreement.{entry.pk}",
        subject="Lengkapi naskah perjanjian kerja sama",
        body="Kompetensi sudah dicocokkan. Isi penanda tangan, masa berlaku, dan target kerja "
        "sama; petugas menetapkan naskahnya setelah lengkap.",
        kind=NotificationKind.TASK,
    )
    return agreement


@transaction.atomic
def terminate(agreement, *, by, reason, on, today):
    """End a live agreement on a day within its term, today at the latest; both sides are told."""
    agreement = begin_with_names(arrows.TERMINATE, agreement)
    if on > today:
        raise TransitionNotAllowed("Hari penghentian paling akhir hari ini.")
    if not agreement.starts_on <= on <= agreement.ends_on:
        raise TransitionNotAllowed(
            f"Hari penghentian harus antara {long_day(agreement.starts_on)} dan "
            f"{long_day(agreement.ends_on)}."
        )
    agreement.terminated_on = on
    entry = finish(arrows.TERMINATE, agreement, by=by, reason=reason)
    refresh_soon()
    for body_of in (tell_both, tell_officers):
        body_of(
            agreement,
            fact=f"agreement.{entry.pk}",
            subject="Perjanjian kerja sama dihentikan",
            body=f"Perjanjian dihentikan per {long_day(on)}. Alasan: {reason}",
            kind=NotificationKind.DECISION if body_of is tell_both else NotificationKind.NEWS,
        )
    return agreement


def renew(agreement, *, by, source):
    """Propose the next agreement of the same pair, for the same things, from the day after."""
    if agreement.status not in LIVE:
        raise TransitionNotAllowed(
            "Hanya perjanjian yang masih berlaku yang dapat diperpanjang. Usulkan kerja sama baru."
        )
    return propose(
        school=agreement.school,
        company=agreement.company,
        competences=agreement.competences.all(),
        by=by,
        source=source,
        purpose=agreement.purpose,
        scope=[(item.kind, item.target, item.note) for item in agreement.scope.all()],
        phase=agreement.phase,
        renews=agreement,
    )


def next_term(agreement):
    """First and last day of the agreement that would follow: as long as this one is."""
    first = agreement.ends_on + timedelta(days=1)
    return first, first + (agreement.ends_on - agreement.starts_on)


def lock_agreement(agreement):
    """A fresh, locked copy with both names and the paper; other writers of it wait."""
    return (
        Agreement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("school", "company", "paper")
        .get(pk=agreement.pk)
    )


def lock_school(school):
    """Who proposes for a school, or decides about it, waits for who does so at this moment."""
    list(Organization.objects.select_for_update(of=("self",), no_key=True).filter(pk=school.pk))


def set_competences(agreement, competences):
    for competence in competences:
        AgreementCompetence.objects.create(agreement=agreement, competence=competence)


def set_scope(agreement, scope):
    """Write what shall be done anew; a kind that is there keeps its row."""
    wanted = {kind: (target, note) for kind, target, note in scope}
    agreement.scope.exclude(kind__in=wanted).delete()
    for kind, (target, note) in wanted.items():
        ScopeItem.objects.update_or_create(
            agreement=agreement, kind=kind, defaults={"target": target, "note": note}
        )


def replace_competences(agreement, competences):
    if not competences:
        raise TransitionNotAllowed("Pilih paling sedikit satu kompetensi.")
    agreement.competence_rows.exclude(competence__in=competences).delete()
    known = set(agreement.competence_rows.values_list("competence", flat=True))
    set_competences(agreement, [one for one in competences if one.pk not in known])


def begin_with_names(move, agreement):
    """``begin``, with the names that news and pages need read along."""
    fresh = begin(move, agreement)
    fresh.school, fresh.company = agreement.school, agreement.company
    return fresh


def _refuse_unless_pair(school, company):
    if school.kind != OrganizationKind.SCHOOL or company.kind != OrganizationKind.COMPANY:
        raise TransitionNotAllowed("Kerja sama ini antara satu SMK dan satu perusahaan.")


def _refuse_doubles(school, company, competences, renews):
    same = Agreement.objects.filter(
        school=school, company=company, competences__in=competences
    ).distinct()
    if same.under_way().exists():
        raise TransitionNotAllowed(
            f"Usulan kerja sama {school} dan {company} untuk kompetensi ini sedang berjalan. "
            "Lanjutkan usulan itu."
        )
    running = same.live()
    if renews:
        running = running.exclude(pk=renews.pk)
    if known := running.first():
        raise TransitionNotAllowed(
            f"{school} dan {company} sudah memiliki PKS untuk kompetensi ini sampai "
            f"{long_day(known.ends_on)}. Perpanjang PKS itu, atau pilih kompetensi lain."
        )


def _signatories(school, company):
    """Who signs, as far as the profiles know."""
    known = {}
    if profile := getattr(school, "school", None):
        known |= {
            "school_signatory": profile.head_name,
            "school_position": "Kepala Sekolah" if profile.head_name else "",
            "school_nip": profile.head_nip,
        }
    if profile := getattr(company, "company", None):
        known |= {
            "company_signatory": profile.signatory_name,
            "company_position": profile.signatory_position,
        }
    return known


def _names(competences):
    return ", ".join(competence.name for competence in competences)


def long_day(day):
    return date_format(day, "j F Y")
