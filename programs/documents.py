"""Files that people handed in: how they are kept, who may open them, and how they leave the house.

A document by itself is open to nobody but officers with ``programs.view_document``. Each app says
in its ``AppConfig.ready`` whom the records that it hangs documents on open them to.
"""

from urllib.parse import quote

from django.conf import settings
from django.core.files.base import ContentFile
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from programs.models import Document

# What is inside may come from anybody: it opens nothing, runs nothing, and asks nobody.
SEALED_OFF = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
)
_checks = []


def store_document(accepted, *, organization, by):
    """Keep a file that ``accept_upload`` took. Files of no organization pass None.

    The row stands only if the transaction is committed. The file is written first: of a
    transaction that failed a file without a row may be left, never a row without its file.
    """
    document = Document(
        organization=organization,
        name=accepted.name,
        content_type=accepted.content_type,
        extension=accepted.extension,
        size=accepted.size,
        pages=accepted.pages,
        sha256=accepted.sha256,
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    document.file.save(accepted.name, ContentFile(accepted.content), save=False)
    try:
        document.save(force_insert=True)
    except Exception:
        document.file.delete(save=False)
        raise
    return document


def opens_documents(check):
    """Register ``check(user, document)``: whether an app's records open this document to them."""
    if check not in _checks:
        _checks.append(check)
    return check


def may_see(user, document):
    """Whether ``user`` may open ``document``: by permission, or by a record that holds it."""
    return user.has_perm("programs.view_document") or any(
        check(user, document) for check in _checks
    )


def serve(document, *, as_attachment=False):
    """The file itself, for somebody who may see it."""
    return serve_file(
        document.file,
        name=document.name,
        content_type=document.content_type,
        as_attachment=as_attachment,
    )


def serve_file(file, *, name, content_type, as_attachment=False):
    """A private file as an answer: by the web server in front, where there is one."""
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = quote(f"{settings.MEDIA_ACCEL_PREFIX}{file.name}")
    else:
        response = FileResponse(file.open("rb"), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SEALED_OFF
    # Our own pages show it in a frame; XFrameOptionsMiddleware leaves a set header alone.
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, max-age=300"
    return response
