"""Where an officer's day begins: at the work that waits, else at the list of what they may open."""

from functools import wraps

from django.shortcuts import redirect

from partnerships.permissions import can_steer
from subsidies.permissions import can_assign
from subsidies.stages import stages_for


def begin_at_the_work(index):
    """The admin's ``index``, but for officers whose work lies in one place.

    Who has a queue of applications begins there; who holds events, at the list of events, because
    those have their hour; who steers link and match and holds no events, at the agreements. Who
    only looks, such as an auditor, begins where all programs stand.
    """

    @wraps(index)
    def desk_home(request, extra_context=None):
        if stages_for(request.user) or can_assign(request.user, None):
            return redirect("admin:subsidies_application_changelist")
        if request.user.has_perm("training.change_event"):
            return redirect("admin:training_event_changelist")
        if can_steer(request.user):
            return redirect("admin:partnerships_agreement_changelist")
        if request.user.has_perm("programs.view_livefigure") and _only_looks(request.user):
            return redirect("minister:overview")
        return index(request, extra_context)

    return desk_home


def _only_looks(user):
    """Whether nothing that this officer may do changes anything."""
    return all(name.partition(".")[2].startswith("view_") for name in user.get_all_permissions())
