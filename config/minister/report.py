"""The month of all programs as a paper to print and as a workbook to go on with."""

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.minister import asked as reading
from config.minister.board import MEANINGS, board
from config.minister.pages import for_officers
from config.minister.sheets import sheets
from programs.papers import draw, site
from programs.spreadsheets import temporary_xlsx
from programs.templatetags.bina import bulan, tanggal, waktu


@require_safe
@for_officers
def pdf(request):
    asked = reading.read(request.GET)
    content = draw("programs_report", head=_head(), facts=facts_of(asked))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_name(asked)}.pdf"'
    return answer


@require_safe
@for_officers
def xlsx(request):
    asked = reading.read(request.GET)
    file = temporary_xlsx(sheets(asked))
    return FileResponse(file, as_attachment=True, filename=f"{_name(asked)}.xlsx")


def _name(asked):
    place = f"-{asked.province.letters.lower()}" if asked.province else ""
    return f"program-dan-sasaran-{asked.month:%Y-%m}{place}"


def _head():
    """What the letterhead asks for; a report has no number, no code and no signature."""
    return {"title": "laporan", "site": site()}


def facts_of(asked):
    """What the paper prints, in plain words."""
    found, now = board(asked), timezone.localtime()
    return {
        "place": asked.where,
        "month": bulan(asked.month),
        "year": str(asked.month.year),
        "until": f"akhir {bulan(asked.month)}" if asked.is_over else f"per {tanggal(asked.day)}",
        "made": {"year": now.year, "month": now.month, "day": now.day},
        "made_words": waktu(now),
        "counted": waktu(found.counted[1]) if found.counted else "",
        "summary": [{"word": light.word, "number": number} for light, number in found.summary],
        "programs": [
            {
                "name": section.program.name,
                "unit": str(section.program.unit or ""),
                "lines": [_line(line) for line in section.shown],
            }
            for section in found.sections
        ],
        "without": "; ".join(found.without),
        "meaning": " ".join(MEANINGS),
        "definitions": [
            {
                "name": line.indicator.name,
                "code": line.indicator.slug,
                "definition": line.indicator.definition,
                "counting": line.indicator.get_counting_display(),
                "source": line.indicator.source,
            }
            for line in found.lines
        ],
        "said": [
            {
                "name": line.indicator.name,
                "day": tanggal(said.as_of),
                "value": words,
                "source": "; ".join(filter(None, [said.source, said.note])),
            }
            for line in found.lines
            for said, words in line.said
        ],
    }


def _line(line):
    standing, indicator = line.standing, line.indicator
    official = (
        f"Diumumkan {line.official_words} per {tanggal(line.official[0].as_of)}"
        if line.official
        else ""
    )
    is_plain = standing.value is None or indicator.is_money
    return {
        "name": indicator.name,
        "figure": standing.words,
        "unit": "" if is_plain else indicator.unit,
        "light": line.light.word,
        "kind": line.light.kind,
        "target": line.target_words,
        "percent": "" if standing.percent is None else f"tercapai {standing.percent} persen",
        "by_month": line.by_month.sentence if line.by_month else "",
        "by_year": line.by_year.sentence if line.by_year else "",
        "official": official,
    }
