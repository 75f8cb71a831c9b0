"""The terms of a call as an owner reads them: who may take part, what is given back, how long."""

from typing import NamedTuple

from programs.enums import Scale
from programs.models import KbliCode
from programs.rupiah import format_rupiah, group_thousands
from subsidies.document_kinds import EXPLANATIONS, DocumentKind
from subsidies.enums import Condition, Origin


class Rate(NamedTuple):
    """What percent a business of one scale gets back; None where the call gives nothing."""

    scale: str
    domestic: int | None
    imported: int | None


class Asked(NamedTuple):
    """A paper the call asks for. ``when`` is empty when it is asked of all."""

    label: str
    hint: str
    when: str


def rates(scheme):
    """The rate table, a row for each scale that the call knows."""
    percents = {(rate.scale, rate.origin): rate.percent for rate in scheme.rates.all()}
    return [
        Rate(
            _first_capital(scale.label),
            percents.get((scale, Origin.DOMESTIC)),
            percents.get((scale, Origin.IMPORT)),
        )
        for scale in Scale
        if any(known == scale for known, _ in percents)
    ]


def promise(scheme):
    """“30 % harga mesin buatan dalam negeri atau 25 % harga mesin impor”.

    Where the rate differs by scale, the best one is named, with *sampai*.
    """
    percents = {origin: set() for origin in Origin}
    for rate in scheme.rates.all():
        percents[rate.origin].add(rate.percent)
    parts = [
        f"{'sampai ' if len(found) > 1 else ''}{max(found)}\N{NO-BREAK SPACE}% {words}"
        for found, words in [
            (percents[Origin.DOMESTIC], "harga mesin buatan dalam negeri"),
            (percents[Origin.IMPORT], "harga mesin impor"),
        ]
        if found
    ]
    return " atau ".join(parts)


def scale_limits(scheme):
    """One sentence for each row of the limits."""
    sentences = []
    for row in scheme.scales.all():
        workers = _between(row.workers_min, row.workers_max, group_thousands, " pekerja")
        investment = _between(row.investment_min, row.investment_max, format_rupiah, "")
        parts = [workers or "berapa pun pekerjanya"]
        parts.append(f"investasi {investment}" if investment else "berapa pun investasinya")
        sentences.append(f"{_first_capital(row.get_scale_display())}: {', '.join(parts)}.")
    return sentences


def _between(least, most, written, unit):
    if least is None and most is None:
        return ""
    if least is None:
        return f"paling banyak {written(most)}{unit}"
    if most is None:
        return f"paling sedikit {written(least)}{unit}"
    return f"{written(least)} sampai {written(most)}{unit}"


def kbli_list(scheme):
    """(code, title) of every KBLI that the call accepts; none means all of manufacturing.

    A code that is accepted in two versions of the classification is one line.
    """
    asked = scheme.kbli_codes.all()
    titles = {
        **dict.fromkeys((row.prefix for row in asked), "semua KBLI yang diawali angka ini"),
        **dict(
            KbliCode.objects.filter(code__in={row.prefix for row in asked})
            .order_by("version")
            .values_list("code", "title")
        ),
    }
    return sorted(titles.items())


def papers(scheme):
    """The checklist of the call, those asked of all first."""
    asked = [
        Asked(
            row.get_kind_display(),
            EXPLANATIONS[DocumentKind(row.kind)].hint,
            "" if row.condition == Condition.ALWAYS else row.get_condition_display(),
        )
        for row in scheme.documents.all()
    ]
    return sorted(asked, key=lambda paper: bool(paper.when))


def excluded(scheme):
    """The costs that are never recognized, one a line."""
    return [line.strip(" -•") for line in scheme.excluded_costs.splitlines() if line.strip(" -•")]


def _first_capital(text):
    return text[:1].upper() + text[1:]
