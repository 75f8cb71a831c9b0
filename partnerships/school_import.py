"""Schools from a file: register entry, profile and the competences they teach."""

from partnerships.competence_codes import CompetenceCodes
from partnerships.enums import Accreditation, SchoolStatus
from partnerships.models import SchoolCompetence, SchoolProfile
from programs.enums import OrganizationKind
from programs.identifiers import normalize_npsn
from programs.party_import import PartyImport, PartyRow, whole_number
from programs.table_import import digits_of, words_of

COLUMNS = [
    "npsn", "nama", "status", "akreditasi", "kode_kabkota", "alamat", "jumlah_siswa", "kompetensi",
]  # fmt: skip
NOT_ACCREDITED = {"belum terakreditasi", "tidak terakreditasi", "belum", "tt"}


class SchoolImport(PartyImport):
    columns = COLUMNS
    number = "npsn"
    kind = OrganizationKind.SCHOOL
    profile_model = SchoolProfile
    profile_name = "school"

    def read_rows(self, lines, report):
        codes = CompetenceCodes()
        rows = [self._read(number, values, codes) for number, values in lines]
        report.notes = codes.notes()
        return rows

    def _read(self, number, values, codes):
        row = PartyRow(number=number, key="")
        row.key = row.read("npsn", values["npsn"], _npsn) or ""
        self.read_place(row, values)
        row.profile_values = {
            "status": row.read("status", values["status"], _status),
            "accreditation": row.read("akreditasi", values["akreditasi"], _accreditation),
            "pupils": row.read(
                "jumlah_siswa",
                values["jumlah_siswa"],
                lambda cell: whole_number(cell, what="jumlah siswa"),
            ),
        }
        row.competences = row.read("kompetensi", values["kompetensi"], codes.read) or []
        return row

    def known_competences(self, profiles):
        taught = SchoolCompetence.objects.filter(school__in=profiles)
        return taught.order_by().values_list("school_id", "competence_id")

    def write_competences(self, rows):
        SchoolCompetence.objects.bulk_create(
            SchoolCompetence(school=row.profile, competence=one)
            for row in rows
            for one in row.new_competences
        )


def _npsn(cell):
    return normalize_npsn(digits_of(cell))


def _status(cell):
    typed = words_of(cell).casefold()
    if not typed:
        return ""
    for status in SchoolStatus:
        if typed in (status.label, status.label[0]):
            return status.value
    raise ValueError(f"Tulis negeri atau swasta. Anda menulis “{typed[:40]}”.")


def _accreditation(cell):
    typed = words_of(cell).casefold()
    if typed in ("", "-"):
        return ""
    if typed in NOT_ACCREDITED:
        return Accreditation.NONE.value
    if typed.upper() in ("A", "B", "C"):
        return typed.upper()
    raise ValueError(f"Tulis A, B, C, atau belum terakreditasi. Anda menulis “{typed[:40]}”.")
