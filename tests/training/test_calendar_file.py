import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from training.calendar_file import CalendarSession, event_calendar

UTC = datetime.UTC
SESSIONS = [
    CalendarSession(
        1,
        "Kebijakan pembinaan IKM",
        datetime.datetime(2026, 9, 15, 2, 0, tzinfo=UTC),
        datetime.datetime(2026, 9, 15, 3, 30, tzinfo=UTC),
    ),
    CalendarSession(
        2,
        "Praktik, lalu tanya jawab",
        datetime.datetime(2026, 9, 16, 2, 0, tzinfo=UTC),
        datetime.datetime(2026, 9, 16, 5, 15, tzinfo=UTC),
    ),
]
FACTS = {
    "uid": "bimtek-12@bina.example",
    "title": "Bimtek Regional II",
    "sessions": SESSIONS,
    "place": "Aula BDI Padang; Jalan Bungo Pasang, Padang",
    "url": "https://bina.example/pelatihan/bimtek-regional-2/?a=1,2;3",
    "description": "Dua hari.\nBawa: laptop, surat tugas; dan semangat 😀\r\nNarahubung: panitia",
    "organizer_name": "Balai Diklat Industri Padang",
    "organizer_email": "bdi.padang@bina.example",
    "sequence": 3,
    "status": "CONFIRMED",
    "stamped_at": datetime.datetime(2026, 9, 1, 1, 2, 3, tzinfo=UTC),
    "zone": ZoneInfo("Asia/Jakarta"),
}


def write(**facts):
    return event_calendar(**{**FACTS, **facts})


def entries(content):
    return Calendar.from_ical(content).events


def lines(content):
    """The lines of the file, unfolded by hand, so that no library checks itself."""
    assert content.endswith(b"\r\n")
    physical = content[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()  # no letter is cut in two
    return b"\r\n".join(physical).replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_calendar_reads_one_entry_per_session():
    first, second = entries(write())

    assert (first["uid"], second["uid"]) == ("bimtek-12-1@bina.example", "bimtek-12-2@bina.example")
    assert first["summary"] == "Kebijakan pembinaan IKM (sesi 1, Bimtek Regional II)"
    assert (first.start, first.end) == (SESSIONS[0].starts_at, SESSIONS[0].ends_at)
    assert (second.start, second.end) == (SESSIONS[1].starts_at, SESSIONS[1].ends_at)
    assert (first["sequence"], first["status"]) == (3, "CONFIRMED")
    assert first.stamp == FACTS["stamped_at"]
    assert first["location"] == FACTS["place"]
    assert first["url"] == FACTS["url"]
    assert first["description"] == FACTS["description"].replace("\r\n", "\n")
    assert first["organizer"] == "mailto:bdi.padang@bina.example"
    assert first["organizer"].params["CN"] == "Balai Diklat Industri Padang"


def test_the_only_session_bears_the_name_of_the_event():
    (entry,) = entries(write(sessions=[tuple(SESSIONS[0])]))

    assert entry["summary"] == "Bimtek Regional II"
    assert entry["uid"] == "bimtek-12-1@bina.example"


def test_the_file_is_folded_and_escaped_as_the_standard_says():
    written = lines(write())

    assert written[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kementerian Perindustrian//Bina Industri//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert "LOCATION:Aula BDI Padang\\; Jalan Bungo Pasang\\, Padang" in written
    assert (
        "DESCRIPTION:Dua hari.\\nBawa: laptop\\, surat tugas\\; dan semangat 😀"
        "\\nNarahubung: panitia"
    ) in written
    assert "SUMMARY:Praktik\\, lalu tanya jawab (sesi 2\\, Bimtek Regional II)" in written
    assert "DTSTAMP:20260901T010203Z" in written


@pytest.mark.parametrize(
    ("zone", "start", "offset"),
    [
        ("Asia/Jakarta", "20260915T090000", "+0700"),
        ("Asia/Makassar", "20260915T100000", "+0800"),
        ("Asia/Jayapura", "20260915T110000", "+0900"),
    ],
)
def test_times_are_written_in_the_zone_and_the_zone_is_explained(zone, start, offset):
    written = lines(write(zone=ZoneInfo(zone)))

    assert f"DTSTART;TZID={zone}:{start}" in written
    assert written.count("BEGIN:VTIMEZONE") == 1
    assert f"TZID:{zone}" in written
    assert f"TZOFFSETTO:{offset}" in written


def test_it_reminds_a_day_and_an_hour_before():
    written = lines(write())

    assert [line for line in written if line.startswith("TRIGGER")] == [
        "TRIGGER:-P1D",
        "TRIGGER:-PT1H",
        "TRIGGER:-P1D",
        "TRIGGER:-PT1H",
    ]
    assert [str(alarm["description"]) for alarm in entries(write())[0].walk("VALARM")] == [
        "Besok: Kebijakan pembinaan IKM (sesi 1, Bimtek Regional II)",
        "Satu jam lagi: Kebijakan pembinaan IKM (sesi 1, Bimtek Regional II)",
    ]


def test_a_cancelled_event_takes_its_entries_back():
    content = write(status="CANCELLED", sequence=4)
    first = entries(content)[0]

    assert "METHOD:CANCEL" in lines(content)
    assert first["uid"] == entries(write())[0]["uid"]
    assert (first["status"], first["sequence"]) == ("CANCELLED", 4)
    assert first["summary"].startswith("Dibatalkan: Kebijakan")
    assert first.walk("VALARM") == []


def test_a_removed_session_is_cancelled_beside_those_that_stand():
    content = write(sessions=SESSIONS[:1], removed=SESSIONS[1:], sequence=4)
    first, second = entries(content)

    assert "METHOD:PUBLISH" in lines(content)
    assert [entry["status"] for entry in (first, second)] == ["CONFIRMED", "CANCELLED"]
    assert (second["uid"], second["sequence"]) == (entries(write())[1]["uid"], 4)
    assert (second.start, second.end) == (SESSIONS[1].starts_at, SESSIONS[1].ends_at)
    assert first["summary"] == "Kebijakan pembinaan IKM (sesi 1, Bimtek Regional II)"
    assert second["summary"].startswith("Dibatalkan: Praktik")
    assert [len(entry.walk("VALARM")) for entry in (first, second)] == [2, 0]


def test_with_the_event_its_removed_sessions_stay_cancelled():
    content = write(sessions=SESSIONS[:1], removed=SESSIONS[1:], status="CANCELLED")

    assert "METHOD:CANCEL" in lines(content)
    assert [entry["status"] for entry in entries(content)] == ["CANCELLED", "CANCELLED"]


def test_a_postponed_event_is_tentative():
    content = write(status="TENTATIVE")

    assert "METHOD:PUBLISH" in lines(content)
    assert entries(content)[0]["status"] == "TENTATIVE"


def test_what_is_not_known_is_left_out():
    first = entries(write(place="", url="", description="", organizer_email=""))[0]

    assert not {"LOCATION", "URL", "DESCRIPTION", "ORGANIZER"} & set(first)


def test_nobody_writes_lines_of_their_own_into_the_file():
    evil = 'a"\r\nATTACH:https://evil.example\nX:1\x00\x07'
    content = write(
        title=evil,
        place=evil,
        description=evil,
        url=evil,
        organizer_name=evil,
        organizer_email=evil,
        sessions=[(1, evil, SESSIONS[0].starts_at, SESSIONS[0].ends_at)],
    )

    names = {line.partition(":")[0].partition(";")[0] for line in lines(content)}
    assert not names & {"ATTACH", "X"}
    assert b"\x00" not in content
    assert len(entries(content)) == 1


PRINTABLE = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=200)


@given(PRINTABLE, PRINTABLE)
def test_whatever_people_write_comes_out_as_they_wrote_it(title, description):
    content = write(title=title, description=description)

    (first, _) = entries(content)
    lines(content)
    assert first.get("description", "") == description
    assert first["summary"] == " ".join(f"Kebijakan pembinaan IKM (sesi 1, {title})".split())
