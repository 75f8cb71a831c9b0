import pytest

from training.eligibility import Person, State, Terms, failures, judge

NAMES = {
    "13": "Sumatera Barat",
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "17": "Bengkulu",
    "19": "Kepulauan Bangka Belitung",
    "35.78": "Kota Surabaya",
}
BIMTEK = Terms(
    kinds=frozenset({"APPARATUS"}),
    regions=frozenset({"13", "15", "16", "17", "19"}),
    region_names=NAMES,
)
BUKITTINGGI = Person("APPARATUS", "13.75", "Kota Bukittinggi, Sumatera Barat")
WHOM = (
    "Kegiatan ini untuk aparatur dinas dari Sumatera Barat, Jambi, Sumatera Selatan, Bengkulu, dan "
    "Kepulauan Bangka Belitung."
)


def verdict(rule, person, terms):
    return next(one for one in judge(person, terms) if one.rule == rule)


def told(rule, person, terms):
    one = verdict(rule, person, terms)
    return one.state, one.reason, one.what_to_do


def test_who_is_meant_passes_every_rule():
    verdicts = judge(BUKITTINGGI, BIMTEK)

    assert [(one.rule, one.title, one.state) for one in verdicts] == [
        ("kind", "Peserta", State.PASS),
        ("region", "Wilayah", State.PASS),
        ("commodity", "Komoditas", State.PASS),
    ]
    assert failures(verdicts) == []


def test_without_terms_everybody_may_come():
    for person in (Person(), Person("PUBLIC"), BUKITTINGGI, Person("IKM", "35", "", "FOOD")):
        assert {one.state for one in judge(person, Terms())} == {State.PASS}


def test_knowing_nothing_is_never_a_refusal():
    terms = BIMTEK._replace(commodities=frozenset({"FOOD"}))

    assert [one.state for one in judge(Person(), terms)] == [State.UNKNOWN] * 3


# --- As what -------------------------------------------------------------------------------------


def test_another_kind_of_person_reads_whom_it_is_for():
    assert told("kind", Person("COMPANY"), Terms(kinds=frozenset({"IKM", "APPARATUS"}))) == (
        State.FAIL,
        "Kegiatan ini untuk aparatur dinas dan pelaku IKM. Anda tercatat sebagai perusahaan dan "
        "asosiasi.",
        "Lihat kegiatan untuk perusahaan dan asosiasi, atau perbaiki profil Anda bila catatan itu "
        "keliru.",
    )


def test_a_private_person_may_only_not_have_said_so():
    assert told("kind", Person("PUBLIC"), BIMTEK) == (
        State.FAIL,
        "Kegiatan ini untuk aparatur dinas. Anda tercatat sebagai umum.",
        "Bila Anda termasuk kelompok itu, lengkapi profil Anda dahulu. Bila tidak, lihat kegiatan "
        "untuk umum.",
    )


def test_of_whom_we_know_nothing_we_ask():
    assert told("kind", Person(), BIMTEK) == (
        State.UNKNOWN,
        "Kegiatan ini untuk aparatur dinas.",
        "Lengkapi profil Anda, agar kami tahu Anda mendaftar sebagai apa.",
    )


@pytest.mark.parametrize("kind", ["APPARATUS", "IKM", "SCHOOL", "COMPANY", "PUBLIC", ""])
def test_for_the_public_means_for_everybody(kind):
    terms = Terms(kinds=frozenset({"PUBLIC", "IKM"}))

    assert told("kind", Person(kind), terms) == (
        State.PASS,
        "Kegiatan ini terbuka untuk umum.",
        "",
    )


# --- From where ----------------------------------------------------------------------------------


def test_who_comes_from_elsewhere_reads_from_where_one_must_be():
    person = Person("APPARATUS", "35.78", "Kota Surabaya, Jawa Timur")

    assert told("region", person, BIMTEK) == (
        State.FAIL,
        f"{WHOM} Wilayah Anda Kota Surabaya, Jawa Timur.",
        "Lihat kegiatan untuk wilayah Anda.",
    )
    assert [one.rule for one in failures(judge(person, BIMTEK))] == ["region"]


@pytest.mark.parametrize("region", ["13", "13.75", "19.01"])
def test_a_province_holds_all_its_kabupaten(region):
    assert told("region", Person("APPARATUS", region), BIMTEK) == (State.PASS, WHOM, "")


def test_one_kabupaten_is_not_the_other():
    terms = Terms(regions=frozenset({"35.78"}), region_names=NAMES)

    assert verdict("region", Person("IKM", "35.78"), terms).state == State.PASS
    assert told("region", Person("IKM", "35.07", "Kabupaten Malang"), terms) == (
        State.FAIL,
        "Kegiatan ini untuk peserta dari Kota Surabaya. Wilayah Anda Kabupaten Malang.",
        "Lihat kegiatan untuk wilayah Anda.",
    )


def test_of_whom_only_the_province_is_known_we_cannot_tell():
    terms = Terms(regions=frozenset({"35.78"}), region_names=NAMES)

    assert told("region", Person("APPARATUS", "35", "Jawa Timur"), terms) == (
        State.UNKNOWN,
        "Kegiatan ini untuk peserta dari Kota Surabaya. Wilayah Anda Jawa Timur.",
        "Lengkapi kabupaten/kota di profil Anda. Bila Anda bertugas di tingkat provinsi, hubungi "
        "penyelenggara.",
    )
    assert told("region", Person("APPARATUS"), terms) == (
        State.UNKNOWN,
        "Kegiatan ini untuk peserta dari Kota Surabaya.",
        "Lengkapi kabupaten/kota di profil Anda.",
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "W1"),
        (2, "W1 dan W2"),
        (3, "W1, W2, dan W3"),
        (6, "W1, W2, W3, W4, W5, dan W6"),
        (7, "W1, W2, W3, W4, W5, dan 2 lainnya"),
        (38, "W1, W2, W3, W4, W5, dan 33 lainnya"),
    ],
)
def test_long_lists_of_regions_end_in_a_number(count, words):
    names = {str(number): f"W{number - 10}" for number in range(11, 11 + count)}
    terms = Terms(regions=frozenset(names), region_names=names)

    assert verdict("region", Person(), terms).reason == f"Kegiatan ini untuk peserta dari {words}."


# --- With what goods -----------------------------------------------------------------------------

HALAL = Terms(kinds=frozenset({"IKM", "APPARATUS"}), commodities=frozenset({"FOOD", "COSMETICS"}))
GOODS = "Bagi pelaku IKM, kegiatan ini untuk komoditas kosmetik dan makanan."


@pytest.mark.parametrize(
    ("person", "verdict"),
    [
        (Person("IKM", commodity="FOOD"), (State.PASS, GOODS, "")),
        (
            Person("IKM", commodity="METAL"),
            (
                State.FAIL,
                f"{GOODS} Komoditas usaha Anda produk logam.",
                "Lihat kegiatan untuk komoditas produk logam, atau perbaiki profil usaha bila "
                "catatan itu keliru.",
            ),
        ),
        (
            Person("IKM"),
            (State.UNKNOWN, GOODS, "Lengkapi komoditas di profil usaha Anda."),
        ),
        (Person("APPARATUS"), (State.PASS, GOODS, "")),
        (Person(), (State.UNKNOWN, GOODS, "")),
    ],
)
def test_the_goods_count_for_businesses_only(person, verdict):
    assert told("commodity", person, HALAL) == verdict
