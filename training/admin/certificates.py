"""The certificates of an event: ordered for all who qualified, watched, taken back, corrected."""

import io
import zipfile
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.enums import PaperState
from programs.kept_input import fill, take
from programs.queue import hand_over
from training import permissions
from training.admin.deeds import REFUSED, done
from training.admin.reach import event_of, event_page, pages
from training.admin.results import FIXED
from training.enums import EventStatus, RegistrationStatus
from training.forms.desk_results import ReasonForm, ReplaceForm
from training.workflow import certificates as workflow

ON_A_PAGE = 100
R = RegistrationStatus
# A worker takes up an order at once and writes a hundred in seconds; the sweep comes in minutes.
PATIENCE = timedelta(minutes=10)
STATES = {
    "": ("Semua", Q()),
    "berlaku": ("Berlaku", Q(status=R.CERTIFIED)),
    "dicabut": ("Dicabut", Q(status=R.REVOKED)),
}


class Progress:
    """How far the certificates of an event are."""

    def __init__(self, event, now):
        counts = event.registrations.aggregate(
            waiting=Count("pk", filter=Q(status=R.QUALIFIED)),
            unconfirmed=Count("pk", filter=Q(status=R.QUALIFIED, name_confirmed_at=None)),
            issued=Count("pk", filter=Q(status=R.CERTIFIED)),
            revoked=Count("pk", filter=Q(status=R.REVOKED)),
            drawn=Count("pk", filter=Q(status=R.CERTIFIED) & ~Q(certificate__file="")),
            last=Max("certificate__created_at"),
        )
        self.waiting, self.unconfirmed = counts["waiting"], counts["unconfirmed"]
        self.issued, self.revoked = counts["issued"], counts["revoked"]
        self.drawn = counts["drawn"]
        self.ordered_at = event.certificates_ordered_at
        self.is_running = bool(
            self.waiting and self.ordered_at and event.status == EventStatus.CONCLUDED
        )
        signs = [sign for sign in (self.ordered_at, counts["last"]) if sign]
        self.last_sign = max(signs, default=None)
        self.is_stuck = self.is_running and now - self.last_sign > PATIENCE

    @property
    def total(self):
        return self.issued + self.waiting

    @property
    def is_drawing(self):
        return self.drawn < self.issued


def address(event):
    return reverse("admin:training_event_certificates", args=[event.pk])


def _certified(event):
    """Who holds a certificate, valid or taken back, in the order of their numbers."""
    rows = event.registrations.filter(certificate__isnull=False)
    return rows.select_related("certificate__replaces", "user").order_by("certificate__pk")


@require_safe
def certificates(request, pk):
    return show(request, event_of(request, pk, to_change=False))


def show(request, event, status=200):
    state, wanted = request.GET.get("saring", ""), request.GET.get("q", "").strip()[:100]
    state = state if state in STATES else ""
    progress = Progress(event, timezone.now())
    rows = _certified(event).filter(STATES[state][1])
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(certificate__number__icontains=wanted))
    tallies = {"": progress.issued + progress.revoked, "berlaku": progress.issued}
    tallies["dicabut"] = progress.revoked
    watches = request.htmx and request.method == "GET"
    response = event_page(
        request,
        event,
        "sertifikat",
        f"training/desk_certificates{'_progress' if watches else ''}.html",
        status=status,
        title="Sertifikat",
        progress=progress,
        is_fixed=event.status in FIXED,
        may_issue=permissions.can_issue_certificates(request.user, event),
        ordered_by=event.certificates_ordered_by if progress.is_running else None,
        chips=[
            (words, f"{address(event)}?saring={key}" if key else address(event), tallies[key],
             key == state)
            for key, (words, _) in STATES.items()
        ],
        state=state,
        wanted=wanted,
        page=Paginator(rows, ON_A_PAGE).get_page(request.GET.get("halaman")),
    )  # fmt: skip
    if watches and not (progress.is_running or progress.is_drawing):
        response["HX-Refresh"] = "true"  # all is done: the list below is another now
    return response


def _event_to_certify(request, pk):
    event = event_of(request, pk)
    if not permissions.can_issue_certificates(request.user, event):
        raise PermissionDenied
    return event


@require_POST
def order(request, pk):
    """The one place where an order is handed to a worker; the sweep finds what got lost."""
    event = _event_to_certify(request, pk)
    if not done(
        request,
        lambda: workflow.order_certificates(event, by=request.user, now=timezone.now()),
        "Penerbitan sertifikat diminta. Nomor diberikan berurutan; peserta diberi tahu begitu "
        "sertifikatnya terbit.",
    ):
        return show(request, event, REFUSED)
    hand_over(workflow.issue_certificates, event.pk)
    return redirect(address(event))


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, pk, registration_pk):
    """Take a certificate back for good."""
    event = _event_to_certify(request, pk)
    registration = _holder(event, registration_pk)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        hint="Dibaca peserta, dan tampil di halaman pemeriksaan. Contoh: Terbit untuk orang yang "
        "keliru.",
        missing="Tulis alasan pencabutan; peserta dan siapa pun yang memeriksa membacanya.",
    )
    if form.is_valid() and done(
        request,
        lambda: workflow.revoke(registration, by=request.user, reason=form.cleaned_data["reason"]),
        f"Sertifikat {registration.certificate.number} dicabut; peserta diberi tahu.",
    ):
        return redirect(address(event))
    fill(form, take(request))
    return _change(
        request,
        event,
        registration,
        form,
        question="Cabut sertifikat ini?",
        button="Cabut sertifikat",
        is_final=True,
        effects=[
            "Halaman pemeriksaannya menyatakan bahwa sertifikat ini dicabut, dengan alasannya.",
            "Nomornya tidak dipakai lagi, dan JP-nya tidak dihitung.",
            "Pencabutan tidak dapat dibatalkan. Untuk nama yang salah tulis, ganti sertifikatnya.",
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request, pk, registration_pk):
    """Issue a corrected certificate under a new number."""
    event = _event_to_certify(request, pk)
    registration = _holder(event, registration_pk)
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        hint="Dibaca peserta, dan tampil di halaman pemeriksaan sertifikat lama. Contoh: Gelar "
        "belum tertulis.",
        missing="Tulis apa yang keliru pada sertifikat lama.",
        initial={"name": registration.name},
    )
    if form.is_valid() and done(
        request,
        lambda: workflow.replace(
            registration, by=request.user, today=timezone.localdate(), **form.cleaned_data
        ),
        lambda new: (
            f"Sertifikat diganti dengan nomor {new.certificate.number}; peserta diberi tahu."
        ),
    ):
        return redirect(address(event))
    fill(form, take(request))
    return _change(
        request,
        event,
        registration,
        form,
        question="Ganti sertifikat ini?",
        button="Terbitkan pengganti",
        is_final=False,
        effects=[
            "Sertifikat baru terbit dengan nomor baru, atas nama yang Anda tulis.",
            "Halaman pemeriksaan yang lama menunjuk ke penggantinya.",
        ],
    )


def _holder(event, pk):
    registration = _certified(event).filter(pk=pk).first()
    if registration is None:
        raise Http404
    return registration


def _change(request, event, registration, form, **words):
    return event_page(
        request,
        event,
        "sertifikat",
        "training/desk_certificate_change.html",
        status=REFUSED if request.method == "POST" else 200,
        title=words["question"],
        here=words["button"],
        registration=registration,
        form=form,
        back=address(event),
        **words,
    )


@require_safe
def download(request, pk):
    """All PDFs that are made, as one archive, written while it is sent: one file in memory."""
    event = event_of(request, pk, to_change=False)
    response = StreamingHttpResponse(_archive(event), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="sertifikat-{event.slug}.zip"'
    return response


def _archive(event):
    out = _Pipe()
    rows = _certified(event).filter(
        status=R.CERTIFIED, certificate__state=PaperState.VALID
    ).exclude(certificate__file="")  # fmt: skip
    # PDFs are compressed already.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for registration in rows.iterator(chunk_size=200):
            paper = registration.certificate
            number = paper.number.replace("/", "-")
            name = get_valid_filename(f"{number} {registration.name}"[:100])
            with paper.file.open("rb") as file:
                archive.writestr(f"{name}.pdf", file.read())
            yield out.take()
    yield out.take()


class _Pipe(io.RawIOBase):
    """A file that can only be written on; what was written is taken away piece by piece."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def writable(self):
        return True

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self):
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def urls(model_admin):
    one = "sertifikat/<int:registration_pk>/"
    return pages(
        model_admin,
        [
            ("sertifikat/", certificates, "certificates"),
            ("sertifikat/terbitkan/", order, "certificates_order"),
            ("sertifikat/unduh/", download, "certificates_download"),
            (f"{one}cabut/", revoke, "certificate_revoke"),
            (f"{one}ganti/", replace, "certificate_replace"),
        ],
    )
