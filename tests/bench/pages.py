"""What an applicant's pages weigh and ask of the database, with few rows and with many."""

from django.test import Client
from django.urls import reverse

from tests.bench import stopwatch
from tests.factories.programs import IkmFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory


def measure():
    owner = UserFactory()
    draft = ApplicationFactory(
        complete=True, organization=IkmFactory(owner=owner), prices=(100_000_000,) * 8
    )
    paid = ApplicationFactory(paid=True, organization=IkmFactory(owner=owner))
    client = Client()
    client.force_login(owner)
    detail = "subsidies:application_detail"
    for words, address in [
        ("home", reverse("home")),
        ("calls", reverse("subsidies:scheme_list")),
        ("eligibility check", reverse("subsidies:eligibility")),
        ("my tasks", reverse("beranda")),
        ("own applications", reverse("subsidies:application_list")),
        ("task list of a draft with 8 machines", reverse(detail, args=[draft.pk])),
        ("record of a paid application", reverse(detail, args=[paid.pk])),
        ("news", reverse("programs:inbox")),
    ]:
        count, in_database, in_all, response = stopwatch.page(client, address)
        html, assets = stopwatch.first_visit(response)
        yield (
            f"{words}: queries, database, whole page",
            f"{count}, {in_database:.0f} ms, {in_all:.0f} ms",
            "≤ 15 queries",
        )
        yield (
            f"{words}: first visit, next page",
            f"{(html + assets) / 1024:.0f} kB, {html / 1024:.0f} kB",
            "≤ 100 kB, ≤ 20 kB",
        )
