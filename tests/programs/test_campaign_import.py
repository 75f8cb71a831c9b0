"""Campaign participants from files: every line is recorded once or told of, also after a kill."""

import datetime
import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from programs import campaign_import, roles
from programs.esmart_enums import ImportState
from programs.models import CampaignImport, CampaignParticipation, CampaignRefusal
from programs.spreadsheets import TableRefused, write_xlsx
from programs.workflow import campaigns
from tests.factories.esmart import CampaignFactory
from tests.factories.programs import IkmFactory, RegionFactory, UserFactory, officer
from tests.faults import wait_until
from tests.programs.campaign_files import HEADING, campaign_file, lines_of, write

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2020, 10, 26)
PROJECT = Path(__file__).resolve().parents[2]
GOOD = "9120001234567,Keripik Contoh,13.75,26/10/2020\n"


@pytest.fixture
def campaign():
    RegionFactory()
    return CampaignFactory(ends_on=datetime.date(2020, 12, 31))


def look(campaign, file, **options):
    return campaign_import.preview(file, campaign, today=TODAY, most_told=50, **options)


def record(campaign, file, *, batch=5, by=None):
    by = by or UserFactory()
    taken = campaigns.take_in(
        campaign, sha256=campaign_import.digest_of(file), name="peserta.csv", by=by
    )
    taken = campaigns.start(taken, by=by)
    return campaign_import.go_on(taken, file, today=TODAY, batch=batch)


def told(imported):
    return (imported.lines_done, imported.recorded, imported.known, imported.refused)


def test_good_lines_are_recorded_and_bad_ones_told_of_by_line_and_column(campaign):
    imported = record(campaign, campaign_file(*lines_of(range(20), bad={3, 17})))

    assert imported.state == ImportState.DONE
    assert told(imported) == (20, 18, 0, 2)
    assert list(imported.refusals.values_list("line", "column")) == [
        (5, "kode_kabkota"),
        (19, "kode_kabkota"),
    ]
    assert CampaignParticipation.objects.filter(campaign=campaign).count() == 18
    first = CampaignParticipation.objects.get(key="9000000000001")
    assert (first.name, first.region_id) == ("Usaha Contoh 1", "13.75")
    assert first.joined_on == datetime.date(2020, 8, 2)


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("912000,Contoh,13.75,26/10/2020", "nib", "NIB harus 13 angka"),
        ("9.12E+12,Contoh,13.75,26/10/2020", "nib", "Excel menyingkat angka ini"),
        ("912000123456x,Contoh,13.75,26/10/2020", "nib", "yang bukan angka"),
        ("9120001234567,,13.75,26/10/2020", "nama", "Isi nama usaha"),
        (f"9120001234567,{'A' * 201},13.75,26/10/2020", "nama", "paling panjang 200 huruf"),
        ("9120001234567,Contoh,,26/10/2020", "kode_kabkota", "Isi kode kabupaten/kota"),
        ("9120001234567,Contoh,99.99,26/10/2020", "kode_kabkota", "bukan kode kabupaten/kota"),
        ("9120001234567,Contoh,13,26/10/2020", "kode_kabkota", "adalah provinsi"),
        ("9120001234567,Contoh,13.75,27/10/2020", "tanggal", "belum tiba"),
        ("9120001234567,Contoh,13.75,30/06/2020", "tanggal", "di luar kampanye ini"),
        ("9120001234567,Contoh,13.75,31/02/2020", "tanggal", "tidak ada di bulan itu"),
        ("9120001234567,Contoh,13.75,kemarin", "tanggal", "Tulis tanggal seperti"),
        ("9120001234567,Contoh", "kode_kabkota", "Isi kode kabupaten/kota"),
        ('9120001234567,"Contoh,13.75,26/10/2020', "", "tanda kutipnya tidak ditutup"),
        (f"9120001234567,{'A' * 9000},13.75,26/10/2020", "", "lebih panjang dari 4096"),
        ("9120001234\x00567,Contoh,13.75,26/10/2020", "nib", "bukan angka"),
        ("9120001234567,Con\x00toh,13.75,26/10/2020", "nama", "huruf yang tidak terbaca"),
    ],
)
def test_a_bad_line_is_told_of_in_a_sentence_and_the_next_is_recorded(
    campaign, line, column, words
):
    file = campaign_file(f"{line}\n", GOOD)

    looked = look(campaign, file)
    imported = record(campaign, file)

    (refusal,) = CampaignRefusal.objects.all()
    assert (refusal.line, refusal.column) == (2, column)
    assert words in refusal.words
    assert (looked.refusals[0].line, looked.refusals[0].words) == (2, refusal.words)
    assert told(imported) == (2, 1, 0, 1)


@pytest.mark.parametrize(
    "file",
    [
        campaign_file(GOOD),
        campaign_file(GOOD, encoding="utf-8-sig"),
        campaign_file(GOOD.replace(",", ";"), heading=HEADING.replace(",", ";")),
        campaign_file(GOOD.replace("\n", "\r\n"), heading=HEADING.replace("\n", "\r\n")),
        campaign_file(GOOD, encoding="utf-16"),
        campaign_file(GOOD.replace("13.75", "1375"), heading=HEADING.upper()),
        campaign_file('"9120001234567","Keripik Contoh","13.75","2020-10-26"\n'),
        campaign_file("2020-10-26,x,Keripik Contoh,13.75,9120001234567",
                      heading="tanggal,catatan,nama,kode_kabkota,nib\n"),
    ],
    ids=["commas", "mark", "semicolons", "windows", "utf-16", "codes", "quotes", "order"],
)  # fmt: skip
def test_a_file_is_read_as_spreadsheet_programs_write_it(campaign, file):
    record(campaign, file)

    assert CampaignParticipation.objects.values_list(
        "key", "name", "region", "joined_on"
    ).get() == ("9120001234567", "Keripik Contoh", "13.75", TODAY)


def test_a_workbook_is_read_as_well(campaign):
    file = io.BytesIO()
    rows = [HEADING.strip().split(","), ["9120001234567", "Keripik Contoh", "13.75", TODAY]]
    write_xlsx(file, {"Data": rows})

    record(campaign, file)

    assert CampaignParticipation.objects.get().joined_on == TODAY


def test_letters_that_are_not_utf_8_cost_their_own_line_only(campaign):
    file = io.BytesIO(HEADING.encode() + "1,Café,13.75,1/8/2020\n".encode("cp1252"))
    file.write(GOOD.encode()) if file.seek(0, 2) else None

    imported = record(campaign, file)

    assert told(imported)[1:] == (1, 0, 1)
    assert "CSV UTF-8" in imported.refusals.get().words


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "Tidak ada baris data"),
        ("nib,nama\n1,2\n", "Kolom kode_kabkota, tanggal tidak ada"),
        ("nib,NIB,nama,kode_kabkota,tanggal\n", "ada dua kali"),
    ],
)
def test_a_file_without_our_columns_is_no_such_table(campaign, content, words):
    with pytest.raises(TableRefused, match=words):
        look(campaign, io.BytesIO(content.encode()))


def test_a_preview_counts_and_writes_nothing(campaign):
    record(campaign, campaign_file(*lines_of(range(5))))
    before = CampaignParticipation.objects.count()

    found = look(campaign, campaign_file(*lines_of(range(12), bad={10}), *lines_of([11])))

    assert (found.ready, found.known, found.refused, found.is_whole) == (6, 6, 1, True)
    assert CampaignParticipation.objects.count() == before
    assert CampaignImport.objects.count() == 1


def test_a_preview_may_stop_early_and_says_so(campaign, monkeypatch):
    monkeypatch.setattr(campaign_import, "BATCH", 4)
    file = campaign_file(*lines_of(range(10)))

    assert look(campaign, file, most_lines=5).is_whole is False
    assert look(campaign, file, most_lines=5).lines == 8
    assert look(campaign, file, most_lines=12).is_whole is True


def test_the_same_file_twice_records_nothing_more(campaign):
    file = campaign_file(*lines_of(range(8)))
    first = record(campaign, file)

    again = record(campaign, file)

    assert (again.pk, told(again)) == (first.pk, told(first))
    assert CampaignParticipation.objects.count() == 8


def test_another_file_counts_who_is_known_already(campaign):
    record(campaign, campaign_file(*lines_of(range(8))))

    imported = record(campaign, campaign_file(*lines_of(range(4, 12)), *lines_of([11])))

    assert told(imported) == (9, 4, 5, 0)


def test_without_a_nib_a_business_is_known_by_its_name_and_region(campaign):
    RegionFactory(code="13.71", name="Kota Padang")

    imported = record(
        campaign,
        campaign_file(
            ",Keripik  Uni,13.75,1/8/2020\n",
            ",KERIPIK UNI,13.75,2/8/2020\n",
            ",Keripik Uni,13.71,2/8/2020\n",
        ),
    )

    assert told(imported) == (3, 2, 1, 0)


def test_a_business_of_the_register_is_linked_by_its_nib(campaign):
    ikm = IkmFactory(nib="9120001234567")

    record(campaign, campaign_file(GOOD, "9120001234568,Lain,13.75,1/8/2020\n"))

    assert list(
        CampaignParticipation.objects.order_by("key").values_list("organization", flat=True)
    ) == [ikm.pk, None]


def test_names_with_backslashes_arrive_as_they_were_written(campaign):
    record(campaign, campaign_file("9120001234567,A\\N\\tB,13.75,1/8/2020\n"))

    assert CampaignParticipation.objects.get().name == "A\\N\\tB"


def test_a_batch_that_somebody_else_recorded_is_left_alone(campaign):
    taken = campaigns.take_in(campaign, sha256="a" * 64, name="x.csv", by=UserFactory())
    taken = campaigns.start(taken, by=taken.by)

    assert campaigns.record_batch(taken.pk, [], done=5) is None


def test_a_file_of_another_kind_is_stopped_before_it_fills_the_disk(campaign, monkeypatch):
    monkeypatch.setattr(campaigns, "MOST_REFUSED", 8)

    imported = record(campaign, campaign_file(*lines_of(range(50), bad=range(50))))

    assert imported.state == ImportState.STOPPED
    assert "Lebih dari 8 baris ditolak" in imported.note
    assert imported.lines_done == 10


def test_every_line_is_told_of_says_the_database(campaign):
    imported = record(campaign, campaign_file(GOOD))

    with pytest.raises(IntegrityError, match="programs_campaignimport_every_line_told"):
        CampaignImport.objects.filter(pk=imported.pk).update(recorded=2)


def run(path, *options):
    said = io.StringIO()
    call_command(
        "import_campaign", path, "--campaign", "semuanya-ada-di-sini", *options, stdout=said
    )
    return said.getvalue()


def test_the_command_looks_first_and_records_with_commit(campaign, tmp_path):
    path = write(tmp_path / "peserta.csv", range(6))
    user = officer(roles.IKMA_OFFICER)

    looked = run(path)
    assert CampaignImport.objects.count() == 0
    recorded = run(path, "--commit", "--by", user.email)
    again = run(path, "--commit")

    assert "6 dapat dicatat, 0 sudah tercatat, 0 ditolak." in looked
    assert "6 dicatat, 0 sudah tercatat, 0 ditolak." in recorded
    assert "6 tercatat waktu itu, 0 ditolak. Sekarang 0 dicatat." in again
    assert CampaignImport.objects.get().by == user


@pytest.mark.parametrize("options", [[], ["--commit"]])
def test_the_command_tells_of_bad_lines_and_ends_with_status_1(campaign, tmp_path, options):
    path = write(tmp_path / "peserta.csv", range(6), bad={2})

    with pytest.raises(CommandError, match="1 baris ditolak"):
        run(path, *options)

    assert CampaignParticipation.objects.count() == (5 if options else 0)


def test_the_command_names_the_campaigns_that_there_are(campaign, tmp_path):
    path = write(tmp_path / "peserta.csv", range(2))

    with pytest.raises(CommandError, match="Yang ada: semuanya-ada-di-sini"):
        call_command("import_campaign", path, "--campaign", "lain")
    with pytest.raises(CommandError, match="bukan petugas"):
        run(path, "--commit", "--by", UserFactory().email)
    with pytest.raises(CommandError, match="tidak dapat dibuka"):
        run(tmp_path / "tidak-ada.csv")


@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_goes_on_where_it_stopped(tmp_path):
    RegionFactory()
    campaign = CampaignFactory()
    lines, bad = 20_000, range(0, 20_000, 100)
    path = write(tmp_path / "peserta.csv", range(lines), bad=bad)
    database, name = urlsplit(os.environ["DATABASE_URL"]), connection.settings_dict["NAME"]
    child = subprocess.Popen(
        [
            *(sys.executable, "manage.py", "import_campaign", path, "--commit"),
            *("--campaign", campaign.slug, "--batch", "100"),
        ],
        cwd=PROJECT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "DATABASE_URL": f"postgresql://{database.netloc}/{name}?{database.query}",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: CampaignImport.objects.filter(lines_done__gte=500).exists(), "begun")
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()

    stopped = CampaignImport.objects.get()
    assert stopped.state == ImportState.RUNNING
    assert 500 <= stopped.lines_done < lines
    assert CampaignParticipation.objects.count() == stopped.recorded
    assert CampaignRefusal.objects.count() == stopped.refused

    with pytest.raises(CommandError, match="200 baris ditolak"):
        run(path, "--commit")

    done = CampaignImport.objects.get()
    assert (done.state, *told(done)) == (ImportState.DONE, lines, lines - 200, 0, 200)
    assert CampaignParticipation.objects.count() == lines - 200
    # Each bad line once, the last before the kill and the first after it among them.
    assert list(done.refusals.values_list("line", flat=True)) == [number + 2 for number in bad]
