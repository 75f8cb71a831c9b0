"""Lists and figures at the published size: 156 events with 13,871 participants."""

from django.test import Client
from django.urls import reverse

from programs import roles
from tests.bench import stopwatch
from tests.bench.events import EVENTS, PARTICIPANTS, webinars
from tests.factories.programs import UserFactory, officer
from tests.factories.training import RegistrationFactory
from tests.people import sign_in
from training.workflow.event_figures import count_events

LIST, DASHBOARD = "≤ 15 queries, ≤ 50 ms", "≤ 10 queries, ≤ 30 ms"


def measure():
    events = webinars()
    count_events()  # as the clock does every few minutes
    yield f"{len(events)} of {EVENTS} events", f"{PARTICIPANTS} participants", "–"
    desk = sign_in(Client(), officer(roles.BPSDMI_OFFICER))
    person = UserFactory()
    mine = RegistrationFactory(event=events[0], user=person, name="Peserta Contoh")
    participant = Client()
    participant.force_login(person)
    of_event = [events[0].pk]
    for words, client, address, bound in [
        ("public list", Client(), reverse("training:event_list"), LIST),
        ("… of the past", Client(), reverse("training:event_list") + "?lalu", LIST),
        (
            "event page",
            Client(),
            reverse("training:event_detail", args=[events[0].slug]),
            "≤ 8 queries",
        ),
        ("own events", participant, reverse("training:registration_list"), LIST),
        (
            "own registration",
            participant,
            reverse("training:registration_detail", args=[mine.pk]),
            LIST,
        ),
        ("desk: events", desk, reverse("admin:training_event_changelist"), LIST),
        ("desk: one event", desk, reverse("admin:training_event_desk", args=of_event), LIST),
        (
            "desk: participants of one",
            desk,
            reverse("admin:training_event_participants", args=of_event),
            LIST,
        ),
        (
            "desk: all participants",
            desk,
            reverse("admin:training_registration_changelist"),
            LIST,
        ),
        (
            "desk: coverage of one",
            desk,
            reverse("admin:training_event_coverage", args=of_event),
            LIST,
        ),
        ("desk: figures", desk, reverse("admin:training_figures"), DASHBOARD),
    ]:
        count, in_database, in_all, response = stopwatch.page(client, address)
        yield (
            f"{words}: queries, database, whole page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            bound,
        )
        if not address.startswith("/admin/"):
            html, assets = stopwatch.first_visit(response)
            yield (
                f"{words}: first visit, next page",
                f"{(html + assets) / 1024:.0f} kB, {html / 1024:.0f} kB",
                "≤ 100 kB, ≤ 20 kB",
            )
