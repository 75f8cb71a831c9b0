"""Papers the ministry issues: numbered without gaps, made by Typst, checked by anyone by QR."""

import hashlib
import json
import secrets
from functools import partial

import segno
import typst
from celery import shared_task
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils.formats import date_format

from programs.models import IssuedPaper
from programs.rupiah import format_rupiah, in_words

# No 0/O, 1/I/L, U: the code is read from paper and typed by hand.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NOT_SIGNED = "Belum ditandatangani secara elektronik."


def next_number(series):
    """The next number of ``series``, starting at 1, without a gap and never twice.

    The row stays locked until the transaction ends; a rolled-back transaction gives it back.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programs_numbersequence (series, last) VALUES (%s, 1)"
            " ON CONFLICT (series) DO UPDATE SET last = programs_numbersequence.last + 1"
            " RETURNING last",
            [series],
        )
        return cursor.fetchone()[0]


def issue_paper(kind, *, key, number, subject, holder, facts, on, by=None, organization=None):
    """Issue a paper, once for each ``key``. The PDF is made after the commit.

    ``facts`` is what the template prints: plain JSON, with amounts in whole rupiah.
    """
    existing = IssuedPaper.objects.filter(key=key).first()
    if existing:
        return existing
    paper = IssuedPaper.objects.create(
        kind=kind,
        key=key,
        code=_fresh_code(),
        number=number,
        subject=subject,
        holder=holder,
        organization=organization,
        facts=facts,
        issued_on=on,
        issued_by=by,
    )
    # robust: see programs.notifications; a paper that was not made is made when it is opened.
    transaction.on_commit(partial(render_paper.apply_async, [paper.pk], retry=False), robust=True)
    return paper


def paper_file(paper):
    """The stored PDF of ``paper``; made now when no worker has made it yet."""
    if not paper.file:
        render_paper(paper.pk)
        paper.refresh_from_db()
    return paper.file


@shared_task
def render_paper(paper_id):
    """Make the PDF and keep it with its SHA-256. Run twice, the second finds it made."""
    with transaction.atomic():
        paper = IssuedPaper.objects.select_for_update(of=("self",)).get(pk=paper_id)
        if paper.file:
            return
        content = typeset(paper)
        paper.sha256 = hashlib.sha256(content).hexdigest()
        paper.file.save(f"{paper.code}.pdf", ContentFile(content), save=False)
        paper.save(update_fields=["file", "sha256"])


@shared_task
def sweep_papers():
    """Every few minutes: make the papers whose task was lost. Safe to run twice."""
    for paper_id in IssuedPaper.objects.filter(file="").values_list("pk", flat=True)[:200]:
        render_paper(paper_id)


def verification_url(paper):
    """The public address that the QR code on ``paper`` leads to."""
    return settings.BASE_URL + reverse("programs:verify", args=[paper.code])


def typeset(paper):
    """The PDF of ``paper`` as bytes. The same paper gives the same bytes."""
    url = verification_url(paper)
    folder = settings.BASE_DIR / "templates" / "papers"
    data = {
        **_with_amounts(paper.facts),
        "code": paper.code,
        "title": paper.get_kind_display(),
        "number": paper.number,
        "subject": paper.subject,
        "holder": paper.holder,
        "issued_on": date_format(paper.issued_on, "j F Y"),
        "url": url,
        "qr": segno.make(url, error="m").svg_inline(scale=4, border=0),
        "signature": paper.signed_by or NOT_SIGNED,
    }
    return typst.compile(
        folder / f"{paper.kind.lower()}.typ",
        root=folder,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=["a-2b"],
    )


def _with_amounts(facts):
    """Beside every ``<name>_rp`` of whole rupiah: how it is written, and how it is said."""
    if isinstance(facts, list):
        return [_with_amounts(item) for item in facts]
    if not isinstance(facts, dict):
        return facts
    full = {name: _with_amounts(value) for name, value in facts.items()}
    for name, value in facts.items():
        if name.endswith("_rp") and isinstance(value, int):
            full[name] = format_rupiah(value)
            full[f"{name}_words"] = in_words(value)
    return full


def _fresh_code():
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
