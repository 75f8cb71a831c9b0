"""What is told of each open table, in the words of DCAT, by which catalogues of data are gathered.

The addresses are for good: programs of others read them. A table keeps its address and the names
of its columns; what is added stands at the end.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from programs import indicator_open_data, open_data
from programs.indicator_open_data import PARTS, tables_of
from programs.models import Indicator, Program
from programs.open_data import Dataset, State, state_of

PUBLISHER = "Kementerian Perindustrian Republik Indonesia"
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.id"
CSV, JSON = "text/csv", "application/json"


@dataclass(frozen=True)
class Listed:
    """A table as the page and the catalogue list it."""

    dataset: Dataset
    csv: str
    json: str
    metadata: str
    state: State | None = None

    @property
    def changed_at(self) -> datetime | None:
        return self.state.changed_at if self.state else None


class IndicatorListed(NamedTuple):
    """An indicator with its own address, and {what it is: table} of those that have a row."""

    indicator: Indicator
    table: Listed
    given: dict


def find(name):
    """The dataset with this address, or None."""
    if not name.startswith("indikator/"):
        return open_data.offered().get(name)
    _, slug, *part = name.split("/")
    indicator = indicator_open_data.indicators().get(slug)
    if indicator is None or len(part) > 1:
        return None
    return tables_of(indicator).get(part[0] if part else "")


def indicator_of(name):
    """The indicator whose own address this is, or None."""
    start, _, slug = name.partition("/")
    return indicator_open_data.indicators().get(slug) if start == "indikator" else None


def listed(dataset, state=None):
    return Listed(
        dataset,
        csv=reverse("open_data_csv", args=[dataset.slug]),
        json=reverse("open_data_json", args=[dataset.slug]),
        metadata=reverse("open_data_metadata", args=[dataset.slug]),
        state=state,
    )


def registers():
    """The tables of the apps by title, each with how it stands."""
    tables = sorted(open_data.offered().values(), key=lambda one: one.title)
    return [listed(one, state_of(one)) for one in tables]


def of_indicators():
    """Every indicator, by program."""
    found = []
    for indicator in indicator_open_data.indicators().values():
        rows = (
            indicator.rows_live,
            indicator.rows_official,
            indicator.rows_targets,
            indicator.rows_frozen,
        )
        tables = tables_of(indicator)
        given = {
            part or "bulanan": listed(tables[part])
            for part, count in zip(PARTS, rows, strict=True)
            if count
        }
        found.append(IndicatorListed(indicator, listed(tables[""]), given))
    return found


def columns_of_indicators():
    """[(what it is, columns)] of the tables that every indicator has alike."""
    tables = tables_of(Indicator(name="", unit="satuan indikator", program=Program()))
    words = dict(
        zip(PARTS, ["bulanan", "angka resmi", "sasaran", "angka yang dibekukan"], strict=True)
    )
    return [(words[part], table.columns) for part, table in tables.items()]


def metadata_of(dataset, absolute, state=None):
    """One table in the words of DCAT; ``absolute`` makes an address whole."""
    table = listed(dataset)
    told = {
        "@type": "dcat:Dataset",
        "identifier": dataset.slug,
        "title": dataset.title,
        "description": dataset.about,
        "definition": dataset.about,
        "unit": dataset.unit,
        "temporal": dataset.period,
        "language": "id",
        "license": LICENCE_URL,
        "publisher": {
            "name": PUBLISHER,
            **({"unit": dataset.publisher} if dataset.publisher else {}),
        },
        "landingPage": absolute(reverse("open_data")),
        "columns": [
            {"name": one.name, "type": one.kind, "description": one.meaning}
            for one in dataset.columns
        ],
        "distribution": [
            {"title": "CSV", "mediaType": CSV, "downloadURL": absolute(table.csv)},
            {"title": "JSON", "mediaType": JSON, "downloadURL": absolute(table.json)},
        ],
        "describedBy": absolute(table.metadata),
    }
    if state:
        told |= {"modified": state.changed_at, "rows": state.count}
    return told


def catalogue(absolute):
    """Everything that is given, for catalogues of data."""
    tables = [metadata_of(one.dataset, absolute, one.state) for one in registers()]
    for indicator, _, given in of_indicators():
        for part, table in given.items():
            told = metadata_of(table.dataset, absolute)
            if part == "bulanan":
                told |= {"modified": indicator.counted_at, "rows": indicator.rows_live}
            tables.append(told)
    return {
        "@context": "https://www.w3.org/ns/dcat",
        "@type": "dcat:Catalog",
        "title": "Data terbuka Bina Industri",
        "description": "Data program pendidikan vokasi industri dan pembinaan IKM.",
        "language": "id",
        "license": LICENCE_URL,
        "publisher": {"name": PUBLISHER},
        "homepage": absolute(reverse("open_data")),
        "dataset": tables,
    }
