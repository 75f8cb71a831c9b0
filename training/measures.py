"""What training counts for its indicators: events, places taken, areas reached, the 3in1 rates.

Only events that began count, in the month of their first day in WIB. A participant counts once for
each event, as the ministry reports it (``domain.md`` §C1).
"""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import TruncDate

from programs.dates import ZONES
from programs.measures import Measure, counted, offer
from programs.models import Region
from training.diklat_enums import AT_WORK, FINISHED
from training.enums import HELD, EventKind
from training.models import Event, Registration, Trainee

WEBINARS = {"program__slug": "webinar-ikm", "kind": EventKind.WEBINAR}
BIMTEK = {"program__slug": "bimtek-aparatur", "kind": EventKind.BIMTEK}
BPIFK = {"program__slug": "pelatihan-bpifk"}


def events(which):
    """Events that began; they belong to the whole country, wherever they were held."""
    held = Event.objects.filter(status__in=HELD, **which)
    return counted(held, on=_day("starts_at"), region=None, name="title")


def participants(which):
    """Places taken in events that began, in the province from which the person comes."""
    return counted(_placed(which), on=_day("event__starts_at"), region="region", name="name")


def areas(which):
    """Kabupaten/kota that sent anybody, each once, in the month when it first did."""
    first = (
        _placed(which)
        .filter(region=OuterRef("pk"))
        .order_by("event__starts_at")
        .values(day=_day("event__starts_at"))[:1]
    )
    places = Region.objects.exclude(kind=Region.Kind.PROVINCE)
    return counted(places, on=Subquery(first), region="province", name="name")


def trained():
    """Trainees of Diklat 3in1 who finished the training, on the last day of their batch."""
    finished = Trainee.objects.filter(status__in=FINISHED)
    return counted(finished, on="batch__ends_on", region="region", name="name")


def competent():
    """Those whom the LSP found competent."""
    return counted(Trainee.objects.all(), on="certified_on", region="region", name="name")


def placed():
    """Those who work in a company or for themselves, since the day on which they began."""
    working = Trainee.objects.filter(status__in=AT_WORK)
    return counted(working, on="working_since", region="region", name="name")


def _placed(which):
    held = {f"event__{path}": value for path, value in which.items()}
    return Registration.objects.placed().filter(event__status__in=HELD, **held)


def _day(path):
    return TruncDate(F(path), tzinfo=ZONES["WIB"])


EVENT = ("admin:training_event_change", "training.view_event")
PERSON = ("admin:training_registration_change", "training.view_registration")
TRAINEE = ("admin:training_trainee_change", "training.view_trainee")
AREA = ("admin:programs_region_change", "training.view_registration")

offer(
    Measure("webinar-kegiatan", lambda: events(WEBINARS), *EVENT),
    Measure("webinar-peserta", lambda: participants(WEBINARS), *PERSON),
    Measure("bimtek-kegiatan", lambda: events(BIMTEK), *EVENT),
    Measure("bimtek-peserta", lambda: participants(BIMTEK), *PERSON),
    Measure("bimtek-kabkota", lambda: areas(BIMTEK), *AREA),
    Measure("diklat-dilatih", trained, *TRAINEE),
    Measure("diklat-kompeten", competent, *TRAINEE),
    Measure("diklat-bekerja", placed, *TRAINEE),
    Measure("bpifk-kegiatan", lambda: events(BPIFK), *EVENT),
    Measure("bpifk-peserta", lambda: participants(BPIFK), *PERSON),
)
