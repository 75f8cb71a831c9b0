"""What applications expect of a person, for *Beranda saya*."""

from django.urls import reverse

from programs.my_tasks import Record, Task
from programs.rupiah import format_rupiah
from subsidies.enums import Stage, VisitStatus
from subsidies.models import Application
from subsidies.stages import STAGES

NEWEST = 10


WAITING = [Stage.DRAFT, Stage.CORRECTION, Stage.VISIT, Stage.MINUTES]


def tasks_for(user, today):
    """Drafts to send, corrections to make, days to agree to, minutes to confirm."""
    waiting = [one for one in _applications(user) if one.stage in WAITING]
    tasks = [_task(application, today) for application in waiting]
    return [task for task in tasks if task]


def records_for(user):
    """One's applications, the newest first."""
    return [_record(application) for application in _applications(user)[:NEWEST]]


def _applications(user):
    """Those of one's IKM, the newest first; asked for once a request."""
    if not hasattr(user, "_own_applications"):
        user._own_applications = list(
            Application.objects.of_members(user)
            .with_stage()
            .select_related("organization", "scheme", "visit")
            .order_by("-saved_at")
        )
    return user._own_applications


def _task(application, today):
    name = f"{application.organization}, {application.scheme}"
    url = reverse("subsidies:application_detail", args=[application.pk])
    if application.stage == Stage.DRAFT:
        closes_on = application.scheme.closes_on
        if today > closes_on:
            return None
        return Task("Lengkapi dan kirim permohonan", f"{name}.", url, "Lanjutkan", closes_on)
    if application.stage == Stage.CORRECTION:
        return Task(
            "Perbaiki permohonan bantuan mesin",
            f"{name}. Ada catatan petugas yang menunggu jawaban Anda.",
            url,
            "Perbaiki",
            application.due_on,
        )
    if application.stage == Stage.MINUTES:
        return Task(
            "Setujui berita acara kunjungan",
            f"{name}. Baca, lalu setujui atau sampaikan keberatan.",
            reverse("subsidies:visit_minutes", args=[application.pk]),
            "Baca",
            application.due_on,
        )
    if application.visit.owner_agreed_at or application.visit.status != VisitStatus.SCHEDULED:
        return None
    return Task(
        "Pastikan jadwal kunjungan petugas",
        f"{name}. Petugas akan mengunjungi tempat usaha Anda.",
        url,
        "Lihat jadwal",
    )


def _record(application):
    words = STAGES[application.stage]
    about = [application.registration_number or application.organization.name]
    if application.reimbursed:
        about.append(f"penggantian {format_rupiah(application.reimbursed)}")
    elif application.claimed:
        about.append(f"nilai diajukan {format_rupiah(application.claimed)}")
    return Record(
        title=application.scheme.name,
        about=", ".join(about),
        url=reverse("subsidies:application_detail", args=[application.pk]),
        badge=Stage(application.stage).label,
        icon=words.icon,
        kind=words.badge,
    )
