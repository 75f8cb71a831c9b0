"""The shape that most pages of link and match share: one form, one deed, one way back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from partnerships.news import page_of
from programs.forms import blame
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed


def ask(
    request, form, do, *, done, agreement=None, then="", template="partnerships/ask.html", **page
):
    """Show ``form``; once it is right let ``do(cleaned_data)`` act and go ``then``.

    What is typed wrong comes back as 422 with its sentences, what cannot be done any more as 409.
    """
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, done)
            return redirect(then or page_of(agreement))
    fill(form, take(request))
    return render(request, template, {"form": form, "agreement": agreement, **page}, status=status)


def typed(request):
    """What was sent, or None while somebody only opens the page."""
    return request.POST if request.method == "POST" else None


def sent_files(request):
    return request.FILES if request.method == "POST" else None


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
