"""e-Smart on an owner's telephone: enrolled, a product in the catalogue, a shop, sales reported.

What officers do at their desk and trainers in the workshop is done by their workflow.
"""

from datetime import date

import pytest
from django.utils import timezone

from programs import roles
from programs.esmart_enums import EnrolmentStatus
from programs.models import Enrolment
from programs.months import first_of, month_after
from programs.templatetags.bina import bulan
from programs.workflow.enrolment import esmart, verify
from programs.workflow.participations import record_participations
from tests.factories.esmart import MarketplaceFactory, ProgramFactory
from tests.factories.programs import PASSWORD, IkmFactory, UserFactory, officer
from tests.programs.evil_files import picture

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_enrolment_to_the_first_sales(visitor, tmp_path):
    ProgramFactory()
    MarketplaceFactory()
    person = UserFactory(confirmed=True, name="Rahmah Contoh")
    ikm = IkmFactory(owner=person, name="CV Sandang Contoh", npwp="")
    owner = signed_in(visitor, person)

    enrol(owner)
    add_product(owner, tmp_path)
    visitor().visit("/esmart/katalog/").sees("Songket balapak", "Rp1.250.000 per lembar")
    pass_the_workshop(ikm, person)
    owner.visit("/beranda/").sees("Catat toko pertama CV Sandang Contoh")
    open_shop(owner)
    report_sales(owner)

    owner.visit("/esmart/saya/").sees("Aktif menjual", "Rp1.750.000 dari 7 pesanan")
    assert Enrolment.objects.get().status == EnrolmentStatus.SELLING
    visitor().visit("/esmart/katalog/").press("Songket balapak").sees("Songket Rahmah di Tokopedia")


def signed_in(visitor, person):
    owner = visitor()
    owner.visit("/akun/login/")
    owner.page.locator("#id_login").fill(person.email)
    owner.page.locator("#id_password").fill(PASSWORD)
    return owner.press("Masuk")


def enrol(owner):
    owner.visit("/esmart/").press("Daftarkan usaha saya")
    assert owner.page.locator("#id_name").input_value() == "CV Sandang Contoh"
    owner.page.locator("#id_nik").fill("1375014203850003")
    owner.page.locator("#id_brands").fill("Songket Rahmah")
    owner.press("Daftarkan ke e-Smart IKM").sees("Sedang diperiksa petugas")


def add_product(owner, tmp_path):
    owner.press("Isi produk")
    owner.page.locator("#id_name").fill("Songket balapak")
    owner.page.locator("#id_price").fill("1.250.000")
    owner.page.locator("#id_unit").fill("lembar")
    owner.press("Simpan produk").sees("Produk disimpan", "Belum tampil di katalog umum")
    (tmp_path / "songket.jpg").write_bytes(picture())
    owner.press("Tambah foto")
    owner.page.locator("#id_photo").set_input_files(tmp_path / "songket.jpg")
    owner.press("Unggah foto").sees("Foto disimpan", "1 dari 5 foto")
    owner.press("Izinkan tampil di katalog").sees("Songket balapak", "Tampil")


def pass_the_workshop(ikm, person):
    today = timezone.localdate()
    verify(Enrolment.objects.get(), by=officer(roles.IKMA_OFFICER), today=today)
    record_participations(
        esmart(),
        [
            {
                "key": "journey.1",
                "user_id": person.pk,
                "organization_id": ikm.pk,
                "region_id": ikm.region_id,
                "activity": "Lokakarya e-Smart Bukittinggi",
                "kind": "WORKSHOP",
                "completed_on": date(2026, 3, 20),
                "jp": 8,
            }
        ],
    )


def open_shop(owner):
    opened_on = month_after(first_of(timezone.localdate()), -1)
    owner.visit("/esmart/saya/").sees("Lulus lokakarya, belum punya toko").press("Catat toko")
    owner.page.locator("#id_marketplace").select_option(label="Tokopedia")
    owner.page.locator("#id_name").fill("Songket Rahmah")
    owner.page.locator("#id_url").fill("https://tokopedia.com/songketrahmah")
    owner.page.locator("#id_opened_on").fill(f"{opened_on:%d/%m/%Y}")
    owner.press("Simpan toko").sees("1 bulan belum dilaporkan")


def report_sales(owner):
    last_month = month_after(first_of(timezone.localdate()), -1)
    owner.press(f"Laporkan {bulan(last_month)}")
    owner.page.locator("#id_orders").fill("7")
    owner.page.locator("#id_units").fill("9")
    owner.page.locator("#id_turnover").fill("1.750.000")
    owner.press("Kirim laporan").sees("tersimpan")
