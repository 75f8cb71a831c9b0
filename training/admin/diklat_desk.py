"""One batch on the officers' desk: its row, its tabs, and how every page of it is shown."""

from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from programs.desk import desk
from training import diklat_permissions as permissions
from training.diklat_enums import BatchStatus
from training.diklat_news import own_text
from training.diklat_stages import BATCH_STAGES
from training.models import Batch

ONLY_THE_UNIT = "Hanya petugas unit penyelenggara yang dapat mengubah angkatan ini."
B = BatchStatus


class Tab(NamedTuple):
    """A page of the batch; ``since`` is the status from which on it has something to show."""

    name: str
    label: str
    since: BatchStatus = B.PLANNED


TABS = [
    Tab("change", "Ringkasan"),
    Tab("people", "Peserta", B.OPEN),
    Tab("selection", "Seleksi", B.OPEN),
    Tab("attendance", "Presensi harian", B.RUNNING),
    Tab("results", "Hasil uji", B.CERTIFICATION),
    Tab("placement", "Penempatan", B.CERTIFICATION),
    Tab("followup", "Tindak lanjut", B.CERTIFICATION),
]
ORDER = list(B)


class BatchDesk:
    """What the pages of one batch have in common, for one officer."""

    def __init__(self, user, pk, *, today):
        self.user, self.today = user, today
        found = Batch.objects.visible_to(user).with_names().with_numbers().filter(pk=pk)
        self.batch = found.first()
        if self.batch is None:
            raise Http404
        self.course = self.batch.course
        self.may_manage = permissions.can_manage(user, self.batch)
        self.words = BATCH_STAGES[self.batch.status]

    @property
    def state_text(self):
        return own_text(self.words.officer, self.batch)

    def tabs(self, current):
        """(words, address, is current) of each page that this batch has by now."""
        reached = ORDER.index(self.batch.status)
        was_announced = self.batch.opened_at is not None
        for tab in TABS:
            if tab.name == "change" or (was_announced and reached >= ORDER.index(tab.since)):
                yield tab.label, self.address(tab.name), tab.name == current

    def address(self, name="change", *more):
        return reverse(f"admin:training_batch_{name}", args=[self.batch.pk, *more])


def load(request, pk, *, today, to_change=False):
    """The batch for whoever may see it; ``to_change`` lets only the unit's officers in."""
    found = BatchDesk(request.user, pk, today=today)
    if to_change and not found.may_manage:
        raise PermissionDenied(ONLY_THE_UNIT)
    return found


def show(request, batch_desk, template, *, tab, title, status=200, **page):
    """A page of the batch in the shell of the desk."""
    context = desk(
        request,
        admin.site,
        title=title,
        record=batch_desk,
        batch=batch_desk.batch,
        course=batch_desk.course,
        tabs=list(batch_desk.tabs(tab)),
        **page,
    )
    return TemplateResponse(request, f"training/{template}.html", context, status=status)


def say(request, problem):
    """What hinders it, as sentences above the page."""
    sentences = problem.messages if isinstance(problem, ValidationError) else [str(problem)]
    for sentence in sentences:
        messages.error(request, sentence)
