import datetime
import io
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.programs.evil_files import upload
from training.zoom_report import Join, ReportRefused, read_report
from training.zoom_times import read_moments

WIB = ZoneInfo("Asia/Jakarta")
HEADING = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
BUDI = "Budi Santoso,budi@jambi.example,06/22/2020 08:55:12 AM,06/22/2020 12:10:11 PM,196,No"
SUMMARY = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,
812 3456 7890,"Bimtek, sesi 1",06/22/2020 08:30:00 AM,06/22/2020 12:15:00 PM,b@x.example,225,2,

"""
WEBINAR = """\
Attendee Report,
Report Generated:,"Jun 23, 2020 6:26 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,Unique Viewers
Webinar halal,847 5984 1045,"Jun 22, 2020 8:30 AM",125,3,2
Host Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest
Yes,BDI Padang,bdi@x.example,"Jun 22, 2020 08:30:00","Jun 22, 2020 10:35:00",125,No,
Panelist Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest
Yes,Narasumber,n@x.example,"Jun 22, 2020 08:40:00","Jun 22, 2020 10:30:00",110,Yes,
Attendee Details,
Attended,User Name (Original Name),Email,Registration Time,Join Time,Leave Time
Yes,Budi (Budi Santoso),b@x.example,"Jun 1, 2020 8:00","Jun 22, 2020 9:00:01","Jun 22, 2020 10:00"
No,Siti Aminah,siti@x.example,"Jun 1, 2020 08:00",--,--
Other Attended
User Name,Join Time,Leave Time,Time in Session (minutes)
6281234567890,"Jun 22, 2020 09:10:00","Jun 22, 2020 09:20:00",10
"""


def wib(hour, minute, second=0, day=22):
    return datetime.datetime(2020, 6, day, hour, minute, second, tzinfo=WIB)


def read(text, *, encoding="utf-8"):
    return read_report(upload(text.encode(encoding), "participants.csv"), zone=WIB)


def read_lines_of(*lines, heading=HEADING):
    return read("\n".join([heading, *lines]))


def refusal(text):
    with pytest.raises(ReportRefused) as refused:
        read(text)
    return str(refused.value)


# --- As Zoom exports it --------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_report_is_read_as_zoom_and_excel_write_it(encoding, newline, delimiter, quote):
    lines = [
        delimiter.join(f"{quote}{cell}{quote}" for cell in line.split(","))
        for line in (HEADING, BUDI)
    ]

    report = read(newline.join(lines), encoding=encoding)

    assert report.joins == [
        Join(2, "Budi Santoso", "", "budi@jambi.example", wib(8, 55, 12), wib(12, 10, 11))
    ]
    assert (report.problems, report.skipped) == ([], 0)
    assert report.span == (wib(8, 55, 12), wib(12, 10, 11))


def test_above_the_participants_may_stand_what_the_meeting_was():
    report = read(SUMMARY + HEADING + "\n" + BUDI)

    assert [(join.line, join.name) for join in report.joins] == [(5, "Budi Santoso")]


def test_newer_reports_have_other_headings():
    report = read(
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
        'Bimtek,812,BDI,77,"06/22/2020 08:30:26 AM","06/22/2020 09:46:50 AM",2\n\n'
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,"
        "Recording disclaimer response,In waiting room\n"
        "Siti,SITI@X.example,06/22/2020 08:31:00\u202fAM,06/22/2020 09:31:00\u202fAM,60,Yes,,No\n"
    )

    assert report.joins == [Join(5, "Siti", "", "siti@x.example", wib(8, 31), wib(9, 31))]


def test_a_webinar_lists_host_panelists_and_participants_apart():
    report = read(WEBINAR)

    assert [(join.line, join.name, join.original_name) for join in report.joins] == [
        (7, "BDI Padang", ""),
        (10, "Narasumber", ""),
        (13, "Budi", "Budi Santoso"),
        (17, "6281234567890", ""),
    ]
    assert report.joins[2].joined_at == wib(9, 0, 1)
    assert report.joins[2].email == "b@x.example"
    assert (report.problems, report.skipped) == ([], 1)


def test_who_waits_outside_is_not_in_the_meeting():
    report = read_lines_of(
        "Budi,,06/22/2020 08:50:00 AM,06/22/2020 08:55:00 AM,5,Yes,,Yes",
        "Budi,,06/22/2020 08:55:00 AM,06/22/2020 09:55:00 AM,60,Yes,,No",
        heading=HEADING + ",Recording Consent,In Waiting Room",
    )

    assert [join.line for join in report.joins] == [3]
    assert report.skipped == 1


def test_in_a_list_of_meetings_the_participant_stands_after_the_host():
    report = read_lines_of(
        "Bimtek,812,BDI,bdi@x.example,2,Budi,budi@x.example,06/22/2020 08:50:00 AM,"
        "06/22/2020 08:55:00 AM",
        heading="Topic,Meeting ID,User Name,User Email,Participants,Name (Original Name),"
        "User Email,Join Time,Leave Time",
    )

    assert [(join.name, join.email) for join in report.joins] == [("Budi", "budi@x.example")]


def test_columns_may_come_in_any_order_and_lines_may_be_short():
    report = read_lines_of(
        "08:00,Budi,22/06/2020 09:00,22/06/2020 08:00",
        "",
        "x,Siti,22/06/2020 10:00,22/06/2020 08:30,siti@x.example",
        heading="Catatan,NAME (ORIGINAL NAME) ,Leave_Time,join time,User Email",
    )

    assert [(join.line, join.name, join.email, join.joined_at) for join in report.joins] == [
        (2, "Budi", "", wib(8, 0)),
        (4, "Siti", "siti@x.example", wib(8, 30)),
    ]


def test_excel_keeps_times_as_times():
    book = openpyxl.Workbook()
    book.active.append(["Meeting ID", "Topic"])
    book.active.append([81234567890, "Bimtek"])
    book.active.append([])
    book.active.append(HEADING.split(","))
    start, end = datetime.datetime(2020, 6, 22, 8, 55, 12), datetime.datetime(2020, 6, 22, 9, 0)  # noqa: DTZ001
    book.active.append(["Budi", None, start, end, 5, "No"])
    book.active.append([123, "-", "06/22/2020 08:55:12 AM", "06/22/2020 09:00:00 AM", 5, "No"])
    target = io.BytesIO()
    book.save(target)

    report = read_report(target, zone=WIB)

    assert report.joins == [
        Join(5, "Budi", "", "", wib(8, 55, 12), wib(9, 0)),
        Join(6, "123", "", "", wib(8, 55, 12), wib(9, 0)),
    ]


def test_times_are_those_of_the_host():
    report = read_report(
        upload(f"{HEADING}\n{BUDI}".encode(), "a.csv"), zone=ZoneInfo("Asia/Jayapura")
    )

    assert report.joins[0].joined_at == wib(6, 55, 12)


@pytest.mark.parametrize(
    ("written", "name", "original"),
    [
        ("Budi (Budi Santoso)", "Budi", "Budi Santoso"),
        ("Disperin_Budi (Jambi) (Budi S.)", "Disperin_Budi (Jambi)", "Budi S."),
        ("Budi (", "Budi (", ""),
        ("(Budi)", "(Budi)", ""),
        ("x" * 250, "x" * 200, ""),
    ],
)
def test_the_name_before_a_renaming_stands_in_brackets(written, name, original):
    (join,) = read_lines_of(f"{written},,06/22/2020 08:00:00 AM,06/22/2020 09:00:00 AM").joins

    assert (join.name, join.original_name) == (name, original)


@pytest.mark.parametrize("written", ["-", "n/a", "x" * 250 + "@x.example"])
def test_what_is_no_address_is_none(written):
    (join,) = read_lines_of(f"Budi,{written},06/22/2020 08:00:00 AM,06/22/2020 09:00:00 AM").joins

    assert join.email == ""


# --- Times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("06/22/2020 08:55:12 AM", "2020-06-22 08:55:12"),
        ("06/22/2020 08:55:12 PM", "2020-06-22 20:55:12"),
        ("06/22/2020 12:00:00 AM", "2020-06-22 00:00:00"),
        ("06/22/2020 12:00:00 PM", "2020-06-22 12:00:00"),
        ("6/22/2020 8:55:12 am", "2020-06-22 08:55:12"),
        ("06/22/2020 08:55 a.m.", "2020-06-22 08:55:00"),
        ("06/22/2020 13:05:00 PM", "2020-06-22 13:05:00"),
        ("22/06/2020 08:55:12 AM", "2020-06-22 08:55:12"),
        ("06/10/2020 08:55:12 AM", "2020-06-10 08:55:12"),
        ("2020-06-22 08:55:12", "2020-06-22 08:55:12"),
        ("2020-06-22T08:55:12.000", "2020-06-22 08:55:12"),
        ("2020/06/22 08:55", "2020-06-22 08:55:00"),
        ("22/06/2020 08:55:12", "2020-06-22 08:55:12"),
        ("22/06/2020 08.55.12", "2020-06-22 08:55:12"),
        ("22-06-2020 08.55", "2020-06-22 08:55:00"),
        ("22.06.2020, 08:55:12", "2020-06-22 08:55:12"),
        ("10/06/2020 08:55", "2020-06-10 08:55:00"),
        ("06/22/2020 14:55:12", "2020-06-22 14:55:12"),
        ("6/22/20 8:55", "2020-06-22 08:55:00"),
        ("Jun 22, 2020 08:55:12", "2020-06-22 08:55:12"),
        ("Jun 22, 2020 8:55 PM", "2020-06-22 20:55:00"),
        ("Mei 2, 2020 08:55", "2020-05-02 08:55:00"),
    ],
)
def test_a_time_is_read(written, moment):
    assert str(read_moments([written])[written]) == moment


@pytest.mark.parametrize(
    "written",
    [
        "", "--", "kemarin", "08:55", "06/22/2020", "31/06/2020 08:00", "22/13/2020 08:00",
        "06/22/2020 25:00", "06/22/2020 08:60", "06/22/020 08:00", "Xyz 22, 2020 08:00",
        "06/22-2020 08:00", "٠٦/٢٢/٢٠٢٠ 08:00", "0000-01-01 00:00",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(written):
    assert read_moments([written]) == {written: None}


def test_other_lines_tell_whether_day_or_month_comes_first():
    day_first = read_moments(["10/06/2020 08:00", "22/06/2020 08:00"])
    month_first = read_moments(["06/10/2020 08:00", "06/22/2020 08:00"])
    with_halves = read_moments(["10/06/2020 08:00 AM", "22/06/2020 08:00 AM"])

    assert {moment.month for moment in day_first.values()} == {6}
    assert {moment.month for moment in month_first.values()} == {6}
    assert {moment.month for moment in with_halves.values()} == {6}


def test_what_excel_took_for_a_date_does_not_tell_about_what_it_left_alone():
    moments = read_moments(["22/06/2020 08.00", "06/10/2020 08:00:00 AM"])

    assert {moment.month for moment in moments.values()} == {6}


# --- What is wrong with a line -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        (
            ",b@x.example,06/22/2020 08:00:00 AM,06/22/2020 09:00:00 AM",
            [
                (
                    "Name (Original Name)",
                    "Nama kosong. Isi nama orang ini, atau hapus barisnya.",
                )
            ],
        ),
        (
            "Budi,,kemarin,06/22/2020 09:00:00 AM",
            [
                (
                    "Join Time",
                    "“kemarin” tidak terbaca sebagai waktu. Tulis seperti 06/22/2020 08:55:12 AM "
                    "atau 2020-06-22 08:55:12.",
                )
            ],
        ),
        (
            "Budi,,06/22/2020 09:00:00 AM,",
            [
                (
                    "Leave Time",
                    "Waktu kosong. Tulis seperti 06/22/2020 08:55:12 AM atau 2020-06-22 08:55:12.",
                )
            ],
        ),
        (
            "Budi,,06/22/2020 09:00:00 AM,06/22/2020 08:59:59 AM",
            [
                (
                    "Leave Time",
                    "Waktu keluar (06/22/2020 08:59:59 AM) mendahului waktu masuk (06/22/2020 "
                    "09:00:00 AM). Perbaiki salah satunya.",
                )
            ],
        ),
    ],
)
def test_a_line_that_cannot_be_used_says_what_to_do(line, problems):
    report = read_lines_of(line, BUDI)

    assert report.problems == [(2, column, sentence) for column, sentence in problems]
    assert [join.line for join in report.joins] == [3]


def test_a_line_may_have_several_problems():
    report = read_lines_of(",,x,y")

    assert [(line, column) for line, column, _ in report.problems] == [
        (2, "Name (Original Name)"),
        (2, "Join Time"),
        (2, "Leave Time"),
    ]
    assert (report.joins, report.span) == ([], None)


def test_who_left_in_the_same_second_was_there():
    report = read_lines_of("Budi,,06/22/2020 09:00:00 AM,06/22/2020 09:00:00 AM")

    assert len(report.joins) == 1


# --- What is no such report ----------------------------------------------------------------------

EXPORT = (
    " Di situs Zoom buka Reports (Laporan), Usage (Penggunaan), tekan angka di kolom Participants, "
    "biarkan “Show unique users” tanpa centang, lalu tekan Export."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Berkas ini kosong." + EXPORT),
        ("\n , \n", "Berkas ini kosong." + EXPORT),
        (HEADING, "Tidak ada seorang peserta pun di laporan ini." + EXPORT),
        (SUMMARY + HEADING, "Tidak ada seorang peserta pun di laporan ini." + EXPORT),
        (
            "nama,nip\nBudi,198503152010011002",
            "Ini bukan laporan peserta dari Zoom: kolom Join Time, Leave Time tidak ada." + EXPORT,
        ),
        (
            "npsn,status\n10303456,negeri",
            "Ini bukan laporan peserta dari Zoom: kolom Name (Original Name), Join Time, Leave "
            "Time tidak ada." + EXPORT,
        ),
        (
            SUMMARY,
            "Ini bukan laporan peserta dari Zoom: kolom Name (Original Name), Join Time, Leave "
            "Time tidak ada." + EXPORT,
        ),
        (
            "Name (Original Name),User Email,Total Duration (Minutes),Guest\nBudi,,196,No",
            "Laporan ini hanya memuat jumlah menit tiap orang, tanpa waktu masuk dan keluar."
            + EXPORT,
        ),
        (
            HEADING + f"\n{BUDI}" * 20_000,
            "Berkas ini berisi lebih dari 20.000 baris. Unggah laporan satu pertemuan saja.",
        ),
        (
            HEADING + f"\n{BUDI}" * 70_000,
            "Berkas ini lebih besar dari 5 MB. Bagi menjadi beberapa berkas, lalu unggah satu per "
            "satu.",
        ),
    ],
)
def test_what_is_no_report_is_answered_with_how_to_get_one(text, said):
    assert refusal(text) == said


def test_an_old_excel_file_is_refused_in_the_words_of_the_tables():
    with pytest.raises(ReportRefused, match=r"Excel lama"):
        read_report(upload(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.xls"), zone=WIB)
