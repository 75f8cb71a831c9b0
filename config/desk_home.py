"""Where an officer's day begins: at the work that waits, else at the list of what they may open."""

from functools import wraps

from django.shortcuts import redirect

from subsidies.permissions import can_assign
from subsidies.stages import stages_for


def begin_at_the_queue(index):
    """The admin's ``index``, but for officers who have a queue."""

    @wraps(index)
    def desk_home(request, extra_context=None):
        if stages_for(request.user) or can_assign(request.user, None):
            return redirect("admin:subsidies_application_changelist")
        return index(request, extra_context)

    return desk_home
