from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from programs import documents
from programs.models import Document


@require_safe
def document(request, code):
    """A file that somebody handed in. For whoever may not see it, it does not exist."""
    document = get_object_or_404(Document, code=code)
    if not documents.may_see(request.user, document):
        raise Http404
    return documents.serve(document, as_attachment="unduh" in request.GET)
