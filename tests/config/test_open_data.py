"""Open data: stable addresses, pages without doubles, marks, bounded memory, and nobody's data."""

import csv
import datetime
import io
import re
import tracemalloc

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from config.open_data_metadata import find
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, CompanyProfile, SchoolProfile
from partnerships.workflow import figures
from programs import open_data
from programs.models import (
    CampaignCount,
    Indicator,
    LiveFigure,
    OfficialFigure,
    Organization,
    Product,
    Program,
    PublishedFigure,
    Region,
    Target,
)
from programs.workflow.accounts import give_consent, withdraw_consent
from subsidies.enums import Stage
from subsidies.models import Disbursement
from tests.factories.esmart import CampaignFactory, ProductFactory, ProgramFactory
from tests.factories.partnerships import AgreementFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import IkmFactory, ProvinceFactory, RegionFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.training import EventFactory, RegistrationFactory, bring_to
from tests.people import body_of
from training.enums import EventStatus

pytestmark = pytest.mark.django_db

# Programs of others read these addresses and columns. Nothing here may change or go; what is new
# is added, columns at the end.
PROMISED = {
    "wilayah": "kode_wilayah wilayah jenis kode_provinsi provinsi zona_waktu regional_bimtek",
    "program": "program nama unit ringkasan untuk berjalan_sejak berjalan",
    "indikator": "indikator nama program satuan definisi sumber cara_menjumlahkan",
    "katalog-esmart": "produk komoditas harga per usaha kode_wilayah wilayah provinsi halaman",
    "kampanye": "kampanye nama_kampanye bulan kode_wilayah wilayah provinsi peserta",
    "smk": "npsn smk status akreditasi kode_wilayah wilayah provinsi pks_berjalan "
    "pks_ditandatangani",
    "perusahaan-mitra": "nomor perusahaan kode_sektor sektor kode_wilayah wilayah provinsi "
    "pks_berjalan pks_ditandatangani",
    "pks": "nomor_pks npsn smk kode_wilayah_smk nomor_perusahaan perusahaan "
    "kode_wilayah_perusahaan tahap kompetensi ditandatangani mulai berakhir keadaan dihentikan",
    "kegiatan": "kegiatan judul jenis cara penyelenggara program mulai selesai kode_wilayah "
    "peserta",
    "penggantian-mesin": "tahun kode_wilayah wilayah permohonan penggantian",
}
PROMISED_OF_AN_INDICATOR = {
    "lm-smk": "bulan kode_wilayah wilayah nilai",
    "lm-smk/resmi": "tanggal kode_wilayah wilayah nilai sumber catatan",
    "lm-smk/sasaran": "tahun kode_wilayah wilayah nilai dipakai sumber catatan",
    "lm-smk/beku": "dibekukan dihitung masa kode_wilayah wilayah nilai definisi keperluan",
}
PERSONAL = re.compile(
    r"[\w.]+@[\w.]+|(?<!\d)(?:\+62|08)\d{7,}|(?<!\d)\d{13}(?!\d)|(?<!\d)\d{15,18}(?!\d)"
)
# As the fixtures below and the factories name people and houses.
NAMES = ["Rahasia", "Wahyu Contoh", "Lestari Contoh", "Rahmah Contoh", "Jalan Contoh"]


@pytest.fixture
def indicator():
    """SMK in link and match: two months in a province, and all that was said about it."""
    one = Indicator.objects.create(
        slug="lm-smk",
        program=ProgramFactory(slug="link-and-match", name="Link and match"),
        name="SMK yang bekerja sama",
        unit="SMK",
        definition="SMK dengan PKS.",
        counted_at=datetime.datetime(2026, 11, 20, 3, tzinfo=datetime.UTC),
    )
    province = ProvinceFactory()
    for month, place, value in [(10, None, 5), (10, province, 3), (11, None, 2)]:
        LiveFigure.objects.create(
            indicator=one, month=datetime.date(2026, month, 1), region=place, value=value
        )
    OfficialFigure.objects.create(
        indicator=one, as_of=datetime.date(2019, 11, 1), value=2612, source="Siaran pers"
    )
    Target.objects.create(indicator=one, year=2026, value=2700, source="Renstra")
    PublishedFigure.objects.create(
        indicator=one,
        value=2612,
        period="sampai November 2019",
        counted_at=one.counted_at,
        definition="Dahulu.",
        occasion="Laporan tahunan",
        published_by=UserFactory(name="Petugas Rahasia"),
    )
    return one


@pytest.fixture
def everything(indicator):
    """A row or more in every table, made from rows that are full of personal data."""
    owner = UserFactory(name="Rahmah Rahasia")
    give_consent("PUBLISH_PROFILE", by=owner)
    ProductFactory(
        organization=IkmFactory(owner=owner, phone="081234567890", email="rahmah@contoh.id"),
        description="Hubungi 081234567890 atau rahmah@contoh.id",
    )
    ProductFactory(organization=IkmFactory(owner=UserFactory()), name="Tanpa persetujuan")
    agreement = AgreementFactory(
        status=AgreementStatus.ACTIVE, school=SchoolFactory(), company=PartnerFactory()
    )
    SchoolProfile.objects.filter(organization=agreement.school).update(
        head_name="Kepala Rahasia", head_nip="197001012000011001", contact_phone="081234567890"
    )
    CompanyProfile.objects.filter(organization=agreement.company).update(
        signatory_name="Direktur Rahasia", contact_phone="+6281234567890"
    )
    AgreementFactory(status=AgreementStatus.DRAFTING)
    event = EventFactory(contact="Panitia Rahasia, 081234567890, panitia@contoh.id")
    RegistrationFactory(event=event, name="Peserta Rahasia")
    bring_to(event, EventStatus.RUNNING)
    ApplicationFactory(stage=Stage.PAID)
    CampaignCount.objects.create(
        campaign=CampaignFactory(),
        month=datetime.date(2026, 10, 1),
        region=RegionFactory(),
        participants=7,
    )


def address(name, form="json"):
    return f"/data/{name}.{form}"


def csv_of(client, name, **asked):
    answer = client.get(address(name, "csv"), asked)
    assert answer.status_code == 200, name
    text = body_of(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if asked else ","))


def pages_of(client, name, size):
    """The rows of all pages, by following the addresses that the answers give."""
    url, rows = f"{address(name)}?jumlah={size}", []
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, url
        told = answer.json()
        assert len(told["data"]) <= size
        rows += told["data"]
        url = told["berikutnya"]
    return rows


def regions(number):
    ProvinceFactory()
    Region.objects.bulk_create(
        Region(
            code=f"13.{one:02}", name=f"Kota {one}", kind="KOTA", province_id="13", time_zone="WIB"
        )
        for one in range(1, number)
    )


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


class TestIndicators:
    def test_the_months_of_an_indicator_are_one_table(self, client, indicator):
        assert csv_of(client, "indikator/lm-smk") == [
            ["bulan", "kode_wilayah", "wilayah", "nilai"],
            ["2026-10", "", "Indonesia", "5"],
            ["2026-10", "13", "Sumatera Barat", "3"],
            ["2026-11", "", "Indonesia", "2"],
        ]

    def test_official_figures_and_targets_are_tables_of_their_own(self, client, indicator):
        assert csv_of(client, "indikator/lm-smk/resmi")[1:] == [
            ["2019-11-01", "", "Indonesia", "2612", "Siaran pers", ""]
        ]
        assert csv_of(client, "indikator/lm-smk/sasaran")[1:] == [
            ["2026", "", "Indonesia", "2700", "ya", "Renstra", ""]
        ]

    def test_as_json_it_is_told_as_a_whole(self, client, indicator):
        told = client.get("/data/indikator/lm-smk.json").json()

        assert told["bulanan"][1] == {
            "bulan": "2026-10",
            "kode_wilayah": "13",
            "wilayah": "Sumatera Barat",
            "nilai": 3,
        }
        assert told["angka_resmi"][0]["nilai"] == told["dibekukan"][0]["nilai"] == 2612
        assert told["sasaran"][0]["nilai"] == 2700
        assert told["diperbarui"] == "2026-11-20T03:00:00Z"
        assert "Petugas Rahasia" not in str(told)

    def test_percent_is_given_as_it_is_meant_and_not_as_it_is_stored(self, client, indicator):
        Indicator.objects.update(unit="persen")
        OfficialFigure.objects.update(value=9977)

        assert csv_of(client, "indikator/lm-smk/resmi")[1][3] == "99.77"
        told = client.get("/data/indikator/lm-smk.json").json()
        assert told["angka_resmi"][0]["nilai"] == 99.77

    def test_its_mark_follows_the_count_and_the_officers(self, client, indicator):
        def mark():
            cache.clear()
            return client.get("/data/indikator/lm-smk.json")["ETag"]

        marks = [mark()]
        assert mark() == marks[0]
        Target.objects.update(value=2800)
        marks.append(mark())
        OfficialFigure.objects.update(note="kumulatif")
        marks.append(mark())
        Indicator.objects.update(counted_at=datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC))
        marks.append(mark())

        assert len(set(marks)) == 4

    def test_who_has_it_is_told_in_one_question(self, client, indicator, django_assert_num_queries):
        first = client.get("/data/indikator/lm-smk.json")
        cache.delete("open-data.indikator/lm-smk/semua")

        with django_assert_num_queries(1):
            again = client.get(
                "/data/indikator/lm-smk.json", headers={"If-None-Match": first["ETag"]}
            )

        assert again.status_code == 304


class TestWhatIsGiven:
    def test_nobodys_data_is_in_any_of_them(self, client, everything):
        names = [*PROMISED, *(f"indikator/{one}" for one in PROMISED_OF_AN_INDICATOR)]
        for name in names:
            for form in ("csv", "json"):
                text = body_of(client.get(address(name, form))).decode()
                assert not PERSONAL.findall(text), name
                assert not any(word in text for word in NAMES), name

    def test_the_words_that_find_personal_data_find_it(self):
        for personal in ("rahmah@contoh.id", "081234567890", "1375010203850003", "9120001234567"):
            assert PERSONAL.search(f"x,{personal},y")

    def test_only_products_of_those_who_agree_are_given(self, client, everything):
        assert [row["produk"] for row in pages_of(client, "katalog-esmart", 9)] == [
            Product.objects.public().get().name
        ]
        owner = Product.objects.public().get().organization.members.get()

        withdraw_consent("PUBLISH_PROFILE", by=owner)

        assert pages_of(client, "katalog-esmart", 9) == []

    def test_only_signed_agreements_and_their_companies_are_given(self, client, everything):
        signed = Agreement.objects.signed().get()

        [row] = pages_of(client, "pks", 9)
        [company] = pages_of(client, "perusahaan-mitra", 9)

        assert (row["nomor_pks"], row["keadaan"]) == (signed.number, "aktif")
        assert row["kompetensi"] == signed.competences.get().name
        assert row["nomor_perusahaan"] == company["nomor"] == signed.company_id
        assert company["pks_berjalan"] == 1
        schools = {row["smk"]: row["pks_berjalan"] for row in pages_of(client, "smk", 1)}
        assert len(schools) == Organization.objects.of_kind("SCHOOL").count()
        assert schools[signed.school.name] == 1

    def test_a_million_agreements_need_not_be_compared(
        self, client, everything, django_assert_num_queries
    ):
        """Their stored figures are made anew with each change, and say when."""
        figures.rebuild()
        first = client.get(address("pks"))
        assert first.json()["jumlah_baris"] == 1
        cache.clear()
        with django_assert_num_queries(1):
            again = client.get(address("pks"), headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

        figures.rebuild()
        cache.clear()

        assert client.get(address("pks"))["ETag"] != first["ETag"]

    def test_participants_of_an_event_are_only_counted(self, client, everything):
        EventFactory()  # only announced

        [row] = pages_of(client, "kegiatan", 9)

        assert (row["jenis"], row["peserta"]) == ("Bimtek", 1)


class TestMetadata:
    def test_the_catalogue_leads_to_everything(self, client, everything):
        told = client.get("/data/katalog.json").json()

        assert {one["identifier"] for one in told["dataset"]} == {
            *PROMISED,
            *(f"indikator/{one}" for one in PROMISED_OF_AN_INDICATOR),
        }
        for one in told["dataset"]:
            assert one["license"] == told["license"]
            assert one["title"]
            assert one["definition"]
            assert one["unit"]
            assert one["publisher"]["name"]
            for given in one["distribution"]:
                answer = client.get(given["downloadURL"])
                assert answer.status_code == 200
                assert answer["Content-Type"].startswith(given["mediaType"])
            own = client.get(one["describedBy"]).json()
            assert own["columns"] == one["columns"]

    def test_a_table_tells_its_rows_and_when_it_changed(self, client, indicator):
        told = client.get("/data/indikator/lm-smk/metadata.json").json()

        assert (told["rows"], told["modified"]) == (3, "2026-11-20T03:00:00Z")
        assert told["unit"] == "SMK"

    def test_it_costs_the_same_however_many_indicators(
        self, client, everything, django_assert_max_num_queries
    ):
        for number in range(30):
            Indicator.objects.create(
                slug=f"lain-{number}",
                program=Program.objects.first(),
                name=f"Lain {number}",
                unit="SMK",
                definition="Contoh.",
            )
        figures.rebuild()
        for path in ("/data/katalog.json", "/data/"):
            cache.clear()
            with django_assert_max_num_queries(len(PROMISED) + 1):
                assert client.get(path).status_code == 200


class TestThePage:
    def test_it_explains_every_table_and_every_column(self, client, everything):
        page = client.get("/data/").text

        for dataset in open_data.offered().values():
            assert dataset.title in page
            assert f"/data/{dataset.slug}.csv" in page
        assert "CC BY 4.0" in page
        assert "/data/indikator/lm-smk/resmi.csv" in page

    def test_it_opens_without_any_data(self, client):
        assert "Belum ada indikator yang tercatat." in client.get("/data/").text

    def test_every_page_leads_to_it(self, client):
        assert 'href="/data/"' in client.get("/").text


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
