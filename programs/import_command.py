"""What the commands that import a table share. Without ``--commit`` they only look."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programs.models import User
from programs.spreadsheets import TableRefused
from programs.table_import import ImportRefused, TableKind

MOST_DOUBTS = 100


class FileCommand(BaseCommand):
    """A file with columns, looked at or recorded in somebody's name.

    Subclasses give the columns, who may import, and the system's own account: deeds need a doer,
    and those of a command are not those of some officer.
    """

    columns: list
    permission: str
    robot_email: str
    robot_name: str
    who = "petugas yang dapat mengimpor berkas ini"

    def add_arguments(self, parser):
        parser.add_argument(
            "file", type=Path, help=f"Berkas dengan kolom {', '.join(self.columns)}."
        )
        parser.add_argument(
            "--commit", action="store_true", help="Catat; tanpa ini tidak ada yang ditulis."
        )
        parser.add_argument(
            "--by",
            metavar="SUREL",
            help="Petugas yang mencatat. Tanpa ini tercatat atas nama sistem.",
        )

    def doer(self, email):
        """The officer who records, or the system's own account, with which nobody can sign in."""
        if email:
            officer = User.objects.filter(email__iexact=email, is_active=True).first()
            if officer is None or not officer.has_perm(self.permission):
                raise CommandError(f"{email} bukan {self.who}. Periksa surel atau perannya.")
            return officer
        return User.objects.filter(email=self.robot_email).first() or User.objects.create_user(
            self.robot_email, name=self.robot_name, is_active=False
        )


class ImportCommand(FileCommand):
    """Ends with status 1 when any row is refused; then nothing is recorded.

    Subclasses give ``check(file)`` and ``record(file, by=…)`` as well.
    """

    def check(self, file):
        raise NotImplementedError

    def record(self, file, *, by):
        raise NotImplementedError

    @transaction.atomic
    def handle(self, *, file, commit, by, **options):
        try:
            with file.open("rb") as content:
                report = self.record(content, by=self.doer(by)) if commit else self.check(content)
        except OSError as problem:
            raise CommandError(f"Berkas {file} tidak dapat dibuka: {problem.strerror}.") from None
        except (TableRefused, ImportRefused) as refusal:
            raise CommandError(str(refusal)) from None
        for column in report.unknown:
            self.stdout.write(f"Kolom {column} tidak dikenal dan diabaikan.")
        for note in report.notes:
            self.stdout.write(note)
        for row in report.refused:
            for sentence in row.sentences():
                self.stdout.write(self.style.ERROR(sentence))
        is_done = commit and not report.refused
        self.tell(report, is_done=is_done)
        if report.refused:
            raise CommandError(
                f"{len(report.refused)} baris ditolak; tidak ada yang dicatat. Perbaiki atau "
                "hapus baris itu, lalu jalankan lagi."
            )
        if not commit:
            self.stdout.write("Ini pratinjau. Jalankan lagi dengan --commit untuk mencatat.")

    def tell(self, report, *, is_done):
        """What became of the rows that were not refused."""
        doubts = [words for row in report.doubtful for words in row.doubt_sentences()]
        for words in doubts[:MOST_DOUBTS]:
            self.stdout.write(self.style.WARNING(f"Periksa. {words}"))
        if len(doubts) > MOST_DOUBTS:
            self.stdout.write(f"… dan {len(doubts) - MOST_DOUBTS} hal lain untuk diperiksa.")
        self.stdout.write(
            f"{len(report.ready)} {'dicatat' if is_done else 'dapat dicatat'}, "
            f"{len(report.changed)} {'diperbarui' if is_done else 'dapat diperbarui'}, "
            f"{len(report.known)} sudah tercatat, {len(report.refused)} ditolak."
        )


class KindImportCommand(ImportCommand):
    """The command of a kind of table that also has a page in the admin (``admin_import``)."""

    kind: TableKind

    @property
    def permission(self):
        return self.kind.permission

    @property
    def columns(self):
        return self.kind.columns

    def check(self, file):
        return self.kind.check(file)

    def record(self, file, *, by):
        return self.kind.record(file, by=by)
