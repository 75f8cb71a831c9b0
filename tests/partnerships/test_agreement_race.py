"""Two officers press at the same moment: one deed is done, the other officer is told."""

import threading

import pytest
from django.db import connection
from django.test import Client

from partnerships.enums import AgreementStatus, Meterai, Source
from programs import roles
from programs.once import FIELD
from tests.factories.partnerships import AgreementFactory
from tests.factories.programs import officer
from tests.factories.subsidy_stages import day
from tests.partnerships.desk import at, fresh, written
from tests.people import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
S = AgreementStatus


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Mail is not what is raced here."""
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, record_id: None)


def together(address, *answers):
    """Each answer is sent by an officer of its own at the same moment; what each was told."""
    gate, told = threading.Barrier(len(answers)), []
    clients = [sign_in(Client(), officer(roles.BPSDMI_OFFICER)) for _ in answers]

    def send(client, answer):
        gate.wait()
        try:
            response = client.post(address, answer)
            told.append((response.status_code, response.content.decode()))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=pair) for pair in zip(clients, answers, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def seen_by_both(agreement):
    return f"{agreement.status}.{agreement.history.count()}"


def test_one_confirms_while_the_other_declines():
    agreement = AgreementFactory(source=Source.OFFICER)
    seen = {"dilihat": seen_by_both(agreement)}
    before = agreement.history.count()

    [(won, _), (lost, page)] = together(
        at("move", agreement),
        {"langkah": "confirm_school", FIELD: "0d8f1c56-8a43-4f0c-9a56-0a7c4f9a7a11"} | seen,
        {
            "langkah": "decline", "reason": "Tidak jadi.",
            FIELD: "0d8f1c56-8a43-4f0c-9a56-0a7c4f9a7a12",
        } | seen,
    )  # fmt: skip

    assert (won, lost) == (302, 409)
    assert "Langkah Anda belum dijalankan" in page
    assert agreement.history.count() == before + 1


def test_two_complete_the_signing_at_once():
    agreement = AgreementFactory(status=S.READY)
    agreement.signatures.update(signed_at=agreement.proposed_at, way="LINK")
    answer = {
        "signed_on": written(day(0)),
        "signed_place": "Bukittinggi",
        "meterai": Meterai.PAPER,
        "witness_name": "Restog Contoh",
        "witness_office": "Sekretaris BPSDMI",
    }

    [(won, _), (lost, page)] = together(at("complete", agreement), answer, answer)

    assert (won, lost) == (302, 409)
    assert "tidak dapat dilakukan" in page
    assert fresh(agreement).history.filter(action="activate").count() == 1
