"""What officers do at the desk, each with a second factor, and the verifier on a telephone."""

import time

from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from django.utils import timezone

from tests.axe import DESK
from tests.factories.programs import PASSWORD, TOTP_SECRET, officer

ADMIN = "admin:subsidies_application_"


def code():
    """The six figures that the officer's telephone shows now."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(TOTP_SECRET, counter))


class Officer:
    """Somebody of the ministry with one role, signed in at a screen of their own."""

    def __init__(self, visitor, role, size=DESK):
        self.person = officer(role, name=f"Petugas {role}", confirmed=True)
        self.at = visitor(size)
        self.page = self.at.page
        self.at.visit("/admin/")
        self.page.locator("#id_login").fill(self.person.email)
        self.page.locator("#id_password").fill(PASSWORD)
        self.at.press("Masuk")
        self.page.locator("#id_code").fill(code())
        self.at.press("Masuk")

    def queue(self):
        return self.at.visit(reverse(f"{ADMIN}changelist"))

    def open(self, application, page="change"):
        return self.at.visit(reverse(f"{ADMIN}{page}", args=[application.pk]))

    def decide(self, application, label, **typed):
        """Choose a decision on the record page, write what it needs, and save it."""
        self.open(application)
        panel = self.page.locator(".decide")
        for fold in panel.locator("details:not([open]) > summary").all():
            fold.click()
        choice = panel.get_by_role("radio", name=label)
        if choice.count():
            choice.check()
        for name, value in typed.items():
            field = panel.locator(f"#kep_{name}")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.at.follow(panel.locator("form[action*=keputusan] button[type=submit]").last)
        return self

    def check_files(self, application, *, refuse=None, note=""):
        """One file after another; the one called ``refuse`` is sent back with a note."""
        self.open(application)
        for file in application.documents.current().filter(check_state="PENDING"):
            self.at.page.goto(
                f"{self.at.origin}{reverse(f'{ADMIN}change', args=[application.pk])}"
                f"?berkas={file.pk}"
            )
            form = self.page.locator("form[action*='/berkas/']")
            if file.kind == refuse:
                form.locator("textarea").fill(note)
                form.get_by_role("button", name="Minta perbaikan").click()
            else:
                form.get_by_role("button", name="Terima").click()
            self.page.wait_for_load_state()
        self.at.look()

    def pin_note(self, application, field, text):
        self.open(application)
        form = self.page.locator("#catatan-baru")
        form.locator("select").select_option(label=field)
        form.locator("textarea").fill(text)
        self.at.follow(form.get_by_role("button", name="Tambah catatan"))


def schedule_visit(verifier, application):
    verifier.open(application, "visit")
    page = verifier.page
    page.locator("[name=day]").first.fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=hour]").first.fill("23.30")
    page.locator("[name=message]").first.fill("Siapkan berkas asli.")
    verifier.at.press("Simpan jadwal")


def conduct_visit(verifier, application, photo):
    verifier.open(application, "visit")
    page = verifier.page
    page.locator("input[type=file]").set_input_files(photo)
    page.locator("[name=caption]").fill("Pelat nama mesin")
    verifier.at.press("Simpan foto")
    for yes in page.get_by_role("radio", name="Sesuai", exact=True).all():
        yes.check()
    page.locator("[name=met_with]").fill("Rahmah Contoh, pemilik")
    page.locator("[name=findings]").fill("Mesin terpasang dan berjalan.")
    verifier.at.press("Kirim hasil kunjungan")


def assess(assessor, application):
    """Ten million of tax are not recognized; the rest is."""
    assessor.open(application, "assess")
    page = assessor.page
    row = page.locator(".cut-row").first
    row.locator("select").select_option("TAX")
    row.locator("input").first.fill("10.000.000")
    assessor.at.press("Hitung ulang")
    assessor.at.sees("Rp27.000.000")
    assessor.at.press("Tetapkan nilai")


def issue_decree(ppk, number):
    ppk.at.visit(reverse(f"{ADMIN}decree"))
    page = ppk.page
    page.locator("[name=permohonan]").first.check()
    page.locator("[name=number]").fill(number)
    page.locator("[name=signed_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=signatory]").fill("Direktur Jenderal IKMA")
    ppk.at.send()
