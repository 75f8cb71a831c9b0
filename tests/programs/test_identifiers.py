import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programs.identifiers import (
    format_npwp,
    mask_account,
    mask_nik,
    nip_kind,
    normalize_kbli,
    normalize_nib,
    normalize_nik,
    normalize_nip,
    normalize_npsn,
    normalize_npwp,
    normalize_phone,
    warnings_for_nik,
    warnings_for_npwp,
)

A_MAN = "1375010203840003"
A_WOMAN = "1375014203840003"


def refusal(normalize, typed):
    with pytest.raises(ValidationError) as caught:
        normalize(typed)
    return caught.value.message


@pytest.mark.parametrize(
    "typed",
    ["1375010203840003", "1375 0102 0384 0003", "13.75.01-020384-0003", "1375010203840003\u200b"],
)
def test_a_nik_may_be_typed_with_gaps(typed):
    assert normalize_nik(typed) == A_MAN


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("137501020384000", "Anda menulis 15 angka."),
        ("13750102038400031", "Anda menulis 17 angka."),
        ("137501O203840003", "Anda menulis “O”, yang bukan angka."),
        ("", "Anda belum menulis apa pun."),
        (None, "Anda belum menulis apa pun."),
    ],
)
def test_only_length_and_digits_of_a_nik_are_hard_facts(typed, said):
    assert refusal(normalize_nik, typed) == (
        f"NIK harus 16 angka. Contoh: 1375010203040003. {said}"
    )


@pytest.mark.parametrize("nik", [A_MAN, A_WOMAN, "1375012902000001", "5401010101500001"])
def test_an_ordinary_nik_raises_no_doubt(nik):
    assert warnings_for_nik(nik) == []


@pytest.mark.parametrize("province", ["91", "92", "93", "94", "95", "96"])
def test_people_of_all_six_provinces_of_papua_have_ordinary_niks(province):
    nik = province + A_MAN[2:]

    assert normalize_nik(nik) == nik
    assert warnings_for_nik(nik) == []
    assert normalize_npwp(nik) == nik


def test_a_nik_that_looks_wrong_is_accepted_with_a_doubt():
    assert normalize_nik("9975013113840003") == "9975013113840003"
    assert warnings_for_nik("9975013113840003") == [
        "Dua angka pertama NIK (99) bukan kode provinsi yang kami kenal.",
        "Angka ke-7 sampai ke-12 NIK (311384) biasanya tanggal lahir, hari ditambah 40 untuk "
        "perempuan, tetapi tanggal itu tidak ada.",
    ]
    assert warnings_for_nik("1375010203840000") == ["Empat angka terakhir NIK biasanya bukan 0000."]


@given(st.from_regex(r"[0-9]{16}", fullmatch=True))
def test_no_16_digits_whatever_are_blocked_as_nik(digits):
    assert normalize_nik(digits) == digits
    assert isinstance(warnings_for_nik(digits), list)


def test_a_masked_nik_can_be_recognized_but_not_used():
    assert mask_nik("1375010203040003") == "1375 •••• •••• 0003"
    assert mask_nik("137501") == "•••• •••• •••• ••••"
    assert mask_account("1234564471") == "•••• 4471"
    assert mask_account("447") == "••••"


@pytest.mark.parametrize(
    "typed", ["01.312.166.0-091.000", "013121660091000", "0013121660091000", "01 312 166 0 091 000"]
)
def test_an_npwp_of_15_or_16_digits_is_stored_with_16(typed):
    assert normalize_npwp(typed) == "0013121660091000"


def test_the_nik_of_a_person_is_an_npwp():
    assert normalize_npwp(A_WOMAN) == A_WOMAN
    assert warnings_for_npwp(A_WOMAN) == []
    assert warnings_for_npwp("9975014203840003") != []
    assert warnings_for_npwp("0013121660091000") == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "01.312.166.1-091.000",
            "Salah satu dari 9 angka pertama NPWP keliru atau tertukar. Cocokkan dengan kartu NPWP "
            "Anda. Anda menulis 01.312.166.1-091.000.",
        ),
        (
            "00.000.000.0-000.000",
            "Tulis NPWP yang sebenarnya. Nomor yang diawali nol semua hanya pengganti bagi yang "
            "tidak memiliki NPWP.",
        ),
        (
            "01312166009100",
            "NPWP harus 15 atau 16 angka. Contoh: 01.312.166.0-091.000. Anda menulis 14 angka.",
        ),
        (
            "0013121660091000000001",
            "NPWP harus 15 atau 16 angka. Contoh: 01.312.166.0-091.000. Anda menulis 22 angka. "
            "Itu NITKU cabang; tulis 16 angka pertamanya.",
        ),
    ],
)
def test_a_wrong_npwp_is_explained(typed, sentence):
    assert refusal(normalize_npwp, typed) == sentence


def test_an_npwp_is_shown_with_its_dots_and_a_nik_without():
    assert format_npwp("0013121660091000") == "01.312.166.0-091.000"
    assert format_npwp(A_MAN) == A_MAN


def test_a_nib_has_13_digits():
    assert normalize_nib("9120 0012 34567") == "9120001234567"
    assert refusal(normalize_nib, "912000123456") == (
        "NIB harus 13 angka. Contoh: 9120001234567. Anda menulis 12 angka."
    )


def test_a_kbli_class_has_5_digits():
    assert normalize_kbli("14.111") == "14111"
    assert refusal(normalize_kbli, "1411") == (
        "KBLI harus 5 angka. Contoh: 14111. Anda menulis 4 angka. "
        "Itu golongannya; pakai kode 5 angka yang ada di NIB Anda."
    )


def test_an_npsn_may_begin_with_a_letter():
    assert normalize_npsn("10303456") == "10303456"
    assert normalize_npsn(" p9908123 ") == "P9908123"
    assert refusal(normalize_npsn, "1030345") == (
        "NPSN harus 8 angka, atau satu huruf dan 7 angka. Contoh: 10303456. Anda menulis “1030345”."
    )
    assert refusal(normalize_npsn, "") == (
        "NPSN harus 8 angka, atau satu huruf dan 7 angka. Contoh: 10303456. "
        "Anda belum menulis apa pun."
    )


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("19850315 201001 1 002", "PNS"),
        ("198503152022212003", "PPPK"),
        ("199002282023211001", "PPPK"),
    ],
)
def test_a_nip_tells_pns_from_pppk(typed, kind):
    assert nip_kind(normalize_nip(typed)) == kind


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("131234567", "Itu NIP lama; pakai NIP baru yang diawali tanggal lahir Anda."),
        ("198502302010011002", "Anda menulis 19850230."),
        ("198503152010131002", "Anda menulis 13."),
        ("198503152010013002", "Anda menulis 3."),
    ],
)
def test_a_wrong_nip_is_explained(typed, part):
    assert refusal(normalize_nip, typed).endswith(part)


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "6281234567890",
        "62812-3456-7890",
        "+62 812-3456-7890",
        "+62 0812 3456 7890",
        "0062 812 3456 7890",
        "81234567890",
        81234567890,
        "(0812) 34567890",
    ],
)
def test_a_mobile_number_is_the_same_however_it_is_typed(typed):
    assert normalize_phone(typed) == "+6281234567890"


def test_a_landline_of_jakarta_without_plus_is_not_read_as_medan():
    assert normalize_phone("62215255509") == "+62215255509"
    assert normalize_phone("021 525 5509") == "+62215255509"


def test_a_number_from_abroad_needs_its_plus():
    assert normalize_phone("+60 12-345 6789") == "+60123456789"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0812345", "Anda menulis “0812345”."),
        ("0812345678901234", "Anda menulis “0812345678901234”."),
        ("0812-tanya-saya", "Anda menulis “0812-tanya-saya”."),
        ("+1", "Anda menulis “+1”."),
        ("", "Anda belum menulis apa pun."),
        (None, "Anda belum menulis apa pun."),
    ],
)
def test_a_number_that_cannot_be_called_is_refused(typed, said):
    assert refusal(normalize_phone, typed) == (
        "Tulis nomor telepon lengkap, 10 sampai 13 angka untuk ponsel. "
        f"Contoh: 0812 3456 7890 atau 021 525 5509. {said}"
    )


@given(st.text(max_size=40))
@pytest.mark.parametrize(
    "normalize",
    [
        normalize_nik,
        normalize_npwp,
        normalize_nib,
        normalize_kbli,
        normalize_npsn,
        normalize_nip,
        normalize_phone,
    ],
)
def test_any_text_ends_in_a_number_or_a_sentence(normalize, typed):
    try:
        answer = normalize(typed)
    except ValidationError as problem:
        answer = problem.message.endswith(".") and "a sentence"

    assert answer
    assert answer.isascii()
