"""The results of an event: how everybody stands, what is missing, fixing it, opening it again."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from programs.kept_input import fill, take
from training.admin.deeds import REFUSED, done
from training.admin.reach import event_of, event_page, pages
from training.admin.workbooks import workbook
from training.enums import HELD, PASSED, EventStatus, RegistrationStatus
from training.forms.desk_results import ReasonForm
from training.stages import WORDS
from training.workflow import results as workflow

ON_A_PAGE = 100
R = RegistrationStatus
FIXED = [EventStatus.CONCLUDED, EventStatus.ARCHIVED]
# How a result is narrowed: (key, words, statuses).
GROUPS = [
    ("memenuhi", "Memenuhi syarat", [*PASSED, R.REVOKED]),
    ("belum", "Belum memenuhi syarat", [R.PARTLY]),
    ("tidak-hadir", "Tidak hadir", [R.ABSENT]),
]
UNCONFIRMED = "nama"
HEADINGS = [
    "Nama",
    "NIP",
    "Instansi",
    "Kabupaten/kota",
    "Sesi dihadiri",
    "JP diikuti",
    "JP seluruhnya",
    "Evaluasi diisi",
    "Nilai tes akhir",
    "Hasil",
    "Yang belum terpenuhi",
    "Nama dipastikan peserta",
]


class Row(NamedTuple):
    """A participant: where they stand, and what of it is missing for the certificate."""

    registration: object
    outcome: object
    status: RegistrationStatus

    @property
    def words(self):
        return WORDS[self.status]

    @property
    def label(self):
        """Who was there all the time and failed the test has not been there “in part”."""
        return "belum memenuhi syarat" if self.status == R.PARTLY else self.status.label

    @property
    def is_unconfirmed(self):
        """Would get a certificate under a name that they have not looked at."""
        return self.status in PASSED and self.registration.name_confirmed_at is None


def rows_of(event):
    """Everybody's result: as it was fixed, or as it would be fixed now."""
    is_fixed = event.status in FIXED
    people = event.registrations.placed().select_related("region__province")
    return [
        Row(
            outcome.registration,
            outcome,
            R(outcome.registration.status if is_fixed else outcome.status),
        )
        for outcome in workflow.outcomes(event, people)
    ]


def address(event, **query):
    path = reverse("admin:training_event_results", args=[event.pk])
    return f"{path}?{urlencode(query)}" if query else path


@require_safe
def results(request, pk):
    event = event_of(request, pk, to_change=False)
    everybody = rows_of(event) if event.status in HELD else []
    state, wanted = request.GET.get("saring", ""), request.GET.get("q", "").strip()[:100]
    shown = [
        row for row in narrowed(everybody, state) if wanted.lower() in row.registration.name.lower()
    ]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("halaman"))
    unconfirmed = [row for row in everybody if row.is_unconfirmed]
    chips = [("Semua", address(event), len(everybody), not state)]
    chips += [
        (words, address(event, saring=key), len(narrowed(everybody, key)), key == state)
        for key, words, _ in GROUPS
    ]
    if unconfirmed:
        chips.append(
            (
                "Nama belum dipastikan",
                address(event, saring=UNCONFIRMED),
                len(unconfirmed),
                state == UNCONFIRMED,
            )
        )
    return event_page(
        request,
        event,
        "hasil",
        "training/desk_results.html",
        title="Hasil",
        is_held=event.status in HELD,
        is_fixed=event.status in FIXED,
        whole=everybody[0].outcome if everybody else None,
        everybody=everybody,
        chips=chips,
        state=state,
        wanted=wanted,
        page=page,
        unconfirmed=len(unconfirmed),
        unconfirmed_address=address(event, saring=UNCONFIRMED),
    )


def narrowed(rows, state):
    if state == UNCONFIRMED:
        return [row for row in rows if row.is_unconfirmed]
    statuses = {key: statuses for key, _, statuses in GROUPS}.get(state)
    return [row for row in rows if row.status in statuses] if statuses else rows


@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request, pk):
    """Ask once more, with the numbers, then fix the results."""
    event = event_of(request, pk)
    if request.method == "POST" and done(
        request,
        lambda: workflow.conclude(event, by=request.user),
        "Hasil ditetapkan; setiap peserta diberi tahu hasilnya.",
    ):
        return redirect(address(event))
    everybody = rows_of(event)
    effects = [
        f"{len(narrowed(everybody, key))} peserta: {words.lower()}." for key, words, _ in GROUPS
    ]
    effects.append("Kehadiran, evaluasi, dan tes tidak dapat diubah lagi sesudahnya.")
    if event.program_id:
        effects.append(f"Yang memenuhi syarat dicatat pada program {event.program}.")
    return _question(
        request,
        event,
        question="Tetapkan hasil kegiatan ini?",
        button="Tetapkan hasil",
        effects=effects,
        told=len(everybody),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reconsider(request, pk):
    """Open the results again, because attendance was recorded wrongly."""
    event = event_of(request, pk)
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        hint="Disimpan dalam riwayat kegiatan. Contoh: Laporan Zoom sesi 2 belum dimasukkan.",
        missing="Tulis mengapa hasil dibuka kembali.",
    )
    if form.is_valid() and done(
        request,
        lambda: workflow.reconsider(event, by=request.user, reason=form.cleaned_data["reason"]),
        "Hasil dibuka kembali. Betulkan kehadiran, lalu tetapkan hasilnya lagi.",
    ):
        return redirect(address(event))
    fill(form, take(request))
    return _question(
        request,
        event,
        question="Buka kembali hasil kegiatan ini?",
        button="Buka kembali hasil",
        effects=[
            "Kehadiran dapat dibetulkan lagi, lalu hasil ditetapkan ulang.",
            "Sertifikat yang sudah terbit tetap berlaku; yang keliru dicabut satu per satu.",
            "Penerbitan sertifikat yang belum selesai dihentikan dan diminta lagi kemudian.",
        ],
        form=form,
    )


def _question(request, event, *, question, button, effects, told=0, form=None):
    return event_page(
        request,
        event,
        "hasil",
        "training/desk_event_move.html",
        status=REFUSED if request.method == "POST" else 200,
        title=question,
        here=button,
        move={"question": question, "button": button, "tells": told > 0},
        effects=effects,
        told=told,
        form=form,
        back=address(event),
    )


@require_safe
def export(request, pk):
    event = event_of(request, pk, to_change=False)
    return workbook(f"hasil-{event.slug}", {"Hasil": lines(rows_of(event))})


def lines(rows):
    yield HEADINGS
    for row in rows:
        person, outcome = row.registration, row.outcome
        yield [
            person.name,
            person.nip,
            person.institution,
            person.region.full_name if person.region else "",
            outcome.sessions,
            outcome.jp,
            outcome.of_jp,
            "ya" if person.has_evaluated else "belum",
            person.post_score,
            row.label,
            "; ".join(outcome.missing),
            "ya" if person.name_confirmed_at else "belum",
        ]


def urls(model_admin):
    return pages(
        model_admin,
        [
            ("hasil/", results, "results"),
            ("hasil/tetapkan/", conclude, "results_conclude"),
            ("hasil/buka/", reconsider, "results_reconsider"),
            ("hasil/unduh/", export, "results_export"),
        ],
    )
