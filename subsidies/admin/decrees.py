"""The decree that names the recipients: several approved applications, one number."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from programs.desk import desk
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed
from subsidies import permissions
from subsidies.enums import Stage
from subsidies.forms.desk_decrees import DecreeForm
from subsidies.models import Application
from subsidies.workflow.payment import issue_decree

# One page shows so many that wait; the others come after these.
AT_ONCE = 200


def issue(request):
    """Choose the recipients, then number, day and signatory; all of them or none."""
    if not permissions.can_issue_decree(request.user, None):
        raise PermissionDenied
    today = timezone.localdate()
    waiting = _waiting(request.user)
    chosen = [key for key in request.POST.getlist("permohonan") if key.isdecimal()]
    form = DecreeForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST":
        recipients = [application for application in waiting if str(application.pk) in chosen]
        if not recipients:
            form.add_error(None, "Pilih paling sedikit satu penerima.")
        elif form.is_valid():
            try:
                decree = issue_decree(recipients, by=request.user, today=today, **form.cleaned_data)
            except TransitionNotAllowed as problem:
                form.add_error(None, str(problem))
            except ValidationError as problem:
                form.add_error(None, problem.messages)
            else:
                messages.success(
                    request, f"SK {decree.number} terbit untuk {len(recipients)} penerima."
                )
                return redirect("admin:subsidies_decree_change", decree.pk)
    else:
        kept = take(request)
        fill(form, kept)
        chosen = (kept or request.GET).getlist("permohonan")
    context = desk(
        request,
        admin.site,
        title="Terbitkan surat keputusan",
        form=form,
        groups=_by_budget_line(waiting, chosen),
    )
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "subsidies/desk_decree.html", context, status=status)


def _waiting(user):
    """What is approved and in no decree yet, in the order of registration."""
    return list(
        Application.objects.on_the_desk_of(user)
        .in_stage(Stage.DECREE)
        .select_related("organization", "budget_line", "site_region__province")
        .defer("account_number")
        .order_by("budget_line", "registration_order")[:AT_ONCE]
    )


def _by_budget_line(waiting, chosen):
    """[(budget line, [(application, is chosen)], their sum)]: a decree is of one line."""
    groups = {}
    for application in waiting:
        groups.setdefault(application.budget_line, []).append(
            (application, str(application.pk) in chosen)
        )
    return [
        (line, rows, sum(application.reimbursed for application, _ in rows))
        for line, rows in groups.items()
    ]
