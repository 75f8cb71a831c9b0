"""The form of an event as officers send it."""

from django.urls import reverse

from tests.training.desk import typed

PARTS = ["sessions", "quotas", "materials", "questions"]
ADD = "admin:training_event_add"


def change(event):
    return reverse("admin:training_event_change", args=[event.pk])


def management(**rows):
    """The hidden fields of the parts: how many rows are sent, how many stood there before."""
    fields = {}
    for name in PARTS:
        total, known = rows.get(name, (0, 0))
        fields |= {f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": known}
    return fields


def new_event(unit, **changes):
    """A Bimtek with one session, as an officer types it."""
    return {
        **management(sessions=(1, 0)),
        "unit": unit.pk,
        "kind": "BIMTEK",
        "title": "Bimtek Regional 2 Tahun 2026",
        "slug": "",
        "summary": "Dua hari bagi aparatur dinas.",
        "contact": "Panitia BDI, (0751) 000 0000",
        "mode": "ONLINE",
        "online_url": "zoom.example/j/123",
        "audience_kinds": ["APPARATUS"],
        "capacity": "100",
        "has_waiting_list": "on",
        "opens_at": "01/09/2026 08.00",
        "closes_at": "18 September 2026 pukul 16.00 WIB",
        "gives_certificate": "on",
        "certificate_code": "BIMTEK",
        "session_minutes_percent": "80",
        "sessions_percent": "80",
        "sessions-0-title": "Kebijakan IKM",
        "sessions-0-starts_at": "21/09/2026 09.00",
        "sessions-0-ends_at": "21/09/2026 12.30 WITA",
        **changes,
    }


def as_it_stands(event, **changes):
    """An announced event as its form sends it back unchanged, but for ``changes``."""
    sessions = list(event.sessions.order_by("starts_at", "number"))
    values = management(sessions=(len(sessions), len(sessions)))
    for row, session in enumerate(sessions):
        values |= {
            f"sessions-{row}-id": session.pk,
            f"sessions-{row}-event": event.pk,
            f"sessions-{row}-number": session.number,
            f"sessions-{row}-title": session.title,
            f"sessions-{row}-starts_at": typed(session.starts_at),
            f"sessions-{row}-ends_at": typed(session.ends_at),
            f"sessions-{row}-jp": session.jp,
        }
    return {
        **values,
        "unit": event.unit_id,
        "kind": event.kind,
        "title": event.title,
        "slug": event.slug,
        "summary": event.summary,
        "contact": event.contact,
        "mode": event.mode,
        "online_url": event.online_url,
        "place": event.place,
        "capacity": event.capacity,
        "has_waiting_list": "on",
        "opens_at": typed(event.opens_at),
        "closes_at": typed(event.closes_at),
        "gives_certificate": "on",
        "certificate_code": event.certificate_code,
        "session_minutes_percent": "80",
        "sessions_percent": "80",
        **changes,
    }


def material(row, **values):
    return {f"materials-{row}-{name}": value for name, value in values.items()}


def session_page(session):
    return reverse("admin:training_session_change", args=[session.pk])
