"""The machines of an application: add one, fill it in, take it out."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, take
from programs.once import once
from programs.transitions import TransitionNotAllowed
from subsidies.estimates import limits_of
from subsidies.forms.machine import MachineForm, MachineNameForm
from subsidies.terms_in_words import excluded
from subsidies.views.part_page import part_page
from subsidies.views.reach import own_application
from subsidies.workflow import answers as workflow


@require_http_methods(["GET", "POST"])
@once
def machine_add(request, pk):
    """The name first; then everything about the machine can be saved as it is typed."""
    application = own_application(request, pk)
    kept = take(request)
    form = MachineNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            machine = workflow.add_machine(application, by=request.user, values=form.cleaned_data)
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("subsidies:application_machine", application.pk, machine.pk)
    return render(
        request,
        "subsidies/machine_add.html",
        {
            "application": application,
            "form": fill(form, kept),
            "number": application.machines.count() + 1,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@once
def application_machine(request, pk, machine_pk):
    application = own_application(request, pk)

    def find(parts):
        return next((one for one in parts if one.machine and one.machine.pk == machine_pk), None)

    def make_form(application, part, data, notes):
        return MachineForm(
            data,
            record=part.machine,
            notes=notes,
            scheme=application.scheme,
            limits=limits_of(application),
        )

    def save(values):
        machine = get_object_or_404(application.machines, pk=machine_pk)
        return workflow.save_machine(machine, by=request.user, values=values)

    def extra(application, part):
        return {"excluded": excluded(application.scheme)}

    return part_page(
        request,
        application,
        find,
        make_form=make_form,
        save=save,
        template="subsidies/part_mesin.html",
        extra=extra,
    )


@require_http_methods(["GET", "POST"])
@once
def machine_remove(request, pk, machine_pk):
    """Ask once more, then take the machine and its files out of the draft."""
    application = own_application(request, pk)
    machine = application.machines.filter(pk=machine_pk).first()
    if machine is None:
        raise Http404
    files = machine.documents.current().count()
    refused = ""
    if request.method == "POST":
        try:
            workflow.remove_machine(machine, by=request.user)
        except TransitionNotAllowed as refusal:
            refused = str(refusal)
        else:
            messages.success(request, f"{machine.name} sudah dihapus dari permohonan.")
            return redirect("subsidies:application_detail", application.pk)
    return render(
        request,
        "subsidies/machine_remove.html",
        {"application": application, "machine": machine, "files": files, "refused": refused},
        status=422 if refused else 200,
    )
