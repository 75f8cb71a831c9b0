"""The decree: recipients of one budget line, a number, and all of them or none."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programs import roles
from subsidies.enums import Stage
from subsidies.models import Application, Decree
from tests.factories.subsidies import ApplicationFactory, SchemeFactory
from tests.subsidies.desk import queue_address, signed_in, words

pytestmark = pytest.mark.django_db
TYPED = {
    "number": "147/IKMA/SK/2026",
    "signed_on": f"{timezone.localdate():%d/%m/%Y}",
    "signatory": "Direktur Jenderal IKMA",
}


@pytest.fixture
def scheme():
    return SchemeFactory()


def issue(client, *recipients, **typed):
    chosen = {"permohonan": [application.pk for application in recipients]}
    return client.post(queue_address("decree"), {**chosen, **TYPED, **typed})


def stages():
    return sorted(a.stage for a in Application.objects.with_stage())


def test_several_recipients_are_named_by_one_decree(client, scheme):
    chosen = [ApplicationFactory(approved=True, scheme=scheme) for _ in range(2)]
    ApplicationFactory(approved=True, scheme=scheme)
    signed_in(client, roles.PPK)
    page = words(client.get(queue_address("decree"), {"permohonan": chosen[0].pk}))
    assert "Semua yang menunggu Rp90.000.000" in page

    answer = issue(client, *chosen)

    decree = Decree.objects.get()
    assert answer.url == reverse("admin:subsidies_decree_change", args=[decree.pk])
    assert decree.disbursements.count() == 2
    assert stages() == [Stage.DECREE, Stage.SPP, Stage.SPP]


def test_recipients_of_two_budget_lines_do_not_share_a_decree(client):
    two = [ApplicationFactory(approved=True) for _ in range(2)]
    signed_in(client, roles.PPK)

    answer = issue(client, *two)

    assert "satu mata anggaran" in words(answer)
    assert 'value="147/IKMA/SK/2026"' in answer.content.decode()
    assert not Decree.objects.exists()


def test_a_number_is_given_once(client, scheme):
    first, second = (ApplicationFactory(approved=True, scheme=scheme) for _ in range(2))
    signed_in(client, roles.PPK)
    issue(client, first)

    answer = issue(client, second)

    assert "Nomor SK ini sudah dipakai." in words(answer)
    assert Decree.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"number": ""}, "Isi nomor SK."),
        ({"signed_on": "17/08/2099"}, "Tanggal ini belum tiba."),
    ],
)
def test_what_is_wrong_is_said_and_the_choice_is_kept(client, scheme, typed, sentence):
    application = ApplicationFactory(approved=True, scheme=scheme)
    signed_in(client, roles.PPK)

    answer = issue(client, application, **typed)

    assert sentence in words(answer)
    assert f'value="{application.pk}" checked' in answer.content.decode()


def test_somebody_must_be_named(client, scheme):
    ApplicationFactory(approved=True, scheme=scheme)
    signed_in(client, roles.PPK)

    assert "Pilih paling sedikit satu penerima." in words(issue(client))


@pytest.mark.parametrize("role", [roles.KPA, roles.FINANCE_OFFICER, roles.AUDITOR])
def test_a_decree_is_issued_by_the_ppk(client, scheme, role):
    application = ApplicationFactory(approved=True, scheme=scheme)
    signed_in(client, role)

    assert client.get(queue_address("decree")).status_code == 403
    assert issue(client, application).status_code == 403
    assert not Decree.objects.exists()


def test_when_nobody_waits_the_page_says_so(client):
    signed_in(client, roles.PPK)

    assert "Tidak ada yang menunggu SK" in words(client.get(queue_address("decree")))
