"""The screen in front of the room: the code of this half minute, its QR, how many are in."""

from urllib.parse import urlencode

import segno
from django.conf import settings
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from training.admin.attendance import session_of, window
from training.admin.reach import event_of, pages
from training.check_in_codes import code_at, seconds_left
from training.enums import HOLDING_A_PLACE

# Without JavaScript the whole page comes again after so many seconds, or when the code changes.
RENEW_AFTER = 10


@require_safe
def screen(request, pk, session_pk):
    """Only for those who hold the event: who sees the code can say that they are there."""
    event = event_of(request, pk)
    session = session_of(event, session_pk)
    now = timezone.now()
    address = f"{settings.BASE_URL}{event.get_absolute_url()}hadir/"
    context = {
        "event": event,
        "session": session,
        "window": window(session, now),
        "short_address": address.partition("://")[2].rstrip("/"),
        "present": session.attendances.filter(
            is_present=True, registration__status__in=HOLDING_A_PLACE
        ).count(),
        "seconds": seconds_left(now),
        "renew_after": min(RENEW_AFTER, seconds_left(now)),
    }
    if context["window"] == "open":
        code = code_at(session.code_secret, session.pk, now)
        query = urlencode({"sesi": session.number, "kode": code})
        qr = segno.make(f"{address}?{query}", error="m", micro=False)
        picture = qr.svg_inline(
            svgclass="qr", border=0, omitsize=True, title="Kode QR ke daftar hadir sesi ini"
        )
        context |= {"code": code, "qr": mark_safe(picture)}  # noqa: S308 - drawn by us
    part = "training/desk_screen_code.html" if request.htmx else "training/desk_screen.html"
    return TemplateResponse(request, part, context)


def urls(model_admin):
    return pages(model_admin, [("hadir/<int:session_pk>/layar/", screen, "check_in_screen")])
