"""An agreement's own page for its two sides and the Dinas."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.models import Agreement, Report


@require_safe
def agreement_detail(request, pk):
    agreement = get_object_or_404(Agreement.objects.visible_to(request.user).with_names(), pk=pk)
    return render(request, "partnerships/agreement_detail.html", {"agreement": agreement})


@require_safe
def agreement_text(request, pk):
    return agreement_detail(request, pk)


@require_safe
def report_file(request, pk):
    agreements = Agreement.objects.visible_to(request.user)
    report = get_object_or_404(Report.objects.filter(agreement__in=agreements), pk=pk)
    return agreement_detail(request, report.agreement_id)
