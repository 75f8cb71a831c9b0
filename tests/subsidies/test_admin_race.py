"""Two officers press at the same moment, in two browsers: one decides, the other is told."""

import threading

import pytest
from django.db import connection
from django.test import Client

from programs import roles
from subsidies.enums import LedgerKind, Stage
from subsidies.models import Application, LedgerEntry
from subsidies.workflow import decision
from tests.factories.programs import officer
from tests.factories.subsidies import ApplicationFactory
from tests.people import sign_in
from tests.subsidies.desk import address, words

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _quiet_broker(monkeypatch):
    """Mail is not what is raced here."""
    monkeypatch.setattr("programs.notifications.hand_over", lambda task, record_id: None)


def press_together(application, *presses):
    """Each of ``presses`` (officer, typed) in a browser of its own; the answers, in no order."""
    browsers = [(sign_in(Client(), person), typed) for person, typed in presses]
    gate, answers = threading.Barrier(len(browsers)), []

    def press(browser, typed):
        gate.wait()
        try:
            answers.append(browser.post(address(application, "decide"), typed))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=each) for each in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_of_two_approvals_counts_and_the_other_officer_is_told():
    application = ApplicationFactory(assessed=True)

    answers = press_together(
        application,
        (officer(roles.PPK), {"decision": "approve"}),
        (officer(roles.KPA), {"decision": "approve"}),
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    told = words(next(answer for answer in answers if answer.status_code == 409))
    assert "status saat ini “disetujui”" in told or "sekarang pada tahap “Penetapan SK”" in told
    assert application.history.filter(action="approve").count() == 1
    assert LedgerEntry.objects.filter(kind=LedgerKind.RESERVE).count() == 1


def test_without_the_lock_both_believe_that_they_decided(monkeypatch):
    """The negative control: ``begin`` that only looks lets both officers through."""
    application = ApplicationFactory(assessed=True)
    both_looked = threading.Barrier(2, timeout=20)

    def look_only(move, record):
        record = type(record).objects.get(pk=record.pk)
        both_looked.wait()
        return record

    monkeypatch.setattr(decision, "begin", look_only)

    answers = press_together(
        application,
        (officer(roles.PPK), {"decision": "return_assessment", "remark": "Hitung lagi."}),
        (officer(roles.KPA), {"decision": "return_assessment", "remark": "Hitung lagi."}),
    )

    assert [answer.status_code for answer in answers] == [302, 302]
    assert application.history.filter(action="return_assessment").count() == 2


def test_who_loses_keeps_the_words():
    application = ApplicationFactory(assessed=True)
    words_of_both = "Ongkos kirim belum dipotong."

    answers = press_together(
        application,
        (officer(roles.PPK), {"decision": "return_assessment", "remark": words_of_both}),
        (officer(roles.KPA), {"decision": "return_assessment", "remark": words_of_both}),
    )

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert words_of_both in words(lost)
    assert Application.objects.with_stage().get(pk=application.pk).stage == Stage.ASSESSMENT
