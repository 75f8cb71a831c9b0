"""The list: one's own schools and companies, what waits, and the agreements by state."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from partnerships import my_tasks
from partnerships.filters import GROUPS, AgreementFilter
from partnerships.models import Agreement
from partnerships.models.agreement_queries import agencies_of
from partnerships.permissions import own_partners
from partnerships.stages import STAGES
from programs.models import Region

ON_A_PAGE = 20
TASKS_SHOWN = 8


@require_safe
def agreement_list(request):
    """For a school or company its own; for a Dinas those of its region, to read."""
    user = request.user
    places = list(own_partners(user))
    regions = list(agencies_of(user))
    agreements = _agreements_of(user)
    found = AgreementFilter(request.GET, agreements, regions=_inside(regions) if regions else ())
    tallies = agreements.aggregate(
        all=Count("pk"),
        **{name: Count("pk", filter=Q(status__in=group)) for name, (_, group) in GROUPS.items()},
    )
    page = Paginator(found.qs.with_names().order_by("-proposed_at", "-pk"), ON_A_PAGE).get_page(
        request.GET.get("halaman")
    )
    for agreement in page:
        agreement.words = STAGES[agreement.status]
    tasks = my_tasks.own_tasks(user) if places else []
    return render(
        request,
        "partnerships/agreement_list.html",
        {
            "places": places,
            "works_for_a_dinas": bool(regions),
            "is_officer": user.has_perm("partnerships.view_agreement"),
            "tasks": tasks[:TASKS_SHOWN],
            "tasks_left": max(0, len(tasks) - TASKS_SHOWN),
            "today": timezone.localdate(),
            "filter": found,
            "is_filtered": any(request.GET.get(name) for name in found.filters),
            "chips": [
                (capfirst(label), f"?keadaan={name}", tallies[name], _chosen(request) == name)
                for name, (label, _) in GROUPS.items()
            ],
            "total": tallies["all"],
            "chosen": _chosen(request),
            "page": page,
        },
    )


def _agreements_of(user):
    """Officers read all of them at the desk; here they see what is theirs."""
    if user.has_perm("partnerships.view_agreement"):
        return Agreement.objects.of_people(user)
    return Agreement.objects.visible_to(user)


def _inside(regions):
    """The kabupaten and kota for which the Dinas of these regions work."""
    codes = [row["organization__region"] for row in regions]
    return list(
        Region.objects.filter(Q(pk__in=codes) | Q(province__in=codes))
        .exclude(province=None)
        .values_list("pk", flat=True)
    )


def _chosen(request):
    return request.GET.get("keadaan", "")
