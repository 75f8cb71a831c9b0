"""Diklat 3in1 for everybody: what is open, what a training is, and what came of earlier ones."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training import diklat_permissions as permissions
from training.diklat_enums import BatchStatus
from training.diklat_figures import rates_of, rates_of_each
from training.diklat_news import own_text
from training.diklat_stages import BATCH_STAGES
from training.models import Batch

ON_A_PAGE = 20
RESULTS_SHOWN = 6
WITH_RESULTS = [BatchStatus.PLACEMENT, BatchStatus.CLOSED]


@require_safe
@login_not_required
def diklat_list(request):
    """Batches that take registrations, soon or now, and the results of those before."""
    today = timezone.localdate()
    offered = Batch.objects.open(today=today) | Batch.objects.coming(today=today)
    units = offered.values_list("course__unit", "course__unit__name").order_by("course__unit__name")
    unit = request.GET.get("penyelenggara", "")
    batches = offered.with_names().with_numbers().prefetch_related("demands__company")
    if unit.isdecimal():
        batches = batches.filter(course__unit=unit)
    page = Paginator(batches.order_by("closes_on", "pk"), ON_A_PAGE).get_page(
        request.GET.get("halaman")
    )
    done = list(
        Batch.objects.filter(status__in=WITH_RESULTS)
        .with_names()
        .order_by("-ends_on", "-pk")[:RESULTS_SHOWN]
    )
    rates = rates_of_each([batch.pk for batch in done])
    return render(
        request,
        "training/diklat_list.html",
        {
            "today": today,
            "page": page,
            "units": sorted(set(units), key=lambda pair: pair[1]),
            "unit": unit,
            "done": [(batch, rates[batch.pk]) for batch in done if batch.pk in rates],
        },
    )


@require_safe
@login_not_required
def diklat_detail(request, pk):
    """One batch: what is learnt, for what work, who may come, until when."""
    batch = get_object_or_404(Batch.objects.announced().with_names().with_numbers(), pk=pk)
    today = timezone.localdate()
    user = request.user
    mine = None
    if user.is_authenticated:
        mine = batch.trainees.active().of_person(user).first()
    return render(
        request,
        "training/diklat_detail.html",
        {
            "batch": batch,
            "course": batch.course,
            "words": BATCH_STAGES[batch.status],
            "state_text": own_text(BATCH_STAGES[batch.status].public, batch),
            "is_open": batch.status == BatchStatus.OPEN
            and batch.opens_on <= today <= batch.closes_on,
            "is_coming": batch.status == BatchStatus.OPEN and today < batch.opens_on,
            "demands": batch.demands.select_related("company", "region__province"),
            "conditions": batch.course.conditions.splitlines(),
            "facilities": batch.course.facilities.splitlines(),
            "mine": mine,
            "may_send": user.is_authenticated and permissions.sending_organizations(user).exists(),
            "rates": rates_of([batch.pk]) if batch.status in WITH_RESULTS else None,
        },
    )
