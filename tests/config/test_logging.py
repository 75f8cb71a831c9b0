import json
import logging

import pytest

from config.logging import logging_settings, mask_personal_numbers
from programs.accounts import AccountBackend
from tests.factories.programs import UserFactory

NIK = "3273014508900001"


def masked(value):
    return mask_personal_numbers(None, "info", {"value": value})["value"]


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        (f"NIK {NIK} ditolak", "NIK [NIK] ditolak"),
        ("NIK 3273 0145 0890 0001", "NIK [NIK]"),
        ("32.73.01.450890.0001", "[NIK]"),
        (int(NIK), "[NIK]"),
        ("hubungi 081234567890.", "hubungi [telepon]."),
        ("hubungi +62 812-3456-7890", "hubungi [telepon]"),
        ("6281234567890", "[telepon]"),
        ({"nik": NIK, NIK: [NIK, (NIK,)]}, {"nik": "[NIK]", "[NIK]": ["[NIK]", ["[NIK]"]]}),
        (ValueError(f"bad NIK {NIK}"), "bad NIK [NIK]"),
    ],
)
def test_personal_numbers_do_not_reach_the_log(said, logged):
    assert masked(said) == logged


@pytest.mark.parametrize(
    "harmless",
    [
        "Rp1.500.000.000",
        "2026-11-22T12:46:20.451050Z",
        "GET /bantuan-mesin/permohonan/12/",
        "NIB 9120001234567",
        25_000_000,
        True,
        None,
        1.5,
    ],
)
def test_other_numbers_stay_readable(harmless):
    assert masked(harmless) == harmless


def test_our_own_ids_stay_as_they_are():
    event = {"request_id": "0812-34567890", "timestamp": "2026", "event": NIK}

    assert mask_personal_numbers(None, "info", event) == {**event, "event": "[NIK]"}


def test_a_line_is_json_and_masked_to_the_end_of_the_traceback():
    settings = logging_settings("INFO")["formatters"]["json"]
    formatter = settings.pop("()")(**settings)
    try:
        raise ValueError(f"NIK {NIK} sudah terdaftar")
    except ValueError:
        problem = logging.sys.exc_info()
    record = logging.LogRecord(
        "bina", logging.ERROR, __file__, 1, "gagal untuk %s", ("081234567890",), problem
    )

    line = formatter.format(record)

    assert NIK not in line
    assert json.loads(line)["event"] == "gagal untuk [telepon]"
    assert "ValueError: NIK [NIK] sudah terdaftar" in json.loads(line)["exception"]


@pytest.mark.django_db
def test_a_failure_before_anybody_is_known_is_told_as_well(client, monkeypatch, caplog):
    def fail(backend, user_id):
        raise RuntimeError("the table is gone")

    client.force_login(UserFactory())
    client.raise_request_exception = False
    monkeypatch.setattr(AccountBackend, "get_user", fail)

    assert client.get("/beranda/").status_code == 500
    assert "the table is gone" in caplog.text
