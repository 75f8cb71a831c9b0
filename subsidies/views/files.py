"""Files that were handed in, as lists show them: described in words, photos as small pictures."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programs.documents import may_see
from programs.models import Document
from programs.templatetags.bina import ukuran
from programs.thumbnails import KEPT_FOR, small_picture

SIZE = (112, 144)


def describe(files):
    """Give each of ``files`` its line of description and, for a photo, the small picture."""
    for file in files:
        document = file.document
        pages = f"{document.pages} halaman, " if document.pages else ""
        kind = document.extension.removeprefix(".").upper()
        file.described = f"{kind}, {pages}{ukuran(document.size)}"
        file.thumb = (
            reverse("subsidies:file_thumbnail", args=[document.code]) if document.is_image else ""
        )
    return files


@require_safe
@cache_control(private=True, max_age=KEPT_FOR)
def file_thumbnail(request, code):
    """The photo in 112 by 144 pixels, under the same rights as the photo itself."""
    document = get_object_or_404(Document, code=code)
    if not document.is_image or not may_see(request.user, document):
        raise Http404
    return HttpResponse(small_picture(document, SIZE), content_type="image/jpeg")
