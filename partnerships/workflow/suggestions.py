"""What becomes of a suggested pair: a proposal at one press, or a refusal that is remembered."""

from django.db import transaction
from django.utils import timezone

from partnerships.enums import BEFORE_SIGNING, LIVE, Source, SuggestionDecision
from partnerships.matching import fitting_competences
from partnerships.models import Suggestion
from partnerships.workflow import agreement as agreements
from programs.transitions import TransitionNotAllowed


@transaction.atomic
def accept(school, company, *, by):
    """Propose the pair to both sides, for every competence that fits and is not dealt with yet.

    A pair that was refused once may be accepted after all. Of two officers at the same moment the
    second is told that there is nothing left to propose.
    """
    agreements.lock_school(school)
    competences = fitting_competences(school, company)
    if not competences:
        raise TransitionNotAllowed(
            f"{school} dan {company} tidak dapat diusulkan: keduanya sudah bekerja sama atau sudah "
            "diusulkan untuk kompetensi yang cocok, atau kompetensinya tidak cocok lagi. Muat "
            "ulang halaman untuk melihat keadaan terbaru."
        )
    agreement = agreements.propose(
        school=school, company=company, competences=competences, by=by, source=Source.OFFICER
    )
    Suggestion.objects.update_or_create(
        school=school,
        company=company,
        defaults={
            "decision": SuggestionDecision.ACCEPTED,
            "agreement": agreement,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
    return agreement


@transaction.atomic
def refuse(school, company, *, by, reason):
    """Say why the two do not fit. They are suggested to neither of them again."""
    agreements.lock_school(school)
    if not reason.strip():
        raise TransitionNotAllowed("Tulis alasan pasangan ini tidak diusulkan.")
    known = (
        Suggestion.objects.select_related("agreement", "decided_by")
        .filter(school=school, company=company)
        .first()
    )
    if known and known.decision == SuggestionDecision.REFUSED:
        raise TransitionNotAllowed(
            f"{known.decided_by} sudah menandai pasangan ini tidak cocok: {known.reason}"
        )
    if known and known.agreement.status in [*BEFORE_SIGNING, *LIVE]:
        raise TransitionNotAllowed(
            f"{school} dan {company} sudah diusulkan. Keadaan PKS-nya: "
            f"{known.agreement.get_status_display()}."
        )
    suggestion = known or Suggestion(school=school, company=company)
    suggestion.decision = SuggestionDecision.REFUSED
    suggestion.reason = reason.strip()
    suggestion.agreement = None
    suggestion.decided_by = by
    suggestion.decided_at = timezone.now()
    suggestion.full_clean()
    suggestion.save()
    return suggestion
