"""The open eligibility check: from a few answers to facts, papers to prepare, and a first draft."""

from datetime import date
from typing import NamedTuple

from django.core import signing

from subsidies.checklist import slots_of
from subsidies.enums import Condition, Verdict
from subsidies.models import Application, Machine
from subsidies.terms import Facts, MachineFacts

SALT = "subsidies.eligibility"
# The rule that asks whether a call is open on the day.
WINDOW = "window"
# What of the answers an application has a field for, under which name.
FOR_THE_APPLICATION = [
    "legal_form",
    "kbli_code",
    "kbli_version",
    "workers",
    "investment",
    "other_scheme_this_year",
]
FOR_A_MACHINE = {
    "name": "name",
    "origin": "origin",
    "price": "unit_price",
    "is_new": "is_new",
    "bought_on": "bought_on",
    "installed_on": "installed_on",
    "payment_method": "payment_method",
}
READING_ORDER = {Verdict.FAIL: 0, Verdict.UNKNOWN: 1, Verdict.PASS: 2}


class Paper(NamedTuple):
    """A paper to prepare. ``when`` says for whom, where not for all."""

    label: str
    hint: str
    when: str = ""


def facts_from(business, machines, *, applied_on):
    """The facts that the answers tell; what was left open stays unknown."""
    return Facts(
        applied_on=applied_on,
        workers=business["workers"],
        investment=business["investment"],
        kbli_code=business["kbli_code"],
        kbli_version=business["kbli_version"],
        has_licence=business["has_licence"],
        participations=business["participations"],
        other_scheme_this_year=business["other_scheme_this_year"],
        machines=tuple(
            MachineFacts(
                name=name_of(machine, number),
                origin=machine["origin"],
                claimed=machine["price"] or 0,
                is_new=machine["is_new"],
                bought_on=machine["bought_on"],
                installed_on=machine["installed_on"],
                payment_method=machine["payment_method"],
                has_tax_invoice=machine["has_tax_invoice"],
            )
            for number, machine in enumerate(machines, start=1)
        ),
    )


def name_of(machine, number):
    return machine["name"] or f"Mesin {number}"


def day_of_judgement(scheme, *, today):
    """Today, or the nearest day on which ``scheme`` takes applications."""
    return min(max(today, scheme.opens_on), scheme.closes_on)


def failures_first(results):
    return sorted(results, key=lambda result: READING_ORDER[result.verdict])


def papers_to_prepare(scheme, business, machines):
    """What this business will have to hand in for these machines, each paper once."""
    application = Application(scheme=scheme, legal_form=business["legal_form"])
    bought = [Machine(origin=machine["origin"]) for machine in machines] or [Machine()]
    needed = {
        slot.kind: Paper(slot.label, slot.explanation.hint)
        for slot in slots_of(application, machines=bought, files=[])
        if slot.required
    }
    for asked in scheme.documents.all():
        if asked.kind not in needed and asked.condition != Condition.OPTIONAL:
            needed[asked.kind] = Paper(
                asked.get_kind_display(), "", when=asked.get_condition_display()
            )
    # Those asked for under a condition that these answers do not meet come last.
    return sorted(needed.values(), key=lambda paper: bool(paper.when))


def seal_answers(business, machines):
    """The answers as a token that the start page of an application reads again."""
    told = {name: business[name] for name in FOR_THE_APPLICATION}
    bought = [
        {ours: _plain(machine[theirs]) for theirs, ours in FOR_A_MACHINE.items()}
        | {"name": name_of(machine, number)}
        for number, machine in enumerate(machines, start=1)
    ]
    return signing.dumps([told, bought], salt=SALT, compress=True)


def open_answers(token):
    """(answers, machines) of a token made by ``seal_answers``; None for any other text."""
    try:
        told, bought = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    for machine in bought:
        for name in ("bought_on", "installed_on"):
            if machine[name]:
                machine[name] = date.fromisoformat(machine[name])
    # An open answer must not wipe out what the register knows.
    return {name: value for name, value in told.items() if value not in (None, "")}, bought


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value
