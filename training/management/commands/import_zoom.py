from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programs.dates import ZONES
from programs.models import User
from programs.transitions import TransitionNotAllowed
from training.models import Event
from training.permissions import can_run
from training.zoom_import import ImportRefused, check, record
from training.zoom_report import ReportRefused


class Command(BaseCommand):
    """Record who was in an online session. Without ``--commit`` only says what would be recorded.

    Ends with status 1 when any line is refused; then nothing is recorded.
    """

    help = "Mencatat laporan peserta Zoom untuk satu sesi. Tanpa --commit hanya pratinjau."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="Laporan peserta seperti diekspor dari Zoom.")
        parser.add_argument("--event", required=True, metavar="ALAMAT", help="Alamat kegiatan.")
        parser.add_argument("--session", required=True, type=int, help="Nomor sesi.")
        parser.add_argument(
            "--zone", default="WIB", choices=list(ZONES), help="Zona waktu jam di laporan itu."
        )
        parser.add_argument(
            "--commit", action="store_true", help="Catat; tanpa ini tidak ada yang ditulis."
        )
        parser.add_argument("--by", metavar="SUREL", help="Petugas yang mencatat.")

    def handle(self, *, file, event, session, zone, commit, by, **options):
        session = session_of(event, session)
        officer = officer_of(by, session.event) if by else None
        try:
            with file.open("rb") as content:
                preview = check(session, content, zone=ZONES[zone])
                self.tell(preview)
                if commit and not preview.problems:
                    result = record(session, content, zone=ZONES[zone], by=officer)
        except OSError as problem:
            raise CommandError(f"Berkas {file} tidak dapat dibuka: {problem.strerror}.") from None
        except (ReportRefused, ImportRefused, TransitionNotAllowed) as refusal:
            raise CommandError(str(refusal)) from None
        if preview.problems:
            raise CommandError(
                f"{len(preview.problems)} baris ditolak; tidak ada yang dicatat. Perbaiki atau "
                "hapus baris itu, lalu jalankan lagi."
            )
        if commit:
            self.stdout.write(
                f"Dicatat: {result.matched} orang cocok, {result.enough} cukup lama hadir, "
                f"{result.unmatched} belum cocok."
            )
        else:
            self.stdout.write("Ini pratinjau. Jalankan lagi dengan --commit untuk mencatat.")

    def tell(self, preview):
        for line, column, sentence in preview.problems:
            self.stdout.write(self.style.ERROR(f"Baris {line}, kolom {column}: {sentence}"))
        for row in preview.rows:
            who = (
                f"peserta {row.registration.name} (lewat {row.by})"
                if row.registration
                else "belum cocok"
            )
            self.stdout.write(f"{row.name}: {row.minutes} menit, {who}")
        if preview.misses:
            self.stdout.write(
                self.style.WARNING(
                    "Tidak seorang pun ada di Zoom pada jam sesi ini. Periksa sesi dan --zone."
                )
            )


def session_of(slug, number):
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        raise CommandError(f"Tidak ada kegiatan dengan alamat {slug}. Periksa ejaannya.")
    session = event.sessions.filter(number=number).first()
    if session is None:
        raise CommandError(f"Kegiatan {event} tidak mempunyai sesi {number}.")
    return session


def officer_of(email, event):
    officer = User.objects.filter(email__iexact=email, is_active=True).first()
    if officer is None or not can_run(officer, event):
        raise CommandError(
            f"{email} bukan petugas yang menyelenggarakan {event}. Periksa surelnya."
        )
    return officer
