"""The pages of plain text. Open to all."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.enums import PRIVACY_NOTICE_VERSION


@require_safe
@login_not_required
def privacy_notice(request):
    return render(request, "pages/privacy_notice.html", {"notice_version": PRIVACY_NOTICE_VERSION})


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "pages/accessibility.html")


@require_safe
@login_not_required
def help_page(request):
    return render(request, "pages/help.html")
