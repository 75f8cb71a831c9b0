"""What machine-purchase reimbursement offers to the officers' search box: applications."""

from django.db.models import Q
from django.urls import reverse

from programs.search import organization_steps
from programs.searching import BEGINS, HOLDS, Hit, Searchable, exactly, look_up, named
from subsidies.enums import Stage
from subsidies.models import Application
from subsidies.stages import STAGES


def find_applications(user, words, limit):
    typed = words.typed.upper()
    steps = exactly(Q(registration_number=typed))
    if any(letter.isdigit() for letter in typed):
        steps.append((BEGINS, Q(registration_number__startswith=typed)))
        steps.append((HOLDS, Q(registration_number__icontains=typed)))
    if user.has_perm("subsidies.view_application"):
        steps += organization_steps(words)
    else:
        # Who sees a few finds those, however many other businesses have such a name.
        steps += named(words, "organization__name")
    applications = (
        Application.objects.on_the_desk_of(user)
        .with_stage()
        .select_related("organization", "scheme")
        .defer("account_number")
    )
    return look_up(
        applications, words, steps, hit=_application, limit=limit, name="organization__name"
    )


def _application(application):
    words = STAGES[application.stage]
    return Hit(
        f"{application.registration_number or 'Permohonan'}, {application.organization.name}",
        application.scheme.name,
        reverse("admin:subsidies_application_change", args=[application.pk]),
        Stage(application.stage).label.capitalize(),
        words.badge,
    )


SEARCHABLES = [Searchable(Application, "Permohonan bantuan mesin", "machine", find_applications)]
