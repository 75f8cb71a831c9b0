"""What the commands that bring in reference data share: files in, officers' edits kept."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand


class ReferenceCommand(BaseCommand):
    """Loads rows of CSV files into the register. Safe to run twice.

    What officers have edited stays as it is, unless ``--overwrite`` is given.
    """

    default_folder: Path

    def add_arguments(self, parser):
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Kembalikan isian yang diubah petugas ke isi berkas.",
        )
        parser.add_argument(
            "--folder",
            type=Path,
            default=self.default_folder,
            help="Folder yang berisi berkas CSV.",
        )

    def keep(self, noun, register, key, wanted):
        """Create the rows that are missing; of the others, mend only what --overwrite allows.

        Returns the created ones.
        """
        identity = key_reader(key)
        present = {identity(one): one for one in register.all()}
        created = [one for one in wanted if identity(one) not in present]
        edited = []
        for one in wanted:
            stored = present.get(identity(one))
            if stored and (changes := differences(stored, one)):
                edited.append(stored)
                for name in changes:
                    setattr(stored, name, getattr(one, name))
        register.bulk_create(created)
        if self.overwrite:
            for stored in edited:
                stored.save()
        said = f"{noun}: {len(wanted)} di berkas, {len(created)} baru"
        if edited and self.overwrite:
            said += f", {len(edited)} dikembalikan ke isi berkas"
        elif edited:
            said += f", {len(edited)} dibiarkan seperti diubah petugas"
        self.stdout.write(f"{said}.")
        return created


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def key_reader(names):
    return lambda record: tuple(getattr(record, name) for name in names)


def differences(stored, wanted):
    """The fields that the file fills and that stand otherwise in the register."""
    return [
        field.attname
        for field in wanted._meta.concrete_fields
        if field.attname not in {"id", "created_at"}
        and getattr(wanted, field.attname) not in ("", None)
        and getattr(stored, field.attname) != getattr(wanted, field.attname)
    ]
