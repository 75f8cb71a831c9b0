"""Companies from a file: register entry and profile."""

from partnerships.models import CompanyProfile
from programs.enums import OrganizationKind
from programs.models import Organization
from programs.party_import import (
    PartyImport,
    PartyRow,
    read_kbli,
    read_nib,
    read_npwp,
    whole_number,
)

COLUMNS = [
    "nib", "nama", "npwp", "kbli", "kode_kabkota", "alamat", "jumlah_tenaga_kerja",
]  # fmt: skip
MANUFACTURING = range(10, 34)


class CompanyImport(PartyImport):
    columns = COLUMNS
    number = "nib"
    kind = OrganizationKind.COMPANY
    profile_model = CompanyProfile
    profile_name = "company"

    def read_rows(self, lines, report):
        return [self._read(number, values) for number, values in lines]

    def _read(self, number, values):
        row = PartyRow(number=number, key="")
        row.key = row.read("nib", values["nib"], read_nib) or ""
        self.read_place(row, values)
        row.organization_values["npwp"] = row.read("npwp", values["npwp"], read_npwp)
        kbli = row.read("kbli", values["kbli"], read_kbli)
        if kbli and int(kbli[:2]) not in MANUFACTURING:
            words = f"{kbli} bukan KBLI industri pengolahan (10 sampai 33). Periksa angkanya."
            row.doubt("kbli", words)
        row.profile_values = {
            "kbli_code": kbli,
            "workers": row.read(
                "jumlah_tenaga_kerja",
                values["jumlah_tenaga_kerja"],
                lambda cell: whole_number(cell, what="jumlah tenaga kerja"),
            ),
        }
        return row

    def look_closer(self, rows):
        """A NIB that the register knows as an IKM: perhaps the same business, under two kinds."""
        numbers = {row.key for row in rows if row.is_new} - {""}
        ikm = Organization.objects.of_kind(OrganizationKind.IKM).filter(nib__in=numbers)
        names = dict(ikm.values_list("nib", "name"))
        for row in rows:
            if row.key in names and row.is_new:
                words = f"NIB ini juga milik IKM {names[row.key]}. Pastikan usahanya memang dua."
                row.doubt("nib", words)
