"""Selection: grades, then places for as many as there are, and a word to the others."""

from collections import defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs.kept_input import fill, fill_all, take
from programs.transitions import TransitionNotAllowed
from training.admin.diklat_desk import load, say, show
from training.diklat_enums import TraineeStatus
from training.forms.diklat_desk import DeclineForm, GradeForm
from training.models import Trainee
from training.workflow import trainee as workflow

T = TraineeStatus
# One page shows so many, and its form sends so many rows.
ON_A_PAGE = 100
CANDIDATES = [T.REGISTERED, T.SELECTED, T.NOT_SELECTED]
FILTERS = {
    "": ("Menunggu keputusan", [T.REGISTERED]),
    "lulus": ("Lulus", [T.SELECTED]),
    "cadangan": ("Tidak lulus, cadangan", [T.NOT_SELECTED]),
    "semua": ("Semua", CANDIDATES),
}
GRADE, SELECT, DECLINE = "nilai", "lulus", "tolak"


@require_http_methods(["GET", "HEAD", "POST"])
def selection(request, pk):
    """Keep the grades of the page; with a decision, also decide upon those that are ticked."""
    is_sent = request.method == "POST"
    found = load(request, pk, today=timezone.localdate(), to_change=is_sent)
    wanted = request.GET.get("tampil", "")
    wanted = wanted if wanted in FILTERS else ""
    page = _page(request, found, wanted)
    chosen = set(request.POST.getlist("peserta"))
    data = request.POST if is_sent else None
    rows = [
        GradeForm(
            data,
            person=trainee,
            initial={"score": trainee.score, "note": trainee.selection_note},
        )
        for trainee in page.object_list
    ]
    act = request.POST.get("langkah", GRADE)
    decline_form = DeclineForm(data if act == DECLINE else None)
    if is_sent and all([row.is_valid() for row in rows]):  # noqa: C419 - every row is judged
        ticked = [row.person for row in rows if str(row.person.pk) in chosen]
        if act != DECLINE or decline_form.is_valid():
            done = _decide(request, found, act, rows, ticked, decline_form)
            if done:
                return redirect(_address(found, request))
    kept = take(request)
    return show(
        request,
        found,
        "desk_diklat_selection",
        tab="selection",
        title="Seleksi",
        status=422 if is_sent else 200,
        page=page,
        rows=fill_all(rows, kept) if kept else rows,
        others=_other_batches(found, page.object_list),
        chosen=chosen,
        wanted=wanted,
        filters=[(key, label) for key, (label, _) in FILTERS.items()],
        decline_form=fill(decline_form, kept),
        may_decide=found.may_manage and found.batch.status in workflow.CHOOSING,
    )


def _decide(request, found, act, rows, ticked, decline_form):
    """Whether it was done; else it was said why not."""
    grades = [
        (row.person, row.cleaned_data["score"], row.cleaned_data["note"])
        for row in rows
        if row.has_changed()
    ]
    try:
        if act == SELECT:
            workflow.select(ticked, by=request.user, grades=grades)
            words = f"{len(ticked)} orang lulus seleksi dan diberi tahu."
        elif act == DECLINE:
            reason = decline_form.cleaned_data["reason"]
            workflow.decline(ticked, by=request.user, reason=reason, grades=grades)
            words = f"{len(ticked)} orang tidak lulus seleksi dan diberi tahu alasannya."
        else:
            workflow.grade_all(grades, by=request.user)
            words = "Nilai seleksi disimpan."
    except TransitionNotAllowed as problem:
        say(request, problem)
        return False
    messages.success(request, words)
    return True


def _page(request, found, wanted):
    rows = (
        found.batch.trainees.filter(status__in=FILTERS[wanted][1])
        .select_related("region__province", "sent_by", "wanted__company")
        .order_by(F("score").desc(nulls_last=True), "registered_at", "pk")
    )
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("halaman"))


def _address(found, request):
    query = request.GET.urlencode()
    return f"{found.address('selection')}?{query}" if query else found.address("selection")


def _other_batches(found, trainees):
    """{trainee's key: [other batches of the same person]}, found by e-mail or NIK."""
    emails = {trainee.email: trainee.pk for trainee in trainees if trainee.email}
    niks = {trainee.nik_index: trainee.pk for trainee in trainees if trainee.nik_index}
    same = (
        Trainee.objects.active()
        .filter(Q(email__in=emails) | Q(nik_index__in=niks))
        .exclude(batch=found.batch)
        .select_related("batch__course")
        .defer("nik")
        .order_by("-batch__starts_on")
    )
    others = defaultdict(list)
    for trainee in same:
        key = emails.get(trainee.email) or niks.get(trainee.nik_index)
        others[key].append(trainee)
    return dict(others)
