"""The moves of an e-Smart enrolment that officers make. Each asks first, says what follows, and is
one function of ``workflow.enrolment``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from programs import arrows
from programs.asking import typed
from programs.desk import desk
from programs.esmart_desk_forms import ScheduleForm, WhyForm, YesForm
from programs.esmart_news import desk_page_of
from programs.forms import blame
from programs.kept_input import fill, take
from programs.models import Enrolment
from programs.once import once
from programs.transitions import Transition, TransitionNotAllowed
from programs.workflow import enrolment as workflow

MOST_REFUSALS = 10


@dataclass(frozen=True)
class Move:
    """A button of the enrolment's page, with the page that asks before it is done."""

    route: str
    label: str
    question: str
    effect: str
    done: str
    arrow: Transition
    run: Callable
    form: type = YesForm
    kind: str = ""


MOVES = {
    move.route: move
    for move in [
        Move(
            "verifikasi",
            "Verifikasi",
            "Terima usaha ini sebagai peserta?",
            "Usaha menjadi peserta e-Smart IKM dan menunggu jadwal lokakarya. Orang-orangnya "
            "diberi tahu. Lokakarya yang sudah pernah diluluskannya langsung dihitung.",
            "diterima sebagai peserta",
            arrows.VERIFY,
            workflow.verify,
            kind="primary",
        ),
        Move(
            "jadwalkan",
            "Jadwalkan lokakarya",
            "Jadwalkan lokakarya",
            "Orang-orang dari usaha ini menerima undangan dengan nama dan tanggal lokakarya.",
            "dijadwalkan",
            arrows.SCHEDULE,
            workflow.schedule,
            form=ScheduleForm,
            kind="primary",
        ),
        Move(
            "naik-kelas",
            "Nyatakan naik kelas",
            "Nyatakan usaha ini naik kelas?",
            "Usaha dinyatakan mampu berjualan daring sendiri dan tidak lagi diminta laporan "
            "bulanan. Keputusan ini tidak dapat dibatalkan.",
            "dinyatakan naik kelas",
            arrows.GRADUATE,
            workflow.graduate,
            kind="primary",
        ),
        Move(
            "batalkan-jadwal",
            "Batalkan jadwal",
            "Batalkan jadwal lokakarya?",
            "Usaha kembali menunggu jadwal. Orang-orangnya diberi tahu dengan alasan Anda.",
            "dibatalkan jadwalnya",
            arrows.UNSCHEDULE,
            workflow.unschedule,
            form=WhyForm,
        ),
        Move(
            "tolak",
            "Tolak",
            "Tolak pendaftaran ini?",
            "Pendaftaran berakhir. Orang-orangnya diberi tahu dengan alasan Anda, dan boleh "
            "mendaftar lagi.",
            "ditolak",
            arrows.REFUSE,
            workflow.refuse,
            form=WhyForm,
            kind="danger",
        ),
        Move(
            "keluarkan",
            "Catat keluar",
            "Catat bahwa usaha ini keluar?",
            "Usaha tidak lagi menjadi peserta dan tidak lagi didampingi. Laporannya tetap "
            "tersimpan, dan usaha boleh mendaftar lagi.",
            "dicatat keluar",
            arrows.LEAVE,
            workflow.leave,
            form=WhyForm,
            kind="danger",
        ),
    ]
}


def may_move(user):
    return user.has_perm("programs.verify_enrolment")


def moves_for(user, enrolment):
    """The buttons of this officer now; an auditor has none."""
    if not may_move(user):
        return []
    return [move for move in MOVES.values() if enrolment.status in move.arrow.sources]


def move_page(request, pk, step):
    """Ask, and then take the step; why it cannot be taken is said on the same page."""
    move = MOVES.get(step)
    if move is None:
        raise Http404
    if not may_move(request.user):
        raise PermissionDenied("Hanya petugas e-Smart IKM yang dapat mengubah pendaftaran.")
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related("organization"), pk=pk
    )
    back = desk_page_of(enrolment)
    if request.method != "POST" and enrolment.status not in move.arrow.sources:
        messages.warning(
            request,
            f"{move.label} tidak dapat dilakukan: keadaannya sekarang "
            f"“{enrolment.get_status_display()}”.",
        )
        return redirect(back)
    form = move.form(typed(request))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            move.run(enrolment, by=request.user, today=timezone.localdate(), **form.cleaned_data)
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, f"{enrolment.organization} {move.done}.")
            return redirect(back)
    fill(form, take(request))
    page = desk(
        request,
        admin.site,
        title=move.question,
        over=enrolment.organization,
        move=move,
        form=form,
        back=back,
    )
    return TemplateResponse(request, "programs/esmart/desk_move.html", page, status=status)


def schedule_many(request):
    """One workshop for all that were chosen in the list; who cannot is named with the reason."""
    if not may_move(request.user):
        raise PermissionDenied("Hanya petugas e-Smart IKM yang dapat menjadwalkan lokakarya.")
    sent = request.POST if request.method == "POST" else request.GET
    keys = [key for key in sent.getlist("peserta") if key.isdecimal() and len(key) < 19]
    chosen = list(
        Enrolment.objects.visible_to(request.user)
        .filter(pk__in=keys)
        .select_related("organization")
        .order_by("pk")
    )
    back = reverse("admin:programs_enrolment_changelist")
    if not chosen:
        messages.warning(request, "Pilih dahulu peserta yang akan dijadwalkan.")
        return redirect(back)
    form = ScheduleForm(typed(request))
    if form.is_valid():
        if form.cleaned_data["workshop_on"] < timezone.localdate():
            form.add_error(
                "workshop_on", "Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."
            )
        else:
            each(request, MOVES["jadwalkan"], chosen, **form.cleaned_data)
            return redirect(back)
    fill(form, take(request))
    page = desk(
        request,
        admin.site,
        title="Jadwalkan lokakarya",
        over=f"{len(chosen)} peserta",
        move=MOVES["jadwalkan"],
        form=form,
        chosen=chosen,
        back=back,
    )
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "programs/esmart/desk_move.html", page, status=status)


def each(request, move, enrolments, **given):
    """Move every one by itself: what cannot be done hinders none of the others."""
    count, refused = 0, []
    for enrolment in enrolments:
        try:
            move.run(enrolment, by=request.user, today=timezone.localdate(), **given)
        except TransitionNotAllowed as problem:
            refused.append(f"{enrolment.organization}: {problem}")
        else:
            count += 1
    if count:
        messages.success(request, f"{count} peserta {move.done}.")
    for sentence in refused[:MOST_REFUSALS]:
        messages.warning(request, sentence)
    if len(refused) > MOST_REFUSALS:
        messages.warning(request, f"Dan {len(refused) - MOST_REFUSALS} peserta lain tidak dapat.")


def urls(model_admin):
    wrap = model_admin.admin_site.admin_view
    return [
        path(
            "jadwalkan/",
            wrap(never_cache(once(schedule_many))),
            name="programs_enrolment_schedule_many",
        ),
        path(
            "<int:pk>/langkah/<slug:step>/",
            wrap(never_cache(once(move_page))),
            name="programs_enrolment_move",
        ),
    ]
