"""Whole rupiah as people write and read them. Never a float on the way."""

import math
import re

from num2words import num2words

LARGEST = 999_999_999_999_999

ENDING = re.compile(r"(?:[.,](?:--?|[–—])|,00)$")
LARGE = [(10**12, "triliun"), (10**9, "miliar"), (10**6, "juta")]
CURRENCY = re.compile(r"^(?:rp|idr)\s*[.:]?\s*", re.IGNORECASE)
PLAIN = re.compile(r"[0-9]+")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(\.)[0-9]{3}(?:\1[0-9]{3})*|( )[0-9]{3}(?:\2[0-9]{3})*)")
WITH_A_WORD = re.compile(r"([0-9]+(?:[.,][0-9]+)*)\s*([a-z]+)\.?", re.IGNORECASE)
ZEROS_OF_A_WORD = {
    **dict.fromkeys(["ribu", "rb", "k"], 3),
    **dict.fromkeys(["juta", "jt", "jta", "jtaan"], 6),
    **dict.fromkeys(["miliar", "milyar", "milliar", "mlr", "m"], 9),
    **dict.fromkeys(["triliun", "trilyun", "t"], 12),
}


def parse_rupiah(value):
    """Read an amount of whole rupiah; what cannot be read is explained in a ``ValueError``.

    Accepted are ``25.000.000``, ``25000000``, ``Rp 25.000.000,-``, ``Rp25.000.000,00`` and whole
    numbers from a spreadsheet. Nothing is guessed: ``25,5 juta`` is answered with an example.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = math.isfinite(value) and value == int(value)
        typed = str(int(value)) if whole else str(value).replace(".", ",")
    else:
        typed = " ".join(str("" if value is None else value).split())
    text = CURRENCY.sub("", typed, count=1).strip()
    digits = ENDING.sub("", text).strip()
    if not text:
        raise ValueError("Tulis jumlah rupiah, misalnya 25.000.000.")
    if not (PLAIN.fullmatch(digits) or GROUPED.fullmatch(digits)):
        raise ValueError(f"{_advice(text)} Anda menulis “{_shortened(typed)}”.")
    amount = int(re.sub(r"[. ]", "", digits))
    if amount > LARGEST:
        raise ValueError(
            f"Jumlah ini terlalu besar, paling besar {group_thousands(LARGEST)}. "
            f"Anda menulis “{_shortened(typed)}”."
        )
    return amount


def format_rupiah(amount):
    """``Rp1.500.000``, as official spelling wants it: no space, dots between thousands."""
    return f"{'−' if amount < 0 else ''}Rp{group_thousands(abs(amount))}"


def group_thousands(amount):
    return f"{amount:,}".replace(",", ".")


def in_short(amount):
    """A number as headlines say it: “3,27 miliar”, “1,6 juta”, and below a million “13.871”.

    Rounded to a hundredth of the word.
    """
    sign, amount = "−" if amount < 0 else "", abs(amount)
    if amount < LARGE[-1][0]:
        return f"{sign}{group_thousands(amount)}"
    # 999,995 of the smaller word is rounded to one of the larger.
    size, word = next(pair for pair in LARGE if amount * 200_000 >= pair[0] * 199_999)
    whole, rest = divmod((amount * 100 + size // 2) // size, 100)
    part = f",{rest:02}".rstrip("0").rstrip(",")
    return f"{sign}{group_thousands(whole)}{part} {word}"


def in_words(amount):
    """The amount as receipts spell it out (*terbilang*): “satu juta lima ratus ribu rupiah”."""
    words = num2words(abs(amount), lang="id")
    return f"{'minus ' if amount < 0 else ''}{words} rupiah"


def _advice(text):
    """What to write instead, with the very amount as example where it can be understood."""
    if text[0] in "-−–" or (text[0], text[-1]) == ("(", ")"):
        return "Tulis jumlah tanpa tanda minus, misalnya 25.000.000."
    if meant := WITH_A_WORD.fullmatch(text):
        return f"Tulis angka lengkap tanpa kata, misalnya {_example(*meant.groups())}."
    if re.search(r"[^\W\d_]", text):
        return "Tulis angka lengkap tanpa kata, misalnya 25.000.000."
    if cents := re.fullmatch(r"([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+),[0-9]{1,2}", text):
        rupiah = int(cents[1].replace(".", ""))
        if rupiah < 1000:  # more likely millions with the word left out than rupiah and sen
            return "Tulis angka lengkap tanpa koma, misalnya 25.000.000."
        return f"Tulis rupiah bulat tanpa sen, misalnya {group_thousands(rupiah)}."
    if re.fullmatch(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?", text):
        rupiah = int(text.partition(".")[0].replace(",", ""))
        return f"Pisahkan ribuan dengan titik, bukan koma, misalnya {group_thousands(rupiah)}."
    if re.fullmatch(r"[0-9.]+", text):
        return "Titik memisahkan tiap tiga angka dari belakang, misalnya 25.000.000."
    return "Tulis rupiah dengan angka saja, misalnya 25.000.000."


def _example(number, word):
    """25.500.000 for “25,5 juta”: both “25,5” and “25.5” mean a half here."""
    zeros = ZEROS_OF_A_WORD.get(word.lower())
    if "," in number or re.fullmatch(r"[0-9]+(?:\.[0-9]{3})+", number):
        number = number.replace(".", "")
    whole, _, part = number.replace(",", ".").partition(".")
    if zeros is None or len(part) > zeros or not (part or "0").isdecimal():
        return "25.000.000"
    return group_thousands(int(whole + part.ljust(zeros, "0")))


def _shortened(typed):
    return typed if len(typed) <= 40 else f"{typed[:39]}…"
