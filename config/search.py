"""The officers' search box: what every app offers, on one page and beside the box while typing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import admin
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships import search as partnerships
from programs import search as programs
from programs.desk import desk
from programs.searching import Found, Searchable, Words, prepare
from subsidies import search as subsidies
from training import search as training

ON_THE_PAGE, WHILE_TYPING = 6, 3
# In the order of a desk's questions: who, which file, which event.
SEARCHABLES = [
    *programs.SEARCHABLES[:2],
    *subsidies.SEARCHABLES,
    *partnerships.SEARCHABLES,
    *training.SEARCHABLES,
    *programs.SEARCHABLES[2:],
]


@dataclass(frozen=True)
class Group:
    """The best of one kind of record, and the list where all of it stands, if it can be asked."""

    kind: Searchable
    found: Found
    all_url: str

    @property
    def is_cut(self):
        return self.found.count > len(self.found.hits)

    @property
    def count(self):
        return f"{self.found.count}+" if self.found.is_more else self.found.count


@require_safe
@never_cache
def page(request):
    """What fits the words in ``q``, kind by kind, of what this officer may see."""
    words = Words(request.GET.get("q", ""))
    groups = _groups(request, words, ON_THE_PAGE)
    context = desk(
        request,
        admin.site,
        title="Pencarian",
        searched=words,
        groups=groups,
        is_alike=bool(groups) and groups[0].found.is_alike,
        kinds=[kind.label for kind in _allowed(request)],
    )
    return TemplateResponse(request, "desk_search.html", context)


@require_safe
@never_cache
def suggestions(request):
    """The same, as the list below the box: only a part of a page."""
    words = Words(request.GET.get("q", ""))
    groups = _groups(request, words, WHILE_TYPING)
    context = {"searched": words, "groups": groups}
    return TemplateResponse(request, "parts/search_suggestions.html", context)


def _groups(request, words, limit):
    if not words:
        return []
    kinds = _allowed(request)
    with transaction.atomic():
        prepare(words, [kind.model for kind in kinds])
        found = [(kind, kind.find(request.user, words, limit)) for kind in kinds]
    groups = [Group(kind, some, _all_url(kind, some, words)) for kind, some in found if some.hits]
    # What is merely alike is of use only where nothing at all was written so.
    near = [group for group in groups if not group.found.is_alike]
    return near or groups


def _allowed(request):
    return [
        kind
        for kind in SEARCHABLES
        if admin.site.get_model_admin(kind.model).has_view_permission(request)
    ]


def _all_url(kind, found, words):
    """The admin's own list with the same words; it knows nothing of what is merely alike."""
    if found.is_alike or found.count <= len(found.hits) or not words.are_a_name:
        return ""
    options = kind.model._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
    return f"{address}?{urlencode({'q': words.phrase})}"
