"""The facts of a year for the super tax deduction, and their paper. No tax is computed.

Entered anew, the facts of a year make another paper that replaces the earlier one for a reason;
what stood on the earlier one stays in it.
"""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from partnerships.enums import SIGNED, UNITS, ScopeKind
from partnerships.models import Agreement, TaxFacts
from partnerships.models.tax_facts import COSTS
from programs.enums import PaperKind, PaperState
from programs.models import IssuedPaper
from programs.papers import issue_paper, next_number, replace_paper
from programs.transitions import TransitionNotAllowed

# PMK 128/PMK.010/2019 applies from this tax year on.
FIRST_YEAR = 2019
# Praktik kerja, pemagangan, pembelajaran: whose people the costs are for. Who also took a
# competence test is one of these already.
TAKING_PART = [ScopeKind.INTERNSHIP, ScopeKind.TEACHER_INTERNSHIP, ScopeKind.INDUSTRY_CLASS]


class Done(NamedTuple):
    """What the activities of a year add up to, of one kind."""

    kind: str
    quantity: int
    unit: str


def years_of(agreement, *, today):
    """The tax years for which facts can be entered, the latest first; none before the signature."""
    if agreement.status not in SIGNED:
        return []
    last_day = min(agreement.terminated_on or agreement.ends_on, today)
    return list(range(last_day.year, max(agreement.starts_on.year, FIRST_YEAR) - 1, -1))


def hindrance(agreement, year, *, today):
    """Why nothing can be entered for this year, as a sentence; empty when it can."""
    if agreement.status not in SIGNED:
        return (
            "Lampiran super tax deduction hanya untuk PKS yang sudah ditandatangani. Status PKS "
            f"ini “{agreement.get_status_display()}”."
        )
    if year > today.year:
        return f"Tahun {year} belum berjalan. Isi lampiran paling cepat pada tahun itu sendiri."
    years = years_of(agreement, today=today)
    if year not in years:
        first = max(agreement.starts_on.year, FIRST_YEAR)
        if not years:
            return f"PKS ini tidak berlaku pada satu pun tahun pajak sejak {FIRST_YEAR}."
        span = f"tahun {years[0]}" if len(years) == 1 else f"tahun {first} sampai {years[0]}"
        return f"Lampiran PKS ini hanya dapat diisi untuk {span}. Anda memilih tahun {year}."
    return ""


def done_in(agreement, year):
    """The activities that began in ``year``, added up by kind, in the order of the kinds."""
    sums = dict(
        agreement.activities.counted()
        .filter(starts_on__year=year)
        .values_list("kind")
        .annotate(total=Sum("quantity"))
        .order_by()
    )
    return [Done(kind.label, sums[kind], UNITS[kind]) for kind in ScopeKind if kind in sums]


def participants_in(agreement, year):
    """How many people took part, as far as activities were recorded: a proposal for the form."""
    activities = agreement.activities.counted().filter(starts_on__year=year, kind__in=TAKING_PART)
    return activities.aggregate(total=Sum("quantity"))["total"] or 0


@transaction.atomic
def enter(agreement, year, *, by, today, values, reason=""):
    """Keep the facts of a year and issue their paper; the same facts again change nothing.

    ``values`` are the participants, the five costs and the note. ``reason`` says why facts that
    were entered before are replaced.
    """
    # One at a time for each agreement, or two presses would make two valid papers of one year.
    agreement = Agreement.objects.select_for_update(of=("self",)).with_names().get(pk=agreement.pk)
    if sentence := hindrance(agreement, year, today=today):
        raise TransitionNotAllowed(sentence)
    facts = TaxFacts.objects.filter(agreement=agreement, year=year).first()
    facts = facts or TaxFacts(agreement=agreement, year=year)
    for name in ["participants", *COSTS, "note"]:
        setattr(facts, name, values[name])
    facts.entered_by = by
    facts.full_clean(exclude=["agreement", "entered_by"])
    printed = printed_facts(facts)
    earlier = facts.paper
    if earlier and earlier.facts == printed:
        return facts
    if earlier and not reason.strip():
        raise TransitionNotAllowed("Tulis alasan mengganti lampiran yang sudah terbit.")
    facts.paper = _issue(facts, printed, by=by, today=today)
    facts.save()
    if earlier and earlier.state == PaperState.VALID:
        replace_paper(earlier, facts.paper, reason=reason)
    return facts


def _issue(facts, printed, *, by, today):
    agreement, year = facts.agreement, facts.year
    prefix = f"{keys_of(agreement)}{year}."
    earlier = IssuedPaper.objects.filter(key__startswith=prefix).count()
    number = next_number(f"lampiran-std/{today.year}")
    return issue_paper(
        PaperKind.TAX_ANNEX,
        key=f"{prefix}{earlier + 1}",
        number=f"{number:05d}/STD/{today.year}",
        subject=f"Lampiran super tax deduction tahun {year}, PKS {agreement.number}"[:200],
        holder=agreement.company.name,
        facts=printed,
        on=today,
        by=by,
        organization=agreement.company,
    )


def keys_of(agreement):
    return f"partnerships.tax.{agreement.pk}."


def agreement_of(paper):
    """The key of the agreement whose annex ``paper`` is; None for a paper of another kind."""
    if paper.kind != PaperKind.TAX_ANNEX:
        return None
    return int(paper.key.split(".")[2])


def printed_facts(facts):
    """What stands on the paper, as plain JSON with amounts in whole rupiah."""
    agreement = facts.agreement
    school, company = agreement.school, agreement.company
    return {
        "year": facts.year,
        "company": company.name,
        "nib": company.nib,
        "company_address": _address(company),
        "school": school.name,
        "npsn": school.npsn,
        "school_address": _address(school),
        "agreement_number": agreement.number,
        "signed_on": agreement.signed_on.isoformat(),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": (agreement.terminated_on or agreement.ends_on).isoformat(),
        "competences": [one.full_name for one in agreement.competences.order_by("code", "pk")],
        "participants": facts.participants,
        "done": [one._asdict() for one in done_in(agreement, facts.year)],
        "costs": [{"name": _name_of(cost), "amount_rp": getattr(facts, cost)} for cost in COSTS],
        "total_rp": facts.total,
        "note": facts.note,
        "contact": settings.HELP_CONTACT,
    }


def _name_of(cost):
    """“Instruktur atau pengajar”: the unit stands in its column."""
    words = str(TaxFacts._meta.get_field(cost).verbose_name).removesuffix(" (Rp)")
    return words[:1].upper() + words[1:]


def _address(organization):
    parts = [organization.address, organization.region.full_name if organization.region else ""]
    return ", ".join(part for part in parts if part)
