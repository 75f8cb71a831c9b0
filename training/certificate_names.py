"""The name as a certificate can carry it."""

from programs.papers import unprintable_letters

LONGEST = 150


def read_certificate_name(text):
    """The name with single blanks; raises ``ValueError`` with what to write instead."""
    name = " ".join(str(text).split())
    if not any(letter.isalpha() for letter in name):
        raise ValueError("Tulis nama dengan huruf. Contoh: Siti Rahmah, S.T.")
    if len(name) > LONGEST:
        raise ValueError(f"Nama dengan gelar paling panjang {LONGEST} huruf.")
    if odd := unprintable_letters(name):
        raise ValueError(
            f"“{odd}” tidak dapat dicetak di sertifikat. Tulis nama dengan huruf Latin."
        )
    return name
