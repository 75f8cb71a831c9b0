"""The cells of a table of agreements that have words of their own: scope and launch phase."""

import re

from partnerships.enums import ScopeKind
from partnerships.models.phase import ROMAN
from programs.table_import import words_of

SCOPE_WORDS = {
    "kurikulum": ScopeKind.CURRICULUM,
    "pkl": ScopeKind.INTERNSHIP,
    "magang_guru": ScopeKind.TEACHER_INTERNSHIP,
    "guru_tamu": ScopeKind.GUEST_TEACHER,
    "kunjungan": ScopeKind.VISIT,
    "kelas_industri": ScopeKind.INDUSTRY_CLASS,
    "teaching_factory": ScopeKind.TEACHING_FACTORY,
    "sertifikasi": ScopeKind.CERTIFICATION,
    "peralatan": ScopeKind.EQUIPMENT,
    "rekrutmen": ScopeKind.RECRUITMENT,
    "beasiswa": ScopeKind.SCHOLARSHIP,
}
WORD_OF = {kind: word for word, kind in SCOPE_WORDS.items()}


def read_scope(cell):
    """The kinds of scope of a cell like “pkl; guru_tamu”; raises a sentence for another word."""
    kinds = []
    for typed in re.split(r"[;,|\n]", str(cell)):
        word = re.sub(r"[\s\-_]+", "_", typed.strip().casefold())
        if not word:
            continue
        if word not in SCOPE_WORDS:
            raise ValueError(
                f"“{typed.strip()[:40]}” bukan lingkup yang dikenal. Pilih dari: "
                f"{', '.join(SCOPE_WORDS)}; dengan titik koma di antaranya."
            )
        if SCOPE_WORDS[word] not in kinds:
            kinds.append(SCOPE_WORDS[word])
    return kinds


def read_phase(cell):
    """The number of a launch phase, written I to X or 1 to 10; None for an empty cell."""
    typed = words_of(cell).upper().removeprefix("TAHAP").strip()
    if typed in ("", "-"):
        return None
    if typed in ROMAN:
        return ROMAN.index(typed) + 1
    if typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= len(ROMAN):
        return int(typed)
    raise ValueError(f"Tahap peluncuran ditulis I sampai X. Anda menulis “{typed[:20]}”.")
