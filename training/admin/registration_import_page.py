"""Organizers enter a list of people from a file: a preview that writes nothing, then all or none.

The rules of the list are ``training.registration_import``; the command uses the same.
"""

import io

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.models import Region
from programs.spreadsheets import TableRefused, write_xlsx
from programs.table_import import ImportRefused, KeptFile
from training.admin.reach import event_of, event_page, pages
from training.forms.desk_import import ParticipantFileForm
from training.registration_import import COLUMNS, check, record

EXAMPLE = (
    "Dr. Siti Rahmah Contoh, S.T., M.Si.",
    "198503152010012002",
    "siti.rahmah@dinas.example",
    "081234567890",
    "III/c",
    "Kepala Bidang Perindustrian",
    "Dinas Perindustrian Kota Bukittinggi",
    "13.75",
)


def import_people(request, pk):
    event = event_of(request, pk)
    if "kode" in request.POST:
        return _record(request, event)
    sent = request.method == "POST"
    form = ParticipantFileForm(
        request.POST if sent else None, request.FILES if sent else None, event=event
    )
    if sent and form.is_valid():
        content, kind = form.cleaned_data["file"].read(), form.cleaned_data["kind"]
        try:
            report = check(io.BytesIO(content), event=event, kind=kind)
        except TableRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, event, report, content, kind)
    return _page(
        request,
        event,
        "training/desk_import.html",
        status=422 if sent else 200,
        form=form,
        columns=COLUMNS,
        example=EXAMPLE,
    )


def _preview(request, event, report, content, kind):
    code = ""
    if report.ready and not report.refused:
        code = _files(request, event).keep((kind, content))
    return _page(
        request,
        event,
        "training/desk_import_preview.html",
        status=422 if report.refused else 200,
        report=report,
        code=code,
    )


def _record(request, event):
    """Read the kept file once more and enter everybody, or nobody."""
    here = redirect("admin:training_event_import", event.pk)
    kept = _files(request, event).get(request.POST["kode"])
    if kept is None:
        messages.warning(
            request,
            "Pratinjau ini sudah tidak tersimpan; belum ada yang didaftarkan. Unggah berkasnya "
            "lagi.",
        )
        return here
    kind, content = kept
    try:
        report = record(
            io.BytesIO(content), event=event, by=request.user, now=timezone.now(), kind=kind
        )
    except (TableRefused, ImportRefused) as refusal:
        messages.error(request, str(refusal))
        return here
    if report.refused:  # somebody was faster than the officer who read the preview
        return _preview(request, event, report, content, kind)
    _files(request, event).drop(request.POST["kode"])
    messages.success(request, report.in_words)
    return redirect("admin:training_event_participants", event.pk)


def _files(request, event):
    return KeptFile(request, f"peserta:{event.pk}")


def _page(request, event, template, **page):
    back = reverse("admin:training_event_participants", args=[event.pk])
    return event_page(request, event, "peserta", template, title="Impor peserta", back=back, **page)


@require_safe
def import_template(request, pk):
    """An empty table with the right headings, an example, and the code of every region."""
    event = event_of(request, pk)
    regions = Region.objects.values_list("code", "name", "province__name")
    target = io.BytesIO()
    write_xlsx(
        target,
        {
            "Peserta": [COLUMNS],
            "Contoh": [COLUMNS, EXAMPLE],
            "Kode wilayah": [("kode_kabkota", "Nama", "Provinsi"), *regions],
        },
    )
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"peserta-{event.slug}.xlsx")


def urls(model_admin):
    return pages(
        model_admin,
        [
            ("peserta/impor/", import_people, "import"),
            ("peserta/impor/templat.xlsx", import_template, "import_template"),
        ],
    )
