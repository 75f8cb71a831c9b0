"""The page behind a personal link: read the text, sign it."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships.workflow.signing import signature_of


@require_safe
@login_not_required
@never_cache
def sign_by_link(request, token):
    agreement = signature_of(token).agreement
    return render(request, "partnerships/agreement_detail.html", {"agreement": agreement})
