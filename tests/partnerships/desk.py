"""What the tests of the agreements' desk have in common: who works there, addresses, typed days."""

from django.urls import reverse

from partnerships.models import Agreement
from programs import roles
from tests.factories.programs import officer
from tests.people import sign_in


def at(name, agreement, *more):
    return reverse(f"admin:partnerships_agreement_{name}", args=[agreement.pk, *more])


def agreement_list():
    return reverse("admin:partnerships_agreement_changelist")


def at_work(client, role=roles.BPSDMI_OFFICER):
    """``client`` as an officer of that role; it knows who that is as ``client.officer``."""
    client.officer = officer(role)
    return sign_in(client, client.officer)


def press(client, agreement, step, **typed):
    return client.post(at("move", agreement), {"langkah": step} | typed)


def written(day):
    return f"{day:%d/%m/%Y}"


def fresh(agreement):
    return Agreement.objects.with_names().get(pk=agreement.pk)
