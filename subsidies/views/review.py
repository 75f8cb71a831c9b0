"""The last page before the ministry: check the answers, see what is missing, send."""

from typing import NamedTuple

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs.models import Holiday, IssuedPaper
from programs.once import once
from programs.transitions import TransitionNotAllowed
from programs.working_days import working_days_between
from subsidies.answers_in_words import rows_of
from subsidies.checklist import may_edit, parts_of
from subsidies.eligibility import failures_first
from subsidies.enums import WITH_THE_IKM, ApplicationStatus, Verdict
from subsidies.explanation import explain
from subsidies.facts import facts_of
from subsidies.rules import estimate, judge
from subsidies.stages import STAGES
from subsidies.views.files import describe
from subsidies.views.part_order import address_of, open_notes
from subsidies.views.reach import own_application
from subsidies.workflow import application as workflow

# Of a group of buttons the first one has the anchor.
BUTTON_GROUPS = {"id_is_new", "id_origin", "id_other_scheme_this_year"}


class Lacking(NamedTuple):
    """Something without which the application cannot be sent, and where to mend it."""

    label: str
    where: str
    href: str


class Section(NamedTuple):
    """The answers and files of one part."""

    title: str
    change: str
    rows: list
    slots: list


@require_http_methods(["GET", "POST"])
@once
def application_review(request, pk):
    application = own_application(request, pk)
    if application.status not in WITH_THE_IKM:
        return _was_sent(request, application)
    refused = ""
    if request.method == "POST":
        send = (
            workflow.submit if application.status == ApplicationStatus.DRAFT else workflow.resubmit
        )
        try:
            send(application, by=request.user, today=timezone.localdate())
        except TransitionNotAllowed as refusal:
            refused = str(refusal)
        else:
            return redirect("subsidies:application_sent", application.pk)
    return _review_page(request, application, refused)


def _was_sent(request, application):
    day = timezone.localtime(application.submitted_at) if application.submitted_at else None
    if day:
        messages.info(
            request, "Permohonan ini sudah dikirim. Di bawah ini Anda melihat sampai di mana."
        )
    return redirect("subsidies:application_detail", application.pk)


def _review_page(request, application, refused):
    today = timezone.localdate()
    prefetch_related_objects([application], "machines__cuts")
    machines = list(application.machines.all())
    parts = parts_of(application)
    files = describe([file for part in parts for slot in part.slots for file in slot.files])
    facts = facts_of(application, today=today, machines=machines, files=files)
    terms = application.scheme.terms()
    results = judge(facts, terms)
    calculation = estimate(facts, terms) if facts.machines else None
    named = dict(enumerate((machine.name, machine.origin) for machine in facts.machines))
    lacking = [lack for part in parts for lack in _lacking(application, part)]
    is_draft = application.status == ApplicationStatus.DRAFT
    due_on = application.scheme.closes_on if is_draft else application.due_on
    return render(
        request,
        "subsidies/application_review.html",
        {
            "application": application,
            "is_draft": is_draft,
            "refused": refused,
            "sections": [
                Section(
                    part.title,
                    address_of(application, part) if may_edit(application, part) else "",
                    rows_of(application, part),
                    [slot for slot in part.slots if slot.files or slot.required],
                )
                for part in parts
                if part.machine or part.key != "mesin"
            ],
            "lacking": lacking,
            "results": failures_first(results),
            "failed": sum(1 for result in results if result.verdict == Verdict.FAIL),
            "calculation": calculation,
            "explained": (
                explain(calculation.lines, named, ceiling=application.scheme.ceiling)
                if calculation
                else None
            ),
            "due_on": due_on,
            "days_left": working_days_between(today, due_on, Holiday.objects.days()),
            "is_closed": today > due_on,
        },
        status=422 if refused else 200,
    )


def _lacking(application, part):
    address = address_of(application, part)
    for missing in part.missing:
        anchor = f"{missing.anchor}_0" if missing.anchor in BUTTON_GROUPS else missing.anchor
        yield Lacking(missing.label, part.title, f"{address}#{anchor}" if anchor else address)
    for note in open_notes(part):
        if note.name:
            yield Lacking(f"Jawab catatan petugas: {note.text}", part.title, address)


@require_safe
def application_sent(request, pk):
    """What happens next, and when; with the receipt."""
    application = own_application(request, pk)
    if application.status in WITH_THE_IKM or application.submitted_at is None:
        return redirect("subsidies:application_detail", application.pk)
    words = STAGES[application.stage]
    return render(
        request,
        "subsidies/application_sent.html",
        {
            "application": application,
            "words": words,
            "receipt": IssuedPaper.objects.filter(key=f"receipt.{application.pk}").first(),
        },
    )
