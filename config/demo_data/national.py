"""The demo at the published size of the nation: everything that the ministry told of, in rows.

On top of the small demo, or on reference data alone, each part is filled up to its published
number (``domain.md`` §0). The parts are transactions of their own: after an interruption the same
command goes on with the part that is missing. Nobody is sent a mail. Names are generated, and say
so.
"""

from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.formats import number_format

from config.demo_data import national_campaign, national_webinars
from config.demo_data.copying import check_at_once
from config.demo_data.national_campaign import fill_campaign
from config.demo_data.national_esmart import fill_esmart
from config.demo_data.national_partners import fill_partners
from config.demo_data.national_webinars import fill_webinars
from config.demo_data.targets import enter_targets
from partnerships.models import Agreement
from partnerships.workflow import figures as partnership_figures
from programs.models import Enrolment, SalesReport
from programs.workflow import esmart_figures, live_figures
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


def load(sizes, *, officers, today, say):
    """Fill up to ``sizes`` and count everything; ``say`` is told how far it got, in sentences.

    ``officers`` are those of IKMA ("ikma") and BPSDMI ("bpsdmi") who do what takes an officer.
    """
    ikma = officers["ikma"]
    parts = [
        ("PKS", lambda: fill_partners(sizes, by=officers["bpsdmi"], today=today)),
        ("peserta e-Smart", lambda: fill_esmart(sizes, by=ikma, today=today)),
        # Their participants are owners of e-Smart IKM, and so are the first of the campaign.
        ("webinar", lambda: fill_webinars(sizes, by=ikma)),
        ("peserta kampanye", lambda: fill_campaign(sizes, by=ikma)),
    ]
    for what, fill in parts:
        say(f"{what} …")
        with transaction.atomic():
            check_at_once()
            added = fill()
        _let_the_planner_know()
        say(f"{what}: {grouped(added)} ditambahkan." if added else f"{what}: sudah ada.")
    say("Menghitung angka …")
    _count_everything(today)


def counted():
    """How much there is, counted directly from the rows: what each published number means."""
    signed = Agreement.objects.signed()
    return Sizes(
        schools=signed.values("school").distinct().count(),
        companies=signed.values("company").distinct().count(),
        agreements=signed.count(),
        webinars=national_webinars.held().count(),
        webinar_participants=national_webinars.came().count(),
        enrolments=Enrolment.objects.count(),
        turnover=SalesReport.objects.aggregate(sum=Sum("turnover", default=0))["sum"],
        campaign=national_campaign.joined().count(),
        campaign_on_the_first_day=national_campaign.joined()
        .filter(joined_on=national_campaign.FIRST_DAY)
        .count(),
    )


def grouped(number):
    return number_format(number, force_grouping=True)


def _count_everything(today):
    """All stored figures."""
    partnership_figures.rebuild()
    esmart_figures.rebuild(today=today)
    count_events(anew=True)
    live_figures.recount()
    enter_targets(today=today)
    _let_the_planner_know()


def _let_the_planner_know():
    """How full the tables are now: autovacuum comes later, or saw them empty while they filled.

    Planned for empty tables, the next part takes minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
