"""Whom the records of this app open a file to (see ``programs.documents``)."""

from programs.documents import opens_documents
from training.models import Material, Registration, ZoomReport
from training.models.event_queries import run_by


@opens_documents
def a_registration_holds_the_letter(user, document):
    """A surat tugas: the person's own, for the Dinas that sent them, and for the organizers."""
    return Registration.objects.visible_to(user).filter(assignment_letter=document).exists()


@opens_documents
def an_event_holds_the_material(user, document):
    """Materials are for people with a place, and for the organizers."""
    materials = Material.objects.filter(document=document)
    return (
        Registration.objects.of(user).placed().filter(event__materials__in=materials).exists()
        or materials.filter(run_by(user, "event__")).exists()
    )


@opens_documents
def a_session_holds_the_report(user, document):
    """A Zoom report names everybody who was there: for the organizers alone."""
    reports = ZoomReport.objects.filter(document=document)
    return reports.filter(run_by(user, "session__event__")).exists()
