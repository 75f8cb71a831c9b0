"""A button's deed by one function of ``workflow``, and what the officer is told of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError

from programs.transitions import TransitionNotAllowed

# A page that could not do what it was asked comes back with this status, and all that was typed.
REFUSED = 422


def done(request, deed, words):
    """Whether ``deed()`` could be done; if not, the page says why.

    ``words`` may be a function of what the deed returned.
    """
    try:
        result = deed()
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
        return False
    except ValidationError as problem:
        for sentence in problem.messages:
            messages.error(request, sentence)
        return False
    messages.success(request, words(result) if callable(words) else words)
    return True
