"""The figures of link and match as pages and files tell them: what is counted, and beside what.

Live figures are read as ``workflow.figures`` stored them; official ones stand as they were said:
those of a launch in this app, those of link and match as a whole with the programs' other ones.
"""

from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, F, Func, IntegerField, Q, Subquery
from django.utils.functional import cached_property

from partnerships.enums import Dimension, Measure
from partnerships.models import Agreement, Figure
from partnerships.models import OfficialFigure as LaunchFigure
from programs.models import OfficialFigure

# “Satu industri menggandeng minimal lima SMK” (domain.md §B1): a wish, so below it only a remark.
WANTED_SCHOOLS = 5
ENDING_WITHIN = 90
# The indicators under which the register of programs keeps what was said of the whole.
MEASURES = {
    "lm-smk": Measure.SCHOOLS,
    "lm-perusahaan": Measure.COMPANIES,
    "lm-pks": Measure.AGREEMENTS,
}
# What coverage is measured against: all SMK of Indonesia, with or without a partner.
ALL_SCHOOLS = "smk-nasional"


class Definition(NamedTuple):
    """A figure, how a column of it is headed, and what exactly is counted."""

    name: str
    label: str
    heading: str
    meaning: str
    measure: str = ""


DEFINITIONS = [
    Definition(
        "schools",
        "SMK bermitra",
        "SMK",
        "SMK yang pernah menandatangani PKS; berapa pun PKS-nya, dihitung sekali",
        Measure.SCHOOLS,
    ),
    Definition(
        "companies",
        "Perusahaan bermitra",
        "Perusahaan",
        "perusahaan yang pernah menandatangani PKS; berapa pun PKS-nya, dihitung sekali",
        Measure.COMPANIES,
    ),
    Definition(
        "agreements",
        "Perjanjian kerja sama (PKS)",
        "PKS",
        "PKS yang pernah ditandatangani, termasuk yang sudah berakhir, diperpanjang, atau "
        "dihentikan",
        Measure.AGREEMENTS,
    ),
    Definition(
        "live_schools",
        "SMK dengan PKS berjalan",
        "SMK berjalan",
        "SMK yang hari ini memiliki paling sedikit satu PKS berjalan",
    ),
    Definition(
        "live_companies",
        "Perusahaan dengan PKS berjalan",
        "Perusahaan berjalan",
        "perusahaan yang hari ini memiliki paling sedikit satu PKS berjalan",
    ),
    Definition(
        "live_agreements",
        "PKS berjalan",
        "PKS berjalan",
        "PKS yang aktif, akan berakhir, atau tanpa kegiatan; belum lewat hari terakhirnya",
    ),
]
SIGNED_DEFINITIONS = [one for one in DEFINITIONS if one.measure]
OTHER_MEANINGS = [
    ("SMK di register", "SMK yang tercatat di Bina Industri, dengan atau tanpa PKS"),
    (
        "Menurut kompetensi",
        "PKS dengan beberapa kompetensi dihitung pada setiap kompetensinya; kode 2018 dan 2022 "
        "dihitung terpisah",
    ),
    ("Menurut provinsi", "provinsi SMK, bukan provinsi perusahaan"),
    ("Menurut sektor", "golongan pokok KBLI perusahaan (dua angka pertama)"),
    ("Menurut tahun", "tahun tanda tangan PKS"),
    ("Berakhir dalam 90 hari", "PKS berjalan yang hari terakhirnya dalam 90 hari mendatang"),
    ("Tidak berjalan", "PKS tanpa laporan kegiatan selama dua semester"),
    (
        "Beban perusahaan",
        f"jumlah SMK berbeda dengan PKS berjalan tiap perusahaan; harapan kementerian paling "
        f"sedikit {WANTED_SCHOOLS} SMK",
    ),
    (
        "Angka resmi",
        "angka yang pernah diumumkan kementerian atau media, tidak diubah sesudahnya; yang "
        "bertentangan tetap ditampilkan",
    ),
]


class Grouping(NamedTuple):
    """A table of the page: its name in the address, its words, and what it groups by."""

    name: str
    label: str
    heading: str
    dimension: str


GROUPINGS = [
    Grouping("tahap", "Tahap", "Tahap peluncuran", Dimension.PHASE),
    Grouping("provinsi", "Provinsi", "Provinsi sekolah", Dimension.PROVINCE),
    Grouping("kompetensi", "Kompetensi", "Kompetensi", Dimension.COMPETENCE),
    Grouping("sektor", "Sektor", "Sektor perusahaan", Dimension.SECTOR),
    Grouping("tahun", "Tahun", "Tahun tanda tangan", Dimension.YEAR),
]


def stored(*dimensions, **tallies):
    """(the whole, {dimension: its figures}), in one query. The whole is None before a first run.

    ``tallies`` are numbers to be told with the whole, made by ``attention``.
    """
    wanted = [Dimension.TOTAL, *dimensions]
    rows = Figure.objects.filter(dimension__in=wanted).annotate(**tallies)
    rows = rows.order_by("dimension", "key", "pk")
    found = {dimension: [] for dimension in wanted}
    for row in rows:
        found[row.dimension].append(row)
    # Those without a phase, province or sector come last.
    for group in found.values():
        group.sort(key=lambda row: row.key == "")
    found[Dimension.COMPETENCE] = sorted(
        found.get(Dimension.COMPETENCE, []), key=lambda row: -row.agreements
    )
    total = found.pop(Dimension.TOTAL)
    return (total[0] if total else None), found


class Said(NamedTuple):
    """What one source said on one day, {measure: value}."""

    as_of: object
    source: str
    note: str
    values: dict


class Official:
    """All that was ever said of the whole, the newest first; of the launches when asked."""

    def __init__(self):
        said = OfficialFigure.objects.filter(
            indicator__slug__in=[*MEASURES, ALL_SCHOOLS], region=None
        )
        said = list(said.select_related("indicator").order_by("-as_of", "source", "value"))
        self.national = [one for one in said if one.indicator.slug == ALL_SCHOOLS]
        self.lines = list(_lines([one for one in said if one.indicator.slug in MEASURES]))

    @cached_property
    def of_phase(self):
        """{number of the launch, “01”: {measure: what was said of it}}."""
        found = {}
        launches = LaunchFigure.objects.select_related("phase")
        for one in launches.order_by("-as_of", "source", "measure", "value"):
            values = found.setdefault(f"{one.phase.number:02d}", {})
            values.setdefault(one.measure, []).append(one)
        return found

    @property
    def disputed_days(self):
        """Days on which what was said contradicts itself."""
        for as_of, lines in groupby(self.lines, key=lambda line: line.as_of):
            lines = list(lines)
            for measure in Measure:
                if len({line.values[measure] for line in lines if measure in line.values}) > 1:
                    yield as_of
                    break

    def newest(self, measure):
        """The figure said last, with all that contradict it on that day."""
        days = [line for line in self.lines if measure in line.values]
        return [line for line in days if line.as_of == days[0].as_of]


def _lines(figures):
    """What a source said on a day in one breath: its figures with the same note."""
    for (as_of, source, note), group in groupby(
        sorted(figures, key=lambda one: (-one.as_of.toordinal(), one.source, one.note)),
        key=lambda one: (one.as_of, one.source, one.note),
    ):
        values = {MEASURES[one.indicator.slug]: one.value for one in group}
        yield Said(as_of, source, note, values)


def live(total):
    """(heading, figure) of the three that are told beside the official ones."""
    return [(one.heading, getattr(total, one.name, 0)) for one in SIGNED_DEFINITIONS]


def official_rows(official):
    """[(line, its values in the order of the table, None where it says nothing)]."""
    return [
        (line, [line.values.get(one.measure) for one in SIGNED_DEFINITIONS])
        for line in official.lines
    ]


def in_words(figures):
    """“219, 234 atau 261”, in order and each once; a dash for none."""
    values = [grouped(value) for value in sorted({one.value for one in figures})]
    if len(values) < 2:
        return "".join(values) or "–"
    return f"{', '.join(values[:-1])} atau {values[-1]}"


def grouped(number):
    return f"{number:,}".replace(",", ".")


def share(part, whole):
    """“18,4 %”, never parted at the end of a line."""
    if not whole:
        return "–"
    return f"{100 * part / whole:.1f}".replace(".", ",") + "\N{NO-BREAK SPACE}%"


def coverage(total, national):
    """Bars of (label, part, whole, words): against each national number, and our own register."""
    rows = [
        (
            f"Dari {grouped(one.value)} SMK, {one.as_of.year}",
            total.schools,
            one.value,
            f"{grouped(total.schools)}, {share(total.schools, one.value)}",
        )
        for one in national
    ]
    registered = total.registered_schools
    if registered:
        rows.append(
            (
                "Dari SMK di register",
                total.schools,
                registered,
                f"{grouped(total.schools)} dari {grouped(registered)}, "
                f"{share(total.schools, registered)}",
            )
        )
    return rows


def ending(user, today):
    """Live agreements of the next days, the next one first."""
    agreements = Agreement.objects.visible_to(user).ending_within(ENDING_WITHIN, today=today)
    return agreements.with_names().order_by("ends_on", "pk")


def dormant(user):
    return Agreement.objects.visible_to(user).dormant().with_names().order_by("ends_on", "pk")


def attention(user, today):
    """Agreements that end soon or sleep, and companies with few SMK, as numbers for ``stored``."""
    companies = Figure.objects.filter(dimension=Dimension.COMPANY)
    return {
        "ending": _number_of(ending(user, today)),
        "dormant": _number_of(dormant(user)),
        "below": _number_of(companies_below()),
        "all_companies": _number_of(companies),
    }


def _number_of(rows):
    """COUNT as a subquery. The aggregate itself would group by what stands beside it."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(
        rows.select_related(None).order_by().annotate(how_many=count).values("how_many")
    )


def companies_below():
    """Companies that mentor fewer SMK than is wished, those with the fewest first."""
    companies = Figure.objects.filter(dimension=Dimension.COMPANY)
    return companies.filter(live_schools__lt=WANTED_SCHOOLS).order_by("live_schools", "label", "pk")


def load():
    """[(words, companies)] by how many SMK a company mentors today. One query."""
    numbers = {f"of_{n}": Count("pk", filter=Q(live_schools=n)) for n in range(WANTED_SCHOOLS)}
    counted = Figure.objects.filter(dimension=Dimension.COMPANY).aggregate(
        **numbers,
        some=Count("pk", filter=Q(live_schools__range=(WANTED_SCHOOLS, 9))),
        many=Count("pk", filter=Q(live_schools__gte=10)),
    )
    words = ["belum membina SMK", *(f"{n} SMK" for n in range(1, WANTED_SCHOOLS))]
    return [
        *((word, counted[f"of_{n}"]) for n, word in enumerate(words)),
        (f"{WANTED_SCHOOLS}–9 SMK", counted["some"]),
        ("10 SMK atau lebih", counted["many"]),
    ]
