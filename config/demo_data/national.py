"""The demo at the published size of the nation: everything that the ministry told of, in rows.

On top of the small demo, or on reference data alone, each part is filled up to its published
number (``domain.md`` §0). The parts are transactions of their own: after an interruption the same
command goes on with the part that is missing. Nobody is sent a mail. Names are generated, and say
so.
"""

from typing import NamedTuple

from django.db import connection, transaction

from config.demo_data.copying import check_at_once
from config.demo_data.national_esmart import fill_esmart
from config.demo_data.national_partners import fill_partners
from partnerships.workflow import figures as partnership_figures
from programs.workflow import esmart_figures
from training.workflow.event_figures import count_events


class Sizes(NamedTuple):
    """How much there shall be in total; the published numbers unless somebody says otherwise."""

    schools: int = 2_612
    companies: int = 885
    agreements: int = 4_997
    webinars: int = 156
    webinar_participants: int = 13_871
    enrolments: int = 10_400
    turnover: int = 3_270_000_000  # rupiah, of all sales reports
    campaign: int = 1_600_000
    campaign_on_the_first_day: int = 2_925


PUBLISHED = Sizes()


def load(sizes=PUBLISHED, *, officers, today, say):
    """Fill up to ``sizes`` and count everything; ``say`` is told how far it got, in sentences.

    ``officers`` are those of IKMA ("ikma") and BPSDMI ("bpsdmi") who do what takes an officer.
    """
    parts = [
        ("PKS", lambda: fill_partners(sizes, by=officers["bpsdmi"], today=today)),
        ("peserta e-Smart", lambda: fill_esmart(sizes, by=officers["ikma"], today=today)),
    ]
    new = 0
    for words, fill in parts:
        with transaction.atomic():
            check_at_once()
            added = fill()
        say(
            f"  {added:,} {words} ditambahkan.".replace(",", ".")
            if added
            else f"  {words}: sudah ada."
        )
        new += added
    if new:
        _count_everything(today)
    return new


def _count_everything(today):
    """All stored figures, and what the planner of the database wants to know of the tables."""
    partnership_figures.rebuild()
    esmart_figures.rebuild(today=today)
    count_events(anew=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
