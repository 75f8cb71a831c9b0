"""The list of applications as a table for Excel, CSV and whoever counts further with it."""

from django.utils import timezone

from programs.spreadsheets import temporary_xlsx
from subsidies.enums import Stage

HEADINGS = [
    "Nomor registrasi",
    "IKM",
    "NIB",
    "Kabupaten/kota",
    "Provinsi",
    "Program",
    "Tahun anggaran",
    "Tahap",
    "Batas waktu",
    "Diajukan pada",
    "Nilai diajukan (Rp)",
    "Nilai diakui (Rp)",
    "Penggantian (Rp)",
    "Petugas",
]
MOST_ROWS_IN_EXCEL = 50_000
AT_ONCE = 2000


def lines(applications):
    """The headings, then a line for each application, read in pieces from the database."""
    yield HEADINGS
    rows = (
        applications.with_stage()
        .order_by("pk")
        .values_list(
            "registration_number",
            "organization__name",
            "organization__nib",
            "site_region__name",
            "site_region__province__name",
            "budget_line__name",
            "budget_line__fiscal_year",
            "stage",
            "due_on",
            "submitted_at",
            "claimed",
            "recognized",
            "reimbursed",
            "assigned_to__name",
        )
    )
    for row in rows.iterator(chunk_size=AT_ONCE):
        line = list(row)
        line[7] = Stage(line[7]).label
        line[9] = timezone.localtime(line[9]).date() if line[9] else None
        yield line


def excel(applications):
    """The same table as a file, gone once it was sent."""
    return temporary_xlsx({"Permohonan": lines(applications)})
