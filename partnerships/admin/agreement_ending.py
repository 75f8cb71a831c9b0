"""How an agreement goes on or ends early: its renewal, and its termination with a reason."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.admin.agreement_desk import load, show
from partnerships.admin.agreement_offers import offers_on


@require_safe
def ending(request, pk):
    return show_ending(request, load(request, pk, today=timezone.localdate()))


def show_ending(request, found, *, status=200, bound=None):
    agreement = found.agreement
    return show(
        request,
        found,
        "desk_agreement_ending",
        tab="ending",
        title="Perpanjangan dan penghentian",
        status=status,
        offers=offers_on("ending", found, bound),
        renews=agreement.renews if agreement.renews_id else None,
        renewals=list(agreement.renewals.order_by("pk")),
    )
