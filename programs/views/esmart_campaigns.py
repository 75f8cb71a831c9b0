"""Campaigns for domestic products: what they are and who joined, and joining them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs.campaign_forms import JoinCampaignForm
from programs.enums import OrganizationKind
from programs.esmart_figures import CampaignCounts, all_campaigns
from programs.models import Campaign, CampaignParticipation, Organization
from programs.models.reach import places_of
from programs.once import once
from programs.transitions import TransitionNotAllowed
from programs.workflow import campaigns as workflow


@require_safe
@login_not_required
def campaign_list(request):
    """All campaigns, the newest first."""
    today = timezone.localdate()
    rows = [(campaign, campaign.runs_on(today)) for campaign in all_campaigns()]
    return render(request, "programs/esmart/campaign_list.html", {"rows": rows})


@require_safe
@login_not_required
def campaign_detail(request, slug):
    """A campaign with its participants by month and province: numbers alone, no names."""
    campaign = all_campaigns().filter(slug=slug).first()
    if campaign is None:
        raise Http404
    return render(
        request,
        "programs/esmart/campaign_detail.html",
        {
            "campaign": campaign,
            "runs": campaign.runs_on(timezone.localdate()),
            "counts": CampaignCounts(campaign),
            "joined": _joined(campaign, request.user) if request.user.is_authenticated else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def campaign_join(request, slug):
    """One form: which of one's own IKM takes part."""
    campaign = get_object_or_404(Campaign, slug=slug)
    today = timezone.localdate()
    if not campaign.runs_on(today) and request.method != "POST":
        messages.info(request, f"{campaign} tidak sedang berjalan, jadi tidak dapat diikuti.")
        return redirect("esmart:campaign_detail", campaign.slug)
    own = Organization.objects.of_kind(OrganizationKind.IKM).filter(pk__in=places_of(request.user))
    joined = _joined(campaign, request.user)
    waiting = own.exclude(pk__in=[one.organization_id for one in joined]).order_by("name")
    form = JoinCampaignForm(
        request.POST if request.method == "POST" else None, organizations=waiting
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        organization = form.cleaned_data["organization"]
        try:
            workflow.join(campaign, organization, by=request.user, today=today)
        except TransitionNotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(
                request, f"{organization} ikut {campaign}. Jumlahnya bertambah sebentar lagi."
            )
            return redirect("esmart:campaign_detail", campaign.slug)
    return render(
        request,
        "programs/esmart/campaign_join.html",
        {"campaign": campaign, "form": form, "has_choice": waiting.exists(), "joined": joined},
        status=status,
    )


def _joined(campaign, user):
    """The participations of the IKM that somebody belongs to."""
    return list(
        CampaignParticipation.objects.filter(
            campaign=campaign, organization__in=places_of(user)
        ).select_related("organization")
    )
