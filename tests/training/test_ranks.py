import pytest

from training.ranks import CHOICES, LABELS, PNS_RANKS, PPPK_RANKS, rank_label, read_rank


def test_there_are_seventeen_ranks_of_either_kind():
    assert len(PNS_RANKS) == len(PPPK_RANKS) == 17
    assert [(kind, len(options)) for kind, options in CHOICES] == [("PNS", 17), ("PPPK", 17)]
    assert CHOICES[0][1][10] == ("III/c", "Penata (III/c)")
    assert CHOICES[1][1][8] == ("IX", "PPPK golongan IX")


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("I/a", "Juru Muda (I/a)"),
        ("IV/e", "Pembina Utama (IV/e)"),
        ("III/d", "Penata Tingkat I (III/d)"),
        ("XVII", "PPPK golongan XVII"),
        ("", "—"),
    ],
)
def test_a_rank_has_a_label(code, label):
    assert rank_label(code) == label


@pytest.mark.parametrize("code", [*LABELS, ""])
def test_what_we_write_we_can_read(code):
    assert read_rank(rank_label(code)) == code


@pytest.mark.parametrize("code", PNS_RANKS)
def test_the_name_alone_is_enough(code):
    assert read_rank(PNS_RANKS[code]) == code
    assert read_rank(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "III/c", "III c", "IIIc", "iii/C", "III.c", "III-c", "III / c", "3/c", "3c", "(III/c)",
        "Penata", "PENATA (III/c)", "Penata - III/c", "Penata, III/c", "Penata/III c",
        "III/c - Penata", "Gol. III/c", "Golongan III/c", "golongan ruang III/c", "PNS III/c",
        "Pangkat Penata, Gol. III/c",
    ],
)  # fmt: skip
def test_one_rank_is_written_in_many_ways(text):
    assert read_rank(text) == "III/c"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Penata Tk. I (III/d)", "III/d"),
        ("Penata Tk.I / III d", "III/d"),
        ("Penata Tingkat 1", "III/d"),
        ("Penata Muda Tk I, III/b", "III/b"),
        ("Penata Muda Tk. 1", "III/b"),
        ("Pembina Tk.I - IV/b", "IV/b"),
        ("Pembina Utama Muda IV/c", "IV/c"),
        ("Juru Tingkat I (I/d)", "I/d"),
        ("Juru (I/c)", "I/c"),
        ("IX", "IX"),
        ("ix", "IX"),
        ("9", "IX"),
        (9, "IX"),
        ("Golongan IX", "IX"),
        ("Gol. X", "X"),
        ("PPPK IX", "IX"),
        ("P3K - VII", "VII"),
        ("PPPK Gol. III", "III"),
        ("PPPK 3", "III"),
        ("V", "V"),
        ("", ""),
        (" - ", ""),
        ("—", ""),
        (None, ""),
    ],
)
def test_ranks_as_people_write_them(text, code):
    assert read_rank(text) == code


def test_whose_rank_it_is_tells_what_three_means():
    assert read_rank("III", kind="PPPK") == "III"
    assert read_rank("III/c", kind="PPPK") == "III/c"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "kepala",
            "Tulis seperti III/c atau Penata (III/c) untuk PNS, dan IX untuk PPPK. Anda menulis "
            "“kepala”.",
        ),
        (
            "Kepala Bidang (III/c)",
            "Tulis seperti III/c atau Penata (III/c) untuk PNS, dan IX untuk PPPK. Anda menulis "
            "“Kepala Bidang (III/c)”.",
        ),
        (
            "Penata I",
            "Tulis seperti III/c atau Penata (III/c) untuk PNS, dan IX untuk PPPK. Anda menulis "
            "“Penata I”.",
        ),
        ("III/e", "Ruang golongan III adalah a sampai d. Anda menulis “III/e”."),
        ("IV/f", "Ruang golongan IV adalah a sampai e. Anda menulis “IV/f”."),
        (
            "V/a",
            "Golongan PNS adalah I sampai IV dengan ruang a sampai e. Tulis seperti III/c atau "
            "Penata (III/c) untuk PNS, dan IX untuk PPPK. Anda menulis “V/a”.",
        ),
        ("XVIII", "Golongan PPPK adalah I sampai XVII. Anda menulis “XVIII”."),
        ("18", "Golongan PPPK adalah I sampai XVII. Anda menulis “18”."),
        ("9" * 9, "Golongan PPPK adalah I sampai XVII. Anda menulis “999999999”."),
        ("0", "Golongan PPPK adalah I sampai XVII. Anda menulis “0”."),
        (
            "III",
            "Tulis juga ruangnya untuk PNS, misalnya III/a, atau “PPPK III” untuk PPPK. Anda "
            "menulis “III”.",
        ),
        (
            "Penata (III/d)",
            "Pangkat Penata adalah golongan III/c, bukan III/d. Periksa keduanya. Anda menulis "
            "“Penata (III/d)”.",
        ),
        (
            "x" * 60,
            "Tulis seperti III/c atau Penata (III/c) untuk PNS, dan IX untuk PPPK. Anda menulis "
            f"“{'x' * 39}…”.",
        ),
    ],
)
def test_what_is_no_rank_is_answered_with_what_to_write(text, said):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the sentence is compared below
        read_rank(text)
    assert str(refused.value) == said
