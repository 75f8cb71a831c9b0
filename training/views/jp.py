"""What a person learned, in JP: year by year, on the page, as a paper and as a table."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from programs.spreadsheets import write_xlsx
from training import jp
from training.workflow.jp_record import issue_jp_record, record_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def jp_record(request):
    """All years in which something counts, each with its activities and downloads."""
    years, people = record_of(request.user)
    latest = people[years[0].year] if years else None
    return render(
        request,
        "training/jp_record.html",
        {
            "years": [(year, people[year.year]) for year in years],
            "this_year": timezone.localdate().year,
            "entitlement": jp.ENTITLEMENT,
            "pppk_most": jp.PPPK_MOST,
            "is_pppk": latest is not None and latest.servant_kind == "PPPK",
        },
    )


@require_http_methods(["GET", "POST"])
def jp_download(request, year):
    """The year as an Excel table; a POST issues the paper, which others can check."""
    if request.method == "POST":
        paper = issue_jp_record(request.user, year, today=timezone.localdate())
        if paper is None:
            raise Http404
        return redirect(f"{reverse('programs:paper', args=[paper.code])}?unduh")
    years, people = record_of(request.user)
    found = next((one for one in years if one.year == year), None)
    if found is None:
        raise Http404
    target = BytesIO()
    write_xlsx(target, {f"JP {year}": _table(found, people[year])})
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"JP {year}.xlsx", content_type=XLSX)


def _table(year, person):
    yield ["Nama", "NIP", "Kegiatan", "Jenis", "Penyelenggara", "Selesai", "JP", "Nomor sertifikat"]
    for line in year.lines:
        yield [
            person.name,
            person.nip,
            line.title,
            capfirst(line.kind),
            line.unit,
            line.ended_on,
            line.jp,
            line.number,
        ]
    yield ["Jumlah", "", "", "", "", "", year.total, ""]
