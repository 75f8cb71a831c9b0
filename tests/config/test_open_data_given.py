"""Open data: what is given of each indicator and register, what is told of it, and the page."""

import datetime
import re

import pytest
from django.core.cache import cache

from partnerships.models import Agreement
from partnerships.workflow import figures
from programs import open_data
from programs.models import (
    Indicator,
    OfficialFigure,
    Organization,
    Product,
    Program,
    Target,
)
from programs.workflow.accounts import withdraw_consent
from tests.config.open_data import (
    PROMISED,
    PROMISED_OF_AN_INDICATOR,
    address,
    csv_of,
    make_everything,
    make_indicator,
    pages_of,
)
from tests.factories.training import EventFactory
from tests.people import body_of

pytestmark = pytest.mark.django_db

PERSONAL = re.compile(
    r"[\w.]+@[\w.]+|(?<!\d)(?:\+62|08)\d{7,}|(?<!\d)\d{13}(?!\d)|(?<!\d)\d{15,18}(?!\d)"
)
# As the fixtures below and the factories name people and houses.
NAMES = ["Rahasia", "Wahyu Contoh", "Lestari Contoh", "Rahmah Contoh", "Jalan Contoh"]


@pytest.fixture
def indicator():
    return make_indicator()


@pytest.fixture
def everything(indicator):
    make_everything()


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
