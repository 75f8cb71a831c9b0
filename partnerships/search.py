"""What link and match offers to the officers' search box: agreements between SMK and companies."""

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst

from partnerships.models import Agreement
from partnerships.models.agreement import PURPOSE
from partnerships.stages import STAGES
from programs.search import organization_steps
from programs.searching import BEGINS, HOLDS, Hit, Searchable, exactly, look_up, telling

NUMBERS = ("number", "school_number", "company_number")


def find_agreements(user, words, limit):
    steps = exactly(*(Q(**{f"{field}__iexact": words.typed}) for field in NUMBERS))
    if any(letter.isdigit() for letter in words.typed):
        steps.append((BEGINS, Q(number__istartswith=words.typed)))
        steps.append((HOLDS, Q(number__icontains=words.typed)))
    steps += organization_steps(words, "school")
    steps += organization_steps(words, "company")
    steps += telling(words, PURPOSE)
    agreements = Agreement.objects.visible_to(user).select_related("school", "company")
    return look_up(agreements, words, steps, hit=_agreement, limit=limit, name="school__name")


def _agreement(agreement):
    return Hit(
        f"{agreement.school.name} – {agreement.company.name}",
        f"Nomor {agreement.number}" if agreement.number else "Belum bernomor",
        reverse("admin:partnerships_agreement_change", args=[agreement.pk]),
        capfirst(agreement.get_status_display()),
        STAGES[agreement.status].badge,
    )


SEARCHABLES = [Searchable(Agreement, "Perjanjian (PKS)", "clipboard", find_agreements)]
