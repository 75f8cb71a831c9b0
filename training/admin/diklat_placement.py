"""Work after the training: many to one partner, one person elsewhere, and the follow-up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, fill_all, take
from programs.transitions import TransitionNotAllowed
from training.admin.diklat_desk import load, say, show
from training.admin.diklat_people import trainee_of
from training.diklat_enums import ASSESSED, AT_WORK, WITH_OUTCOME, TraineeStatus
from training.forms.diklat_desk import FollowupForm, OutcomeForm, PlaceManyForm
from training.models import Followup, Placement
from training.workflow import placement as workflow

FILTERS = {
    "": ("Belum dicatat", ASSESSED),
    "bekerja": ("Bekerja", AT_WORK),
    "belum": ("Belum bekerja", [TraineeStatus.NOT_WORKING]),
    "semua": ("Semua", [*ASSESSED, *WITH_OUTCOME]),
}
WAITING, LATER, DONE = "jatuh-tempo", "nanti", "selesai"


@require_http_methods(["GET", "HEAD", "POST"])
def placement(request, pk):
    """Send several graduates to one partner."""
    is_sent = request.method == "POST"
    found = load(request, pk, today=timezone.localdate(), to_change=is_sent)
    wanted = request.GET.get("tampil", "")
    wanted = wanted if wanted in FILTERS else ""
    demands = _demands(found)
    people = (
        found.batch.trainees.filter(status__in=FILTERS[wanted][1])
        .select_related("region__province", "wanted__company")
        .prefetch_related(Prefetch("placements", Placement.objects.current(), to_attr="work"))
        .order_by("name", "pk")
    )
    form = PlaceManyForm(request.POST if is_sent else None, demands=demands)
    chosen = set(request.POST.getlist("peserta"))
    if is_sent:
        ticked = [trainee for trainee in people if str(trainee.pk) in chosen]
        if not ticked:
            form.add_error(None, "Pilih dahulu peserta yang ditempatkan.")
        if form.is_valid() and _placed(request, found, ticked, form):
            return redirect(found.address("placement"))
    return show(
        request,
        found,
        "desk_diklat_placement",
        tab="placement",
        title="Penempatan",
        status=422 if is_sent else 200,
        people=people,
        demands=demands,
        form=fill(form, take(request)),
        chosen=chosen,
        wanted=wanted,
        filters=[(key, label) for key, (label, _) in FILTERS.items()],
        may_place=found.may_manage and found.batch.status in workflow.PLACING,
    )


def _demands(found):
    placed = Count("placements", filter=Q(placements__replaced_at=None), distinct=True)
    return (
        found.batch.demands.select_related("company", "region__province")
        .annotate(placed=placed)
        .order_by("pk")
    )


def _placed(request, found, ticked, form):
    demand = form.cleaned_data["demand"]
    try:
        workflow.place_all(
            ticked, by=request.user, demand=demand, starts_on=form.cleaned_data["starts_on"]
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
        return False
    messages.success(request, f"{len(ticked)} orang ditempatkan di {demand.company}.")
    _warn_of_too_many(request, demand)
    return True


def _warn_of_too_many(request, demand):
    if too_many := workflow.over_demand(demand):
        messages.warning(
            request,
            f"{demand.company} meminta {demand.places} orang; sekarang {too_many} orang lebih "
            "banyak. Pastikan mitra menerimanya, lalu perbarui kebutuhannya.",
        )


@require_http_methods(["GET", "HEAD", "POST"])
def place_one(request, pk, trainee_pk):
    """What one person does: at a partner, elsewhere, for themselves, or nothing yet."""
    is_sent = request.method == "POST"
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    trainee = trainee_of(found, trainee_pk)
    initial = {"region": trainee.region_id}
    if trainee.wanted_id:
        initial |= {"kind": OutcomeForm.PARTNER, "demand": trainee.wanted_id}
    form = OutcomeForm(request.POST if is_sent else None, demands=_demands(found), initial=initial)
    if form.is_valid():
        try:
            _write_outcome(trainee, form.cleaned_data, by=request.user)
        except TransitionNotAllowed as problem:
            form.add_error(None, str(problem))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, f"Keterangan kerja {trainee} dicatat.")
            if form.cleaned_data["kind"] == OutcomeForm.PARTNER:
                _warn_of_too_many(request, form.cleaned_data["demand"])
            return redirect(found.address("placement"))
    return show(
        request,
        found,
        "desk_diklat_place",
        tab="placement",
        title=f"Penempatan {trainee}",
        status=422 if is_sent else 200,
        trainee=trainee,
        current=trainee.placements.current().first(),
        form=fill(form, take(request)),
    )


def _write_outcome(trainee, typed, *, by):
    match typed["kind"]:
        case OutcomeForm.PARTNER:
            workflow.place(
                trainee,
                by=by,
                demand=typed["demand"],
                starts_on=typed["starts_on"],
            )
        case OutcomeForm.COMPANY:
            workflow.place(
                trainee,
                by=by,
                company_name=typed["company_name"],
                position=typed["position"],
                region=typed["region"],
                starts_on=typed["starts_on"],
            )
        case OutcomeForm.OWN:
            workflow.start_business(
                trainee,
                by=by,
                company_name=typed["company_name"],
                position=typed["position"],
                region=typed["region"],
                starts_on=typed["starts_on"],
            )
        case _:
            workflow.note_not_working(trainee, by=by, reason=typed["reason"])


@require_http_methods(["GET", "HEAD", "POST"])
def followup(request, pk):
    """The calls that are due, in one form; what comes later and what was said stand below."""
    is_sent = request.method == "POST"
    found = load(request, pk, today=timezone.localdate(), to_change=is_sent)
    asked = list(
        Followup.objects.filter(trainee__batch=found.batch)
        .select_related("trainee", "recorded_by")
        .prefetch_related(
            Prefetch("trainee__placements", Placement.objects.current(), to_attr="work")
        )
        .order_by("due_on", "trainee__name", "pk")
    )
    soon = found.today + workflow.EARLY
    waiting = [row for row in asked if row.done_on is None and row.due_on <= soon]
    rows = [_followup_row(row, request.POST if is_sent else None) for row in waiting]
    if is_sent and all([row.is_valid() for row in rows]):  # noqa: C419 - every row is judged
        answers = [
            (row.followup, row.cleaned_data["state"], row.cleaned_data["note"])
            for row in rows
            if row.cleaned_data["state"]
        ]
        if not answers:
            messages.warning(request, "Pilih keadaan paling sedikit satu orang.")
        elif _kept(request, found, answers):
            return redirect(found.address("followup"))
    kept = take(request)
    return show(
        request,
        found,
        "desk_diklat_followup",
        tab="followup",
        title="Tindak lanjut",
        status=422 if is_sent else 200,
        rows=fill_all(rows, kept) if kept else rows,
        later=[row for row in asked if row.done_on is None and row.due_on > soon],
        done=[row for row in asked if row.done_on is not None],
        may_write=found.may_manage and found.batch.status in workflow.PLACING,
    )


def _followup_row(followup, data):
    row = FollowupForm(data, person=followup.trainee, prefix=f"f{followup.pk}")
    row.followup = followup
    return row


def _kept(request, found, answers):
    try:
        workflow.record_followups(answers, by=request.user, today=found.today)
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
        return False
    messages.success(request, f"Kabar {len(answers)} orang dicatat.")
    return True
