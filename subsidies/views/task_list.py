"""The page of an application that its owner still writes: its parts, their state, what to do."""

from typing import NamedTuple

from django.shortcuts import render
from django.utils import timezone

from programs.models import Holiday
from programs.rupiah import format_rupiah
from programs.working_days import working_days_between
from subsidies.checklist import may_edit, parts_of
from subsidies.enums import ApplicationStatus
from subsidies.estimates import estimate_of, limits_of
from subsidies.news import owner_text
from subsidies.stages import STAGES
from subsidies.views.part_order import address_of, open_notes

STATES = {
    "Belum mulai": "todo",
    "Sedang diisi": "doing",
    "Lengkap": "done",
    "Perlu diperbaiki": "fix",
}
HEADINGS = [
    ("Usaha Anda", {"usaha", "kapasitas"}),
    ("Mesin dan berkas", {"mesin", "berkas"}),
    ("Pembayaran dan pengiriman", {"rekening", "pernyataan"}),
]


class Task(NamedTuple):
    """A line of the list. ``href`` is empty while the part may not be opened."""

    title: str
    href: str
    about: str
    state: str
    notes: list


def task_list_page(request, application):
    today = timezone.localdate()
    holidays = Holiday.objects.days()
    parts = parts_of(application)
    machines = [part.machine for part in parts if part.machine]
    is_draft = application.status == ApplicationStatus.DRAFT
    due_on = application.scheme.closes_on if is_draft else application.due_on
    complete = [part for part in parts if part.complete]
    words = STAGES[application.stage]
    return render(
        request,
        "subsidies/task_list.html",
        {
            "application": application,
            "words": words,
            "state_text": owner_text(words.owner, application.due_on),
            "is_draft": is_draft,
            "is_closed": is_draft and today > due_on,
            "due_on": due_on,
            "days_left": working_days_between(today, due_on, holidays),
            "groups": [
                (heading, [_task(application, part) for part in parts if part.key in keys])
                for heading, keys in HEADINGS
            ],
            "complete": len(complete),
            "total": len(parts),
            "is_complete": len(complete) == len(parts),
            "next_part": _next_task(application, parts),
            "machines": machines,
            "calculation": estimate_of(application, machines),
            "limits": limits_of(application),
        },
    )


def _task(application, part):
    editable = may_edit(application, part)
    return Task(
        part.title,
        address_of(application, part) if editable else "",
        _about(application, part),
        STATES[part.state],
        open_notes(part),
    )


def _about(application, part):
    """A few words by which one recognizes what was filled in."""
    if part.key == "usaha":
        place = application.site_region.name if application.site_region else ""
        return ", ".join(word for word in [application.organization.name, place] if word)
    if part.key == "kapasitas" and application.capacity:
        return f"{application.capacity} sebulan"
    if part.machine is not None:
        claimed = part.machine.claimed
        price = format_rupiah(claimed) if claimed else "harga belum diisi"
        return f"{part.machine.quantity} unit, {price}"
    if part.key == "rekening" and application.account_number:
        return f"{application.bank_name} berakhiran {application.account_number[-4:]}"
    return part.summary


def _next_task(application, parts):
    """The part to begin with: the first that waits for the owner."""
    for part in parts:
        if not part.complete and may_edit(application, part):
            return {"title": part.title, "href": address_of(application, part)}
    return None
