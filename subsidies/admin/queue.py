"""The officers' queue: whose work waits, since when, and for whom."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import QueryDict
from django.utils.functional import cached_property

from programs.models import Holiday
from programs.working_days import working_days_between
from subsidies.enums import Stage
from subsidies.filters import NOBODY, ApplicationFilter, provinces
from subsidies.models import AmountLine, Application
from subsidies.models.application_queries import STAGE_IS
from subsidies.models.queue_queries import AT_WORK, Tally
from subsidies.stages import STAGES, stages_for
from subsidies.workload import officers_who_may

PAGE = 25
# So many of each status are counted and can be paged through; beyond it is “more than”.
MOST = 300
MINE, POSSIBLE, ALL = "saya", "tugas", "semua"
HANDED_IN = [stage for stage in Stage if stage != Stage.DRAFT]
WORK = [stage for stage in HANDED_IN if dict(STAGE_IS[stage].children)["status"] in AT_WORK]
ENDED = [stage for stage in HANDED_IN if stage not in WORK]
LATE, TODAY = "terlambat", "hari-ini"
DEADLINES = {LATE: "Terlambat", TODAY: "Jatuh tempo hari ini"}
ORDERS = {
    "tenggat": ("due_on", "batas waktu terdekat dahulu"),
    "nilai-besar": ("-claimed", "nilai terbesar dahulu"),
    "nilai-kecil": ("claimed", "nilai terkecil dahulu"),
    "terbaru": ("-submitted_at", "yang terakhir diajukan dahulu"),
    "terlama": ("submitted_at", "yang pertama diajukan dahulu"),
}
ACTING = sorted({words.permission for words in STAGES.values() if words.permission})


@dataclass
class Row:
    """One application as the queue shows it. ``days`` is None while its clock stands still."""

    application: Application
    stage: Stage
    amount: int
    days: int | None

    @property
    def waits_for_applicant(self):
        return self.stage == Stage.CORRECTION


class Queue:
    """What one officer asked to see of the queue, read from the page's address."""

    def __init__(self, user, data: QueryDict, *, today):
        self.user, self.data, self.today = user, data, today
        self.possible = stages_for(user)
        self.scope = self._choice("lingkup", [MINE, POSSIBLE, ALL]) or self._usual_scope()
        self.stage = self._choice("tahap", self.stages_in_scope)
        self.deadline = self._choice("tenggat", DEADLINES)
        self.order = self._choice("urut", ORDERS) or "tenggat"
        page = data.get("halaman", "")
        self.number = int(page) if page.isdecimal() and len(page) < 4 and int(page) else 1

    def _choice(self, name, allowed):
        value = self.data.get(name, "")
        return value if value in list(allowed) else ""

    def _usual_scope(self):
        # Who searches wants to find it wherever it stands.
        return POSSIBLE if self.possible and not self.data.get("q") else ALL

    @property
    def stages_in_scope(self):
        return {MINE: WORK, POSSIBLE: self.possible, ALL: HANDED_IN}[self.scope]

    @cached_property
    def filter(self):
        rows = Application.objects.on_the_desk_of(self.user)
        if self.scope == MINE:
            rows = rows.filter(assigned_to=self.user)
        return ApplicationFilter(
            self.data, rows, provinces=provinces(), officers=sorted(self.officers, key=str)
        )

    @cached_property
    def officers(self):
        """Whoever may act on some stage, with how much lies on their desks."""
        return list(officers_who_may(*ACTING))

    def rows(self):
        """All that was asked for, in no order: for the page, and for the export."""
        rows = self.filter.qs
        if self.deadline == LATE:
            rows = rows.overdue(today=self.today)
        if self.deadline == TODAY:
            rows = rows.due(on=self.today)
        return rows

    @property
    def chosen_stages(self):
        return [Stage(self.stage)] if self.stage else self.stages_in_scope

    @cached_property
    def tally(self):
        """For each stage of the scope; what has ended is not counted, there are too many."""
        stages = [stage for stage in self.stages_in_scope if stage in WORK]
        return self.filter.qs.tally(stages, today=self.today, at_most=MOST + 1)

    @cached_property
    def mine(self):
        rows = Application.objects.on_the_desk_of(self.user).filter(assigned_to=self.user)
        return rows.at_work().order_by()[: MOST + 1].count()

    @cached_property
    def keys(self):
        start = (self.number - 1) * PAGE
        return self.rows().first_of_stages(
            self.chosen_stages, order=ORDERS[self.order][0], start=start, stop=start + PAGE + 1
        )

    @property
    def has_next(self):
        return len(self.keys) > PAGE and self.number * PAGE < MOST

    @cached_property
    def sum(self):
        """The tallies of the scope, added up."""
        return Tally(*map(sum, zip(Tally(), *self.tally.values(), strict=True)))

    @cached_property
    def is_more(self):
        """Of some status there are more than were counted."""
        totals = Counter()
        for stage, tally in self.tally.items():
            totals[dict(STAGE_IS[Stage(stage)].children)["status"]] += tally.total
        return any(total > MOST for total in totals.values())

    def count(self):
        """(how many fit, whether there are more than that)."""
        if self.number == 1 and len(self.keys) <= PAGE:
            return len(self.keys), False
        figure = {LATE: "overdue", TODAY: "due_today"}.get(self.deadline, "total")
        at_work = [self.tally.get(stage, Tally()) for stage in self.chosen_stages]
        ended = self._ended()
        total = sum(getattr(tally, figure) for tally in at_work) + min(ended, MOST)
        return total, ended > MOST or self.is_more

    def _ended(self):
        """What has ended is counted only where it is in the list."""
        stages = [stage for stage in self.chosen_stages if stage in ENDED]
        rows = self.rows().in_stages(stages) if stages else self.rows().none()
        return rows.order_by()[: MOST + 1].count()

    def page(self):
        """The rows of this page, in their order."""
        estimate = AmountLine.objects.filter(
            application=OuterRef("pk"),
            occasion=AmountLine.Occasion.SUBMISSION,
            kind="reimbursed",
        )
        found = (
            Application.objects.filter(pk__in=self.keys[:PAGE])
            .with_stage()
            .annotate(estimate=Subquery(estimate.values("amount")[:1]))
            .select_related("organization", "site_region__province", "assigned_to")
            .defer("account_number")
        )
        by_key = {application.pk: application for application in found}
        holidays = Holiday.objects.days() if by_key else frozenset()
        return [self._row(by_key[key], holidays) for key in self.keys[:PAGE] if key in by_key]

    def _row(self, application, holidays):
        days = None
        if application.due_on and application.stage != Stage.CORRECTION:
            days = days_left(application.due_on, self.today, holidays)
        amount = application.reimbursed
        return Row(
            application,
            Stage(application.stage),
            application.estimate if amount is None else amount,
            days,
        )

    def address(self, **changes):
        """This page's query string with some parameters changed (None takes one away)."""
        query = self.data.copy()
        query.pop("halaman", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    @property
    def no_stage(self):
        return not self.stage

    @property
    def all_stages_address(self):
        return self.address(tahap=None)

    @property
    def deadline_address(self):
        return self.address(urut="tenggat")

    @property
    def amount_address(self):
        return self.address(urut=_other(self.order, "nilai-besar", "nilai-kecil"))

    @property
    def age_address(self):
        return self.address(urut=_other(self.order, "terbaru", "terlama"))

    @property
    def excel_address(self):
        return f"unduh/{self.address(bentuk='xlsx')}"

    @property
    def csv_address(self):
        return f"unduh/{self.address(bentuk='csv')}"

    @property
    def previous_number(self):
        return self.number - 1

    @property
    def next_number(self):
        return self.number + 1

    def chips(self):
        """(words, address without it) of each filter that is on."""
        if self.data.get("q"):
            yield f"Cari: {self.data['q']}", self.address(q=None)
        if self.deadline:
            yield DEADLINES[self.deadline], self.address(tenggat=None)
        for name, label, words in self.filter.chosen():
            yield f"{label}: {words}", self.address(**{name: None})

    def tabs(self):
        possible = ""
        if self.scope != MINE and self.possible:
            counted = [self.tally.get(stage, Tally()).total for stage in self.possible]
            possible = figure(sum(counted), is_more=self.is_more)
        tabs = [(MINE, "Tugas saya", figure(min(self.mine, MOST), is_more=self.mine > MOST))]
        if self.possible:
            tabs.append((POSSIBLE, "Dapat saya kerjakan", possible))
        tabs.append((ALL, "Semua", ""))
        return [
            (words, self.address(lingkup=scope, tahap=None), tally, scope == self.scope)
            for scope, words, tally in tabs
        ]

    def stage_chips(self):
        """Stages in which something stands, and those that have ended where all are shown."""
        for stage in self.stages_in_scope:
            tally = self.tally.get(stage)
            if tally or stage == self.stage or stage in ENDED or self.scope == POSSIBLE:
                total = tally.total if tally else 0
                shown = "" if stage in ENDED else figure(min(total, MOST), is_more=total > MOST)
                yield stage.label, self.address(tahap=stage), shown, stage == self.stage

    def tiles(self):
        """(figure, words, address, kind): what needs somebody, of the whole scope."""
        figures = self.sum
        more = self.is_more
        waiting = "sedang berjalan" if self.scope == ALL else "menunggu tindakan"
        yield figure(figures.total, is_more=more), waiting, self.address(tenggat=None), ""
        late = "danger" if figures.overdue else ""
        yield figures.overdue, "terlambat", self.address(tenggat=LATE), late
        due = "warn" if figures.due_today else ""
        yield figures.due_today, "jatuh tempo hari ini", self.address(tenggat=TODAY), due
        if self.scope != MINE:
            yield (
                figure(figures.unassigned, is_more=more and figures.unassigned > MOST),
                "belum ditugaskan",
                self.address(petugas=NOBODY),
                "",
            )


def days_left(due_on, today, holidays):
    """Working days left. What is past is late, also over a weekend."""
    days = working_days_between(today, due_on, holidays)
    return min(days, -1) if due_on < today else days


def figure(number, *, is_more):
    return f"{number}+" if is_more else number


def _other(order, first, second):
    return second if order == first else first
