"""The pages behind the list of payments: the file for the treasury, and the SP2D that come back."""

import io

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from programs.desk import desk
from programs.rupiah import format_rupiah
from programs.spreadsheets import TableRefused, stream_csv
from programs.table_import import ImportRefused, KeptFile
from subsidies import payment_file as payments
from subsidies.enums import DisbursementStatus
from subsidies.forms.money import PaymentFileForm, Sp2dFileForm
from subsidies.sp2d_import import COLUMNS, check, record

FINANCE = ["request_payment", "order_payment", "record_payment"]


def may_take_payment_file(user):
    return any(user.has_perm(f"subsidies.{deed}") for deed in FINANCE)


def payment_file(request):
    """Choose which payments; the answer to a POST is the file, and who took it is written down."""
    if not may_take_payment_file(request.user):
        raise PermissionDenied
    sums = payments.tally()
    words = {
        status.value: f"{count} pembayaran, {format_rupiah(amount)}"
        for status, (count, amount) in sums.items()
    }
    form = PaymentFileForm(request.POST or None, tally=words)
    if request.method == "POST" and form.is_valid():
        keys = payments.payments_of(form.cleaned_data["status"], form.cleaned_data["budget_line"])
        is_excel = form.cleaned_data["form"] == PaymentFileForm.Form.EXCEL
        if not keys:
            form.add_error("status", "Tidak ada pembayaran pada tahap ini. Pilih tahap lain.")
        elif is_excel and len(keys) > payments.MOST_ROWS_IN_EXCEL:
            form.add_error(
                "form",
                f"{len(keys)} baris tidak muat dalam satu berkas Excel. Pilih satu mata anggaran, "
                "atau CSV.",
            )
        else:
            payments.write_down(keys, by=request.user)
            return _file(keys, DisbursementStatus(form.cleaned_data["status"]), is_excel)
    return TemplateResponse(
        request,
        "subsidies/desk_payment_file.html",
        desk(
            request,
            admin.site,
            title="Berkas pembayaran",
            form=form,
            back=reverse("admin:subsidies_disbursement_changelist"),
        ),
    )


def _file(keys, status, is_excel):
    name = f"pembayaran-{status.value.lower()}-{timezone.localdate():%Y-%m-%d}"
    if is_excel:
        return FileResponse(payments.excel(keys), as_attachment=True, filename=f"{name}.xlsx")
    response = StreamingHttpResponse(
        stream_csv(payments.lines(keys), delimiter=";"), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def import_sp2d(request):
    """Check a file, show what each row would do, and record it when the officer says so."""
    if not request.user.has_perm("subsidies.record_payment"):
        raise PermissionDenied
    if "kode" in request.POST:
        return _record(request, request.POST["kode"])
    form = Sp2dFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            report = check(io.BytesIO(content), today=timezone.localdate())
        except TableRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, report, content)
    return _page(request, "subsidies/desk_sp2d_upload.html", form=form, columns=COLUMNS)


def _preview(request, report, content):
    code = ""
    if report.ready and not report.refused:
        code = KeptFile(request, "sp2d").keep(content)
    return _page(request, "subsidies/desk_sp2d_preview.html", report=report, code=code)


def _record(request, code):
    """Read the kept file once more and record it, all rows or none."""
    here = reverse("admin:subsidies_disbursement_import_sp2d")
    kept = KeptFile(request, "sp2d")
    content = kept.get(code)
    if content is None:
        messages.warning(
            request,
            "Pratinjau ini sudah tidak tersimpan; tidak ada yang dicatat. Unggah berkasnya lagi.",
        )
        return HttpResponseRedirect(here)
    try:
        report = record(io.BytesIO(content), by=request.user, today=timezone.localdate())
    except (TableRefused, ImportRefused) as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(here)
    if report.refused:  # somebody was faster than the officer who read the preview
        return _preview(request, report, content)
    kept.drop(code)
    known = f" {len(report.known)} baris sudah tercatat sebelumnya." if report.known else ""
    messages.success(
        request,
        f"{len(report.ready)} pembayaran dicatat, {format_rupiah(report.total)}; penerimanya "
        f"diberi tahu.{known}",
    )
    return HttpResponseRedirect(reverse("admin:subsidies_disbursement_changelist"))


def _page(request, template, **context):
    back = reverse("admin:subsidies_disbursement_changelist")
    return TemplateResponse(
        request,
        template,
        desk(request, admin.site, title="Catat SP2D dari berkas", back=back, **context),
    )
