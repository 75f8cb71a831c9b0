import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.demo_data import national
from config.demo_data.people import ADMIN_EMAIL, PASSWORD, sign_ins
from config.demo_data.season import load
from partnerships.models import Competence
from programs.demo_accounts import DEMO_TOTP_SECRET
from programs.models import IssuedPaper, Organization, Region, User
from subsidies.models import Application, Scheme

PERIOD = 30  # seconds for which a code holds


class Command(BaseCommand):
    """Fill an empty database with an invented season, once. In production it refuses.

    ``--scale national`` goes on to the size that the ministry published of its programs.
    """

    help = "Mengisi basis data kosong dengan data contoh, atau menunjukkan cara masuknya."

    def add_arguments(self, parser):
        parser.add_argument(
            "--sign-ins", action="store_true", help="Tampilkan akun contoh untuk setiap peran."
        )
        parser.add_argument(
            "--code", action="store_true", help="Tampilkan kode langkah kedua yang berlaku kini."
        )

        parser.add_argument(
            "--scale",
            choices=["small", "national"],
            default="small",
            help=(
                "small: satu musim, setengah menit. national: ditambah sampai jumlah yang "
                "diumumkan kementerian (4.997 PKS, 1,6 juta peserta kampanye), beberapa menit."
            ),
        )

    def handle(self, *, sign_ins, code, scale, **options):
        if settings.PRODUCTION:
            raise CommandError(
                "Data contoh tidak boleh ada dalam sistem yang sesungguhnya: akunnya dikenal semua "
                "orang. Jalankan tanpa BINA_ENV=production."
            )
        if code:
            self.stdout.write(current_code())
        elif sign_ins:
            self.stdout.write(table_of_sign_ins())
        elif scale == "national":
            self.fill_nation()
        else:
            self.fill()

    def fill_nation(self):
        """Whatever of it is missing: an interrupted run is taken up by the next one."""
        if is_loaded() and national.counted() == national.PUBLISHED:
            self.stdout.write("Data contoh berskala nasional sudah ada; tidak ada yang diubah.")
            return
        self.fill()
        officers = {
            key: User.objects.get(email=f"{key}@bina.example") for key in ("ikma", "bpsdmi")
        }
        national.load(
            national.PUBLISHED,
            officers=officers,
            today=timezone.localdate(),
            say=lambda words: self.stdout.write(f"  {words}"),
        )
        total = {name: national.grouped(one) for name, one in national.counted()._asdict().items()}
        self.stdout.write(
            "Data contoh berskala nasional siap: {schools} SMK, {companies} perusahaan, "
            "{agreements} PKS, {webinars} webinar, {webinar_participants} peserta, {enrolments} "
            "pendaftaran e-Smart, omzet Rp{turnover}, {campaign} peserta kampanye.".format(**total)
        )

    def fill(self):
        if is_loaded():
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


def is_loaded():
    return User.objects.filter(email=ADMIN_EMAIL).exists()


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
