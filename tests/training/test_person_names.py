import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.person_names import name_keys, same_person_key


@pytest.mark.parametrize(
    "written",
    [
        "Siti Aminah",
        "SITI  AMINAH",
        "siti aminah, S.T., M.Si.",
        "Dr. Ir. Hj. Siti Aminah, S. T., M. Si",
        "Dra. Siti Aminah MM",
        "Siti Aminah S.Kom",
        "Siti Aminah SE MM",
        "Siti Aminah, SE. Ak., M.Ak., CPA",
        "Siti Aminah, S.Tr.Kom",
        "Siti Aminah A.Md",
        "Siti Aminah, Hj.",
        "Ibu Siti Aminah",
        "Bu Siti Aminah, S.Pd.I",
        "Sítì Âmînah",
        "Siti\u200b Aminah\ufeff",
        "Siti Aminah (iPhone)",
        "Siti Aminah (2)",
        "Siti Aminah [Jambi]",
        "Siti Aminah 😀",
        "01_Siti Aminah",
        "17. Siti Aminah",
        "#017 Siti Aminah",
        "Disperin Jambi_Siti Aminah",
        "Disperindagkop Kab. Kerinci - Siti Aminah, S.T.",
        "Siti Aminah - Dinas Perindustrian Kota Jambi",
        "Siti Aminah, S.Sos - Disperin",
        "Siti Aminah | BDI Padang",
        "Siti Aminah/Kab. Bungo",
        "Siti Aminah-Disperin Jambi",
        "Siti Aminah Disperindag Kota Jambi",
        "Siti Aminah, Dinas Koperasi",
        "12_Kota Jambi_Siti Aminah",
        "Peserta_Siti Aminah",
        "Siti Aminah Samsung A52",
    ],
)
def test_titles_offices_and_telephones_are_no_part_of_a_name(written):
    assert same_person_key(written) == "siti aminah"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ma'ruf Al-Amin", "maruf al amin"),
        ("Nur’aini", "nuraini"),
        ("Moh. Yusuf A.", "moh yusuf a"),
        ("M. Yusuf", "m yusuf"),
        ("Drs. Suharto, M.M.", "suharto"),
        ("Suharto S.T.", "suharto"),
        ("Hadi", "hadi"),
        ("H. Hadi", "hadi"),
        ("Haryanto", "haryanto"),
        ("Ibnu Sina", "ibnu sina"),
        ("Drajat", "drajat"),
        ("Dakota Putri", "dakota putri"),
        ("Siti", "siti"),
        ("Mas Agung", "mas agung"),
    ],
)
def test_what_belongs_to_a_name_stays(written, key):
    assert same_person_key(written) == key


def test_a_lone_degree_may_be_half_a_name():
    assert same_person_key("Budi St") == "budi st"
    assert same_person_key("Jack Ma") == "jack ma"


def test_a_place_without_sign_of_an_office_leaves_the_name_as_second_guess():
    assert name_keys("Jambi_Budi Santoso") == ["jambi budi santoso", "budi santoso"]
    assert name_keys("Budi - Santoso") == ["budi santoso"]


@pytest.mark.parametrize(
    "written", ["iPhone", "Galaxy A52s", "Disperin Jambi", "Zoom User", "PT Maju", "😀", "", "007"]
)
def test_an_office_or_a_telephone_is_nobody(written):
    assert name_keys(written) == []


def test_one_telephone_differs_from_another():
    assert same_person_key("iPhone") != same_person_key("Galaxy A52s")


@given(st.text(max_size=60))
def test_every_text_has_keys_without_case_or_marks(name):
    for key in [*name_keys(name), same_person_key(name)]:
        assert key == key.casefold() == " ".join(key.split())
    assert same_person_key(name.upper().lower()) == same_person_key(name.upper())
