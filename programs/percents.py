"""Percent with up to two decimals, kept as whole hundredths: 9977 stands for “99,77”."""

import re
from decimal import Decimal

from programs.rupiah import group_thousands

TYPED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]{1,7})(?:,([0-9]{1,2}))?")


def parse_percent(typed):
    """Hundredths of ``18,3``, ``99,77 %`` or ``30 persen``; a ``ValueError`` says what to write.

    Numbers from a spreadsheet are taken as they are shown: 18.3 is 18,3.
    """
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        typed = f"{Decimal(str(typed)):f}".replace(".", ",")
    text = " ".join(str("" if typed is None else typed).split())
    found = TYPED.fullmatch(re.sub(r"\s*(%|persen)$", "", text, flags=re.IGNORECASE))
    if not found:
        said = f"Tertulis “{text[:30]}”." if text else "Sel ini kosong."
        raise ValueError(
            f"Tulis persen dengan paling banyak dua angka di belakang koma, misalnya 18,3. {said}"
        )
    whole, part = found.groups()
    return int(whole.replace(".", "")) * 100 + int((part or "").ljust(2, "0"))


def format_percent(hundredths):
    """“99,77”, “18,3” or “30”, without the word or the sign."""
    whole, part = divmod(abs(hundredths), 100)
    shown = f"{group_thousands(whole)},{part:02}".rstrip("0").rstrip(",")
    return f"{'−' if hundredths < 0 else ''}{shown}"
