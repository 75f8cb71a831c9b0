"""What the public pages ask, weigh and bear with the figures of the whole country.

Every indicator has a figure for each of 110 months, for the country and for all 38 provinces: more
than the ministry has counted since link and match began.
"""

from django.db import connection
from django.test import Client
from django.utils import timezone

from programs.models import Indicator, LiveFigure, News, Program
from tests.bench import stopwatch
from tests.bench.process import CLIENTS, free_port, load, web_server
from tests.factories.programs import UserFactory

MONTHS, NEWS, TIMES = 110, 400, 5
FILL = """
    INSERT INTO programs_livefigure (indicator_id, region_id, month, value)
    SELECT indicator.id, place.code, month::date,
           1 + (indicator.id * 7 + extract(month FROM month)::int) %% 40
    FROM programs_indicator AS indicator,
         (SELECT code FROM programs_region WHERE kind = 'PROVINCE' UNION ALL SELECT NULL) AS place,
         generate_series(date_trunc('month', now()) - make_interval(months => %s - 1),
                         date_trunc('month', now()), '1 month') AS month
"""
PAGES = [
    ("home", "/"),
    ("home with another map", "/?peta=kampanye-semuanya-ada-di-sini"),
    ("list of programs", "/program/?untuk=ikm"),
    ("page of a program", "/program/link-and-match/"),
    ("page of a program by year and name", "/program/e-smart-ikm/?tahun=2020&urut=nama"),
    ("news", "/berita/?halaman=20"),
]


def measure():
    _fill()
    client = Client()
    yield "live figures that the pages stand on", f"{LiveFigure.objects.count():,}", "–"
    for words, address in PAGES:
        # The quickest of a few: what the page costs, not what else the machine did meanwhile.
        count, in_database, in_all, response = min(
            (stopwatch.page(client, address) for _ in range(TIMES)), key=lambda taken: taken[1]
        )
        html, assets = stopwatch.first_visit(response)
        yield (
            f"{words}: queries, database",
            f"{count}, {in_database:.0f} ms",
            "≤ 10, ≤ 30 ms",
        )
        yield f"{words}: whole page on the server", f"{in_all:.0f} ms", "–"
        bound = "≤ 60 kB" if address == "/" else "≤ 100 kB"
        yield f"{words}: first visit", f"{(html + assets) / 1024:.0f} kB", bound
    yield from _under_load()


def _fill():
    """The whole country's figures in place of what other benches left."""
    LiveFigure.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [MONTHS])
        cursor.execute("ANALYZE programs_livefigure")
    Indicator.objects.update(counted_at=timezone.now())
    author, program = UserFactory(), Program.objects.first()
    News.objects.bulk_create(
        News(
            slug=f"bench-{number}",
            title=f"Kabar {number}",
            summary="Ringkasan kabar.",
            body="Isi kabar.",
            program=program,
            author=author,
            published_at=timezone.now(),
        )
        for number in range(NEWS)
    )


def _under_load():
    port = free_port()
    with web_server(port, LOG_LEVEL="WARNING"):
        for words, path in PAGES:
            if words in ("home", "page of a program"):
                asked = load(f"http://127.0.0.1:{port}{path}")
                yield f"{words} with {CLIENTS} clients", f"{asked:.0f} a second", "–"
