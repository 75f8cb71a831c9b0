"""Numbers that the state gave to people, businesses and schools.

``normalize_…`` returns the number as it is stored, or raises a ``ValidationError`` that says what
to write and what was written. ``warnings_for_…`` returns doubts in sentences: people whose NIK is
right are turned away elsewhere because a machine thought otherwise (``domain.md`` §G), so doubts
are for a human to weigh and never block.
"""

import re
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from stdnum import luhn

# By Kemendagri, with 54 (Timor Timur) for people born there before 1999. Not from python-stdnum:
# its list is older than four of the six provinces of Papua.
PROVINCE_CODES = {
    *range(11, 20), 21, *range(31, 37), *range(51, 55), *range(61, 66), *range(71, 77), 81, 82,
    *range(91, 97),
}  # fmt: skip

# What people put between digits, and what word processors add unseen.
SEPARATORS = re.compile(r"[\s.\-–/'\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def normalize_nik(value):
    """NIK, 16 digits. Only length and digits are hard facts: it has no check digit."""
    return _digits(value, "NIK", [16], "1375010203040003")


def warnings_for_nik(nik):
    """What makes a NIK look mistyped: an unknown province, or a birth date that never was.

    Where it was first issued says nothing about where the person lives now.
    """
    doubts = []
    if int(nik[:2]) not in PROVINCE_CODES:
        doubts.append(f"Dua angka pertama NIK ({nik[:2]}) bukan kode provinsi yang kami kenal.")
    day, month, year = int(nik[6:8]) % 40, int(nik[8:10]), int(nik[10:12])
    if not (_is_day(1900 + year, month, day) or _is_day(2000 + year, month, day)):
        doubts.append(
            f"Angka ke-7 sampai ke-12 NIK ({nik[6:12]}) biasanya tanggal lahir, hari ditambah 40 "
            "untuk perempuan, tetapi tanggal itu tidak ada."
        )
    if nik[12:] == "0000":
        doubts.append("Empat angka terakhir NIK biasanya bukan 0000.")
    return doubts


def mask_nik(nik):
    """``1375 •••• •••• 0003``: enough to recognize it, too little to use it."""
    return f"{nik[:4]} •••• •••• {nik[-4:]}" if len(nik) == 16 else "•••• •••• •••• ••••"


def mask_account(number):
    return f"•••• {number[-4:]}" if len(number) > 4 else "••••"


def normalize_npwp(value):
    """NPWP as 16 digits: the 15 old ones after a 0, or a person's NIK."""
    number = _digits(
        value,
        "NPWP",
        [15, 16],
        "01.312.166.0-091.000",
        hints={22: "Itu NITKU cabang; tulis 16 angka pertamanya."},
    ).zfill(16)
    if not number.startswith("0"):
        return number  # a person's NIK, which has no check digit
    if int(number[1:10]) == 0:
        raise ValidationError(
            "Tulis NPWP yang sebenarnya. Nomor yang diawali nol semua hanya pengganti bagi yang "
            "tidak memiliki NPWP."
        )
    if not luhn.is_valid(number[:10]):
        raise ValidationError(
            "Salah satu dari 9 angka pertama NPWP keliru atau tertukar. Cocokkan dengan kartu "
            f"NPWP Anda. Anda menulis {format_npwp(number)}."
        )
    return number


def warnings_for_npwp(npwp):
    return [] if npwp.startswith("0") else warnings_for_nik(npwp)


def format_npwp(npwp):
    """The familiar dots of the old number; a NIK that serves as NPWP stays as it is."""
    if not npwp.startswith("0"):
        return npwp
    old = npwp[1:]
    return f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"


def normalize_nib(value):
    """NIB of a business, 13 digits without public check digit."""
    return _digits(value, "NIB", [13], "9120001234567")


def normalize_kbli(value):
    """KBLI class, 5 digits; which year's list it belongs to is kept beside it."""
    return _digits(
        value,
        "KBLI",
        [5],
        "14111",
        hints=dict.fromkeys([2, 3, 4], "Itu golongannya; pakai kode 5 angka yang ada di NIB Anda."),
    )


def normalize_npsn(value):
    """NPSN of a school: 8 digits; some newer ones begin with a letter."""
    typed = _compact(value).upper()
    if not re.fullmatch(r"[0-9A-Z][0-9]{7}", typed, re.ASCII):
        said = _shortened(value)
        raise ValidationError(
            "NPSN harus 8 angka, atau satu huruf dan 7 angka. Contoh: 10303456. "
            + (f"Anda menulis “{said}”." if said else "Anda belum menulis apa pun.")
        )
    return typed


def normalize_nip(value):
    """NIP of civil servants (PNS) and of contract staff (PPPK): 18 digits, two layouts.

    After the birth date a PNS has year and month of appointment, a PPPK the year and a code from
    21 on; then both have 1 or 2 for man or woman, and a serial number.
    """
    number = _digits(
        value,
        "NIP",
        [18],
        "198503152010011002",
        hints={9: "Itu NIP lama; pakai NIP baru yang diawali tanggal lahir Anda."},
    )
    if not _is_day(int(number[:4]), int(number[4:6]), int(number[6:8])):
        raise ValidationError(
            "Delapan angka pertama NIP adalah tanggal lahir, misalnya 19850315 untuk 15 Maret "
            f"1985. Anda menulis {number[:8]}."
        )
    if not 1 <= int(number[12:14]) <= 12 and int(number[12:14]) < 21:
        raise ValidationError(
            "Angka ke-13 dan ke-14 NIP adalah bulan pengangkatan (01 sampai 12), atau kode mulai "
            f"21 untuk PPPK. Anda menulis {number[12:14]}."
        )
    if number[14] not in "12":
        raise ValidationError(
            "Angka ke-15 NIP adalah 1 untuk laki-laki atau 2 untuk perempuan. "
            f"Anda menulis {number[14]}."
        )
    return number


def nip_kind(nip):
    return "PNS" if 1 <= int(nip[12:14]) <= 12 else "PPPK"


def normalize_phone(value):
    """A telephone number as E.164: ``0812…``, ``62812…`` and ``+62812…`` are the same one."""
    typed = str("" if value is None else value).strip()
    number = re.sub(r"[^0-9+]", "", typed)
    number = re.sub(r"^(?:00|\+*(?=62))", "+", number)
    try:
        if re.search(r"[A-Za-z]", typed):
            raise phonenumbers.NumberParseException(0, "letters")
        parsed = phonenumbers.parse(number, "ID")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not _can_be_called(parsed):
        said = f"Anda menulis “{_shortened(typed)}”." if typed else "Anda belum menulis apa pun."
        raise ValidationError(
            "Tulis nomor telepon lengkap, 10 sampai 13 angka untuk ponsel. "
            f"Contoh: 0812 3456 7890 atau 021 525 5509. {said}"
        )
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _can_be_called(parsed):
    """By length alone within Indonesia: new prefixes come sooner than new number plans."""
    if parsed.country_code != 62:
        return phonenumbers.is_valid_number(parsed)
    national = str(parsed.national_number)
    return 9 <= len(national) <= 12 if national.startswith("8") else 7 <= len(national) <= 11


def _digits(value, name, lengths, example, hints=None):
    typed = _compact(value)
    wanted = f"{name} harus {' atau '.join(map(str, lengths))} angka. Contoh: {example}."
    if not typed:
        raise ValidationError(f"{wanted} Anda belum menulis apa pun.")
    if strange := re.search(r"[^0-9]", typed):
        raise ValidationError(f"{wanted} Anda menulis “{strange[0]}”, yang bukan angka.")
    if len(typed) not in lengths:
        hint = (hints or {}).get(len(typed), "")
        raise ValidationError(f"{wanted} Anda menulis {len(typed)} angka. {hint}".strip())
    return typed


def _compact(value):
    return SEPARATORS.sub("", str("" if value is None else value))


def _is_day(year, month, day):
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def _shortened(value):
    typed = " ".join(str("" if value is None else value).split())
    return typed if len(typed) <= 40 else f"{typed[:39]}…"
