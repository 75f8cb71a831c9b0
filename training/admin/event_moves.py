"""The moves of an event that officers make. Each asks first, says what follows and who is told,
and is one function of ``workflow.event``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from programs.kept_input import fill, take
from programs.templatetags.bina import waktu
from programs.transitions import TransitionNotAllowed
from training import arrows
from training.admin.reach import event_of, event_page, pages
from training.enums import EventStatus
from training.forms.desk_moves import CopyForm, MoveForm, ReasonForm, ReopenForm, RescheduleForm
from training.workflow import event as life


@dataclass(frozen=True)
class Move:
    """A button of the event's desk page, with the page that asks before it is done.

    ``effects(event)`` are sentences on what follows; ``tells`` says whether registrants hear of it.
    """

    key: str
    route: str
    label: str
    question: str
    button: str
    icon: str
    sources: tuple
    effects: Callable
    run: Callable
    done: str
    form: type = MoveForm
    tells: bool = False
    is_final: bool = False

    def url(self, event):
        return reverse(f"admin:training_event_{self.key}", args=[event.pk])

    def is_open_for(self, event):
        return event.status in self.sources


def _publish_effects(event):
    yield "Halaman kegiatan tampil bagi semua orang di Pelatihan."
    yield (
        f"Orang dapat mendaftar dari {waktu(event.opens_at)} sampai {waktu(event.closes_at)}, "
        f"untuk {event.capacity} tempat."
    )
    yield "Alamat halaman dan unit penyelenggara tidak dapat diubah lagi."
    yield "Belum ada yang diberi tahu; undangan dikirim lewat tab Cakupan."


MOVES = [
    Move(
        "publish",
        "umumkan/",
        "Umumkan",
        "Umumkan kegiatan ini?",
        "Umumkan kegiatan",
        "inbox",
        arrows.PUBLISH.sources,
        _publish_effects,
        lambda event, by, given, now: life.publish(event, by=by),
        "Kegiatan diumumkan.",
    ),
    Move(
        "close",
        "tutup/",
        "Tutup pendaftaran",
        "Tutup pendaftaran sekarang?",
        "Tutup pendaftaran",
        "lock",
        arrows.CLOSE.sources,
        lambda event: [
            "Orang tidak dapat mendaftar sendiri lagi; Anda masih dapat menambah peserta.",
            "Yang menunggu tetap naik bila ada tempat kosong.",
            "Pendaftaran dapat dibuka kembali sebelum kegiatan dimulai.",
        ],
        lambda event, by, given, now: life.close(event, by=by),
        "Pendaftaran ditutup.",
    ),
    Move(
        "reopen",
        "buka/",
        "Buka lagi pendaftaran",
        "Buka lagi pendaftaran?",
        "Buka pendaftaran",
        "undo",
        arrows.REOPEN.sources,
        lambda event: ["Orang dapat mendaftar lagi sampai waktu yang Anda isi."],
        lambda event, by, given, now: life.reopen(event, by=by, now=now, **given),
        "Pendaftaran dibuka lagi.",
        form=ReopenForm,
    ),
    Move(
        "postpone",
        "tunda/",
        "Tunda",
        "Tunda kegiatan ini?",
        "Tunda kegiatan",
        "pause",
        arrows.POSTPONE.sources,
        lambda event: [
            "Pendaftaran yang ada tetap berlaku; tidak ada pendaftaran baru.",
            "Jadwal baru Anda isi kemudian, dan pendaftar diberi tahu lagi.",
        ],
        lambda event, by, given, now: life.postpone(event, by=by, **given),
        "Kegiatan ditunda.",
        form=ReasonForm,
        tells=True,
    ),
    Move(
        "reschedule",
        "jadwal-baru/",
        "Isi jadwal baru",
        "Jadwal baru kegiatan ini",
        "Simpan jadwal baru",
        "calendar",
        arrows.RESCHEDULE.sources,
        lambda event: [
            "Pendaftaran dibuka lagi sampai waktu yang Anda isi.",
            "Kalender pendaftar berubah ke waktu yang baru.",
        ],
        lambda event, by, given, now: life.reschedule(event, by=by, **given),
        "Jadwal baru disimpan.",
        form=RescheduleForm,
        tells=True,
    ),
    Move(
        "archive",
        "arsip/",
        "Arsipkan",
        "Arsipkan kegiatan ini?",
        "Arsipkan kegiatan",
        "inbox",
        arrows.ARCHIVE.sources,
        lambda event: [
            "Isi, daftar hadir, dan hasil tidak dapat diubah lagi.",
            "Sertifikat tetap dapat diunduh, diperiksa, dicabut, dan diganti.",
        ],
        lambda event, by, given, now: life.archive(event, by=by),
        "Kegiatan diarsipkan.",
    ),
    Move(
        "copy",
        "salin/",
        "Salin",
        "Salin menjadi kegiatan baru",
        "Buat salinan",
        "copy",
        tuple(EventStatus),
        lambda event: [
            "Isi, syarat, kuota, sesi, narasumber, dan soal disalin sebagai konsep baru.",
            "Peserta, materi, dan hasil tidak ikut. Waktunya sama; ubah sebelum mengumumkan.",
        ],
        lambda event, by, given, now: life.copy(event, by=by, **given),
        "Salinan dibuat sebagai konsep. Periksa waktunya, lalu umumkan.",
        form=CopyForm,
    ),
    Move(
        "cancel",
        "batal/",
        "Batalkan",
        "Batalkan kegiatan ini?",
        "Batalkan kegiatan",
        "x-circle",
        arrows.CANCEL.sources,
        lambda event: [
            "Kegiatan yang dibatalkan tidak dapat dibuka kembali.",
            "Halamannya tetap tampil dengan keterangan “dibatalkan”.",
        ],
        lambda event, by, given, now: life.cancel(event, by=by, **given),
        "Kegiatan dibatalkan.",
        form=ReasonForm,
        tells=True,
        is_final=True,
    ),
]


def _page_of(move):
    def move_page(request, pk):
        event = event_of(request, pk)
        desk = reverse("admin:training_event_desk", args=[pk])
        if request.method != "POST" and not move.is_open_for(event):
            messages.warning(
                request,
                f"{move.label} tidak dapat dilakukan: keadaan kegiatan sekarang "
                f"“{event.get_status_display()}”.",
            )
            return redirect(desk)
        now = timezone.now()
        form = move.form(request.POST if request.method == "POST" else None, event=event, now=now)
        if request.method == "POST" and form.is_valid():
            concerned = _concerned(event)
            try:
                result = move.run(event, request.user, form.given, now)
            except TransitionNotAllowed as problem:
                form.add_error(None, str(problem))
            except ValidationError as problem:
                form.add_error(None, problem.messages)
            else:
                told = f" {concerned} pendaftar diberi tahu." if move.tells else ""
                messages.success(request, f"{move.done}{told}")
                return redirect("admin:training_event_desk", result.pk)
        fill(form, take(request))
        return event_page(
            request,
            event,
            "ringkasan",
            "training/desk_event_move.html",
            status=422 if request.method == "POST" else 200,
            title=move.question,
            here=move.label,
            move=move,
            effects=list(move.effects(event)),
            form=form,
            told=_concerned(event) if move.tells else 0,
            back=desk,
        )

    return move_page


def _concerned(event):
    return event.registrations.filter(status__in=life.CONCERNED).count()


def urls(model_admin):
    return pages(model_admin, [(move.route, _page_of(move), move.key) for move in MOVES])
