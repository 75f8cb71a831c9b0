"""Mentoring: tasks that the facts open and settle, and what mentors do with them."""

from django.db import transaction
from django.db.models import Count
from django.urls import reverse

from programs import arrows, mentoring_needs
from programs.enums import NotificationKind
from programs.esmart_enums import MentoringKind, MentoringStatus
from programs.esmart_news import page_of, tell_people
from programs.mentoring_needs import needs, to_open
from programs.models import Enrolment, Mentor, MentoringHistoryEntry, MentoringNote, MentoringTask
from programs.notifications import notify, notify_many
from programs.templatetags.bina import tanggal
from programs.transitions import TransitionNotAllowed, begin, finish

Status = MentoringStatus
AT_ONCE = 1000
# These end by themselves when the facts are otherwise; a call that is due stays due.
SETTLED_BY_FACTS = {
    MentoringKind.NO_SHOP: "Toko sudah dibuka.",
    MentoringKind.SILENT: "Laporan penjualan sudah masuk.",
    MentoringKind.FALLING: "Omzet tidak lagi turun tiga bulan berturut-turut.",
}


def own_list():
    """Where a mentor finds the own open tasks, the longest waiting first."""
    return f"{reverse('admin:programs_mentoringtask_changelist')}?milik=saya"


@transaction.atomic
def look_after_all(*, today):
    """Settle what the facts have settled, open what they ask for. Safe to run twice.

    Returns how many tasks were opened.
    """
    found = needs(today=today)
    _settle({(need.enrolment_id, need.kind) for need in found}, today)
    opened = [
        MentoringTask(
            enrolment_id=need.enrolment_id,
            kind=need.kind,
            due_on=need.due_on,
            explanation=need.explanation[:300],
            turnover_before=need.turnover_before,
            opened_on=today,
        )
        for need in to_open(found, today=today)
    ]
    # Two runs at the same moment: the second finds the open task of the first and leaves it.
    MentoringTask.objects.bulk_create(opened, batch_size=AT_ONCE, ignore_conflicts=True)
    return len(opened)


def _settle(needed, today):
    """Tasks that nobody has begun and that the facts no longer ask for."""
    waiting = MentoringTask.objects.filter(status=Status.WAITING, kind__in=SETTLED_BY_FACTS)
    settled = [
        task
        for task in waiting.select_for_update(of=("self",)).order_by("pk")
        if (task.enrolment_id, task.kind) not in needed
    ]
    MentoringTask.objects.filter(pk__in=[task.pk for task in settled]).update(
        status=Status.DROPPED, closed_on=today
    )
    MentoringHistoryEntry.objects.bulk_create(
        [
            MentoringHistoryEntry(
                task=task,
                action=arrows.DROP.action,
                from_status=Status.WAITING,
                to_status=Status.DROPPED,
                reason=SETTLED_BY_FACTS[task.kind],
            )
            for task in settled
        ],
        batch_size=AT_ONCE,
    )


@transaction.atomic
def ask_for_help(enrolment, *, by, text, today):
    """The owner asks for a mentor, with the question in own words."""
    # A second press waits here and then finds the first task.
    enrolment = Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment.pk)
    if enrolment.mentoring.open().filter(kind=MentoringKind.REQUESTED).exists():
        raise TransitionNotAllowed(
            "Permintaan Anda yang terdahulu masih kami kerjakan. Pendamping akan menghubungi Anda."
        )
    last = mentoring_needs.last_closed_month(today)
    told = mentoring_needs.turnover_by_month(
        [enrolment.organization_id], since=mentoring_needs.month_after(last, -3)
    ).get(enrolment.organization_id, {})
    task = MentoringTask(
        enrolment=enrolment,
        kind=MentoringKind.REQUESTED,
        due_on=today,
        opened_on=today,
        explanation=" ".join(text.split())[:300],
        turnover_before=mentoring_needs.mean_turnover(told, mentoring_needs.month_after(last)),
    )
    task.full_clean()
    task.save()
    task.history.create(action="ask", from_status="", to_status=task.status, actor=by)
    return task


@transaction.atomic
def assign(task, *, mentor, by):
    """Give a task to a mentor, or to another one. Nobody carries more than they can."""
    # The order of locks is always mentor, then task.
    mentor = _locked_mentor(mentor.pk)
    task = begin(arrows.ASSIGN, task)
    if task.mentor_id == mentor.pk:
        raise TransitionNotAllowed(f"{mentor} sudah mendampingi IKM ini.")
    if not mentor.is_active:
        raise TransitionNotAllowed(f"{mentor} tidak bertugas. Pilih pendamping lain.")
    if mentor.tasks.open().count() >= mentor.most_tasks:
        raise TransitionNotAllowed(
            f"{mentor} sudah mendampingi {mentor.most_tasks} IKM, batasnya. Pilih pendamping lain "
            "atau naikkan batasnya."
        )
    return _give(task, mentor, by)


@transaction.atomic
def assign_automatically(tasks=None, *, by=None):
    """Give tasks without a mentor to the one of the province with the most room left.

    All that wait, or those among ``tasks``. Returns how many were given; what no mentor has room
    for waits on.
    """
    mentors = list(
        Mentor.objects.select_for_update(of=("self",))
        .filter(is_active=True)
        .prefetch_related("provinces")
        .order_by("pk")
    )
    loads = dict(
        MentoringTask.objects.open()
        .filter(mentor__in=mentors)
        .values_list("mentor")
        .annotate(load=Count("pk"))
        .order_by()
    )
    provinces = {one.pk: {region.pk for region in one.provinces.all()} for one in mentors}
    tasks = MentoringTask.objects.all() if tasks is None else tasks
    waiting = (
        tasks.filter(status=Status.WAITING)
        .select_for_update(of=("self",))
        .select_related("enrolment__organization__region")
        .order_by("due_on", "pk")
    )
    given = []
    for task in waiting:
        province = _province_of(task.enrolment.organization)
        able = [
            one
            for one in mentors
            if loads.get(one.pk, 0) < one.most_tasks
            and (not provinces[one.pk] or province in provinces[one.pk])
        ]
        if not able:
            continue
        # Who knows the province comes before who goes everywhere, then who has less to do.
        mentor = min(
            able,
            key=lambda one: (not provinces[one.pk], loads.get(one.pk, 0) / one.most_tasks, one.pk),
        )
        loads[mentor.pk] = loads.get(mentor.pk, 0) + 1
        given.append(_give(task, mentor, by, tell_mentor=False))
    _tell_mentors(given)
    return len(given)


def _give(task, mentor, by, *, tell_mentor=True):
    task.mentor = mentor
    finish(arrows.ASSIGN, task, by=by)
    if tell_mentor:
        notify(
            mentor.user,
            key=f"esmart.mentor.{task.pk}.{mentor.pk}",
            kind=NotificationKind.TASK,
            subject=f"Dampingi {task.enrolment.organization}"[:150],
            body=f"{task.get_kind_display()}. {task.explanation}",
            url=reverse("admin:programs_mentoringtask_change", args=[task.pk]),
        )
    tell_people(
        task.enrolment.organization,
        fact=f"mentored.{task.pk}.{mentor.pk}",
        subject="Pendamping Anda dalam e-Smart IKM",
        body=(
            f"{mentor} akan menghubungi Anda paling lambat {tanggal(task.due_on)} atau beberapa "
            f"hari sesudahnya. Anda juga dapat menulis ke {mentor.user.email}."
        ),
        url=page_of(task.enrolment),
    )
    return task


def _tell_mentors(tasks):
    """One message for each mentor, however many tasks came to them at once."""
    by_mentor = {}
    for task in tasks:
        by_mentor.setdefault(task.mentor, []).append(task)
    notify_many(
        [
            (
                mentor.user,
                f"esmart.mentor.{mine[0].pk}.{mentor.pk}",
                f"{len(mine)} IKM menunggu pendampingan Anda",
                "\n".join(
                    f"{one.enrolment.organization}: {one.get_kind_display()}" for one in mine
                ),
                own_list(),
            )
            for mentor, mine in by_mentor.items()
        ],
        kind=NotificationKind.TASK,
    )


@transaction.atomic
def add_note(task, *, way, text, by):
    """Write down what was talked about, while the task is open."""
    task = MentoringTask.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if task.status not in (Status.WAITING, Status.ASSIGNED):
        raise TransitionNotAllowed("Pendampingan ini sudah ditutup; catatan tidak dapat ditambah.")
    note = MentoringNote(task=task, way=way, text=text.strip(), by=by)
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def complete(task, *, outcome, way, text, by, today):
    """Close a task with what came of it; the last note says what was done."""
    task = begin(arrows.COMPLETE, task)
    add_note(task, way=way, text=text, by=by)
    task.outcome, task.closed_on = outcome, today
    finish(arrows.COMPLETE, task, by=by)
    return task


@transaction.atomic
def drop(task, *, by, reason, today):
    """Close a task that is not needed after all."""
    task = begin(arrows.DROP, task)
    task.closed_on = today
    finish(arrows.DROP, task, by=by, reason=reason)
    return task


def drop_all(enrolment, *, by, reason, today):
    """Close every open task of an IKM that is no longer looked after."""
    for task in enrolment.mentoring.open().order_by("pk"):
        drop(task, by=by, reason=reason, today=today)


def _locked_mentor(pk):
    return Mentor.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)


def _province_of(organization):
    region = organization.region
    return (region.province_id or region.pk) if region else None
