"""How money, days, moments and sizes are written on our pages: in full, in Indonesian."""

from datetime import datetime

from django import template
from django.forms import Field
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.html import format_html

from programs.once import FIELD, new_token
from programs.rupiah import format_rupiah

register = template.Library()

NOTHING = "–"
DJANGOS_WORDS = Field.default_error_messages["required"]


def _local(moment):
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


@register.filter
def rupiah(amount):
    """Rp1.500.000; a deduction as −Rp1.500.000."""
    return NOTHING if amount in (None, "") else format_rupiah(int(amount))


@register.filter
def tanggal(day):
    """A day, or the Jakarta day of a moment: 17 Agustus 2026."""
    return format_date(_local(day), "j F Y") if day else NOTHING


@register.filter
def bulan(day):
    """The month of a day: Oktober 2026."""
    return format_date(_local(day), "F Y") if day else NOTHING


@register.filter
def tanggal_hari(day):
    """Senin, 17 Agustus 2026."""
    return format_date(_local(day), "l, j F Y") if day else NOTHING


@register.filter
def waktu(moment):
    """16 September 2026, 08.14 WIB. Deadlines and history are kept in Jakarta time."""
    return f"{tanggal(moment)}, {jam(moment)}" if moment else NOTHING


@register.filter
def jam(moment):
    """08.14 WIB."""
    return f"{_local(moment):%H.%M} WIB" if moment else NOTHING


@register.filter
def ukuran(size):
    """Bytes as 840 KB or 1,2 MB."""
    if size in (None, ""):
        return NOTHING
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    figure = f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")
    return f"{figure} MB"


@register.filter
def persen(figure):
    """30 as 30 %, never parted at the end of a line."""
    return f"{number_format(figure)}\N{NO-BREAK SPACE}%"


@register.filter
def berakhiran(number, shown=4):
    """An account number of which only the end is shown: ••••4471."""
    text = str(number or "")
    return f"••••{text[-shown:]}" if text else NOTHING


@register.filter
def disamarkan(name):
    """A name that strangers see: the first letter of each word stays. P••••• C••••••."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in str(name or "").split())


@register.filter
def hari_kerja_lagi(days):
    """Working days left, in words. None means that the clock stands still."""
    if days is None:
        return "Menunggu pemohon"
    if days < 0:
        return f"Terlambat {-days} hari kerja"
    return "Jatuh tempo hari ini" if days == 0 else f"{days} hari kerja lagi"


@register.inclusion_tag("parts/badge.html")
def sla_badge(days):
    """The officers' clock as a badge: on time, due today, overdue, or waiting for the applicant."""
    if days is None:
        kind, icon = "", "pause"
    elif days < 0:
        kind, icon = "danger", "alert"
    else:
        kind, icon = ("warn", "clock") if days == 0 else ("ok", "check")
    return {"kind": kind, "icon": icon, "word": hari_kerja_lagi(days)}


@register.inclusion_tag("parts/badge.html")
def status_badge(status):
    """A status that knows its own ``kind`` (colour), ``icon`` and ``word``."""
    return {"kind": status.kind, "icon": status.icon, "word": status.word}


@register.filter
def initials(name):
    """The two letters in a person's chip."""
    return "".join(word[0] for word in str(name or "").split()[:2]).upper()


@register.filter
def item(mapping, key):
    """``mapping[key]`` where the key is a variable; nothing when it is missing."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def is_money(field):
    """Whether a bound field takes rupiah: its input then stands behind “Rp”."""
    return "data-rupiah" in field.field.widget.attrs


@register.filter
def page_numbers(page):
    """The page numbers worth showing around ``page``, with … where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def once_token():
    """A hidden field that makes a form count once; its view is marked ``@once``."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_token())


@register.simple_tag(takes_context=True)
def page_query(context, name, value):
    """This page's query string with one parameter set: the filters stay, the page changes."""
    query = context["request"].GET.copy()
    query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def labelled(field, label, hint=""):
    """A field of a form that is not ours, in our words: for the pages about the account."""
    field.label = label
    field.help_text = hint
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_field_group()


@register.inclusion_tag("parts/error_summary.html")
def error_summary(*forms):
    """One summary for all the forms and formsets of a page. Shows nothing while all is well."""
    faults = []
    for form in forms:
        if form is None:
            continue
        if hasattr(form, "management_form"):
            faults += [(None, fault) for fault in form.non_form_errors()]
            for member in form:
                faults += _faults_of(member)
        else:
            faults += _faults_of(form)
    return {"faults": faults}


def _faults_of(form):
    """Pairs of the id to jump to and what is wrong there."""
    yield from ((None, fault) for fault in form.non_field_errors())
    for field in form.hidden_fields():
        yield from ((None, fault) for fault in field.errors)
    for field in form.visible_fields():
        for problem in field.errors.as_data():
            fault = problem.messages[0]
            # Django's own sentence says nothing when it stands far from its field.
            words = f"{field.label}: {fault}" if fault == DJANGOS_WORDS else fault
            yield _first_input_id(field), words


def _first_input_id(field):
    """The id of the control that takes the focus: of several, the first."""
    if field.use_fieldset and field.subwidgets:
        parts = field.subwidgets[0].data.get("subwidgets") or [field.subwidgets[0].data]
        return parts[0]["attrs"].get("id") or field.auto_id
    return field.id_for_label or field.auto_id
