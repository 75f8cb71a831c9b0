"""One application with all that an officer must see before deciding, read in a few queries."""

from datetime import datetime
from typing import NamedTuple

from django.http import Http404
from django.utils.functional import cached_property

from programs.enums import Scale
from programs.identifiers import mask_account
from programs.models import Holiday
from subsidies import permissions
from subsidies.admin.history import told
from subsidies.admin.queue import days_left
from subsidies.admin.record_rows import amount_lines, rules, visit_rows
from subsidies.amounts import Line
from subsidies.answers_in_words import baseline_rows, business_rows, machine_rows
from subsidies.checklist import slots_of
from subsidies.enums import (
    DisbursementStatus,
    DocumentCheck,
    NoteState,
    Stage,
    Verdict,
    VisitStatus,
)
from subsidies.explanation import explain
from subsidies.models import (
    AmountLine,
    Application,
    RuleOutcome,
    VisitQuestion,
)
from subsidies.stages import STAGES
from subsidies.workflow import review
from subsidies.workflow.decision import band_of

# Before these nothing is reserved: the sum is what it would take.
BEFORE_APPROVAL = [
    Stage.COMPLETENESS,
    Stage.CORRECTION,
    Stage.CONFORMITY,
    Stage.VISIT_PLANNING,
    Stage.VISIT,
    Stage.MINUTES,
    Stage.ASSESSMENT,
    Stage.APPROVAL,
    Stage.WAITING,
]
MONEY_STAGES = [Stage.DECREE, Stage.SPP, Stage.SPM, Stage.SP2D, Stage.PAID, Stage.CLOSED]
MINUTES_MADE = [VisitStatus.CONDUCTED, VisitStatus.CONFIRMED]
RULES_SHOWN = 4
LOOKS = {Verdict.PASS: "pass", Verdict.FAIL: "fail", Verdict.UNKNOWN: "dunno"}
RELATED = [
    "organization__ikm",
    "organization__region__province",
    "scheme",
    "budget_line",
    "site_region__province",
    "assigned_to",
    "visit__verifier",
    "visit__minutes",
    "disbursement__decree",
]


class Effect(NamedTuple):
    """What a decision does to the money, in two rows: now, and afterwards."""

    now: int
    label: str
    after: int
    is_short: bool


class Record:
    """What the record page shows. Lists are read when the page asks for them, and once."""

    def __init__(self, user, pk, *, today):
        self.user, self.today = user, today
        found = (
            Application.objects.on_the_desk_of(user)
            .with_stage()
            .filter(pk=pk)
            .select_related(*RELATED)
            .annotate(rules=rules(), lines=amount_lines(), visit_rows=visit_rows())
        )
        self.application = found.first()
        if self.application is None:
            raise Http404
        self.stage = Stage(self.application.stage)
        self.words = STAGES[self.stage]

    # --- The case -----------------------------------------------------------------------------

    @cached_property
    def machines(self):
        machines = list(self.application.machines.all())
        for number, machine in enumerate(machines, start=1):
            machine.number = number
        return machines

    @cached_property
    def files(self):
        files = list(
            self.application.documents.current().select_related("document", "machine", "checked_by")
        )
        for file in files:
            file.application = self.application
        return files

    @cached_property
    def missing(self):
        """Required papers that nobody handed in; asked while completeness is being checked."""
        if self.stage not in (Stage.COMPLETENESS, Stage.CORRECTION):
            return []
        slots = slots_of(self.application, machines=self.machines, files=self.files)
        return [
            f"{slot.label} ({slot.machine})" if slot.machine else slot.label
            for slot in slots
            if slot.required and not slot.files
        ]

    @cached_property
    def notes(self):
        notes = list(
            self.application.correction_notes.select_related("raised_by", "machine").order_by("pk")
        )
        for note in notes:
            note.application = self.application
        return notes

    @property
    def open_notes(self):
        return [note for note in self.notes if note.state == NoteState.OPEN]

    @property
    def changes(self):
        """(note, what stood there, what stands there now) of each note that was answered."""
        return [
            (note, note.value_before, review.shown(note.machine or self.application, note.name))
            for note in self.notes
            if note.state == NoteState.ANSWERED
        ]

    @cached_property
    def days(self):
        """Working days left; None while the ministry's clock stands still."""
        if not self.application.due_on or self.stage == Stage.CORRECTION:
            return None
        return days_left(self.application.due_on, self.today, Holiday.objects.days())

    @property
    def answers(self):
        """(title, rows) of what the owner answered; the account stands by itself, sealed."""
        yield "Usaha", business_rows(self.application)
        yield "Kapasitas dan omzet sebelum mesin baru", baseline_rows(self.application)
        for machine in self.machines:
            yield f"Mesin {machine.number}: {machine.name}", machine_rows(machine)

    @property
    def scale(self):
        return Scale(self.application.scale).label if self.application.scale else ""

    @property
    def account(self):
        number = self.application.account_number
        return mask_account(number) if number else ""

    @property
    def nik(self):
        profile = getattr(self.application.organization, "ikm", None)
        return profile.masked_nik if profile else ""

    # --- Rules and money ----------------------------------------------------------------------

    @cached_property
    def rules(self):
        """(when in words, rows) of the last judgement."""
        for occasion in (RuleOutcome.Occasion.APPROVAL, RuleOutcome.Occasion.SUBMISSION):
            rows = [row for row in self.application.rules if row["occasion"] == occasion]
            if rows:
                return occasion.label, [row | {"look": LOOKS[row["verdict"]]} for row in rows]
        return "", []

    @property
    def first_rules(self):
        """What needs an officer's eye: failures, what the rules could not tell, a few that pass."""
        rows = self._rules_by_weight
        doubts = [row for row in rows if row["verdict"] != Verdict.PASS]
        return rows[: max(len(doubts), RULES_SHOWN)]

    @property
    def other_rules(self):
        return self._rules_by_weight[len(self.first_rules) :]

    @property
    def _rules_by_weight(self):
        weight = [Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS]
        return sorted(self.rules[1], key=lambda row: weight.index(row["verdict"]))

    @property
    def judged_at(self):
        return datetime.fromisoformat(self.rules[1][0]["judged_at"]) if self.rules[1] else None

    @property
    def is_assessed(self):
        return self.application.recognized is not None

    @property
    def occasion(self):
        if self.is_assessed:
            return AmountLine.Occasion.ASSESSMENT
        return AmountLine.Occasion.SUBMISSION

    @cached_property
    def lines(self):
        return [row for row in self.application.lines if row["occasion"] == self.occasion]

    @property
    def explained(self):
        lines = [Line(r["machine"], r["kind"], r["label"], r["amount"]) for r in self.lines]
        machines = {machine.pk: (machine.name, machine.origin) for machine in self.machines}
        return explain(lines, machines, ceiling=self.application.scheme.ceiling)

    @property
    def amount(self):
        """What would be, or is, paid back: decided, else as estimated when it was handed in."""
        if self.application.reimbursed is not None:
            return self.application.reimbursed
        return next((row["amount"] for row in self.lines if row["kind"] == "reimbursed"), 0)

    def amounts_by_machine(self):
        """(machine, recognized, percent words, share, cuts in words) for the table."""
        for machine in self.machines:
            rows = [row for row in self.lines if row["machine"] == machine.pk]
            by_kind = {row["kind"]: row for row in rows}
            share = by_kind.get("share")
            cuts = [f"{row['label']} ({_minus(row['amount'])})" for row in rows
                    if row["kind"] == "cut"]  # fmt: skip
            paid = machine.reimbursed
            if paid is None:
                paid = share["amount"] if share else None
            recognized = by_kind.get("recognized")
            percent = share["label"].removeprefix("Penggantian ") if share else ""
            yield machine, recognized and recognized["amount"], percent, paid, "; ".join(cuts)

    @cached_property
    def balance(self):
        return self.application.budget_line.balance()

    @property
    def slices(self):
        """The budget's bar: paid, committed, reserved, and this application where it is not in."""
        pots = self.balance
        slices = [
            ("Dibayar", pots["paid"], "q4"),
            ("Terikat surat keputusan", pots["committed"], "q3"),
            ("Dicadangkan", pots["reserved"], "q2"),
        ]
        if self.stage in BEFORE_APPROVAL:
            fits = min(self.amount, max(pots["available"], 0))
            slices.append(("Permohonan ini, bila disetujui", fits, "bar2"))
        return slices

    @property
    def effect(self):
        """What approving does to the ceiling; None where nothing is moved any more."""
        if self.stage not in BEFORE_APPROVAL:
            return None
        now = self.balance["available"]
        label = (
            "Sesudah persetujuan ini"
            if self.stage in (Stage.APPROVAL, Stage.WAITING)
            else "Bila disetujui nanti"
        )
        return Effect(now, label, now - self.amount, now < self.amount)

    @property
    def pot(self):
        """Where this application's money lies after approval, in words."""
        payment = getattr(self.application, "disbursement", None)
        if payment is None:
            return "Dicadangkan"
        return "Dibayar" if payment.status == DisbursementStatus.PAID else "Terikat SK"

    @property
    def is_money_stage(self):
        return self.stage in MONEY_STAGES

    @cached_property
    def band(self):
        return band_of(self.user)

    # --- The visit ----------------------------------------------------------------------------

    @property
    def visit(self):
        return getattr(self.application, "visit", None)

    @property
    def visit_answers(self):
        """The checklist as the verifier filled it in, once the minutes were made."""
        if self.visit is None or self.visit.status not in MINUTES_MADE:
            return []
        return [
            row | {"question": VisitQuestion(row["question"]).label}
            for row in self.application.visit_rows
        ]

    @cached_property
    def visit_photos(self):
        return list(self.visit.photos.select_related("document")) if self.visit else []

    # --- What was done and said ---------------------------------------------------------------

    @cached_property
    def _told(self):
        return told(self.application)

    @property
    def deeds(self):
        return self._told[0]

    @property
    def internal_notes(self):
        return self._told[1]

    # --- Who may what --------------------------------------------------------------------------

    @cached_property
    def may_check(self):
        return permissions.can_check(self.user, self.application)

    @property
    def may_open_nik(self):
        return bool(self.nik) and permissions.can_open_nik(self.user, self.application)

    @property
    def may_open_account(self):
        return bool(self.account) and permissions.can_open_account(self.user, self.application)

    @property
    def sees_all(self):
        """An officer of the ministry; a verifier from outside sees the case, not the talk."""
        return self.user.has_perm("subsidies.view_application")

    @property
    def may_write(self):
        return permissions.can_write_internally(self.user, self.application)

    @property
    def may_take(self):
        return (
            permissions.can_act(self.user, self.application)
            and self.application.assigned_to_id != self.user.pk
        )

    @property
    def unchecked(self):
        return [file for file in self.files if file.check_state == DocumentCheck.PENDING]


def _minus(amount):
    return f"{abs(amount):,}".replace(",", ".")
