"""What the tests of the open data have in common: a row in every table, and how they are read."""

import csv
import datetime
import io

from partnerships.enums import AgreementStatus
from partnerships.models import CompanyProfile, SchoolProfile
from programs.models import (
    CampaignCount,
    Indicator,
    LiveFigure,
    OfficialFigure,
    PublishedFigure,
    Region,
    Target,
)
from programs.workflow.accounts import give_consent
from subsidies.enums import Stage
from tests.factories.esmart import CampaignFactory, ProductFactory, ProgramFactory
from tests.factories.partnerships import AgreementFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import IkmFactory, ProvinceFactory, RegionFactory, UserFactory
from tests.factories.subsidies import ApplicationFactory
from tests.factories.training import EventFactory, RegistrationFactory, bring_to
from tests.people import body_of
from training.enums import EventStatus

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


def make_indicator():
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


def make_everything():
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
