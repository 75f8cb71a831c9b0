"""One agreement on the officers' desk: its row, its tabs, and how every page of it is shown."""

from functools import wraps
from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from partnerships import permissions
from partnerships.enums import LIVE, SIGNED, AgreementStatus
from partnerships.models import Agreement
from partnerships.stages import STAGES, officer_text
from programs.desk import desk

S = AgreementStatus
ONLY_WHO_STEERS = "Hanya petugas BPSDMI yang dapat mengubah perjanjian ini."
ONLY_WHO_PROPOSES = "Hanya petugas BPSDMI yang dapat mengusulkan atas nama kedua pihak."
SOON = 180


class Tab(NamedTuple):
    """A page of the agreement, and from which status on it has something to show."""

    name: str
    label: str
    since: tuple


TABS = [
    Tab("change", "Ringkasan", tuple(S)),
    Tab("text", "Naskah", (S.DRAFTING, S.READY, *SIGNED)),
    Tab("signing", "Tanda tangan", (S.READY, *SIGNED)),
    Tab("cooperation", "Kegiatan dan laporan", tuple(SIGNED)),
    Tab("amendments", "Addendum", tuple(SIGNED)),
    Tab("ending", "Perpanjangan dan penghentian", tuple(SIGNED)),
]


def on_the_desk(view):
    """For whom the desk is; which agreements and which buttons is for each page to say."""

    @wraps(view)
    def view_on_the_desk(request, *args, **kwargs):
        if not permissions.can_look(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return view_on_the_desk


class AgreementDesk:
    """What the pages of one agreement have in common, for one officer."""

    def __init__(self, user, pk, *, today):
        self.user, self.today = user, today
        rows = (
            Agreement.objects.visible_to(user)
            .with_names()
            .select_related("paper", "signed_document", "school__school", "company__company")
        )
        self.agreement = rows.filter(pk=pk).first()
        if self.agreement is None:
            raise Http404
        self.may_steer = permissions.can_steer(user)
        self.words = STAGES[self.agreement.status]

    @property
    def state_text(self):
        return officer_text(self.agreement)

    @property
    def seen(self):
        """What this page shows, as a mark: it changes with every move of anybody."""
        return f"{self.agreement.status}.{self.agreement.history.count()}"

    @property
    def ending(self):
        return ending_words(self.agreement, self.today)

    def has(self, name):
        return any(tab.name == name and self.agreement.status in tab.since for tab in TABS)

    def tabs(self, current):
        """(words, address, is current) of each page that this agreement has by now."""
        for tab in TABS:
            if self.agreement.status in tab.since:
                yield tab.label, self.address(tab.name), tab.name == current

    def address(self, name="change", *more):
        return reverse(f"admin:partnerships_agreement_{name}", args=[self.agreement.pk, *more])


def ending_words(agreement, today):
    """How far the last day lies away: “berakhir 24 hari lagi”; empty where nobody needs it."""
    if agreement.status not in LIVE or agreement.ends_on is None:
        return ""
    days = (agreement.ends_on - today).days
    if days < 0:
        return "masa berlakunya sudah lewat"
    if days == 0:
        return "berakhir hari ini"
    return f"berakhir {days} hari lagi" if days <= SOON else ""


def load(request, pk, *, today, to_change=False):
    """The agreement for whoever may see it; ``to_change`` lets only those in who steer."""
    found = AgreementDesk(request.user, pk, today=today)
    if to_change and not found.may_steer:
        raise PermissionDenied(ONLY_WHO_STEERS)
    return found


def show(request, found, template, *, tab, title, status=200, **page):
    """A page of the agreement in the shell of the desk."""
    agreement = found.agreement
    context = desk(
        request,
        admin.site,
        title=title,
        record=found,
        agreement=agreement,
        has_page=found.has(tab),
        tabs=list(found.tabs(tab)),
        **page,
    )
    return TemplateResponse(request, f"partnerships/{template}.html", context, status=status)


def say(request, problem):
    """What hinders it, as sentences above the page."""
    for sentence in sentences_of(problem):
        messages.error(request, sentence)


def sentences_of(problem):
    return problem.messages if isinstance(problem, ValidationError) else [str(problem)]


def put_on(form, problem):
    """What the workflow refuses, at the fields that it names, as far as the form shows them."""
    if not isinstance(problem, ValidationError):
        form.add_error(None, str(problem))
        return
    if not hasattr(problem, "error_dict"):
        form.add_error(None, problem.messages)
        return
    for name, sentences in problem.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)
