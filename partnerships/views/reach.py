"""How a page of link and match finds its agreement, and who is let through to act."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from partnerships.models import Agreement
from partnerships.permissions import sides_of
from partnerships.stages import must_act

NOT_YOURS = (
    "Halaman ini untuk orang dari sekolah dan perusahaan yang bekerja sama. Anda dapat membaca "
    "perjanjiannya, tetapi tidak mengubahnya."
)


def readable(request, pk):
    """The agreement for anyone who may see it, with the side that the reader acts for or None."""
    agreement = get_object_or_404(
        Agreement.objects.visible_to(request.user)
        .with_names()
        .select_related("paper", "signed_document", "renews"),
        pk=pk,
    )
    return agreement, acting_side(request.user, agreement)


def own(request, pk):
    """The agreement and the reader's side; who may look but not touch is told so."""
    agreement, side = readable(request, pk)
    if side is None:
        raise PermissionDenied(NOT_YOURS)
    return agreement, side


def acting_side(user, agreement):
    """Of somebody who belongs to both sides, the one whose turn it is."""
    sides = sides_of(user, agreement)
    if len(sides) < 2:
        return sides[0] if sides else None
    signed = set(agreement.signatures.exclude(signed_at=None).values_list("signer", flat=True))
    waiting = [side for side in sides if must_act(agreement, side, has_signed=side in signed)]
    return (waiting or sides)[0]
