"""Open data: stable addresses, pages without doubles, marks, bounded memory, and nobody's data."""

import datetime
import tracemalloc

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from config.open_data_metadata import find
from programs import open_data
from programs.models import (
    CampaignCount,
    Program,
    Region,
)
from subsidies.enums import Stage
from subsidies.models import Disbursement
from tests.config.open_data import (
    PROMISED,
    PROMISED_OF_AN_INDICATOR,
    address,
    csv_of,
    make_everything,
    make_indicator,
    pages_of,
    regions,
)
from tests.factories.esmart import CampaignFactory
from tests.factories.subsidies import ApplicationFactory
from tests.people import body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return make_indicator()


@pytest.fixture
def everything(indicator):
    make_everything()


def test_addresses_and_columns_are_those_that_were_promised(client, indicator):
    offered = open_data.offered()
    assert {slug: " ".join(one.headings) for slug, one in offered.items()} == PROMISED
    for name, columns in PROMISED_OF_AN_INDICATOR.items():
        assert csv_of(client, f"indikator/{name}")[0] == columns.split()
    for name in PROMISED:
        assert csv_of(client, name)[0] == PROMISED[name].split()


def test_every_column_of_every_table_says_what_it_means(indicator):
    names = [*PROMISED, *(f"indikator/{one}" for one in PROMISED_OF_AN_INDICATOR)]
    for dataset in map(find, names):
        assert dataset.about
        assert dataset.unit
        assert dataset.period
        assert all(column.meaning.endswith(".") for column in dataset.columns)


def test_both_forms_tell_the_same_rows(client, everything):
    for name in PROMISED:
        lines = csv_of(client, name)
        told = client.get(address(name)).json()
        assert told["jumlah_baris"] == len(lines) - 1 == len(told["data"]) > 0, name
        for line, row in zip(lines[1:], told["data"], strict=True):
            assert line == ["" if value is None else str(value) for value in row.values()]


def test_every_page_follows_the_one_before_without_doubles(client):
    regions(25)

    rows = pages_of(client, "wilayah", 4)

    codes = [row["kode_wilayah"] for row in rows]
    assert codes == sorted(codes)
    assert set(codes) == set(Region.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) == 25


def test_a_key_of_several_parts_neither_repeats_nor_loses_a_row(client):
    regions(6)
    campaigns = [CampaignFactory(slug=slug) for slug in "ab"]
    CampaignCount.objects.bulk_create(
        CampaignCount(
            campaign=campaign,
            month=datetime.date(2026, month, 1),
            region_id=f"13.{place:02}",
            participants=month,
        )
        for campaign in campaigns
        for month in range(1, 5)
        for place in range(1, 6)
    )

    for size in (1, 3, 7, 40, 1000):
        rows = pages_of(client, "kampanye", size)
        told = [(row["kampanye"], row["bulan"], row["kode_wilayah"]) for row in rows]
        assert len(told) == len(set(told)) == 40
        assert told == sorted(told)


def test_tables_of_sums_have_pages_too(client, everything):
    ApplicationFactory(stage=Stage.PAID)

    rows = pages_of(client, "penggantian-mesin", 1)

    assert sum(row["permohonan"] for row in rows) == 2
    paid = sum(Disbursement.objects.filter(status="PAID").values_list("amount", flat=True))
    assert sum(row["penggantian"] for row in rows) == paid


def test_a_row_that_comes_meanwhile_disturbs_nobody(client):
    regions(5)
    first = client.get(address("wilayah"), {"jumlah": 3}).json()
    Region.objects.create(code="12", name="Sumatera Utara", kind="PROVINCE", time_zone="WIB")

    second = client.get(first["berikutnya"]).json()

    codes = [row["kode_wilayah"] for row in first["data"] + second["data"]]
    assert codes == ["13", "13.01", "13.02", "13.03", "13.04"]
    assert second["berikutnya"] is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"halaman": "x" * 5000}, "Nilai “halaman” tidak dikenal."),
        ({"halaman": "13~13"}, "Nilai “halaman” tidak dikenal."),
        ({"halaman": "'; DROP TABLE"}, "Nilai “halaman” tidak dikenal."),
        ({"halaman": "\x00"}, "Nilai “halaman” tidak dikenal."),
        ({"halaman": "١٢"}, "Nilai “halaman” tidak dikenal."),
        ({"jumlah": "0"}, "Tulis “jumlah” sebagai angka dari 1 sampai 1000."),
        ({"jumlah": "1001"}, "Tulis “jumlah” sebagai angka dari 1 sampai 1000."),
        ({"jumlah": "-1"}, "Tulis “jumlah” sebagai angka dari 1 sampai 1000."),
        ({"jumlah": "9" * 400}, "Tulis “jumlah” sebagai angka dari 1 sampai 1000."),
        ({"jumlah": "²"}, "Tulis “jumlah” sebagai angka dari 1 sampai 1000."),
    ],
)
def test_hostile_pages_are_answered_with_a_sentence(client, asked, words):
    answer = client.get(address("wilayah"), asked)

    assert answer.status_code == 400
    assert answer.json()["pesan"].startswith(words)
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    "place", ["1", "1~2026-01-01", "a~2026-01-01~13", "1~2026-02-30~13", "1~2026~13", "9" * 19]
)
def test_a_place_of_another_kind_is_refused(client, place):
    assert client.get(address("kampanye"), {"halaman": place}).status_code == 400


def test_an_unknown_delimiter_is_refused_and_the_other_one_is_for_excel(client):
    regions(3)

    assert client.get(address("wilayah", "csv"), {"pemisah": ":"}).status_code == 400
    assert csv_of(client, "wilayah", pemisah="titik-koma") == csv_of(client, "wilayah")


def test_a_csv_opens_in_excel_and_runs_nothing_there(client):
    Program.objects.create(slug="x", name="=HYPERLINK(1)", summary="+62")

    answer = client.get(address("program", "csv"))

    body = body_of(answer)
    assert body.startswith("\ufeff".encode())
    assert b"'=HYPERLINK(1)" in body
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="program.csv"'


@pytest.mark.parametrize("form", ["csv", "json"])
def test_who_has_it_already_is_told_so_in_one_question(client, form, django_assert_num_queries):
    regions(3)
    first = client.get(address("wilayah", form))
    body_of(first)
    cache.clear()

    with django_assert_num_queries(1):
        again = client.get(address("wilayah", form), headers={"If-None-Match": first["ETag"]})
    with django_assert_num_queries(0):
        client.get(address("wilayah", form), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"


def test_a_changed_row_changes_the_mark_and_nothing_else_does(client):
    regions(3)

    def mark():
        cache.delete("open-data.wilayah")
        return client.get(address("wilayah"))["ETag"]

    first = mark()
    assert mark() == first
    Region.objects.filter(code="13.01").update(name="Kota Baru")
    second = mark()
    Region.objects.filter(code="13.01").delete()
    third = mark()

    assert len({first, second, third}) == 3


def test_when_it_last_changed_is_told_and_can_be_asked_for(client):
    regions(3)
    first = client.get(address("wilayah"))

    again = client.get(address("wilayah"), headers={"If-Modified-Since": first["Last-Modified"]})

    assert again.status_code == 304


def test_pages_and_forms_have_marks_of_their_own(client):
    regions(6)
    first = client.get(address("wilayah"), {"jumlah": 2})
    second = client.get(first.json()["berikutnya"])

    marks = {first["ETag"], second["ETag"], client.get(address("wilayah", "csv"))["ETag"]}

    assert len(marks) == 3


def test_the_head_alone_can_be_asked_for(client, django_assert_num_queries):
    regions(3)

    with django_assert_num_queries(1):
        answer = client.head(address("wilayah", "csv"))

    assert (answer.status_code, body_of(answer)) == (200, b"")
    assert answer["ETag"] == client.get(address("wilayah", "csv"))["ETag"]


def test_other_sites_may_read_it_and_caches_keep_it_a_minute(client, indicator):
    for name in ("/data/wilayah.json", "/data/wilayah.csv", "/data/katalog.json", "/data/x.json"):
        answer = client.get(name)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, max-age=60"
        assert not answer.cookies
    assert client.post("/data/wilayah.json").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "tidak-ada.csv",
        "tidak-ada.json",
        "wilayah.xml",
        "wilayah",
        "wilayah/resmi.csv",
        "indikator/tidak-ada.json",
        "indikator/lm-smk/lain.csv",
        "indikator/lm-smk/resmi/lagi.csv",
        "indikator/.csv",
        "tidak-ada/metadata.json",
    ],
)
def test_what_is_not_there_is_said_with_what_there_is(client, indicator, path):
    answer = client.get(f"/data/{path}")
    page = client.get(f"/data/{path}", headers={"Accept": "text/html,*/*"})

    assert (answer.status_code, page.status_code) == (404, 404)
    assert path in answer.json()["pesan"]
    assert answer.json()["katalog"] == "http://testserver/data/katalog.json"
    assert reverse("open_data") in page.text


def test_two_hundred_thousand_rows_go_out_in_bounded_memory(client):
    regions(40)
    campaign = CampaignFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO programs_campaigncount (campaign_id, month, region_id, participants,
                                                computed_at)
            SELECT %s, date '2000-01-01' + day, code, day, now()
              FROM generate_series(1, 5000) AS day, programs_region
            """,
            [campaign.pk],
        )
    assert CampaignCount.objects.count() == 200_000
    dataset = open_data.offered()["kampanye"]
    next(iter(open_data.all_rows(dataset)))

    tracemalloc.start()
    number = sum(1 for _ in client.get(address("kampanye", "csv")).streaming_content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert number == 200_002  # with the mark of the encoding and the heading
    # One piece of 5,000 rows; all rows at once take more than 80 MB.
    assert peak < 15 * 1024 * 1024
