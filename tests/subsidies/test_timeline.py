"""The way of an application, in the order and the words that its owner reads."""

import datetime
from types import SimpleNamespace

from subsidies.enums import TIMED_STAGES, Stage
from subsidies.timeline import Deed, timeline

MONDAY = datetime.date(2026, 9, 7)
TARGETS = dict.fromkeys(TIMED_STAGES, 5)
NO_HOLIDAYS = frozenset()


def deed(action, day, *, reason="", actor=None):
    at = datetime.datetime(2026, 9, day, 3, 0, tzinfo=datetime.UTC)
    return Deed(action, at, day, reason, actor)


def way(*deeds, stage, due_on=None, today=MONDAY):
    application = SimpleNamespace(due_on=due_on)
    return timeline(application, deeds, TARGETS, stage=stage, today=today, holidays=NO_HOLIDAYS)


def titles(items, stage):
    return [item.title for item in items if item.stage == stage]


def test_what_is_done_comes_before_what_is_now_and_what_comes():
    items = way(
        deed("submit", 1, actor="Rahmah"),
        deed("register", 3),
        stage=Stage.CONFORMITY,
        due_on=datetime.date(2026, 9, 10),
    )

    assert [item.stage for item in items] == [
        "done",
        "done",
        "now",
        "later",
        "later",
        "later",
        "later",
    ]
    assert titles(items, "done") == ["Diajukan", "Berkas lengkap, permohonan terdaftar"]
    assert titles(items, "now") == ["Pemeriksaan kesesuaian"]
    assert (items[0].when, items[0].who) == ("Selasa, 1 September 2026", "Rahmah")


def test_an_officer_is_named_by_office():
    items = way(deed("submit", 1), deed("register", 3, actor="Budi"), stage=Stage.CONFORMITY)

    assert items[1].who == "Pemeriksa administrasi"


def test_the_deadline_is_said_in_working_days():
    friday = datetime.date(2026, 9, 11)

    now = way(deed("submit", 1), stage=Stage.COMPLETENESS, due_on=friday)[1]

    assert now.due == "Paling lambat Jumat, 11 September 2026, 4 hari kerja lagi"


def test_a_passed_deadline_is_said_plainly():
    thursday = datetime.date(2026, 9, 3)

    now = way(deed("submit", 1), stage=Stage.COMPLETENESS, due_on=thursday)[1]

    assert now.due == "Paling lambat Kamis, 3 September 2026, terlambat 2 hari kerja"


def test_later_steps_are_promised_from_the_deadline_on():
    items = way(deed("submit", 1), stage=Stage.ASSESSMENT, due_on=datetime.date(2026, 9, 7))

    later = [item for item in items if item.stage == "later"]
    # The decision of the same step takes 5 days more, then the decree 5, then the payment 15.
    assert [(item.title, item.due) for item in later] == [
        ("Surat keputusan penerima", "Paling lambat Senin, 21 September 2026"),
        ("Uang dikirim ke rekening Anda", "Paling lambat Senin, 12 Oktober 2026"),
    ]


def test_nothing_is_promised_while_the_owner_owes_an_answer():
    items = way(
        deed("submit", 1),
        deed("request_correction", 3, reason="Faktur kabur."),
        stage=Stage.CORRECTION,
        due_on=datetime.date(2026, 9, 14),
    )

    now = items[2]
    assert (now.stage, now.who) == ("warn", "Anda")
    assert items[1].lines == ["Faktur kabur."]
    assert {item.due for item in items if item.stage == "later"} == {
        "Paling lama 5 hari kerja",
        "Paling lama 10 hari kerja",
        "Paling lama 15 hari kerja",
    }


def test_a_correction_that_was_answered_is_one_step():
    items = way(
        deed("submit", 1),
        deed("request_correction", 3, reason="Faktur kabur."),
        deed("resubmit", 7),
        stage=Stage.COMPLETENESS,
    )

    assert titles(items, "done") == ["Diajukan", "Perbaikan diminta dan dijawab"]
    assert items[1].when == "Kamis, 3 September 2026 sampai Senin, 7 September 2026"


def test_what_the_ministry_does_within_itself_is_not_told():
    items = way(
        deed("assess", 1),
        deed("return_assessment", 2, reason="Hitung ulang."),
        deed("return_request", 3, reason="Nomor keliru."),
        stage=Stage.ASSESSMENT,
    )

    assert titles(items, "done") == ["Nilai penggantian dihitung"]


def test_an_officers_reason_is_told_only_where_it_was_written_for_the_owner():
    items = way(
        deed("assess", 1, reason="Harga pasar lebih rendah."),
        deed("reject", 2, reason="Faktur pajak tidak ada."),
        stage=Stage.REJECTED,
    )

    assert [item.lines for item in items] == [[], ["Faktur pajak tidak ada."]]


def test_an_end_is_the_last_thing_on_the_way():
    for action, stage in [
        ("reject", Stage.REJECTED),
        ("lapse", Stage.LAPSED),
        ("withdraw", Stage.WITHDRAWN),
    ]:
        items = way(deed("submit", 1), deed(action, 2), stage=stage)

        assert [item.stage for item in items] == ["done", "warn"]


def test_a_paid_application_waits_for_nothing():
    items = way(deed("record_payment", 1), stage=Stage.PAID)

    assert [(item.stage, item.title) for item in items] == [
        ("done", "Uang dikirim ke rekening Anda")
    ]


def test_the_waiting_list_leads_to_the_decree():
    items = way(deed("wait", 1, reason="Anggaran habis."), stage=Stage.WAITING)

    assert titles(items, "later") == [
        "Surat keputusan penerima",
        "Uang dikirim ke rekening Anda",
    ]
