"""Whom the records of this app open a file or a paper to."""

from partnerships.models import Activity, Agreement, Amendment, Memorandum
from partnerships.permissions import can_open_tax_facts
from partnerships.workflow.tax_facts import agreement_of
from programs.documents import opens_documents
from programs.enums import PaperKind
from programs.papers import opens_papers


@opens_documents
def an_agreement_holds_the_scan(user, document):
    """The signed paper: for both sides, the Dinas of the region, and officers."""
    return Agreement.objects.visible_to(user).filter(signed_document=document).exists()


@opens_documents
def an_activity_holds_the_evidence(user, document):
    agreements = Agreement.objects.visible_to(user)
    return Activity.objects.filter(evidence=document, agreement__in=agreements).exists()


@opens_documents
def a_memorandum_holds_the_scan(user, document):
    """For officers who may see memoranda; nobody outside the ministry is a reader of them."""
    return (
        user.has_perm("partnerships.view_memorandum")
        and Memorandum.objects.filter(document=document).exists()
    )


@opens_papers
def it_is_the_text_of_an_agreement(user, paper):
    """Every version of the text, and every addendum, opens to whom the agreement does."""
    if paper.kind == PaperKind.AGREEMENT:
        pk = paper.key.removeprefix("partnerships.agreement.").partition(".")[0]
        return Agreement.objects.visible_to(user).filter(pk=pk).exists()
    if paper.kind == PaperKind.AMENDMENT:
        agreements = Agreement.objects.visible_to(user)
        return Amendment.objects.filter(paper=paper, agreement__in=agreements).exists()
    return False


@opens_papers
def it_is_the_tax_annex_of_an_agreement(user, paper):
    """For both sides and officers, an annex that was replaced too."""
    agreement = Agreement.objects.filter(pk=agreement_of(paper)).first()
    return agreement is not None and can_open_tax_facts(user, agreement)
