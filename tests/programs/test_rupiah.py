import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rupiah import (
    LARGEST,
    format_rupiah,
    group_thousands,
    in_short,
    in_words,
    parse_rupiah,
)

amounts = st.integers(0, LARGEST)


@pytest.mark.parametrize(
    "typed",
    [
        "25.000.000",
        "25000000",
        "25 000 000",
        "Rp 25.000.000,-",
        "Rp25.000.000,00",
        "Rp. 25.000.000,--",
        "rp 25000000",
        "IDR 25.000.000",
        "  Rp\u00a025.000.000 ",
        "Rp 25.000.000.-",
        25_000_000,
        25_000_000.0,
    ],
)
def test_the_ways_people_write_25_million_are_all_accepted(typed):
    assert parse_rupiah(typed) == 25_000_000


@pytest.mark.parametrize(("typed", "amount"), [("0", 0), ("999", 999), ("1.000", 1000)])
def test_small_amounts_are_amounts_too(typed, amount):
    assert parse_rupiah(typed) == amount


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("25,5 juta", "25.500.000"),
        ("25.5 juta", "25.500.000"),
        ("25 juta", "25.000.000"),
        ("25jt", "25.000.000"),
        ("25,575 jt", "25.575.000"),
        ("1.500 juta", "1.500.000.000"),
        ("1,5 M", "1.500.000.000"),
        ("500 ribu", "500.000"),
        ("500rb", "500.000"),
        ("2 miliar", "2.000.000.000"),
        ("Rp 750 rb", "750.000"),
        ("dua puluh juta", "25.000.000"),
        ("5 karung", "25.000.000"),
    ],
)
def test_words_are_explained_with_the_very_amount(typed, example):
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_rupiah(typed)

    assert str(refusal.value) == (
        f"Tulis angka lengkap tanpa kata, misalnya {example}. Anda menulis “{typed}”."
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis jumlah rupiah, misalnya 25.000.000."),
        (None, "Tulis jumlah rupiah, misalnya 25.000.000."),
        ("Rp", "Tulis jumlah rupiah, misalnya 25.000.000."),
        ("-5.000", "Tulis jumlah tanpa tanda minus, misalnya 25.000.000. Anda menulis “-5.000”."),
        (-5000, "Tulis jumlah tanpa tanda minus, misalnya 25.000.000. Anda menulis “-5000”."),
        ("(5.000)", "Tulis jumlah tanpa tanda minus, misalnya 25.000.000. Anda menulis “(5.000)”."),
        ("25.000,50", "Tulis rupiah bulat tanpa sen, misalnya 25.000. Anda menulis “25.000,50”."),
        (1500000.5, "Tulis rupiah bulat tanpa sen, misalnya 1.500.000. Anda menulis “1500000,5”."),
        ("25,5", "Tulis angka lengkap tanpa koma, misalnya 25.000.000. Anda menulis “25,5”."),
        (
            "25,000,000",
            "Pisahkan ribuan dengan titik, bukan koma, misalnya 25.000.000. "
            "Anda menulis “25,000,000”.",
        ),
        (
            "1.00.000",
            "Titik memisahkan tiap tiga angka dari belakang, misalnya 25.000.000. "
            "Anda menulis “1.00.000”.",
        ),
        (
            "25.5",
            "Titik memisahkan tiap tiga angka dari belakang, misalnya 25.000.000. "
            "Anda menulis “25.5”.",
        ),
        ("??", "Tulis rupiah dengan angka saja, misalnya 25.000.000. Anda menulis “??”."),
        (
            "9999999999999999",
            "Jumlah ini terlalu besar, paling besar 999.999.999.999.999. "
            "Anda menulis “9999999999999999”.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_and_shown(typed, sentence):
    with pytest.raises(ValueError, match=r".") as refusal:
        parse_rupiah(typed)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "typed", ["0.500", "1e6", "٢٥", "25..000", "25.000.00", True, float("nan")]
)
def test_nothing_is_guessed(typed):
    with pytest.raises(ValueError, match=r"^(Tulis|Titik) .*Anda menulis"):
        parse_rupiah(typed)


def test_a_long_text_is_repeated_only_in_part():
    with pytest.raises(ValueError, match="…”") as refusal:
        parse_rupiah("a" * 5000)

    assert len(str(refusal.value)) < 200


@given(amounts)
def test_what_we_write_we_can_read(amount):
    assert parse_rupiah(format_rupiah(amount)) == amount
    assert parse_rupiah(group_thousands(amount)) == amount
    assert parse_rupiah(float(amount) if amount < 2**53 else amount) == amount


@given(st.text(max_size=30))
def test_any_text_ends_in_an_amount_or_a_sentence(typed):
    try:
        answer = parse_rupiah(typed)
    except ValueError as refusal:
        answer = str(refusal)

    assert str(answer).isdecimal() or answer.startswith(("Tulis", "Titik", "Pisah", "Jumlah"))


def test_rupiah_are_written_as_official_spelling_wants():
    assert format_rupiah(1_500_000) == "Rp1.500.000"
    assert format_rupiah(0) == "Rp0"
    assert format_rupiah(-266_400_000) == "−Rp266.400.000"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1_000, "seribu rupiah"),
        (11_000, "sebelas ribu rupiah"),
        (100_100, "seratus ribu seratus rupiah"),
        (300_000_000, "tiga ratus juta rupiah"),
        (1_500_000, "satu juta lima ratus ribu rupiah"),
        (2_000_000_000, "dua miliar rupiah"),
        (-5, "minus lima rupiah"),
    ],
)
def test_receipts_spell_the_amount_out(amount, words):
    assert in_words(amount) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "0"),
        (13_871, "13.871"),
        (999_999, "999.999"),
        (1_000_000, "1 juta"),
        (1_600_000, "1,6 juta"),
        (3_270_000_000, "3,27 miliar"),
        (3_274_999_999, "3,27 miliar"),
        (1_005_000, "1,01 juta"),
        (999_994_999, "999,99 juta"),
        (999_995_000, "1 miliar"),
        (10**15, "1.000 triliun"),
        (-1_500_000, "−1,5 juta"),
    ],
)
def test_headlines_say_large_numbers_in_short(amount, words):
    assert in_short(amount) == words
