"""The page of the technical team: cuts with their reasons, the calculation, then the decision."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from programs.desk import desk
from programs.kept_input import fill_all, take
from programs.transitions import TransitionNotAllowed
from subsidies import permissions
from subsidies.admin.record_pages import address, load
from subsidies.enums import Stage
from subsidies.explanation import explain
from subsidies.forms.desk_assessment import Assessment
from subsidies.workflow import decision


def assess(request, pk):
    """“Hitung ulang” shows the calculation for the cuts, “Tetapkan nilai” writes it down."""
    record = load(request, pk)
    if not permissions.can_assess(request.user, record.application):
        raise PermissionDenied
    if record.stage != Stage.ASSESSMENT:
        messages.error(
            request,
            f"Penilaian tidak dapat diisi: permohonan ini sekarang pada tahap "
            f"“{record.stage.label}”.",
        )
        return redirect(address(record))
    machines = _priced(record)
    one_more = request.POST.get("baris", "")
    typed = request.POST if request.method == "POST" else None
    form = Assessment(machines, typed, one_more=one_more)
    fill_all(form, take(request))
    calculation = None
    if request.method == "GET":
        calculation = _preview(request, record, {m.pk: _kept(m) for m in machines})
    elif form.is_valid():
        calculation = _preview(request, record, form.cuts)
        if calculation and "tetapkan" in request.POST and _write(request, record, form):
            messages.success(request, "Nilai ditetapkan dan diteruskan untuk disetujui.")
            return redirect(address(record))
    context = desk(
        request,
        admin.site,
        title="Penilaian",
        record=record,
        application=record.application,
        scheme=record.application.scheme,
        excluded=", ".join(record.application.scheme.excluded_costs.split("\n")),
        assessment=form,
        calculation=calculation,
        explained=_explained(record, machines, calculation),
        after=calculation and record.balance["available"] - calculation.reimbursed,
    )
    refused = request.method == "POST" and not (calculation and "tetapkan" not in request.POST)
    return TemplateResponse(
        request, "subsidies/desk_assess.html", context, status=422 if refused else 200
    )


def _priced(record):
    return list(record.application.machines.exclude(claimed=None).prefetch_related("cuts"))


def _kept(machine):
    """The cuts of an assessment that was given back: a start for the next one."""
    return [(cut.reason, cut.note, cut.amount) for cut in machine.cuts.all()]


def _preview(request, record, cuts):
    try:
        return decision.preview_assessment(record.application, cuts=cuts)
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
        return None


def _write(request, record, form):
    other = form.other.cleaned_data
    try:
        decision.assess(
            record.application,
            by=request.user,
            cuts=form.cuts,
            today=record.today,
            amount=other["amount"],
            override_reason=other["override_reason"],
        )
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
        return False
    except ValidationError as problem:
        for sentence in problem.messages:
            messages.error(request, sentence)
        return False
    return True


def _explained(record, machines, calculation):
    if calculation is None:
        return None
    names = {at: (machine.name, machine.origin) for at, machine in enumerate(machines)}
    return explain(calculation.lines, names, ceiling=record.application.scheme.ceiling)
