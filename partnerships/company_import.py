"""Companies from a file: register entry and profile."""

from partnerships.models import CompanyProfile
from partnerships.party_import import PartyImport, PartyRow, whole_number
from programs.enums import OrganizationKind
from programs.identifiers import normalize_kbli, normalize_nib, normalize_npwp
from programs.models import Organization
from programs.table_import import digits_of, words_of

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
        row.organization_values["npwp"] = row.read("npwp", values["npwp"], _npwp)
        kbli = row.read("kbli", values["kbli"], _kbli)
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


def read_nib(cell):
    return normalize_nib(digits_of(cell))


def _npwp(cell):
    return normalize_npwp(digits_of(cell)) if words_of(cell) not in ("", "-") else ""


def _kbli(cell):
    return normalize_kbli(digits_of(cell)) if words_of(cell) not in ("", "-") else ""
