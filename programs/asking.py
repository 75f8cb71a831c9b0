"""The shape that most pages of ours share: one form, one deed, one way on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from programs.forms import blame
from programs.kept_input import fill, take
from programs.transitions import TransitionNotAllowed


def ask(request, form, do, *, done, then, template, **page):
    """Show ``form``; once it is right let ``do(cleaned_data)`` act and go ``then``.

    ``then`` is an address, or a function of what ``do`` returned. What is typed wrong comes back as
    422 with its sentences, what cannot be done any more as 409.
    """
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            outcome = do(form.cleaned_data)
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        except ValidationError as problem:
            blame(form, problem)
        else:
            messages.success(request, done)
            return redirect(then(outcome) if callable(then) else then)
    fill(form, take(request))
    return render(request, template, {"form": form, **page}, status=status)


def typed(request):
    """What was sent, or None while somebody only opens the page."""
    return request.POST if request.method == "POST" else None


def sent_files(request):
    return request.FILES if request.method == "POST" else None
