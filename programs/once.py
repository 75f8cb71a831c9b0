"""Forms that count once, however often they arrive: a second press, a reload, a lost connection.

A page's form carries ``{% once_token %}``, its view is marked ``@once``. The first answer that
leads to another page is kept with what it said; the same form again gets that answer. What an
answer with faults (the page itself, shown again) wrote stands too, and the form may come again.
"""

import hashlib
import uuid
from functools import wraps

from django.contrib.messages import get_messages
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpResponseRedirect

from programs.models import OneTimeForm

FIELD = "once"
NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}


def once(view):
    """Let a view act once on each form it is sent, in one transaction.

    The second of two at the same moment waits for the first and then gets its answer. A form that
    was sent, changed with the Back button and sent again is another form.
    """

    @wraps(view)
    def view_once(request, *args, **kwargs):
        key = _key(request)
        if key is None or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            # Waits here while another transaction holds the same key.
            form, is_first = OneTimeForm.objects.get_or_create(
                token=key, defaults={"user": request.user}
            )
            if not is_first:
                return _answer_again(request, form)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                form.answer_url = response.url
                form.said = [
                    [message.level, str(message), message.extra_tags]
                    for message in get_messages(request)._queued_messages
                ]
                form.save(update_fields=["answer_url", "said"])
            else:
                form.delete()
        return response

    return view_once


def new_token():
    return str(uuid.uuid4())


def _key(request):
    """What names this very form: its token together with all that was typed and chosen."""
    if request.method != "POST":
        return None
    try:
        token = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None  # a page that was opened without a token still works
    digest = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.POST.lists()):
        if name not in NOT_CONTENT:
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return uuid.uuid5(token, digest.hexdigest())


def _answer_again(request, form):
    if form.user_id != request.user.pk:
        raise SuspiciousOperation("This form was handed in by somebody else.")
    storage = get_messages(request)
    for level, words, tags in form.said:
        storage.add(level, words, tags)
    return HttpResponseRedirect(form.answer_url)
