"""Papers the ministry issues: numbered without gaps, made by Typst, checked by anyone by QR."""

import hashlib
import json
import logging
import re
import secrets
import unicodedata
from datetime import date
from io import BytesIO

import segno
import typst
from celery import shared_task
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from programs.enums import PaperState
from programs.models import IssuedPaper
from programs.queue import hand_over
from programs.rupiah import format_rupiah, in_words
from programs.transitions import TransitionNotAllowed

logger = logging.getLogger(__name__)

# No 0/O, 1/I/L, U: the code is read from paper and typed by hand.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
NOT_SIGNED = "Belum ditandatangani secara elektronik."
# What Typst's own fonts can show. For anything else PDF/A refuses the whole paper, and some
# scripts make Typst crash: one emoji in a name must not cost its owner the letter.
UNPRINTABLE = re.compile(
    "[^\\n -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040€™−]"
)
PLACEHOLDER = "□"
SWEEP_AT_ONCE = 500
_checks = []


def next_number(series):
    """The next number of ``series``, starting at 1, without a gap and never twice.

    The row stays locked until the transaction ends; a rolled-back transaction gives it back.
    """
    return next_numbers(series, 1)[0]


def next_numbers(series, count):
    """The next ``count`` numbers of ``series`` as a range; otherwise as ``next_number``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO programs_numbersequence (series, last) VALUES (%s, %s)"
            " ON CONFLICT (series) DO UPDATE"
            " SET last = programs_numbersequence.last + EXCLUDED.last"
            " RETURNING last",
            [series, count],
        )
        last = cursor.fetchone()[0]
    return range(last - count + 1, last + 1)


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
    hand_over(render_paper, paper.pk)
    return paper


def issue_papers(kind, papers, *, on, by=None):
    """Issue many papers of one kind in one statement; their PDFs are made after the commit.

    ``papers`` are dicts with ``key, number, subject, holder, facts``. A key that was issued before
    raises ``IntegrityError``: who issues in bulk locks what it issues for.
    """
    made = IssuedPaper.objects.bulk_create(
        [
            IssuedPaper(kind=kind, code=_fresh_code(), issued_on=on, issued_by=by, **paper)
            for paper in papers
        ]
    )
    hand_over(render_papers, [paper.pk for paper in made])
    return made


def opens_papers(check):
    """Register ``check(user, paper)``: whether an app's records open this paper to somebody."""
    if check not in _checks:
        _checks.append(check)
    return check


def may_open(user, paper):
    """Whether ``user`` may have the file: by organization, permission, or a record of an app."""
    return IssuedPaper.objects.visible_to(user).filter(pk=paper.pk).exists() or any(
        check(user, paper) for check in _checks
    )


@transaction.atomic
def revoke_paper(paper, *, reason):
    """Say publicly that ``paper`` no longer counts. Its number is not used again.

    ``reason`` may name people: only the holder and officers read it.
    """
    paper = _lock_valid(paper)
    paper.state, paper.state_reason = PaperState.REVOKED, _short(reason)
    paper.save(update_fields=["state", "state_reason"])
    return paper


@transaction.atomic
def replace_paper(paper, new, *, reason):
    """Let ``new`` stand for ``paper``, whose page says so from now on."""
    paper = _lock_valid(paper)
    paper.state, paper.state_reason = PaperState.REPLACED, _short(reason)
    paper.replaced_by = new
    paper.save(update_fields=["state", "state_reason", "replaced_by"])
    return paper


def _short(reason):
    """The whole of it stands in the record's history."""
    return reason if len(reason) <= 300 else f"{reason[:299]}…"


def _lock_valid(paper):
    paper = IssuedPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.state != PaperState.VALID:
        raise TransitionNotAllowed(
            f"{paper} tidak dapat diubah lagi: keadaannya sudah “{paper.get_state_display()}”."
        )
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
def render_papers(paper_ids):
    """Make these PDFs one by one; one that cannot be made does not hold up the others."""
    for paper_id in paper_ids:
        try:
            render_paper(paper_id)
        except Exception:
            logger.exception("paper %s could not be made", paper_id)


@shared_task
def sweep_papers():
    """Every few minutes: make the papers whose task was lost. Safe to run twice."""
    lost = IssuedPaper.objects.filter(file="").order_by("pk")
    render_papers(lost.values_list("pk", flat=True)[:SWEEP_AT_ONCE])


def verification_url(paper):
    """The public address that the QR code on ``paper`` leads to."""
    return settings.BASE_URL + reverse("programs:verify", args=[paper.code])


def verification_qr(paper):
    """The same QR code for a page, as SVG."""
    code = segno.make(verification_url(paper), error="m")
    svg = code.svg_inline(svgclass="qr", border=0, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn here from an address of ours


def typeset(paper):
    """The PDF of ``paper`` as bytes. The same paper gives the same bytes.

    PDF/A-2b keeps it readable for as long as the archive must; PDF/UA reads it aloud to those who
    cannot see it. What people typed goes in as JSON and stays text.
    """
    url = verification_url(paper)
    head = {
        "code": paper.code,
        "title": paper.get_kind_display(),
        "number": _printable(paper.number),
        "subject": _printable(paper.subject),
        "holder": _printable(paper.holder),
        "issued_on": _day(paper.issued_on),
        "issued_on_iso": paper.issued_on.isoformat(),
        "site": site(),
        "url": url,
        "qr": _qr(url),
        "signature": _printable(paper.signed_by) or NOT_SIGNED,
    }
    return draw(paper.kind.lower(), head=head, facts=paper.facts)


def draw(template, *, head, facts):
    """The PDF that a template of ``templates/papers`` makes of ``facts``, which are plain JSON.

    For what is issued with a number there is ``issue_paper``; a report is only drawn.
    """
    folder = settings.BASE_DIR / "templates" / "papers"
    return typst.compile(
        folder / f"{template}.typ",
        root=folder,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({"paper": head, "facts": _as_printed(facts)})},
        pdf_standards=["a-2b", "ua-1"],
    )


def site():
    """The address of the site as a letterhead prints it."""
    return settings.BASE_URL.partition("://")[2]


def _as_printed(facts):
    """The facts as a template prints them.

    Beside ``<name>_rp`` in whole rupiah stands ``<name>_rp_words``; ``<name>_on`` is a day.
    """
    if isinstance(facts, list):
        return [_as_printed(item) for item in facts]
    if isinstance(facts, str):
        return _printable(facts)
    if not isinstance(facts, dict):
        return facts
    printed = {name: _as_printed(value) for name, value in facts.items()}
    for name, value in facts.items():
        if name.endswith("_rp"):
            printed[name], printed[f"{name}_words"] = format_rupiah(value), in_words(value)
        elif name.endswith("_on"):
            printed[name] = _day(date.fromisoformat(value))
    return printed


def unprintable_letters(text):
    """What of ``text`` a paper can only show as □: for forms to ask for other letters in time."""
    return "".join(dict.fromkeys(UNPRINTABLE.findall(_visible(text))))


def _printable(text):
    return UNPRINTABLE.sub(PLACEHOLDER, _visible(text))


def _visible(text):
    lines = unicodedata.normalize("NFC", text).replace("\t", " ").splitlines()
    return "".join(one for one in "\n".join(lines) if one == "\n" or not _is_invisible(one))


def _is_invisible(letter):
    return unicodedata.category(letter) in {"Cc", "Cf"}


def _day(day):
    """“1 Desember 2026”, which no line end tears apart."""
    return date_format(day, "j F Y").replace(" ", "\N{NO-BREAK SPACE}")


def _qr(url):
    svg = BytesIO()
    segno.make(url, error="m").save(svg, kind="svg", scale=4, border=0, xmldecl=False)
    return svg.getvalue().decode()


def clean_code(typed):
    """The code as it is printed, however it was typed; nothing when it cannot be one."""
    letters = re.sub(r"[\s\-–./]", "", typed).upper()
    is_code = len(letters) == 8 and set(letters) <= set(CODE_LETTERS)
    return f"{letters[:4]}-{letters[4:]}" if is_code else ""


def _fresh_code():
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
