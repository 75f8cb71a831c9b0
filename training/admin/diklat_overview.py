"""The first page of a batch: where it stands, what can be done now, partners, rates, history."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.enums import OrganizationKind
from programs.kept_input import fill, take
from programs.models import Organization
from programs.transitions import TransitionNotAllowed
from programs.workflow.organizations import enter_company
from training import diklat_arrows as arrows
from training.admin.diklat_desk import ONLY_THE_UNIT, load, say, show
from training.diklat_enums import BatchStatus
from training.diklat_figures import rates_of
from training.diklat_news import long_day
from training.forms.diklat_batch import CancelForm, DemandForm, ReopenForm
from training.workflow import batch as workflow

B = BatchStatus
COMPANIES_SHOWN = 10
DEEDS = {
    "plan": "Direncanakan",
    "revise": "Data diubah",
    "name_demand": "Kebutuhan mitra dicatat",
    "drop_demand": "Kebutuhan mitra dihapus",
    "open": "Pendaftaran dibuka",
    "end_registration": "Pendaftaran ditutup",
    "reopen": "Pendaftaran diperpanjang",
    "start": "Pelatihan dimulai",
    "end_training": "Pelatihan selesai",
    "begin_placement": "Uji kompetensi ditutup",
    "close": "Angkatan ditutup",
    "cancel": "Angkatan dibatalkan",
}


class Offer(NamedTuple):
    """A step that can be taken now: its button, what it means, and what still hinders it."""

    key: str
    label: str
    help: str
    hindrance: str = ""


@require_safe
def overview(request, pk):
    return _show(request, load(request, pk, today=timezone.localdate()))


@require_POST
def move(request, pk):
    """Take one step of the batch's life, by the workflow function of that name."""
    found = load(request, pk, today=timezone.localdate())
    if not found.may_manage:
        raise PermissionDenied(ONLY_THE_UNIT)
    key = request.POST.get("langkah", "")
    if key not in STEPS:
        messages.warning(request, "Pilih salah satu langkah.")
        return redirect(found.address())
    form_class, deed, words = STEPS[key]
    form = form_class(request.POST) if form_class else None
    if form is not None and not form.is_valid():
        return _show(request, found, status=422, **{f"{key}_form": form})
    typed = form.cleaned_data if form else {}
    try:
        deed(found.batch, by=request.user, today=found.today, **typed)
    except TransitionNotAllowed as problem:
        say(request, problem)
        return _show(request, load(request, pk, today=found.today), status=409)
    messages.success(request, words)
    return redirect(found.address())


def _without_today(deed):
    return lambda batch, *, by, today, **typed: deed(batch, by=by, **typed)


# What is typed along, the workflow function, and what is said afterwards.
STEPS = {
    "open": (None, workflow.open_registration, "Pendaftaran dibuka dan tampil untuk umum."),
    "end_registration": (None, workflow.end_registration, "Pendaftaran ditutup."),
    "reopen": (ReopenForm, workflow.reopen, "Pendaftaran diperpanjang."),
    "start": (None, workflow.start, "Pelatihan dimulai; peserta diberi tahu."),
    "end_training": (None, workflow.end_training, "Pelatihan selesai. Catat hasil uji."),
    "begin_placement": (
        None,
        _without_today(workflow.begin_placement),
        "Uji kompetensi ditutup. Catat penempatan.",
    ),
    "close": (None, _without_today(workflow.close), "Angkatan ditutup."),
    "cancel": (
        CancelForm,
        _without_today(workflow.cancel),
        "Angkatan dibatalkan; pendaftar dan peserta diberi tahu.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def name_demand(request, pk):
    """Search the partner by name or NIB, then write down what work it promises."""
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    words = " ".join(request.GET.get("cari", "").split())
    form = None
    if words:
        companies = companies_called(words)
        data = request.POST if request.method == "POST" else None
        form = DemandForm(data, companies=companies, name="" if words.isdecimal() else words)
        if form.is_valid() and _named(request, found, form, words):
            return redirect(found.address())
    return show(
        request,
        found,
        "desk_diklat_demand",
        tab="change",
        title="Catat kebutuhan mitra",
        status=422 if form is not None and form.is_bound else 200,
        words=words,
        form=fill(form, take(request)) if form else None,
    )


def companies_called(words):
    """Companies of the register with this NIB, or whose name holds the words."""
    companies = Organization.objects.of_kind(OrganizationKind.COMPANY).select_related(
        "region__province"
    )
    condition = {"nib": words} if words.isdecimal() else {"name__icontains": words}
    return list(companies.filter(**condition)[:COMPANIES_SHOWN])


def _named(request, found, form, words):
    """Whether the demand was kept; else the form says why not."""
    typed = form.cleaned_data
    try:
        with transaction.atomic():
            company = form.chosen or enter_company(
                name=words, nib=typed.get("nib", ""), region=typed["region"]
            )
            workflow.name_demand(
                found.batch,
                by=request.user,
                company=company,
                position=typed["position"],
                places=typed["places"],
                region=typed["region"] or company.region,
            )
    except TransitionNotAllowed as problem:
        form.add_error(None, str(problem))
    except ValidationError as problem:
        form.add_error(None, problem.messages)
    else:
        messages.success(request, f"Kebutuhan {company} dicatat: {typed['places']} orang.")
        return True
    return False


@require_POST
def drop_demand(request, pk, demand_pk):
    found = load(request, pk, today=timezone.localdate(), to_change=True)
    demand = get_object_or_404(found.batch.demands.select_related("company"), pk=demand_pk)
    company = demand.company
    try:
        workflow.drop_demand(demand, by=request.user)
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
    else:
        messages.success(request, f"Kebutuhan {company} dihapus.")
    return redirect(found.address())


def offers(found):
    """The steps from where the batch stands, the usual one first."""
    batch, today = found.batch, found.today
    if batch.status == B.PLANNED:
        has_demand = batch.demands.exists()
        yield Offer(
            "open",
            "Buka pendaftaran",
            "Angkatan ini lalu tampil di halaman umum.",
            "" if has_demand else "Catat dahulu kebutuhan paling sedikit satu mitra.",
        )
    elif batch.status == B.OPEN:
        yield Offer(
            "end_registration",
            "Tutup pendaftaran sekarang",
            f"Tanpa ini, pendaftaran ditutup sendiri setelah {long_day(batch.closes_on)}.",
        )
    elif batch.status == B.SELECTION:
        hindrance = ""
        if not batch.seated:
            hindrance = "Belum ada peserta yang lulus seleksi."
        elif today < batch.starts_on:
            hindrance = f"Dijadwalkan {long_day(batch.starts_on)}, dan mulai sendiri pada hari itu."
        yield Offer("start", "Mulai pelatihan", "Peserta yang lulus seleksi ikut.", hindrance)
    elif batch.status == B.RUNNING:
        ends = f"Dijadwalkan sampai {long_day(batch.ends_on)}, dan selesai sendiri sesudahnya."
        yield Offer(
            "end_training",
            "Akhiri pelatihan",
            "Setelah itu hasil uji dapat dicatat.",
            ends if today < batch.ends_on else "",
        )
    elif batch.status == B.CERTIFICATION:
        missing = f"Masih ada {batch.in_training} peserta tanpa hasil uji."
        yield Offer(
            "begin_placement",
            "Tutup uji kompetensi",
            "Uji ulang tetap dapat dicatat sesudahnya.",
            missing if batch.in_training else "",
        )
    elif batch.status == B.PLACEMENT:
        missing = f"Masih ada {batch.without_outcome} lulusan tanpa keterangan kerja."
        yield Offer(
            "close",
            "Tutup angkatan",
            "Setelah kabar bulan ketiga dan keenam lengkap.",
            missing if batch.without_outcome else "",
        )


def _tiles(found, demands):
    """(figure, words, address, kind) of the numbers that an officer looks for first."""
    batch = found.batch
    was_announced = batch.opened_at is not None
    people = found.address("people") if was_announced else ""
    selection = found.address("selection") if was_announced else ""
    waits = batch.undecided and batch.status == B.SELECTION
    yield batch.registered, "pendaftar", people, ""
    yield batch.undecided, "menunggu keputusan seleksi", selection, "warn" if waits else ""
    yield batch.seated, f"dari {batch.capacity} tempat terisi", people, ""
    yield sum(demand.places for demand in demands), "orang dibutuhkan mitra", "", ""


def _show(request, found, *, status=200, reopen_form=None, cancel_form=None):
    batch = found.batch
    demands = (
        batch.demands.select_related("company", "region__province")
        .annotate(
            wishes=Count("wanted_by", distinct=True),
            placed=Count("placements", filter=Q(placements__replaced_at=None), distinct=True),
        )
        .order_by("pk")
    )
    may_cancel = found.may_manage and batch.status in arrows.CANCEL.sources
    has_started = batch.status in (B.RUNNING, B.CERTIFICATION, B.PLACEMENT, B.CLOSED)
    return show(
        request,
        found,
        "desk_diklat_overview",
        tab="change",
        title=str(batch),
        status=status,
        offers=list(offers(found)) if found.may_manage else [],
        demands=demands,
        tiles=list(_tiles(found, demands)),
        rates=rates_of([batch.pk]) if has_started else None,
        history=[
            (DEEDS.get(entry.action, entry.action), entry)
            for entry in batch.history.select_related("actor").order_by("-at", "-pk")
        ],
        may_cancel=may_cancel,
        cancel_form=cancel_form or CancelForm(auto_id="batal_%s"),
        may_reopen=found.may_manage and batch.status == B.SELECTION,
        reopen_form=reopen_form or ReopenForm(auto_id="lagi_%s"),
    )
