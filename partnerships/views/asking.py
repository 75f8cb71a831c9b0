"""The pages of link and match that ask one thing about one agreement."""

from django.contrib import messages
from django.shortcuts import redirect

from partnerships.news import page_of
from programs import asking


def ask(
    request, form, do, *, done, agreement=None, then="", template="partnerships/ask.html", **page
):
    """Show ``form``; once it is right let ``do(cleaned_data)`` act and go ``then``."""
    return asking.ask(
        request,
        form,
        do,
        done=done,
        then=then or page_of(agreement),
        template=template,
        agreement=agreement,
        **page,
    )


def not_now(request, agreement, move=None):
    """The way back for somebody who opens a form whose time is over, else None."""
    if request.method == "POST" or move is None or agreement.status in move.sources:
        return None
    messages.info(
        request,
        f"{move.label} tidak dapat dilakukan lagi: status sekarang "
        f"“{agreement.get_status_display()}”.",
    )
    return redirect(page_of(agreement))
