"""The ranks of civil servants (``domain.md`` §10.2): golongan ruang of PNS, golongan of PPPK."""

import re

ROMAN = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
]  # fmt: skip
PNS_RANKS = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
PPPK_RANKS = tuple(ROMAN)
LABELS = {
    **{code: f"{name} ({code})" for code, name in PNS_RANKS.items()},
    **{code: f"PPPK golongan {code}" for code in PPPK_RANKS},
}
CHOICES = [
    ("PNS", [(code, LABELS[code]) for code in PNS_RANKS]),
    ("PPPK", [(code, LABELS[code]) for code in PPPK_RANKS]),
]

EXAMPLE = "Tulis seperti III/c atau Penata (III/c) untuk PNS, dan IX untuk PPPK."
NOTHING = {"", "-", "–", "—"}
# Words that say nothing about which rank it is.
FILLERS = {"golongan", "gol", "ruang", "pangkat", "pns", "pppk"}
# The longest first: “Penata Muda Tingkat I” begins like two others.
NAMES = sorted(
    ((name.lower().split(), code) for code, name in PNS_RANKS.items()),
    key=lambda entry: -len(entry[0]),
)


def rank_label(code):
    """“Penata (III/c)”, “PPPK golongan IX”; a dash for those who are no civil servants."""
    return LABELS[code] if code else "—"


def read_rank(text, *, kind=""):
    """The code of the rank that ``text`` means, "" where it says that there is none.

    “III” alone may be a PPPK's or a PNS's whose room is missing: that ``kind`` tells, PNS or PPPK.
    Raises ``ValueError`` with what to write.
    """
    typed = " ".join(str("" if text is None else text).split())
    if typed in NOTHING:
        return ""
    said = f"Anda menulis “{typed if len(typed) <= 40 else typed[:39] + '…'}”."
    words = _words(typed)
    is_pppk = kind == "PPPK" or "pppk" in words
    named, rest = _without_name([word for word in words if word not in FILLERS])
    if named and not rest:
        return named
    if len(rest) == 2 and _number(rest[0]) is not None and re.fullmatch("[a-z]", rest[1]):
        code = _pns_code(*rest, said)
        if named and named != code:
            raise ValueError(
                f"Pangkat {PNS_RANKS[named]} adalah golongan {named}, bukan {code}. "
                f"Periksa keduanya. {said}"
            )
        return code
    if named or len(rest) != 1 or _number(rest[0]) is None:
        raise ValueError(f"{EXAMPLE} {said}")
    return _pppk_code(_number(rest[0]), is_pppk, said)


def _words(typed):
    """“Penata Tk.I/IIId” as penata, tingkat, i, iii, d."""
    folded = re.sub(r"\bp3k\b", "pppk", typed.lower())
    folded = re.sub(r"\btkt?\b", "tingkat", folded)
    folded = re.sub(r"\btingkat\W*1\b", "tingkat i", folded)
    folded = re.sub(r"\b([ivx]+)([a-h])\b", r"\1 \2", folded)
    return re.findall(r"[a-z]+|[0-9]+", folded)


def _without_name(words):
    """(the code of the rank that the words begin or end with, the other words)."""
    for name, code in NAMES:
        if words[: len(name)] == name:
            return code, words[len(name) :]
        if words[-len(name) :] == name:
            return code, words[: -len(name)]
    return "", words


def _pns_code(number, room, said):
    value = _number(number)
    if not 1 <= value <= 4:
        raise ValueError(
            f"Golongan PNS adalah I sampai IV dengan ruang a sampai e. {EXAMPLE} {said}"
        )
    code = f"{ROMAN[value - 1]}/{room}"
    if code not in PNS_RANKS:
        last = "e" if value == 4 else "d"
        raise ValueError(f"Ruang golongan {ROMAN[value - 1]} adalah a sampai {last}. {said}")
    return code


def _pppk_code(number, is_pppk, said):
    if not 1 <= number <= len(ROMAN):
        raise ValueError(f"Golongan PPPK adalah I sampai XVII. {said}")
    roman = ROMAN[number - 1]
    if number <= 4 and not is_pppk:
        raise ValueError(
            f"Tulis juga ruangnya untuk PNS, misalnya {roman}/a, atau “PPPK {roman}” untuk PPPK. "
            f"{said}"
        )
    return roman


def _number(written):
    """What a Roman or Arabic numeral says; beyond the ranks 99, None for a word."""
    if written.isdigit():
        return min(int(written[:3]), 99)
    roman = written.upper()
    if roman in ROMAN:
        return ROMAN.index(roman) + 1
    return 99 if re.fullmatch("[IVXL]{1,8}", roman) else None
