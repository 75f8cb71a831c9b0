from django.core.management.base import CommandError
from django.utils import timezone

from programs import campaign_import
from programs.campaign_lines import COLUMNS
from programs.esmart_enums import ImportState
from programs.import_command import FileCommand
from programs.models import Campaign
from programs.spreadsheets import TableRefused
from programs.workflow import campaigns

MOST_TOLD = 100


class Command(FileCommand):
    """Record a file of campaign participants of any length; without ``--commit`` only look at it.

    Good lines are recorded, bad ones told of; with any bad line it ends with status 1. Killed in
    the middle and started again with the same file, it goes on where it stopped.
    """

    columns = COLUMNS
    permission = "programs.import_esmart"
    robot_email = "impor-kampanye@sistem.invalid"
    robot_name = "Sistem (impor kampanye)"
    who = "petugas yang dapat mengimpor data e-Smart"
    help = "Mencatat peserta kampanye dari berkas. Baris yang salah ditolak, yang lain dicatat."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--campaign", required=True, metavar="ALAMAT", help="Contoh: semuanya-ada-di-sini."
        )
        parser.add_argument(
            "--batch",
            type=int,
            default=campaign_import.BATCH,
            help="Baris tiap transaksi; berkas yang terhenti dilanjutkan dari batas ini.",
        )

    def handle(self, *, file, campaign, commit, by, batch, **options):
        today = timezone.localdate()
        record = Campaign.objects.filter(slug=campaign).first()
        if record is None:
            raise CommandError(
                f"Kampanye {campaign} tidak ada. Yang ada: "
                f"{', '.join(Campaign.objects.values_list('slug', flat=True)) or 'belum satu pun'}."
            )
        try:
            with file.open("rb") as content:
                if commit:
                    refused = self.record(record, content, file.name, by, today, batch)
                else:
                    refused = self.look(record, content, today)
        except OSError as problem:
            raise CommandError(f"Berkas {file} tidak dapat dibuka: {problem.strerror}.") from None
        except TableRefused as refusal:
            raise CommandError(str(refusal)) from None
        if refused:
            raise CommandError(
                f"{refused} baris ditolak. Perbaiki baris itu, lalu kirim sebagai berkas baru; "
                "yang sudah tercatat tidak dicatat dua kali."
            )

    def look(self, campaign, content, today):
        found = campaign_import.preview(content, campaign, today=today, most_told=MOST_TOLD)
        self.tell_unknown(found.unknown)
        self.tell_refusals(found.refusals, found.refused)
        self.stdout.write(
            f"{found.ready} dapat dicatat, {found.known} sudah tercatat, {found.refused} ditolak."
        )
        self.stdout.write("Ini pratinjau. Jalankan lagi dengan --commit untuk mencatat.")
        return found.refused

    def record(self, campaign, content, name, by, today, batch):
        officer = self.doer(by)
        digest = campaign_import.digest_of(content)
        taken = campaigns.take_in(campaign, sha256=digest, name=name, by=officer)
        if taken.state == ImportState.DONE:
            self.stdout.write(
                f"Berkas ini sudah dicatat: {taken.recorded} tercatat waktu itu, {taken.refused} "
                "ditolak. Sekarang 0 dicatat."
            )
            return 0
        if taken.lines_done:
            self.stdout.write(f"Dilanjutkan sesudah {taken.lines_done} baris.")
        taken = campaigns.start(taken, by=officer)
        taken = campaign_import.go_on(taken, content, today=today, batch=batch)
        if taken.state == ImportState.STOPPED:
            raise CommandError(f"Terhenti sesudah {taken.lines_done} baris. {taken.note}")
        if taken.state == ImportState.RUNNING:
            raise CommandError("Berkas ini sedang dicatat oleh proses lain; biarkan selesai.")
        self.tell_refusals(taken.refusals.all()[:MOST_TOLD], taken.refused)
        self.stdout.write(
            f"{taken.recorded} dicatat, {taken.known} sudah tercatat, {taken.refused} ditolak."
        )
        return taken.refused

    def tell_unknown(self, headings):
        for heading in headings:
            self.stdout.write(f"Kolom {heading} tidak dikenal dan diabaikan.")

    def tell_refusals(self, refusals, number):
        for one in refusals:
            place = f", kolom {one.column}" if one.column else ""
            self.stdout.write(self.style.ERROR(f"Baris {one.line}{place}: {one.words}"))
        if number > MOST_TOLD:
            self.stdout.write(f"… dan {number - MOST_TOLD} baris lain; unduh di meja petugas.")
