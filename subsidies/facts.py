"""From stored rows to the plain facts that the rules judge."""

from django.db.models import Count, Q, Sum
from django.utils import timezone

from subsidies.document_kinds import DocumentKind
from subsidies.enums import GRANTED
from subsidies.models import Application
from subsidies.terms import Facts, MachineFacts


def facts_of(application, *, today, machines=None, files=None):
    """What is known of ``application``, judged as of the day it was handed in (else ``today``).

    A page that holds the machines (with their cuts) and the current files already passes them.
    """
    others = Application.objects.filter(
        organization=application.organization_id, status__in=GRANTED
    ).exclude(pk=application.pk)
    applied_on = timezone.localdate(application.submitted_at) if application.submitted_at else today
    if machines is None:
        machines = application.machines.prefetch_related("cuts")
    if files is None:
        files = application.documents.current().filter(kind=DocumentKind.DOK12)
    with_tax_invoice = {file.machine_id for file in files if file.kind == DocumentKind.DOK12}
    past = others.aggregate(
        times=Count("pk"),
        this_year=Sum(
            "reimbursed", filter=Q(budget_line__fiscal_year=application.budget_line.fiscal_year)
        ),
    )
    return Facts(
        applied_on=applied_on,
        workers=application.workers,
        investment=application.investment,
        kbli_code=application.kbli_code,
        kbli_version=application.kbli_version,
        has_licence=bool(application.organization.nib),
        participations=past["times"],
        other_scheme_this_year=application.other_scheme_this_year,
        granted_this_year=past["this_year"] or 0,
        machines=tuple(
            _machine_facts(machine, has_tax_invoice=machine.pk in with_tax_invoice)
            for machine in machines
            if machine.claimed
        ),
    )


def _machine_facts(machine, *, has_tax_invoice):
    return MachineFacts(
        name=machine.name,
        origin=machine.origin,
        claimed=machine.claimed,
        is_new=machine.is_new,
        bought_on=machine.bought_on,
        paid_on=machine.paid_on,
        installed_on=machine.installed_on,
        payment_method=machine.payment_method,
        # A seller outside PPN cannot give one: whether that is so is for an officer to see.
        has_tax_invoice=has_tax_invoice or (None if not machine.seller_is_taxable else False),
        cuts=tuple((cut.words, cut.amount) for cut in machine.cuts.all()),
    )
