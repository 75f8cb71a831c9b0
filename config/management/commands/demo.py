import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.demo_data.people import ADMIN_EMAIL, PASSWORD, sign_ins
from config.demo_data.season import load
from partnerships.models import Competence
from programs.demo_accounts import DEMO_TOTP_SECRET
from programs.models import IssuedPaper, Organization, Region, User
from subsidies.models import Application, Scheme

PERIOD = 30  # seconds for which a code holds


class Command(BaseCommand):
    """Fill an empty database with an invented season, once. In production it refuses."""

    help = "Mengisi basis data kosong dengan data contoh, atau menunjukkan cara masuknya."

    def add_arguments(self, parser):
        parser.add_argument(
            "--sign-ins", action="store_true", help="Tampilkan akun contoh untuk setiap peran."
        )
        parser.add_argument(
            "--code", action="store_true", help="Tampilkan kode langkah kedua yang berlaku kini."
        )

    def handle(self, *, sign_ins, code, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "Data contoh tidak boleh ada dalam sistem yang sesungguhnya: akunnya dikenal semua "
                "orang. Jalankan tanpa BINA_ENV=production."
            )
        if code:
            self.stdout.write(current_code())
        elif sign_ins:
            self.stdout.write(table_of_sign_ins())
        else:
            self.fill()

    def fill(self):
        if User.objects.filter(email=ADMIN_EMAIL).exists():
            self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
            return
        if Scheme.objects.exists() or Organization.objects.of_kind("IKM").exists():
            raise CommandError(
                "Basis data ini sudah berisi data lain. Data contoh hanya diisikan ke basis data "
                "kosong; setel EMBEDDED_DIR ke folder baru untuk memakainya."
            )
        if not Region.objects.exists():
            call_command("load_reference", verbosity=0)
        if not Competence.objects.exists():
            call_command("load_partnerships", verbosity=0)
        self.stdout.write("Mengisi data contoh, sekitar setengah menit …")
        with transaction.atomic():
            load(today=timezone.localdate())
        self.stdout.write(
            f"Data contoh siap: {Scheme.objects.count()} skema, "
            f"{Organization.objects.of_kind('IKM').count()} IKM, "
            f"{Application.objects.count()} permohonan, {IssuedPaper.objects.count()} surat."
        )


def current_code():
    """The six digits that an authenticator app with the demo's secret would show now."""
    return format_hotp_value(hotp_value(DEMO_TOTP_SECRET, int(time.time()) // PERIOD))


def table_of_sign_ins():
    accounts = sign_ins()
    width = max(len(account.role) for account in accounts)
    lines = [
        "Masuk dengan akun contoh. Kata sandi semuanya: " + PASSWORD,
        "",
        *[
            f"  {account.role:<{width}}  {account.email}{'  (*)' if account.needs_code else ''}"
            for account in accounts
        ],
        "",
        "(*) petugas: masukkan juga kode langkah kedua. Kode saat ini: "
        ".venv/bin/python manage.py demo --code,",
        f"    atau tambahkan kunci {DEMO_TOTP_SECRET} ke aplikasi pengautentikasi.",
    ]
    if not settings.DEMO:
        lines.append("    BINA_DEMO belum 1: kunci itu ditolak. Jalankan dengan BINA_DEMO=1.")
    return "\n".join(lines)
