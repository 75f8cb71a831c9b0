"""The eligibility check, open to all. Nothing is stored: the address holds the answers."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.models import Holiday
from programs.working_days import working_days_between
from subsidies import eligibility
from subsidies.enums import Verdict
from subsidies.explanation import explain
from subsidies.forms.eligibility import MOST_MACHINES, BusinessAnswersForm, MachineAnswersForm
from subsidies.models import Scheme
from subsidies.rules import estimate, judge


@require_safe
@login_not_required
def eligibility_check(request):
    """The questions; with answers in the address, what they amount to."""
    today = timezone.localdate()
    scheme, others = _call_to_judge_by(request.GET.get("skema"), today=today)
    if scheme is None:
        return render(request, "subsidies/eligibility_closed.html")
    asked = "cek" in request.GET
    data = request.GET if asked else None
    form = BusinessAnswersForm(data)
    machine_forms = [
        MachineAnswersForm(data, prefix=f"m{number}") for number in range(1, MOST_MACHINES + 1)
    ]
    page = {
        "scheme": scheme,
        "others": others,
        "is_open": scheme.opens_on <= today <= scheme.closes_on,
        "is_coming": today < scheme.opens_on,
        "form": form,
        "machine_forms": machine_forms,
    }
    is_answered = asked and not any(one.errors for one in [form, *machine_forms])
    if is_answered and "ubah" not in request.GET:
        machines = [one.cleaned_data for one in machine_forms if one.is_answered]
        result = _result(scheme, form.cleaned_data, machines, today=today)
        return render(request, "subsidies/eligibility_result.html", page | result)
    status = 422 if asked and not is_answered else 200
    return render(request, "subsidies/eligibility_form.html", page, status=status)


def _call_to_judge_by(code, *, today):
    """The call that is asked for, else the open one that closes first, else the latest one."""
    published = Scheme.objects.published().with_terms().prefetch_related("documents")
    if code:
        return get_object_or_404(published, code=code), []
    opened = list(published.open(today=today).order_by("closes_on", "pk"))
    if opened:
        return opened[0], opened[1:]
    return published.order_by("-closes_on", "-pk").first(), []


def _result(scheme, business, machines, *, today):
    day = eligibility.day_of_judgement(scheme, today=today)
    terms = scheme.terms()
    facts = eligibility.facts_from(business, machines, applied_on=day)
    results = [rule for rule in judge(facts, terms) if rule.code != eligibility.WINDOW]
    counted = {
        verdict: sum(1 for rule in results if rule.verdict == verdict) for verdict in Verdict
    }
    priced = replace(facts, machines=tuple(m for m in facts.machines if m.claimed))
    calculation = estimate(priced, terms) if priced.machines else None
    named = dict(enumerate((machine.name, machine.origin) for machine in priced.machines))
    return {
        "today": today,
        "results": eligibility.failures_first(results),
        "passed": counted[Verdict.PASS],
        "failed": counted[Verdict.FAIL],
        "unknown": counted[Verdict.UNKNOWN],
        "calculation": calculation,
        "explained": (
            explain(calculation.lines, named, ceiling=scheme.ceiling) if calculation else None
        ),
        "papers": eligibility.papers_to_prepare(scheme, business, machines),
        "answers": eligibility.seal_answers(business, machines),
        "days_left": working_days_between(today, scheme.closes_on, Holiday.objects.days()),
    }
