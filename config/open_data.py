"""Open data: every table as CSV and JSON, what its columns mean, and a page that explains it all.

Open to all and to the programs of others (CORS). A reader that names the mark it has (ETag) is told
in one question that nothing changed. What cannot be answered is said in a sentence, in JSON.
"""

from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from config import open_data_metadata as metadata
from programs.indicator_open_data import PARTS, state_of_all, tables_of
from programs.open_data import (
    SECONDS_TRUSTED,
    NoSuchPlace,
    State,
    all_rows,
    mark_of,
    page,
    place_in_words,
    read_place,
    state_of,
)
from programs.spreadsheets import stream_csv

MOST_ON_A_PAGE = 1000
LONGEST_PLACE = 200
# Excel with Indonesian settings parts columns by semicolons; all else expects commas.
DELIMITERS = {"koma": ",", "titik-koma": ";"}


class Unreadable(ValueError):
    """Something in the address cannot be understood. The message says what to write."""


def _open(view):
    return require_safe(login_not_required(view))


# --- For people ---------------------------------------------------------------------------------


@_open
def documentation(request):
    return render(
        request,
        "pages/open_data.html",
        {
            "registers": metadata.registers(),
            "indicators": metadata.of_indicators(),
            "parts": metadata.columns_of_indicators(),
            "licence": metadata.LICENCE,
            "licence_url": metadata.LICENCE_URL,
            "publisher": metadata.PUBLISHER,
            "catalogue_url": reverse("open_data_catalogue"),
            "address": request.build_absolute_uri(reverse("open_data")),
            "most": MOST_ON_A_PAGE,
            "today": timezone.localdate(),
        },
    )


@_open
def unknown(request, name):
    """Whatever else begins with /data/: what there is instead."""
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "pages/open_data_unknown.html", {"name": name[:80]}, status=404)
    return _not_found(request, name)


# --- For programs -------------------------------------------------------------------------------


@_open
def csv_table(request, name):
    """The whole table, line by line, in bounded memory."""
    dataset = metadata.find(name)
    if dataset is None:
        return unknown(request, f"{name}.csv")
    try:
        delimiter = _delimiter(request)
    except Unreadable as problem:
        return _refused(request, str(problem))
    state = state_of(dataset)
    answer = StreamingHttpResponse(
        () if request.method == "HEAD" else _lines(dataset, delimiter),
        content_type="text/csv; charset=utf-8",
    )
    filename = name.replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    return _conditional(request, answer, state, "csv", delimiter)


@_open
def json_table(request, name):
    """A page of the table, with the address of the next; of an indicator all that is known."""
    if indicator := metadata.indicator_of(name):
        return _indicator(request, indicator)
    dataset = metadata.find(name)
    if dataset is None:
        return unknown(request, f"{name}.json")
    try:
        behind, size = _place(request, dataset), _size(request)
    except Unreadable as problem:
        return _refused(request, str(problem))
    state = state_of(dataset)
    kind = ("json", behind, size)
    if unchanged := _unchanged(request, state, *kind):
        return unchanged
    rows, onward = page(dataset, size=size, behind=behind)
    following = None
    if onward is not None:
        asked = request.GET.copy()
        asked["halaman"] = place_in_words(onward)
        following = request.build_absolute_uri(f"{request.path}?{asked.urlencode(safe='~')}")
    answer = _json(
        {
            "judul": dataset.title,
            "uraian": dataset.about,
            "satuan": dataset.unit,
            "lisensi": metadata.LICENCE,
            "diperbarui": state.changed_at,
            "jumlah_baris": state.count,
            "metadata": _address(request, "open_data_metadata", dataset.slug),
            "berikutnya": following,
            "data": _as_objects(dataset, rows),
        },
    )
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return _conditional(request, answer, state, *kind)


@_open
def metadata_of(request, name):
    dataset = metadata.find(name)
    if dataset is None:
        return unknown(request, f"{name}/metadata.json")
    state = state_of(dataset)
    told = metadata.metadata_of(dataset, request.build_absolute_uri, state)
    return _conditional(request, _json(told), state, "metadata")


@_open
def catalogue(request):
    told = metadata.catalogue(request.build_absolute_uri)
    state = State(len(told["dataset"]), mark_of(told), None)
    return _conditional(request, _json(told), state, "katalog")


def _indicator(request, indicator):
    state = state_of_all(indicator)
    if unchanged := _unchanged(request, state, "indikator"):
        return unchanged
    tables = tables_of(indicator)
    live, official, targets, frozen = (
        _as_objects(tables[part], all_rows(tables[part])) for part in PARTS
    )
    told = {
        "indikator": indicator.slug,
        "judul": indicator.name,
        "uraian": indicator.definition,
        "satuan": indicator.unit,
        "sumber": indicator.source,
        "cara_menjumlahkan": indicator.get_counting_display(),
        "program": indicator.program.slug,
        "lisensi": metadata.LICENCE,
        "diperbarui": indicator.counted_at,
        "metadata": _address(request, "open_data_metadata", f"indikator/{indicator.slug}"),
        "bulanan": live,
        "angka_resmi": official,
        "sasaran": targets,
        "dibekukan": frozen,
    }
    return _conditional(request, _json(told), state, "indikator")


def _lines(dataset, delimiter):
    def rows():
        yield dataset.headings
        yield from all_rows(dataset)

    return stream_csv(rows(), delimiter=delimiter)


def _as_objects(dataset, rows):
    return [dict(zip(dataset.headings, row, strict=True)) for row in rows]


# --- What is asked ------------------------------------------------------------------------------


def _place(request, dataset):
    words = request.GET.get("halaman", "")
    if not words:
        return None
    try:
        if len(words) > LONGEST_PLACE:
            raise NoSuchPlace
        return read_place(dataset, words)
    except NoSuchPlace:
        raise Unreadable(
            "Nilai “halaman” tidak dikenal. Mulai tanpa “halaman”, lalu ikuti alamat "
            "“berikutnya” dari setiap jawaban."
        ) from None


def _size(request):
    words = request.GET.get("jumlah", str(MOST_ON_A_PAGE))
    number = int(words) if words.isascii() and words.isdecimal() and len(words) < 6 else 0
    if not 1 <= number <= MOST_ON_A_PAGE:
        raise Unreadable(f"Tulis “jumlah” sebagai angka dari 1 sampai {MOST_ON_A_PAGE}.")
    return number


def _delimiter(request):
    words = request.GET.get("pemisah", "koma")
    if words not in DELIMITERS:
        raise Unreadable(f"Tulis “pemisah” sebagai {' atau '.join(DELIMITERS)}.")
    return DELIMITERS[words]


# --- What is answered ---------------------------------------------------------------------------


class _Encoder(DjangoJSONEncoder):
    """A number stays a number; Django makes words of what has decimals."""

    def default(self, value):
        return float(value) if isinstance(value, Decimal) else super().default(value)


def _json(told, status=200):
    options = {"ensure_ascii": False}
    return _shared(JsonResponse(told, _Encoder, status=status, json_dumps_params=options))


def _refused(request, sentence):
    told = {"pesan": sentence, "dokumentasi": _address(request, "open_data")}
    return _json(told, status=400)


def _not_found(request, name):
    told = {
        "pesan": f"Tidak ada data di alamat “{name[:80]}”. Tersedia CSV dan JSON; daftarnya ada di "
        "katalog dan di halaman dokumentasi.",
        "katalog": _address(request, "open_data_catalogue"),
        "dokumentasi": _address(request, "open_data"),
    }
    return _json(told, status=404)


def _address(request, name, *values):
    return request.build_absolute_uri(reverse(name, args=values))


def _shared(answer):
    """Anybody's page and program may read it, and whoever stands between may keep it a minute."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    answer["Cache-Control"] = f"public, max-age={SECONDS_TRUSTED}"
    return answer


def _etag(*facts):
    """Weak: the same rows in other addresses of links are the same to whoever reads them."""
    return f'W/"{mark_of(*facts)}"'


def _unchanged(request, state, *kind):
    """The answer to who has it already, before anything is read."""
    answer = _conditional(request, HttpResponse(), state, *kind)
    return answer if answer.status_code != 200 else None


def _conditional(request, answer, state, *kind):
    """``answer`` with what marks it, or “not modified” to whoever has it already."""
    etag = _etag(state.mark, *kind)
    answer["ETag"] = etag
    moment = None
    if state.changed_at:
        moment = int(state.changed_at.timestamp())
        answer["Last-Modified"] = http_date(moment)
    # “Not modified” keeps few headers of the answer, and none that lets other sites read it.
    return _shared(get_conditional_response(request, etag, moment, answer))
