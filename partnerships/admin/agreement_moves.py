"""The one address to which every step of an agreement is sent, whatever page it stands on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from partnerships.admin.agreement_desk import ONLY_WHO_PROPOSES, load, say
from partnerships.admin.agreement_ending import show_ending
from partnerships.admin.agreement_offers import STEPS, form_for
from partnerships.admin.agreement_overview import show_overview
from partnerships.admin.agreement_text import show_text
from partnerships.models import Agreement
from programs.transitions import TransitionNotAllowed

PAGES = {"change": show_overview, "text": show_text, "ending": show_ending}


@require_POST
@transaction.atomic
def move(request, pk):
    """Take one step of the agreement's life, by the workflow function of that name.

    An officer decides about what they saw: has the agreement moved on since, they are told first.
    """
    today = timezone.localdate()
    # Two officers at the same moment: the second waits here, and then sees what the first did.
    Agreement.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    found = load(request, pk, today=today, to_change=True)
    key = request.POST.get("langkah", "")
    if key not in STEPS:
        messages.warning(request, "Pilih salah satu langkah.")
        return redirect(found.address())
    if key == "renew" and not request.user.has_perm("partnerships.propose_agreement"):
        raise PermissionDenied(ONLY_WHO_PROPOSES)
    step = STEPS[key]
    show_page = PAGES[step.page]
    form = form_for(key, found, request.POST)
    if _has_moved_on(request, found):
        return show_page(request, found, status=409, bound={key: form})
    if form is not None and not form.is_valid():
        return show_page(request, found, status=422, bound={key: form})
    try:
        changed = step.deed(
            found.agreement, by=request.user, today=today, **(form.cleaned_data if form else {})
        )
    except (TransitionNotAllowed, ValidationError) as problem:
        say(request, problem)
        return show_page(
            request,
            load(request, pk, today=today),
            status=422 if form is not None else 409,
            bound={key: form},
        )
    messages.success(request, step.words)
    if key == "renew":
        return redirect("admin:partnerships_agreement_change", changed.pk)
    return redirect(found.address("change" if step.page == "ending" else step.page))


def _has_moved_on(request, found):
    """Whether somebody else moved the agreement since the page with the button was opened."""
    seen = request.POST.get("dilihat", "")
    agreement = found.agreement
    if not seen or seen == found.seen:
        return False
    last = agreement.history.select_related("actor").latest("at", "pk")
    say(
        request,
        f"Langkah Anda belum dijalankan: {last.actor or 'sistem'} mengubah perjanjian ini sejak "
        f"halaman tadi dibuka. Statusnya sekarang “{agreement.get_status_display()}”. Periksa, "
        "lalu putuskan lagi.",
    )
    return True
