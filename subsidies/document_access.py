"""Whom the records of this app open a handed-in file to (see ``programs.documents``)."""

from programs.documents import opens_documents
from subsidies.models import Application, ApplicationDocument, VisitPhoto


@opens_documents
def an_application_holds_it(user, document):
    """Whoever may see the application may see its papers, and the photos of its visit."""
    visible = Application.objects.visible_to(user)
    return (
        ApplicationDocument.objects.filter(document=document, application__in=visible).exists()
        or VisitPhoto.objects.filter(document=document, visit__application__in=visible).exists()
    )
