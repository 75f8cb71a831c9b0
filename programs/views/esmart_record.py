"""*e-Smart saya*: where an IKM stands, what is next, and how it sells."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from programs import arrows, permissions
from programs.esmart_news import page_of
from programs.esmart_stages import SETBACKS, STAGES, text_for, way_of
from programs.models import Enrolment, Holiday

CARD_KINDS = {"ok", "warn", "danger"}


@require_safe
def enrolment_list(request):
    """One's own enrolments; with a single one, its page at once."""
    enrolments = list(
        Enrolment.objects.of_people(request.user)
        .running()
        .select_related("organization__region__province")
    )
    if len(enrolments) == 1:
        return redirect(page_of(enrolments[0]))
    return render(
        request,
        "programs/esmart/enrolment_list.html",
        {"enrolments": [(one, STAGES[one.status]) for one in enrolments]},
    )


@require_safe
def enrolment_detail(request, pk):
    enrolment = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related(
            "organization__region__province", "organization__ikm", "program"
        ),
        pk=pk,
    )
    organization = enrolment.organization
    is_own = permissions.is_member(request.user, organization)
    history = list(enrolment.history.order_by("pk"))
    words = STAGES[enrolment.status]
    return render(
        request,
        "programs/esmart/enrolment_detail.html",
        {
            "enrolment": enrolment,
            "organization": organization,
            "profile": getattr(organization, "ikm", None),
            "is_own": is_own,
            "is_officer": request.user.is_staff
            and request.user.has_perm("programs.view_enrolment"),
            "words": words,
            "kind": words.kind if words.kind in CARD_KINDS else "",
            "state_text": text_for(enrolment, Holiday.objects.days(), is_own=is_own),
            "reason": history[-1].reason if history and history[-1].action in SETBACKS else "",
            "way": way_of(enrolment, history),
            "may_leave": is_own and enrolment.status in arrows.LEAVE.sources,
        },
    )
