"""An owner's applications: the list, a new one, its page, and taking it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs.enums import MembershipState, OrganizationKind
from programs.forms import ReasonForm
from programs.kept_input import fill, take
from programs.models import Organization
from programs.once import once
from programs.transitions import TransitionNotAllowed
from subsidies.eligibility import open_answers
from subsidies.enums import WITH_THE_IKM, ApplicationStatus, Stage
from subsidies.forms.start import StartForm
from subsidies.models import Application, Scheme
from subsidies.stages import STAGES
from subsidies.views.reach import own_application, readable_application
from subsidies.views.record import record_page
from subsidies.views.task_list import task_list_page
from subsidies.workflow import application as workflow
from subsidies.workflow.carry_over import draft_from_check


@require_safe
def application_list(request):
    applications = list(
        Application.objects.of_members(request.user)
        .with_stage()
        .select_related("organization", "scheme", "visit", "disbursement")
        .order_by("-saved_at")
    )
    for application in applications:
        application.words = STAGES[application.stage]
        application.label = Stage(application.stage).label
    today = timezone.localdate()
    return render(
        request,
        "subsidies/application_list.html",
        {
            "applications": applications,
            "open_calls": Scheme.objects.open(today=today).order_by("closes_on", "pk"),
        },
    )


@require_http_methods(["GET", "POST"])
@once
def application_start(request, code):
    """Choose the IKM that applies; the answers of an eligibility check come along."""
    scheme = get_object_or_404(Scheme.objects.published(), code=code)
    today = timezone.localdate()
    mine = Organization.objects.filter(
        kind=OrganizationKind.IKM,
        memberships__user=request.user,
        memberships__state=MembershipState.APPROVED,
    ).select_related("region__province")
    under_way = list(
        Application.objects.of_members(request.user)
        .under_way()
        .filter(budget_line=scheme.budget_line_id)
        .select_related("organization")
    )
    taken = {application.organization_id for application in under_way}
    free = mine.exclude(pk__in=taken)
    form = StartForm(request.POST or None, organizations=free)
    if len(free) == 1:
        form.initial["organization"] = free[0].pk
    carried = request.POST.get("jawaban", "") or request.GET.get("jawaban", "")
    if request.method == "POST" and form.is_valid():
        answers, machines = open_answers(carried) or ({}, [])
        try:
            application = draft_from_check(
                organization=form.cleaned_data["organization"],
                scheme=scheme,
                by=request.user,
                today=today,
                answers=answers,
                machines=machines,
            )
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                "Permohonan dibuka. Isi bagian demi bagian; semuanya tersimpan dan dapat "
                "dilanjutkan kapan saja.",
            )
            return redirect("subsidies:application_detail", application.pk)
    return render(
        request,
        "subsidies/application_start.html",
        {
            "scheme": scheme,
            "is_open": scheme.opens_on <= today <= scheme.closes_on,
            "form": form,
            "free": free,
            "under_way": under_way,
            "has_pending": request.user.memberships.filter(
                state=MembershipState.PENDING, organization__kind=OrganizationKind.IKM
            ).exists(),
            "carried": carried if open_answers(carried) else "",
        },
        status=422 if form.errors else 200,
    )


@require_safe
def application_detail(request, pk):
    """While the owner writes: the parts and their state. Afterwards: the record."""
    application = readable_application(request, pk)
    if not application.is_mine and request.user.is_staff:
        return redirect("admin:subsidies_application_change", application.pk)
    if application.is_mine and application.status in WITH_THE_IKM:
        return task_list_page(request, application)
    return record_page(request, application)


@require_http_methods(["GET", "POST"])
@once
def application_withdraw(request, pk):
    """Take the application back, after saying why and being told what that means."""
    application = own_application(request, pk)
    kept = take(request)
    form = ReasonForm(
        request.POST or None,
        label="Alasan penarikan",
        hint="Beberapa kata sudah cukup. Contoh: mesin dikembalikan kepada penjual.",
        missing="Tulis alasan penarikan, beberapa kata sudah cukup.",
    )
    if request.method == "POST" and form.is_valid():
        try:
            workflow.withdraw(application, by=request.user, reason=form.cleaned_data["reason"])
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Permohonan sudah ditarik.")
            return redirect("subsidies:application_detail", application.pk)
    return render(
        request,
        "subsidies/application_withdraw.html",
        {
            "application": application,
            "form": fill(form, kept),
            "is_draft": application.status == ApplicationStatus.DRAFT,
        },
        status=422 if form.errors else 200,
    )
