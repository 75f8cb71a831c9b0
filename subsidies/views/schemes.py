"""The calls: which are open, and everything there is to know about one."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.models import Holiday
from programs.working_days import working_days_between
from subsidies import terms_in_words
from subsidies.models import Scheme
from subsidies.stages import STAGES


@require_safe
@login_not_required
def scheme_list(request):
    today = timezone.localdate()
    holidays = Holiday.objects.days()
    calls = list(Scheme.objects.published().prefetch_related("rates").order_by("closes_on", "pk"))
    for call in calls:
        call.promise = terms_in_words.promise(call)
        call.days_left = working_days_between(today, call.closes_on, holidays)
    return render(
        request,
        "subsidies/scheme_list.html",
        {
            "open_calls": [call for call in calls if call.opens_on <= today <= call.closes_on],
            "coming_calls": [call for call in calls if today < call.opens_on],
            "closed_calls": [call for call in reversed(calls) if call.closes_on < today],
        },
    )


@require_safe
@login_not_required
def scheme_detail(request, code):
    scheme = get_object_or_404(
        Scheme.objects.published().with_terms().prefetch_related("documents", "stage_targets"),
        code=code,
    )
    today = timezone.localdate()
    targets = list(scheme.stage_targets.all())
    return render(
        request,
        "subsidies/scheme_detail.html",
        {
            "scheme": scheme,
            "is_open": scheme.opens_on <= today <= scheme.closes_on,
            "is_coming": today < scheme.opens_on,
            "days_left": working_days_between(today, scheme.closes_on, Holiday.objects.days()),
            "promise": terms_in_words.promise(scheme),
            "rates": terms_in_words.rates(scheme),
            "scale_limits": terms_in_words.scale_limits(scheme),
            "kbli_list": terms_in_words.kbli_list(scheme),
            "papers": terms_in_words.papers(scheme),
            "excluded": terms_in_words.excluded(scheme),
            "targets": [
                (target.get_stage_display(), STAGES[target.stage].actor, target.working_days)
                for target in targets
            ],
            "all_days": sum(target.working_days for target in targets),
        },
    )
