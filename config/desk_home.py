"""Where an officer's day begins: at the work that waits, else at the list of what they may open."""

from django.contrib import admin
from django.shortcuts import redirect

from subsidies.permissions import can_assign
from subsidies.stages import stages_for


def desk_home(request):
    if stages_for(request.user) or can_assign(request.user, None):
        return redirect("admin:subsidies_application_changelist")
    return admin.site.index(request)
