"""The stored figures of link and match: made from nothing, all at once, by nothing else.

A SMK or company with ten agreements is one SMK or company. “Signed” counts what was signed once,
whatever became of it; “live” what runs today. ``refresh_soon`` is for whoever changes what counts.
"""

from celery import shared_task
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce, ExtractYear, Substr
from django.utils import timezone

from partnerships.enums import LIVE, Curriculum, Dimension
from partnerships.models import Agreement, Competence, Figure, LaunchPhase
from programs.enums import OrganizationKind
from programs.models import KbliCode, Organization, Region
from programs.queue import ring, silence
from programs.workflow import live_figures

# A thousand agreements of an import change the figures once, at most this much later.
SECONDS_UNTIL_RUN = 20
AT_ONCE = 1000
# The group of those that have no phase, province or sector.
NONE = ""


RUNNING = Q(status__in=LIVE)
COUNTS = {
    "schools": Count("school", distinct=True),
    "companies": Count("company", distinct=True),
    "agreements": Count("pk", distinct=True),
    "live_schools": Count("school", distinct=True, filter=RUNNING),
    "live_companies": Count("company", distinct=True, filter=RUNNING),
    "live_agreements": Count("pk", distinct=True, filter=RUNNING),
}


def refresh_soon():
    """Let the figures be made again after this change; many changes cause one run."""
    ring(refresh_figures, within=SECONDS_UNTIL_RUN)


@shared_task
def refresh_figures():
    """After changes, and each night because time alone changes nothing that rings."""
    silence(refresh_figures)
    rebuild()
    live_figures.recount("partnerships")


@transaction.atomic
def rebuild():
    """Make all figures anew and say how many groups there are.

    Until the end everybody reads the old ones; a run that is interrupted leaves them as they were.
    """
    with connection.cursor() as cursor:
        # One run at a time. Readers are not hindered.
        cursor.execute("LOCK TABLE partnerships_figure IN SHARE ROW EXCLUSIVE MODE")
    now = timezone.now()
    figures = [
        Figure(dimension=dimension, computed_at=now, **values)
        for dimension, groups in _groups().items()
        for values in groups
    ]
    Figure.objects.all().delete()
    Figure.objects.bulk_create(figures, batch_size=AT_ONCE)
    return len(figures)


def _groups():
    return {
        Dimension.TOTAL: [_total()],
        Dimension.PHASE: _phases(),
        Dimension.PROVINCE: _provinces(),
        Dimension.COMPETENCE: _competences(),
        Dimension.SECTOR: _sectors(),
        Dimension.YEAR: _years(),
        Dimension.COMPANY: _companies(),
    }


def _total():
    return {
        "key": "",
        "label": "Keseluruhan",
        "registered_schools": Organization.objects.of_kind(OrganizationKind.SCHOOL).count(),
        **Agreement.objects.signed().aggregate(**COUNTS),
    }


def _by(expression):
    """{key: counts} of the signed agreements, grouped by ``expression``."""
    rows = Agreement.objects.signed().values(group=expression).annotate(**COUNTS).order_by()
    return {row.pop("group"): row for row in rows}


def _phases():
    """Every launch, those without an agreement too: the table is read beside what was published."""
    counted = _by(F("phase"))
    found = [
        {
            "key": f"{phase.number:02d}",
            "label": f"{phase}, {phase.area}"[:200],
            **counted.get(phase.pk, {}),
        }
        for phase in LaunchPhase.objects.order_by("number")
    ]
    return found + _without(counted, "Tanpa tahap")


def _provinces():
    """Every province; a SMK without a region on our register is in none."""
    counted = _by(Coalesce("school__region__province", "school__region"))
    schools = Organization.objects.of_kind(OrganizationKind.SCHOOL)
    registered = dict(
        schools.values_list(Coalesce("region__province", "region"))
        .annotate(number=Count("pk"))
        .order_by()
    )
    found = [
        {
            "key": code,
            "label": name,
            "registered_schools": registered.get(code, 0),
            **counted.get(code, {}),
        }
        for code, name in Region.objects.filter(kind=Region.Kind.PROVINCE).values_list(
            "code", "name"
        )
    ]
    return found + [
        {**row, "registered_schools": registered.get(None, 0)}
        for row in _without(counted, "Wilayah belum tercatat")
    ]


def _competences():
    """By the code that the agreement names: the same under its new code is another line."""
    counted = _by(F("competence_rows__competence"))
    named = Competence.objects.filter(pk__in=[pk for pk in counted if pk]).order_by("name", "code")
    found = [
        {
            "key": str(competence.pk),
            "label": f"{competence.name} ({competence.code}, "
            f"{Curriculum(competence.curriculum).label})",
            **counted[competence.pk],
        }
        for competence in named
    ]
    return found + _without(counted, "Tanpa kompetensi")


def _sectors():
    counted = _by(Substr("company__company__kbli_code", 1, 2))
    # Some companies have no profile, others a profile without a code: one group of our reports.
    unknown = Q(company__company=None) | Q(company__company__kbli_code="")
    names = dict(
        KbliCode.objects.filter(code__in=[code for code in counted if code])
        .order_by("-version")
        .values_list("code", "title")
    )
    found = [
        {
            "key": code,
            "label": f"{code} {names.get(code, 'Golongan pokok tidak dikenal')}"[:200],
            **counted[code],
        }
        for code in sorted(code for code in counted if code)
    ]
    rest = Agreement.objects.signed().filter(unknown).aggregate(**COUNTS)
    return found + ([_none("Sektor belum tercatat", rest)] if rest["agreements"] else [])


def _years():
    counted = _by(ExtractYear("signed_on"))
    return [{"key": str(year), "label": str(year), **counted[year]} for year in sorted(counted)]


def _companies():
    """Every company on the register, also those that mentor no SMK yet: they are looked for."""
    companies = Organization.objects.of_kind(OrganizationKind.COMPANY)
    counted = _by(F("company"))
    return [
        {"key": str(pk), "label": name, **counted.get(pk, {})}
        for pk, name in companies.values_list("pk", "name")
    ]


def _without(counted, label):
    return [_none(label, counted[None])] if None in counted else []


def _none(label, counts):
    return {"key": NONE, "label": label, **counts}
