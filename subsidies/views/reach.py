"""How an owner's page finds its application, and who is let through."""

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from programs.enums import MembershipState
from programs.models import Membership
from subsidies.models import Application

NOT_YOURS = (
    "Halaman ini untuk anggota usaha yang mengajukan. Anda dapat melihat permohonannya, tetapi "
    "tidak mengubahnya."
)


def readable_application(request, pk):
    """The application for anyone who may see it. ``is_mine`` tells the IKM's own people."""
    mine = Membership.objects.filter(
        user=request.user, organization=OuterRef("organization"), state=MembershipState.APPROVED
    )
    return get_object_or_404(
        Application.objects.visible_to(request.user)
        .with_stage()
        .annotate(is_mine=Exists(mine))
        .select_related(
            "organization__region__province",
            "scheme",
            "budget_line",
            "site_region__province",
            "visit__verifier",
            "disbursement__decree",
        ),
        pk=pk,
    )


def own_application(request, pk):
    """The application for its own people; others who may see it are told that it is not theirs."""
    application = readable_application(request, pk)
    if not application.is_mine:
        raise PermissionDenied(NOT_YOURS)
    return application
