"""What the owner does on her telephone, step by step."""

import re
from datetime import timedelta

from django.utils import timezone

from programs.models import Organization
from subsidies.enums import ApplicationStatus
from subsidies.models import Application
from tests.programs.evil_files import noise, pdf

PASSWORD = "mesin bordir baru 2026"
EMAIL = "rahmah@contoh.id"
BUSINESS = "CV Sandang Contoh"


def sign_up(owner, mailoutbox):
    """An account by e-mail, confirmed with the link in the mail."""
    owner.visit("/").press("Masuk")
    owner.press("Buat akun", exact=False)
    page = owner.page
    page.get_by_label("Nama lengkap").fill("Rahmah Contoh")
    page.get_by_label("Surel").fill(EMAIL)
    page.get_by_label("Nomor telepon").fill("0812 3456 7890")
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    owner.press("Buat akun")
    link = re.search(r"https?://\S+/akun/confirm-email/\S+", mailoutbox[-1].body).group()
    owner.visit(link[link.index("/akun/") :])
    owner.send()
    sign_in(owner)


def sign_in(owner):
    owner.visit("/akun/login/")
    owner.page.locator("#id_login").fill(EMAIL)
    owner.page.locator("#id_password").fill(PASSWORD)
    owner.press("Masuk")


def register_business(owner):
    """The business goes into the register; nobody has to approve it before she goes on."""
    owner.visit("/beranda/").visit("/organisasi/baru/")
    page = owner.page
    page.locator("#id_name").fill(BUSINESS)
    page.locator("#id_legal_form").select_option("CV")
    page.locator("#id_nib").fill("9120001234567")
    page.locator("#id_kbli_code").fill("14111")
    page.locator("#id_region").select_option("13.75")
    page.locator("#id_address").fill("Jalan Kinantan 4")
    page.locator("#id_owner_name").fill("Rahmah Contoh")
    page.locator("#id_nik").fill("1375014203850003")
    page.locator("#id_workers").fill("12")
    page.locator("#id_investment").fill("640.000.000")
    owner.send()
    assert Organization.objects.get(name=BUSINESS).ikm.masked_nik == "1375 •••• •••• 0003"


def check_eligibility(owner):
    """The open check says likely eligible, and what it would come to."""
    owner.visit("/bantuan-mesin/").visit("/bantuan-mesin/cek-kelayakan/")
    page = owner.page
    page.locator("#id_workers").fill("12")
    page.locator("#id_investment").fill("640000000")
    page.locator("#id_kbli_code").fill("14111")
    page.locator("[name$=name]:not([type=hidden])").first.fill("Mesin bordir komputer")
    page.get_by_role("radio", name="Buatan dalam negeri").first.check()
    page.locator("[name$=price]").first.fill("100.000.000")
    owner.press("Lihat hasilnya")
    owner.sees("Rp30.000.000", "Skala usaha", "Tidak dapat dipastikan")


def open_application(owner):
    owner.press("Mulai permohonan", exact=False)
    if owner.page.url.rstrip("/").endswith("ajukan") or "/ajukan/" in owner.page.url:
        owner.send()
    owner.sees("Bagian permohonan", "Data usaha")


def fill_in(owner, folder):
    """Every part of the form, with real files; a bad answer and a bad file on the way."""
    application = Application.objects.get()
    papers = _papers(folder)
    base = f"/bantuan-mesin/permohonan/{application.pk}/"
    page = owner.page

    owner.visit(f"{base}bagian/usaha/")
    page.locator("#id_other_scheme_this_year_1").check()
    page.locator("#id_investment").fill("25,5 juta")
    owner.press("Simpan dan lanjutkan")
    owner.sees("25,5 juta")
    page.locator("#id_investment").fill("Rp 640.000.000,-")
    owner.press("Simpan dan lanjutkan")

    owner.visit(f"{base}bagian/kapasitas/")
    page.locator("#id_capacity").fill("1.200 potong seragam")
    page.locator("#id_turnover").fill("600.000.000")
    owner.press("Simpan dan lanjutkan")

    _machine(owner, base, papers)

    owner.visit(f"{base}bagian/berkas/")
    _hand_in_files(owner, papers)
    owner.press("Simpan dan lanjutkan")

    owner.visit(f"{base}bagian/rekening/")
    page.locator("#id_bank_name").fill("Bank Nagari")
    page.locator("#id_account_number").fill("1234567890")
    page.locator("#id_account_holder").fill(BUSINESS)
    _hand_in_files(owner, papers)
    owner.press("Simpan dan lanjutkan")

    owner.visit(f"{base}bagian/pernyataan/")
    page.locator("#id_accepted").check()
    _hand_in_files(owner, papers)
    owner.press("Simpan dan lanjutkan")


def _machine(owner, base, papers):
    page = owner.page
    owner.visit(base)
    machine = Application.objects.get().machines.first()
    if machine is None:
        owner.visit(f"{base}mesin/tambah/")
        page.locator("#id_name").fill("Mesin bordir komputer")
        owner.send()
        machine = Application.objects.get().machines.get()
    owner.visit(f"{base}mesin/{machine.pk}/")
    today = timezone.localdate()
    for name, value in {
        "name": "Mesin bordir komputer",
        "brand": "Tekno",
        "serial_number": "CTH-BRD-0024",
        "year": str(today.year),
        "unit_price": "100.000.000",
        "seller": "PT Mesin Contoh",
        "invoice_number": "INV/2026/0042",
        "bought_on": f"{today - timedelta(days=90):%d/%m/%Y}",
        "paid_on": f"{today - timedelta(days=89):%d/%m/%Y}",
        "installed_on": f"{today - timedelta(days=70):%d/%m/%Y}",
    }.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("#id_is_new_0").check()
    page.locator("#id_origin_0").check()
    page.locator("#id_seller_is_taxable_0").check()
    page.locator("#id_payment_method").select_option("TRANSFER")
    page.locator("input[name='dokumen-DOK11']").set_input_files(papers["html"])
    owner.press("Simpan dan lanjutkan")
    owner.sees("Mesin bordir komputer")
    assert Application.objects.get().machines.get().serial_number == "CTH-BRD-0024"
    owner.visit(f"{base}mesin/{machine.pk}/")
    _hand_in_files(owner, papers)
    owner.press("Simpan dan lanjutkan")


def _hand_in_files(owner, papers):
    """Choose a file for every paper that this page asks for."""
    for field in owner.page.locator("input[type=file]").all():
        name = field.get_attribute("name")
        if field.is_visible() and not name.endswith(("DOK07", "DOK22", "DOK23", "DOK15")):
            field.set_input_files(papers["photo" if name.endswith("DOK17") else "pdf"])
            owner.page.wait_for_timeout(50)


def _papers(folder):
    files = {
        "pdf": ("berkas.pdf", pdf()),
        "photo": ("pelat.jpg", noise((800, 600))),
        "html": ("invoice.jpg", b"<html><script>alert(1)</script></html>"),
    }
    paths = {}
    for name, (filename, content) in files.items():
        paths[name] = folder / filename
        paths[name].write_bytes(content)
    return paths


def hand_in(owner):
    """Check the answers, send, and read what happens next."""
    application = Application.objects.get()
    owner.visit(f"/bantuan-mesin/permohonan/{application.pk}/periksa/")
    owner.sees("Rp30.000.000")
    owner.press("Kirim permohonan", exact=False)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    owner.visit(f"/bantuan-mesin/permohonan/{application.pk}/")
    owner.sees("Berkas Anda sedang diperiksa")


def correct(owner, application, folder):
    """Mend just what was asked for: the serial number and the photo of the plate."""
    base = f"/bantuan-mesin/permohonan/{application.pk}/"
    owner.visit(base).sees("Perlu diperbaiki", "Pada invoice tertulis CTH-BRD-0042.")
    owner.visit(f"{base}mesin/{application.machines.get().pk}/")
    owner.sees("Nomor seri tidak terbaca.")
    owner.page.locator("#id_serial_number").fill("CTH-BRD-0042")
    owner.page.locator("input[name='dokumen-DOK17']").set_input_files(folder / "pelat.jpg")
    owner.press("Simpan dan lanjutkan")
    owner.visit(f"{base}periksa/")
    owner.press("Kirim", exact=False)


def agree_to_the_day(owner, application):
    owner.visit(f"/bantuan-mesin/permohonan/{application.pk}/")
    owner.sees("Siapkan berkas asli.")
    owner.press("Saya akan ada di tempat")


def confirm_minutes(owner, application):
    owner.visit(f"/bantuan-mesin/permohonan/{application.pk}/")
    owner.press("Baca dan setujui berita acara")
    owner.sees("Mesin terpasang dan berjalan.")
    owner.press("Setujui berita acara")
