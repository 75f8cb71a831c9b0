import re
from datetime import UTC, date, datetime

import pytest

from programs.dates import parse_date, parse_moment

INDEPENDENCE_DAY = date(2026, 8, 17)


@pytest.mark.parametrize(
    "typed",
    [
        "17/08/2026",
        "17-8-2026",
        "17.8.2026",
        "17 8 2026",
        "17 / 8 / 2026",
        "2026-08-17",
        "2026-08-17 00:00:00",
        "17 Agustus 2026",
        "17 agustus 2026",
        "17 Agt 2026",
        "17-Ags-2026",
        " 17  Agu.  2026 ",
        INDEPENDENCE_DAY,
        datetime(2026, 8, 17, 9, 30, tzinfo=UTC),
        46251,
        46251.0,
        46251.75,
    ],
)
def test_the_ways_people_write_a_day_are_all_accepted(typed):
    assert parse_date(typed) == INDEPENDENCE_DAY


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026."),
        (None, "Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026."),
        (
            "besok",
            "Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026. Anda menulis “besok”.",
        ),
        (
            "17/8/26",
            "Tulis tahun dengan empat angka, misalnya 17/08/2026. Anda menulis “17/8/26”.",
        ),
        (
            "31/02/2026",
            "Tanggal 31 tidak ada di bulan itu. Periksa lagi tanggalnya. "
            "Anda menulis “31/02/2026”.",
        ),
        (
            "08/17/2026",
            "Periksa bulannya. Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026. "
            "Anda menulis “08/17/2026”.",
        ),
        (
            "17 Ogos 2026",
            "Periksa bulannya. Tulis tanggal seperti 17/08/2026 atau 17 Agustus 2026. "
            "Anda menulis “17 Ogos 2026”.",
        ),
        (
            "17/08/0026",
            "Periksa tahunnya: 0026 di luar 1900 sampai 2100. Anda menulis “17/08/0026”.",
        ),
    ],
)
def test_what_is_no_day_is_said_and_shown(typed, sentence):
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_date(typed)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("typed", [1_500_000, 7, -1, float("nan"), float("inf"), True])
def test_a_number_that_is_no_day_of_excel_is_refused(typed):
    with pytest.raises(ValueError, match="Tulis tanggal seperti"):
        parse_date(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "17/08/2026 09.30",
        "17/08/2026, 09:30",
        "17-8-2026 pukul 9.30 WIB",
        "17 Agustus 2026 jam 09.30",
        "17 Agustus 2026, 10.30 wita",
        "17/08/2026 11.30 WIT",
        "2026-08-17T09:30",
        "2026-08-17 09:30:00",
        datetime(2026, 8, 17, 2, 30, tzinfo=UTC),
        datetime(2026, 8, 17, 9, 30),  # noqa: DTZ001 - as Excel gives it
    ],
)
def test_the_ways_people_write_an_hour_are_all_accepted(typed):
    assert parse_moment(typed) == datetime(2026, 8, 17, 2, 30, tzinfo=UTC)


def test_a_full_hour_needs_no_minutes():
    assert parse_moment("17/08/2026 9") == datetime(2026, 8, 17, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis hari dan jam seperti 17/08/2026 09.30."),
        (None, "Tulis hari dan jam seperti 17/08/2026 09.30."),
        ("17/08/2026", "Tulis hari dan jam seperti 17/08/2026 09.30. Anda menulis “17/08/2026”."),
        ("17 Agustus 2026", "Tulis hari dan jam seperti"),
        ("09.30", "Tulis hari dan jam seperti"),
        ("17/08/2026 25.00", "Periksa jamnya: paling awal 00.00, paling akhir 23.59."),
        ("17/08/2026 09.75", "Periksa jamnya"),
        ("31/02/2026 09.00", "Tanggal 31 tidak ada di bulan itu."),
        ("besok 09.00", "Tulis tanggal seperti 17/08/2026"),
    ],
)
def test_an_hour_that_cannot_be_read_is_explained(typed, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_moment(typed)
