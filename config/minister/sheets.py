"""The sheets of the month's workbook: numbers as numbers, and what each of them means."""

from config.minister.board import board
from programs.achievement import of_all_provinces
from programs.tile_map import places

# More months than any program has.
EVERY_MONTH = 1200


def sheets(asked):
    """{title: rows} for ``temporary_xlsx``, each with its header first."""
    lines = board(asked).lines
    return {
        "Ringkasan": _summary(lines, asked),
        "Per bulan": _months(lines),
        "Per provinsi": _provinces(lines),
        "Angka resmi": _official(lines),
        "Keterangan": _meanings(lines, asked),
    }


def _number(line, value):
    """A value as a spreadsheet counts with it; nothing where there is none."""
    return None if value is None else line.indicator.number(value)


def _summary(lines, asked):
    yield [
        "Program", "Indikator", "Satuan", "Angka", "Keadaan", f"Sasaran {asked.month.year}",
        "Tercapai (persen)", "Bulan lalu", "Perubahan dari bulan lalu", "Tahun lalu",
        "Perubahan dari tahun lalu", "Angka resmi terbaru", "Per tanggal", "Sumber angka resmi",
        "Dihitung pada",
    ]  # fmt: skip
    for line in lines:
        standing, target = line.standing, line.standing.target
        said = next(iter(standing.official), None)
        yield [
            line.indicator.program.name,
            line.indicator.name,
            line.indicator.unit,
            _number(line, standing.value),
            line.light.word,
            _number(line, target.value) if target else None,
            standing.percent,
            _number(line, standing.month_before),
            line.by_month.sentence if line.by_month else None,
            _number(line, standing.year_before),
            line.by_year.sentence if line.by_year else None,
            _number(line, said.value) if said else None,
            said.as_of if said else None,
            said.source if said else None,
            line.indicator.counted_at,
        ]


def _months(lines):
    yield ["Program", "Indikator", "Bulan", "Ditambahkan bulan itu", "Angka pada akhir bulan"]
    for line in lines:
        standing = line.standing
        if standing.value is None:
            continue
        for month, figure in standing.series.told(last=standing.month, most=EVERY_MONTH):
            yield [
                line.indicator.program.name,
                line.indicator.name,
                f"{month:%Y-%m}",
                _number(line, standing.series.added_in(month)),
                _number(line, figure),
            ]


def _provinces(lines):
    yield ["Program", "Indikator", "Kode", "Provinsi", "Angka"]
    found = of_all_provinces([line.standing for line in lines])
    for line in lines:
        amounts = found.get(line.indicator.pk, {})
        for place in places():
            if place.code in amounts:
                yield [
                    line.indicator.program.name,
                    line.indicator.name,
                    place.code,
                    place.name,
                    _number(line, amounts[place.code]),
                ]


def _official(lines):
    yield ["Program", "Indikator", "Per tanggal", "Nilai", "Sumber", "Catatan"]
    for line in lines:
        for said in line.standing.official:
            yield [
                line.indicator.program.name,
                line.indicator.name,
                said.as_of,
                _number(line, said.value),
                said.source,
                said.note,
            ]


def _meanings(lines, asked):
    yield ["Kode", "Indikator", "Satuan", "Yang dihitung", "Cara menjumlahkan", "Sumber"]
    for line in lines:
        one = line.indicator
        yield [
            one.slug,
            one.name,
            one.unit,
            one.definition,
            one.get_counting_display(),
            one.source,
        ]
    end = f"akhir {asked.month:%Y-%m}" if asked.is_over else f"{asked.day:%Y-%m-%d}"
    yield ["", f"Keadaan {asked.where} per {end}", "", "", "", ""]
