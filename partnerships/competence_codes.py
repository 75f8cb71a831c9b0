"""The codes of competences as people write them in a cell: “1.4.1; 2022:2.1.1”."""

import re

from partnerships.enums import Curriculum
from partnerships.models import Competence

ONE = re.compile(r"(?:(2018|2022)\s*[:/]\s*)?([0-9]{1,2}(?:\.[0-9]{1,2}){2})")
# “1.4.1” typed into a cell that is not text becomes the first of April 2001.
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\b.*")


class CompetenceCodes:
    """All competences by code, asked for once.

    Some codes stand in both curricula for different competences. Such a code is read as that of
    2018, as older agreements have it, unless 2022 is written before it. ``ambiguous`` collects
    those that were read so.
    """

    def __init__(self):
        self._found = {(one.curriculum, one.code): one for one in Competence.objects.all()}
        self.ambiguous = set()
        self._read = {}

    def read(self, cell):
        """The competences that a cell names; raises ``ValueError`` with a sentence."""
        # Thousands of rows name the same few competences.
        if cell not in self._read:
            self._read[cell] = self._competences(cell)
        return self._read[cell]

    def _competences(self, cell):
        found = []
        for typed in re.split(r"[;,|\n]", str(cell)):
            if (typed := typed.strip()) and (one := self._one(typed)) not in found:
                found.append(one)
        return found

    def _one(self, typed):
        if A_DAY.fullmatch(typed):
            raise ValueError(
                f"Excel mengubah kode ini menjadi tanggal ({typed[:10]}). Ubah format kolom "
                "kompetensi menjadi Teks, ketik ulang kodenya, lalu simpan."
            )
        match = ONE.fullmatch(typed)
        if match is None:
            raise ValueError(
                f"“{typed[:40]}” bukan kode kompetensi. Tulis seperti 1.4.1 atau 2022:2.1.1, "
                "dengan titik koma di antaranya."
            )
        year, code = match.groups()
        if year:
            competence = self._found.get((int(year), code))
            where = f"tidak ada di Spektrum {year}"
        else:
            older, newer = (self._found.get((curriculum, code)) for curriculum in Curriculum)
            if older and newer:
                self.ambiguous.add(code)
            competence = older or newer
            where = "tidak ada di Spektrum 2018 maupun 2022"
        if competence is None:
            raise ValueError(
                f"Kode {code} {where}. Cocokkan dengan lembar Kode kompetensi pada templat."
            )
        return competence

    def notes(self):
        """What to say of the file as a whole: how codes of two meanings were read."""
        if not self.ambiguous:
            return []
        codes = sorted(self.ambiguous, key=lambda code: [int(part) for part in code.split(".")])
        told = [
            f"{code} sebagai {self._found[Curriculum.SPECTRUM_2018, code].name}" for code in codes
        ]
        return [
            "Kode ini ada di kedua kurikulum dan dibaca menurut Spektrum 2018: "
            f"{'; '.join(told)}. Untuk Spektrum 2022 tulis tahunnya, misalnya 2022:{codes[0]}."
        ]
