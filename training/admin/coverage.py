"""Which kabupaten and kota an event or its series has reached, and inviting the others."""

from itertools import groupby
from typing import NamedTuple

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from programs.enums import MembershipState, OrganizationKind
from programs.models import Membership
from training.admin.deeds import REFUSED, done
from training.admin.reach import event_of, event_page, pages
from training.admin.workbooks import workbook
from training.enums import BEFORE_IT_BEGINS, EventStatus
from training.models import Event
from training.workflow import coverage as workflow

SERIES = "rangkaian"


class Province(NamedTuple):
    """A province of the area: its kabupaten and kota, and how many of them sent somebody."""

    region: object
    rows: list

    @property
    def covered(self):
        return sum(row.people > 0 for row in self.rows)

    @property
    def people(self):
        return sum(row.people for row in self.rows)

    @property
    def missing(self):
        return [row.region.name for row in self.rows if not row.people]

    @property
    def percent(self):
        return 100 * self.covered // len(self.rows)


class Covered:
    """The area of one event or of a whole series."""

    def __init__(self, events):
        prefetch_related_objects(events, "regions")
        self.rows = workflow.coverage(events)
        grouped = groupby(self.rows, key=lambda row: row.region.province)
        self.provinces = [Province(province, list(rows)) for province, rows in grouped]

    @property
    def missing(self):
        return [row.region for row in self.rows if not row.people]

    @property
    def covered(self):
        return len(self.rows) - len(self.missing)

    @property
    def people(self):
        return sum(row.people for row in self.rows)

    @property
    def shares(self):
        return {one.region.code: (one.covered, len(one.rows)) for one in self.provinces}


class Reach:
    """Whom an invitation would reach: people in Dinas of the missing, and regions with nobody."""

    def __init__(self, missing):
        members = list(
            Membership.objects.filter(
                state=MembershipState.APPROVED,
                organization__kind=OrganizationKind.AGENCY,
                organization__region__in=missing,
                user__is_active=True,
            ).values_list("organization", "organization__region", "user")
        )
        self.agencies = len({agency for agency, _, _ in members})
        self.people = len({user for _, _, user in members})
        reached = {region for _, region, _ in members}
        self.unreached = [region for region in missing if region.code not in reached]


def events_of(request, event):
    """The event alone, or with the others of its series as the address asks."""
    if request.GET.get("lingkup") != SERIES or event.series_id is None:
        return [event]
    taking_place = Event.objects.announced().exclude(status=EventStatus.CANCELLED)
    return list(taking_place.filter(series=event.series_id)) or [event]


def address(event, scope=""):
    path = reverse("admin:training_event_coverage", args=[event.pk])
    return f"{path}?lingkup={scope}" if scope else path


@require_safe
def coverage(request, pk):
    return show(request, event_of(request, pk, to_change=False))


def show(request, event, status=200):
    events = events_of(request, event)
    covered = Covered(events)
    is_series = request.GET.get("lingkup") == SERIES and event.series_id is not None
    may_invite = event.status in BEFORE_IT_BEGINS and not is_series
    return event_page(
        request,
        event,
        "cakupan",
        "training/desk_coverage.html",
        status=status,
        title="Cakupan",
        covered=covered,
        scopes=[
            ("Kegiatan ini", address(event), not is_series),
            (f"Rangkaian {event.series}", address(event, SERIES), is_series),
        ]
        if event.series_id
        else [],
        is_series=is_series,
        events=len(events),
        may_invite=may_invite,
        reach=Reach(covered.missing) if may_invite else None,
        invited=event.history.filter(action="invite").select_related("actor").last(),
    )


@require_POST
def invite(request, pk):
    event = event_of(request, pk)
    unreached = []

    def deed():
        told, regions = workflow.invite_missing(event, by=request.user)
        unreached.extend(regions)
        return told

    if not done(
        request,
        deed,
        lambda told: (
            f"{told} orang di dinas yang belum mengirim peserta diundang lewat surel dan "
            "Kabar; yang sudah pernah diundang tidak diundang dua kali."
        ),
    ):
        return show(request, event, REFUSED)
    if unreached:
        messages.warning(
            request,
            f"{len(unreached)} kabupaten/kota belum mempunyai akun dinas, sehingga tidak "
            "terjangkau undangan. Daftarnya di bawah.",
        )
    return redirect(address(event))


@require_safe
def export(request, pk):
    event = event_of(request, pk, to_change=False)
    covered = Covered(events_of(request, event))
    unreached = {region.code for region in Reach(covered.missing).unreached}
    rows = [["Kode", "Kabupaten/kota", "Provinsi", "Peserta", "Keadaan"]]
    for row in covered.rows:
        state = "sudah mengirim"
        if not row.people:
            has_none = row.region.code in unreached
            state = "belum mengirim, tanpa akun dinas" if has_none else "belum mengirim"
        rows.append([row.region.code, row.region.name, row.region.province.name, row.people, state])
    return workbook(f"cakupan-{event.slug}", {"Cakupan": rows})


def urls(model_admin):
    return pages(
        model_admin,
        [
            ("cakupan/", coverage, "coverage"),
            ("cakupan/undang/", invite, "coverage_invite"),
            ("cakupan/unduh/", export, "coverage_export"),
        ],
    )
