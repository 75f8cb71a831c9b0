"""The three rates of Diklat 3in1: trained, certified, placed; and who still works months later."""

from typing import NamedTuple

from django.db.models import Count, Q

from training.diklat_enums import (
    AT_WORK,
    FINISHED,
    STARTED,
    STILL_AT_WORK,
    TRAINED_ONCE,
    BatchStatus,
    TraineeStatus,
)
from training.models import Trainee
from training.rates import Rate, rates

WAS_TRAINED = Q(status__in=FINISHED) | Q(
    status=TraineeStatus.TRAINING, batch__status__in=TRAINED_ONCE
)


def _people(condition):
    return Count("pk", filter=condition, distinct=True)


def _asked(months):
    return _people(Q(followups__months=months, followups__done_on__isnull=False))


def _working(months):
    return _people(Q(followups__months=months, followups__state__in=STILL_AT_WORK))


COUNTS = {
    "started": _people(Q(status__in=STARTED)),
    "trained": _people(WAS_TRAINED),
    "certified": _people(Q(certified_on__isnull=False)),
    "placed": _people(Q(status__in=AT_WORK)),
    "asked_3": _asked(3),
    "working_3": _working(3),
    "asked_6": _asked(6),
    "working_6": _working(6),
}


class Figures(NamedTuple):
    """How many started, the three rates, and how many of those who were asked still work."""

    started: int
    trained: Rate
    certified: Rate
    placed: Rate
    after_3: Rate
    after_6: Rate


class Row(NamedTuple):
    """The figures of one group of batches: a unit, a year, a course."""

    group: tuple
    batches: int
    figures: Figures


def rates_of(batches):
    """The figures of all ``batches`` together, in one query. Cancelled ones do not count."""
    return _figures(_trainees_of(batches).aggregate(**COUNTS))


def rates_by(batches, *fields):
    """A ``Row`` for each value of ``fields`` (paths from the batch), in one query and their order.

    ``rates_by(Batch.objects.all(), "course__unit__name", "year")`` is the table by unit and year.
    """
    paths = [f"batch__{field}" for field in fields]
    rows = (
        _trainees_of(batches)
        .order_by()
        .values(*paths)
        .annotate(**COUNTS, batches=Count("batch", distinct=True))
        .order_by(*paths)
    )
    return [
        Row(
            tuple(row[path] for path in paths),
            row["batches"],
            _figures(row),
        )
        for row in rows
    ]


def rates_of_each(batches):
    """{batch key: Figures} for a list of batches, in one query; without anybody, none."""
    return {row.group[0]: row.figures for row in rates_by(batches, "pk")}


def _figures(counts):
    three = rates(**{name: counts[name] for name in ("started", "trained", "certified", "placed")})
    return Figures(
        counts["started"],
        *three,
        Rate(counts["working_3"], counts["asked_3"]),
        Rate(counts["working_6"], counts["asked_6"]),
    )


def _trainees_of(batches):
    keys = batches.order_by().values("pk") if hasattr(batches, "order_by") else batches
    return Trainee.objects.filter(batch__in=keys).exclude(batch__status=BatchStatus.CANCELLED)


HEADINGS = [
    "Unit",
    "Tahun",
    "Angkatan",
    "Mulai pelatihan (orang)",
    "Terlatih (orang)",
    "Tersertifikasi (orang)",
    "Ditempatkan (orang)",
    "Terlatih (%)",
    "Tersertifikasi (%)",
    "Ditempatkan (%)",
    "Dihubungi bulan ke-3",
    "Masih bekerja bulan ke-3",
    "Dihubungi bulan ke-6",
    "Masih bekerja bulan ke-6",
]


def table(batches):
    """The figures by unit and year for Excel, the headings first."""
    yield HEADINGS
    for (unit, year), number, figures in rates_by(batches, "course__unit__name", "year"):
        three = [figures.trained, figures.certified, figures.placed]
        yield [
            unit,
            year,
            number,
            figures.started,
            *(rate.count for rate in three),
            *(rate.percent for rate in three),
            figures.after_3.base,
            figures.after_3.count,
            figures.after_6.base,
            figures.after_6.count,
        ]
