"""The officers who can do a piece of work, and how much lies on their desks already."""

from django.contrib.auth.models import Permission
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from programs.enums import MembershipState, OrganizationKind
from programs.models import Membership, User
from subsidies.models import Application
from subsidies.models.queue_queries import AT_WORK


def officers_who_may(*names):
    """Active officers who hold one of the permissions, with their ``load``, the freest first.

    ``load`` counts the applications that are assigned to them and not yet done.
    """
    codenames = [name.partition(".")[2] for name in names]
    held = Permission.objects.filter(content_type__app_label="subsidies", codename__in=codenames)
    assigned = (
        Application.objects.filter(assigned_to=OuterRef("pk"), status__in=AT_WORK)
        .order_by()
        .values("assigned_to")
        .annotate(n=Count("pk"))
        .values("n")
    )
    holds = Q(groups__permissions__in=held) | Q(user_permissions__in=held)
    return (
        User.objects.filter(
            pk__in=User.objects.filter(holds).values("pk"), is_active=True, is_staff=True
        )
        .annotate(load=Coalesce(Subquery(assigned, output_field=IntegerField()), Value(0)))
        .order_by("load", "name")
    )


def verifiers():
    """Field verifiers with their ``load``, their ``house`` and its ``place``, if they have one."""
    homes = Membership.objects.filter(
        user=OuterRef("pk"),
        state=MembershipState.APPROVED,
        organization__kind__in=[OrganizationKind.VERIFIER, OrganizationKind.UNIT],
    ).order_by("pk")
    return officers_who_may("subsidies.conduct_visit").annotate(
        house=Subquery(homes.values("organization__name")[:1]),
        place=Subquery(homes.values("organization__region__name")[:1]),
        place_code=Subquery(homes.values("organization__region")[:1]),
    )
