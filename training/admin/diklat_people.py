"""The people of a batch: their list, one of them, entering, leaving, and the list as a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.identifiers import warnings_for_nik
from programs.kept_input import fill, take
from programs.models import SensitiveAccess
from programs.transitions import TransitionNotAllowed
from training import diklat_permissions as permissions
from training.admin.diklat_desk import load, say, show
from training.diklat_enums import (
    ASSESSED,
    AT_WORK,
    AttendanceState,
    TraineeStatus,
)
from training.diklat_enums import BatchStatus as B
from training.diklat_listing import excel
from training.diklat_stages import TRAINEE_STAGES, stage_of
from training.diklat_timeline import DEEDS
from training.forms.diklat import EnteredPersonForm
from training.forms.diklat_desk import LeaveTrainingForm
from training.workflow import trainee as workflow

T = TraineeStatus
ON_A_PAGE = 50
GROUPS = {
    "menunggu": ("Menunggu seleksi", [T.REGISTERED]),
    "lulus": ("Lulus seleksi", [T.SELECTED]),
    "ikut": ("Mengikuti pelatihan", [T.TRAINING]),
    "kompeten": ("Sudah diuji", ASSESSED),
    "bekerja": ("Bekerja", AT_WORK),
    "belum-bekerja": ("Belum bekerja", [T.NOT_WORKING]),
    "tidak-lulus": ("Tidak lulus seleksi", [T.NOT_SELECTED]),
    "keluar": ("Mundur atau berhenti", [T.WITHDRAWN, T.DROPPED_OUT]),
}
MORE_DEEDS = DEEDS | {
    "grade": "Nilai seleksi dicatat",
    "name_certificate": "Nomor sertifikat dicatat",
}
TAKES_PEOPLE = (B.OPEN, B.SELECTION, B.RUNNING)
# Until when somebody can still leave; who never came to the test is noted as gone, too.
MAY_LEAVE = {
    T.REGISTERED: TAKES_PEOPLE,
    T.SELECTED: TAKES_PEOPLE,
    T.TRAINING: (B.RUNNING, B.CERTIFICATION),
}


@require_safe
def people(request, pk):
    found = load(request, pk, today=timezone.localdate())
    group = request.GET.get("keadaan", "")
    words = request.GET.get("cari", "").strip()
    rows = found.batch.trainees.select_related("region__province", "sent_by")
    counted = dict(
        rows.order_by().values_list("status").annotate(n=Count("pk")).values_list("status", "n")
    )
    if group in GROUPS:
        rows = rows.filter(status__in=GROUPS[group][1])
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words.lower()))
    page = Paginator(with_attendance(rows).order_by("name", "pk"), ON_A_PAGE).get_page(
        request.GET.get("halaman")
    )
    for trainee in page.object_list:
        trainee.batch = found.batch
        trainee.stage = stage_of(trainee)
        trainee.words = TRAINEE_STAGES[trainee.stage]
    return show(
        request,
        found,
        "desk_diklat_people",
        tab="people",
        title="Peserta",
        page=page,
        group=group,
        words=words,
        groups=[
            (key, label, sum(counted.get(status, 0) for status in statuses))
            for key, (label, statuses) in GROUPS.items()
        ],
        total=sum(counted.values()),
        may_enter=found.may_manage and found.batch.status in TAKES_PEOPLE,
    )


def with_attendance(trainees):
    """Annotate ``days_present`` and ``days_listed``."""
    return trainees.annotate(
        days_present=Count("attendance", filter=Q(attendance__state=AttendanceState.PRESENT)),
        days_listed=Count("attendance"),
    )


@require_safe
def person(request, pk, trainee_pk):
    return show_person(request, load(request, pk, today=timezone.localdate()), trainee_pk)


def trainee_of(found, trainee_pk):
    trainee = (
        with_attendance(found.batch.trainees)
        .select_related("region__province", "sent_by", "wanted__company", "user", "decided_by")
        .filter(pk=trainee_pk)
        .first()
    )
    if trainee is None:
        raise Http404
    trainee.batch = found.batch
    return trainee


def show_person(request, found, trainee_pk, *, status=200, opened="", **typed):
    trainee = trainee_of(found, trainee_pk)
    stage = stage_of(trainee)
    is_placing = found.batch.status in (B.CERTIFICATION, B.PLACEMENT)
    return show(
        request,
        found,
        "desk_diklat_person",
        tab="people",
        title=trainee.name,
        status=status,
        trainee=trainee,
        stage=stage,
        words=TRAINEE_STAGES[stage],
        opened=opened,
        may_open_nik=bool(trainee.nik) and permissions.can_open_nik(request.user, found.batch),
        nik_doubts=warnings_for_nik(trainee.nik) if trainee.nik and found.may_manage else [],
        results=trainee.results.order_by("attempt"),
        placements=trainee.placements.select_related("region__province"),
        followups=trainee.followups.order_by("months"),
        attendance=trainee.attendance.order_by("day"),
        history=[
            (MORE_DEEDS.get(entry.action, entry.action), entry)
            for entry in trainee.history.select_related("actor").order_by("-at", "-pk")
        ],
        may_leave=found.may_manage and found.batch.status in MAY_LEAVE.get(trainee.status, ()),
        may_place=found.may_manage and is_placing and trainee.status in (*ASSESSED, *PLACEABLE),
        may_void=found.may_manage and is_placing and trainee.status in ASSESSED,
        **({"leave_form": LeaveTrainingForm(), "void_form": None} | typed),
    )


PLACEABLE = (T.PLACED, T.SELF_EMPLOYED, T.NOT_WORKING)


@require_POST
def reveal(request, pk, trainee_pk):
    """Show the NIK in full, once; who asked for it is kept for ever."""
    found = load(request, pk, today=timezone.localdate())
    trainee = trainee_of(found, trainee_pk)
    if not trainee.nik or not permissions.can_open_nik(request.user, found.batch):
        raise PermissionDenied
    SensitiveAccess.objects.create(
        user=request.user, what="NIK peserta diklat", subject=f"{trainee}, {found.batch}"[:200]
    )
    return show_person(request, found, trainee_pk, opened=trainee.nik)


@require_POST
def leave(request, pk, trainee_pk):
    """Note that somebody will not come, or left the training before its end."""
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    trainee = trainee_of(found, trainee_pk)
    form = LeaveTrainingForm(request.POST)
    if not form.is_valid():
        return show_person(request, found, trainee_pk, status=422, leave_form=form)
    deed = workflow.drop_out if trainee.status == T.TRAINING else workflow.withdraw
    try:
        deed(trainee, by=request.user, reason=form.cleaned_data["reason"])
    except TransitionNotAllowed as problem:
        say(request, problem)
        return show_person(request, found, trainee_pk, status=409, leave_form=form)
    messages.success(request, f"{trainee} tercatat tidak ikut lagi; tempatnya dilepas.")
    return redirect(found.address("person", trainee_pk))


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, pk):
    """An officer enters somebody who came in person or in a letter."""
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    form = EnteredPersonForm(request.POST if request.method == "POST" else None, batch=found.batch)
    if form.is_valid():
        try:
            trainee = workflow.register(
                found.batch,
                by=request.user,
                today=found.today,
                details=form.details,
                nik=form.cleaned_data["nik"],
                sent_by_name=form.cleaned_data["sent_by_name"],
            )
        except TransitionNotAllowed as problem:
            form.add_error(None, str(problem))
        except ValidationError as problem:
            form.blame(problem)
        else:
            messages.success(request, f"{trainee} sudah didaftarkan.")
            return redirect(found.address("person", trainee.pk))
    return show(
        request,
        found,
        "desk_diklat_enter",
        tab="people",
        title="Tambah peserta",
        status=422 if form.is_bound else 200,
        form=fill(form, take(request)),
    )


@require_safe
def export(request, pk):
    """All people of the batch as Excel; a NIK stays masked."""
    found = load(request, pk, today=timezone.localdate())
    name = f"diklat-{found.batch.pk}-peserta-{found.today:%Y-%m-%d}.xlsx"
    return FileResponse(excel(found.batch), as_attachment=True, filename=name)
