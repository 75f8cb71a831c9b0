"""Handing in a half-yearly report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from partnerships.forms.reports import ReportForm
from partnerships.models import Agreement, Report
from partnerships.news import page_of
from partnerships.views.asking import ask
from partnerships.views.reach import own
from partnerships.workflow import cooperation as workflow
from programs.asking import typed
from programs.once import once


@require_http_methods(["GET", "HEAD", "POST"])
@once
def report_file(request, pk):
    """One form for the two sides: whoever comes first hands it in for both."""
    report = get_object_or_404(
        Report.objects.filter(agreement__in=Agreement.objects.visible_to(request.user)), pk=pk
    )
    agreement, side = own(request, report.agreement_id)
    report.agreement = agreement
    if request.method != "POST" and report.filed_at:
        messages.info(request, f"Laporan {report.period_name} sudah diisi.")
        return redirect(f"{page_of(agreement)}#laporan")
    return ask(
        request,
        ReportForm(typed(request)),
        lambda values: workflow.file_report(report, by=request.user, side=side, **values),
        agreement=agreement,
        done=f"Laporan {report.period_name} diterima. Petugas membacanya dan memberi evaluasi.",
        template="partnerships/report_file.html",
        report=report,
        activities=agreement.activities.counted().order_by("-starts_on")[:20],
        draft=f"pks-{agreement.pk}-laporan-{report.pk}",
    )
