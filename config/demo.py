"""What only the demo has: mails end in a folder and can be read in the browser."""

import secrets
import time
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

NEWEST = 100


class FolderMailBackend(BaseEmailBackend):
    """Puts every mail into a file of its own; nothing leaves the machine."""

    def send_messages(self, messages):
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            path = folder / f"{time.time_ns()}-{secrets.token_hex(4)}.eml"
            draft = path.with_suffix(".part")
            draft.write_bytes(message.message().as_bytes())
            draft.rename(path)
        return len(messages)


def demo_notice(request):
    """For every template: whether to say that this is only a demo."""
    return {"demo": settings.DEMO}


@require_safe
@login_not_required
def mail_list(request):
    paths = sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True)[:NEWEST]
    mails = [(path.stem, _parsed(path)) for path in paths]
    return render(request, "demo/mail_list.html", {"mails": mails})


@require_safe
@login_not_required
def mail_detail(request, name):
    mail = _mail(name)
    text = mail.get_body(("plain",))
    return render(
        request,
        "demo/mail_detail.html",
        {
            "name": name,
            "mail": mail,
            "text": text.get_content() if text else "",
            "has_html": mail.get_body(("html",)) is not None,
            "attachments": [part.get_filename() for part in mail.iter_attachments()],
        },
    )


@require_safe
@login_not_required
@xframe_options_sameorigin
def mail_html(request, name):
    """The HTML part alone, for a frame in which nothing runs and nothing is fetched."""
    html = _mail(name).get_body(("html",))
    if html is None:
        raise Http404
    response = HttpResponse(html.get_content())
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        "frame-ancestors 'self'"
    )
    return response


def _mail(name):
    path = Path(settings.MAIL_DIR) / f"{name}.eml"
    if not path.exists():
        raise Http404
    return _parsed(path)


def _parsed(path):
    return message_from_bytes(path.read_bytes(), policy=policy.default)
