"""Whom the records of this app open an issued paper to (see ``programs.papers``)."""

from programs.enums import PaperKind
from programs.papers import opens_papers
from training.models import Registration
from training.workflow.certificates import registration_of
from training.workflow.jp_record import owner_of


@opens_papers
def a_registration_holds_it(user, paper):
    """A certificate, a replaced one too: its holder, the Dinas that sent them, the organizers."""
    if paper.kind != PaperKind.CERTIFICATE:
        return False
    return Registration.objects.visible_to(user).filter(pk=registration_of(paper)).exists()


@opens_papers
def it_is_their_own_record(user, paper):
    return owner_of(paper) == user.pk
