"""Whether a paper that somebody holds was issued by the ministry, and still counts. Open to all."""

import hashlib
import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from programs.documents import serve_file
from programs.models import IssuedPaper
from programs.papers import clean_code, may_open, paper_file, verification_qr

LARGEST = 20 * 1024 * 1024


@require_safe
@login_not_required
def verify_form(request):
    typed = request.GET.get("kode", "").strip()
    if code := clean_code(typed):
        return redirect("programs:verify", code)
    return render(
        request,
        "programs/verify_form.html",
        {"typed": typed, "asked": "kode" in request.GET},
        status=422 if "kode" in request.GET else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def verify(request, code):
    """The answer behind a QR code. A file sent here is compared and forgotten."""
    clean = clean_code(code)
    if clean and clean != code:
        return redirect("programs:verify", clean)
    paper = IssuedPaper.objects.select_related("replaced_by").filter(code=clean).first()
    if paper is None:
        return render(request, "programs/verify_unknown.html", {"typed": code}, status=404)
    response = render(
        request,
        "programs/verify.html",
        {
            "paper": paper,
            "now": timezone.now(),
            "comparison": _compare(request, paper) if request.method == "POST" else "",
            "digest": re.findall("....", paper.sha256),
            "qr": verification_qr(paper),
            "may_open": request.user.is_authenticated and may_open(request.user, paper),
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def paper(request, code):
    """The PDF itself, for the people it was issued to and for officers."""
    paper = get_object_or_404(IssuedPaper, code=clean_code(code))
    if not may_open(request.user, paper):
        raise Http404
    number = re.sub(r"[^\w.-]+", "-", paper.number)
    return serve_file(
        paper_file(paper),
        name=f"{paper.get_kind_display()} {number}.pdf",
        content_type="application/pdf",
        as_attachment="unduh" in request.GET,
    )


def _compare(request, paper):
    """One word for the page: what came of comparing the sent file with ours."""
    file = request.FILES.get("berkas")
    if not file:
        return "missing"
    if file.size > LARGEST:
        return "large"
    if not paper.sha256:
        return "unmade"
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return "same" if digest.hexdigest() == paper.sha256 else "other"
