"""The field visit: assigned, scheduled, conducted with minutes, confirmed by both sides."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from programs.documents import store_document
from programs.enums import NotificationKind
from programs.transitions import TransitionNotAllowed, begin, finish
from subsidies import arrows, letters
from subsidies.enums import ApplicationStatus, NoteState, Stage, VisitStatus
from subsidies.models import Application, Visit, VisitAnswer, VisitPhoto
from subsidies.models.visit import ABOUT_A_MACHINE, ABOUT_THE_COMPANY
from subsidies.news import tell_officer, tell_stage
from subsidies.workflow.deadlines import enter_stage


@transaction.atomic
def send_to_visit(application, *, by, verifier, today):
    """Confirm that the papers conform to the terms, and assign the verifier.

    It takes a second officer: who confirmed completeness cannot confirm conformity.
    """
    application = begin(arrows.SEND_TO_VISIT, application)
    if application.completeness_by == by:
        raise TransitionNotAllowed(
            "Kesesuaian harus diperiksa oleh petugas yang tidak memeriksa kelengkapan."
        )
    if not verifier.has_perm("subsidies.conduct_visit"):
        raise TransitionNotAllowed(f"{verifier} bukan verifikator lapangan.")
    if application.correction_notes.filter(state=NoteState.OPEN).exists():
        raise TransitionNotAllowed(
            "Masih ada catatan perbaikan yang terbuka. Minta perbaikan, atau hapus catatannya."
        )
    application.conformity_by = by
    enter_stage(application, Stage.VISIT_PLANNING, today=today)
    application.assigned_to = verifier
    entry = finish(arrows.SEND_TO_VISIT, application, by=by)
    visit = Visit.objects.create(application=application, verifier=verifier, assigned_by=by)
    visit.history.create(action="assign", from_status="", to_status=VisitStatus.ASSIGNED, actor=by)
    tell_stage(application, Stage.VISIT_PLANNING, entry=entry)
    tell_officer(
        verifier,
        application,
        fact=f"visit.{visit.pk}.{verifier.pk}",
        subject=f"Kunjungan lapangan: {application}",
        body=f"Jadwalkan kunjungan ke {application.organization}, {application.site_address}.",
    )
    return application


@transaction.atomic
def reassign(visit, *, by, verifier, reason, today):
    """Give the visit to another verifier; the schedule starts anew."""
    application = _lock_application(visit)
    visit = begin(arrows.REASSIGN, visit)
    if not verifier.has_perm("subsidies.conduct_visit"):
        raise TransitionNotAllowed(f"{verifier} bukan verifikator lapangan.")
    visit.verifier, visit.assigned_by = verifier, by
    visit.starts_at = visit.owner_agreed_at = None
    entry = finish(arrows.REASSIGN, visit, by=by, reason=reason)
    enter_stage(application, Stage.VISIT_PLANNING, today=today)
    application.assigned_to = verifier
    application.save()
    tell_officer(
        verifier,
        application,
        fact=f"visit.{visit.pk}.{entry.pk}",
        subject=f"Kunjungan lapangan: {application}",
        body=f"Kunjungan ini dialihkan kepada Anda. {reason}",
    )
    return visit


@transaction.atomic
def schedule(visit, *, by, starts_at, message="", today):
    """Name day and hour, and tell the owner. May be done again with another day."""
    application = _lock_application(visit)
    visit = begin(arrows.SCHEDULE, visit)
    _must_be_the_verifier(visit, by)
    if timezone.localdate(starts_at) < today:
        raise TransitionNotAllowed("Jadwal kunjungan tidak boleh sebelum hari ini.")
    visit.starts_at, visit.announced, visit.owner_agreed_at = starts_at, message, None
    entry = finish(arrows.SCHEDULE, visit, by=by)
    enter_stage(application, Stage.VISIT, today=today)
    application.assigned_to = visit.verifier
    application.save()
    when = date_format(timezone.localtime(starts_at), "l, j F Y, \\p\\u\\k\\u\\l H.i")
    tell_stage(
        application,
        Stage.VISIT,
        entry=entry,
        kind=NotificationKind.TASK,
        extra=f"{when} WIB, oleh {visit.verifier}. {message}".strip(),
    )
    return visit


@transaction.atomic
def agree_to_schedule(visit, *, by):
    """The owner will be there. It moves nothing, but the verifier sees it."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.status != VisitStatus.SCHEDULED:
        raise TransitionNotAllowed("Belum ada jadwal kunjungan yang dapat disetujui.")
    visit.owner_agreed_at = timezone.now()
    visit.save(update_fields=["owner_agreed_at"])
    return visit


@transaction.atomic
def ask_other_day(visit, *, by, reason, today):
    """The owner cannot be there and says why; the verifier names another day."""
    application = _lock_application(visit)
    visit = begin(arrows.ASK_OTHER_DAY, visit)
    visit.starts_at = visit.owner_agreed_at = None
    entry = finish(arrows.ASK_OTHER_DAY, visit, by=by, reason=reason)
    enter_stage(application, Stage.VISIT_PLANNING, today=today)
    application.assigned_to = visit.verifier
    application.save()
    tell_officer(
        visit.verifier,
        application,
        fact=f"visit.{visit.pk}.{entry.pk}",
        subject=f"Pemohon meminta ganti jadwal: {application}",
        body=reason,
    )
    return visit


@transaction.atomic
def add_photo(visit, *, by, accepted, caption=""):
    """Keep a photo of the visit, with place and time when the camera said so."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    _must_be_the_verifier(visit, by)
    if visit.status != VisitStatus.SCHEDULED:
        raise TransitionNotAllowed("Foto hanya dapat ditambah sebelum berita acara dibuat.")
    document = store_document(accepted, organization=visit.application.organization, by=by)
    latitude, longitude = accepted.location or (None, None)
    return VisitPhoto.objects.create(
        visit=visit,
        document=document,
        caption=caption,
        taken_at=accepted.taken_at,
        latitude=latitude,
        longitude=longitude,
    )


@transaction.atomic
def conduct(visit, *, by, answers, findings, met_with, today, location=(None, None)):
    """Record the visit and issue its minutes. The owner is asked to confirm them.

    ``answers`` are (question, machine or None, is_yes, note); every question must be answered for
    the company and for each machine. At least one photo must be there.
    """
    application = _lock_application(visit)
    visit = begin(arrows.CONDUCT, visit)
    _must_be_the_verifier(visit, by)
    if timezone.localdate(visit.starts_at) > today:
        raise TransitionNotAllowed("Kunjungan belum berlangsung menurut jadwalnya.")
    if not visit.photos.exists():
        raise TransitionNotAllowed("Tambahkan paling sedikit satu foto kunjungan.")
    machines = list(application.machines.all())
    _must_answer_everything(answers, machines)
    visit.answers.all().delete()
    VisitAnswer.objects.bulk_create(
        VisitAnswer(visit=visit, question=question, machine=machine, is_yes=is_yes, note=note)
        for question, machine, is_yes, note in answers
    )
    visit.findings, visit.met_with = findings, met_with
    visit.latitude, visit.longitude = location
    visit.conducted_at = timezone.now()
    visit.minutes = letters.minutes(visit, answers=answers, today=today, by=by)
    entry = finish(arrows.CONDUCT, visit, by=by)
    enter_stage(application, Stage.MINUTES, today=today)
    application.save()
    tell_stage(application, Stage.MINUTES, entry=entry, kind=NotificationKind.TASK)
    return visit


@transaction.atomic
def dispute(visit, *, by, reason, today):
    """The owner does not accept the minutes; they are revoked and the verifier writes new ones."""
    application = _lock_application(visit)
    visit = begin(arrows.DISPUTE, visit)
    minutes = visit.minutes
    minutes.state, minutes.state_reason = "REVOKED", f"Keberatan pemohon: {reason}"[:300]
    minutes.save(update_fields=["state", "state_reason"])
    visit.minutes, visit.conducted_at = None, None
    entry = finish(arrows.DISPUTE, visit, by=by, reason=reason)
    enter_stage(application, Stage.VISIT, today=today)
    application.assigned_to = visit.verifier
    application.save()
    tell_officer(
        visit.verifier,
        application,
        fact=f"visit.{visit.pk}.{entry.pk}",
        subject=f"Keberatan atas berita acara: {application}",
        body=reason,
    )
    return visit


@transaction.atomic
def confirm(visit, *, by, today, reason=""):
    """The other side confirms the minutes; the application goes on to the technical team.

    The owner does it in the site. An officer other than the verifier may do it for minutes signed
    on paper, and says so in ``reason``.
    """
    application = _lock_application(visit)
    visit = begin(arrows.CONFIRM, visit)
    if visit.verifier == by:
        raise TransitionNotAllowed(
            "Berita acara disetujui oleh pemohon, atau oleh petugas lain bila ditandatangani di "
            "kertas."
        )
    is_owner = application.organization.memberships.filter(user=by, state="APPROVED").exists()
    if not is_owner and not reason.strip():
        raise TransitionNotAllowed("Tulis bahwa berita acara ditandatangani di kertas, dan kapan.")
    visit.confirmed_by, visit.confirmed_at = by, timezone.now()
    finish(arrows.CONFIRM, visit, by=by, reason=reason)
    application = begin(arrows.END_VISIT, application)
    application.visited_by = visit.verifier
    enter_stage(application, Stage.ASSESSMENT, today=today)
    entry = finish(arrows.END_VISIT, application, by=by, reason=reason)
    tell_stage(application, Stage.ASSESSMENT, entry=entry)
    return visit


def _lock_application(visit):
    """Application first, then visit: every function takes the locks in this order."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=visit.application_id)
    if application.status != ApplicationStatus.VISITING:
        raise TransitionNotAllowed(
            f"Permohonan ini tidak sedang dikunjungi: “{application.get_status_display()}”."
        )
    return application


def _must_be_the_verifier(visit, person):
    if visit.verifier != person:
        raise TransitionNotAllowed(f"Kunjungan ini ditugaskan kepada {visit.verifier}.")


def _must_answer_everything(answers, machines):
    given = {(question, machine and machine.pk) for question, machine, _, _ in answers}
    asked = {(question, None) for question in ABOUT_THE_COMPANY} | {
        (question, machine.pk) for question in ABOUT_A_MACHINE for machine in machines
    }
    if asked - given:
        raise TransitionNotAllowed(
            f"Masih ada {len(asked - given)} pertanyaan kunjungan yang belum dijawab."
        )
    if any(not is_yes and not note.strip() for _, _, is_yes, note in answers):
        raise TransitionNotAllowed("Setiap jawaban “tidak” harus disertai catatan.")
