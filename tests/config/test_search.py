"""One box for officers: whom and what they find by which words, and what they do not."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from partnerships.enums import AgreementStatus
from programs import roles
from programs.enums import PaperKind
from programs.searching import MOST, Words
from subsidies.enums import Stage
from tests.factories.diklat import BatchFactory, TraineeFactory
from tests.factories.esmart import MentorFactory
from tests.factories.partnerships import AgreementFactory, PartnerFactory, SchoolFactory
from tests.factories.programs import (
    DinasFactory,
    IkmFactory,
    IssuedPaperFactory,
    UserFactory,
    officer,
)
from tests.factories.subsidies import ApplicationFactory
from tests.factories.training import EventFactory, RegistrationFactory, UnitFactory, organizer
from tests.people import sign_in
from training.enums import RegistrationStatus

pytestmark = pytest.mark.django_db

PAGE = "/admin/cari/"
SUGGESTIONS = "/admin/cari/usulan/"
# Two of them only because a test runs inside a transaction of its own.
QUERIES = 17


@pytest.fixture
def auditor():
    return sign_in(Client(), officer(roles.AUDITOR, name="Auditor Negara"))


def groups_of(client, words):
    """{kind: [title, …]} as the page shows them."""
    groups = client.get(PAGE, {"q": words}).context["groups"]
    return {group.kind.label: [hit.title for hit in group.found.hits] for group in groups}


def link_to(name, record):
    return f'href="{reverse(f"admin:{name}", args=[record.pk])}"'


# --- People --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Siti Rahmah Wulandari",
        "siti rahm",
        "wulandari siti",
        "ahma",
        "  SITI   rahmah ",
        "Rahmsh Wulandri",
        "rahmah@perajin.example",
        "rahmah@per",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "(0812) 34567890",
        "08 12 34 56 78 90",
    ],
)
def test_an_officer_finds_a_person_by_part_of_the_name_and_by_every_address(auditor, words):
    person = UserFactory(
        name="Siti Rahmah Wulandari", email="rahmah@perajin.example", phone="+6281234567890"
    )
    UserFactory(name="Bambang Sutrisno", phone="+6281299999999")

    page = auditor.get(PAGE, {"q": words})

    assert groups_of(auditor, words) == {"Orang": ["Siti Rahmah Wulandari"]}
    assert link_to("programs_user_change", person) in page.text


def test_what_fits_exactly_comes_first_and_what_is_alike_only_where_nothing_else_is(auditor):
    for name in ("Dewi Sartika Rahayu", "Rahayu Dewi Sartika", "Dewi Sartika", "Dewi Sartini"):
        UserFactory(name=name)

    assert groups_of(auditor, "dewi sartika") == {
        "Orang": ["Dewi Sartika", "Dewi Sartika Rahayu", "Rahayu Dewi Sartika"]
    }
    assert "Dewi Sartini" in groups_of(auditor, "dewi sartino")["Orang"]
    assert "ejaannya mirip" in auditor.get(PAGE, {"q": "dewi sartino"}).text


def test_a_closed_account_is_found_no_more(auditor):
    UserFactory(name="Rahmah Contoh", closed_at="2026-09-01T00:00Z")

    assert groups_of(auditor, "Rahmah Contoh") == {}


# --- Organizations and what belongs to them ------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["Sandang Makmur", "makmur cv", "sandnag makmur", "9120001234567", "9120.0012.34567"]
)
def test_an_ikm_is_found_with_its_application(auditor, words):
    ikm = IkmFactory(name="CV Sandang Makmur", nib="9120001234567")
    IkmFactory(name="UD Rotan Jaya")
    application = ApplicationFactory(organization=ikm, stage=Stage.CONFORMITY)

    assert groups_of(auditor, words) == {
        "Organisasi": ["CV Sandang Makmur"],
        "Permohonan bantuan mesin": [f"{application.registration_number}, CV Sandang Makmur"],
    }


@pytest.mark.parametrize("words", ["01.312.166.0-091.000", "0013121660091000", "013121660091000"])
def test_a_company_is_found_by_its_npwp_as_it_is_written(auditor, words):
    PartnerFactory(name="PT Mesin Nusantara", npwp="0013121660091000")

    assert groups_of(auditor, words) == {"Organisasi": ["PT Mesin Nusantara"]}


def test_an_application_is_found_by_its_number_and_a_draft_by_nobody(auditor):
    ikm = IkmFactory(name="CV Sandang Makmur")
    application = ApplicationFactory(organization=ikm, stage=Stage.CONFORMITY)
    number = application.registration_number
    ApplicationFactory(organization=IkmFactory(name="CV Tenun Konsep"))

    assert groups_of(auditor, number.lower()) == {
        "Permohonan bantuan mesin": [f"{number}, CV Sandang Makmur"]
    }
    assert groups_of(auditor, "Tenun Konsep") == {"Organisasi": ["CV Tenun Konsep"]}


@pytest.mark.parametrize(
    "words", ["PKS-77/LM/2026", "pks-77", "Negeri Salido", "Salido", "10303456", "permesinan"]
)
def test_an_agreement_is_found_by_number_side_and_purpose(auditor, words):
    agreement = AgreementFactory(
        number="PKS-77/LM/2026",
        school=SchoolFactory(name="SMK Negeri Salido", npsn="10303456"),
        company=PartnerFactory(name="PT Baja Lestari"),
        status=AgreementStatus.ACTIVE,
    )

    found = groups_of(auditor, words)

    assert found["Perjanjian (PKS)"] == ["SMK Negeri Salido – PT Baja Lestari"]
    page = auditor.get(PAGE, {"q": words}).text
    assert link_to("partnerships_agreement_change", agreement) in page


# --- Training ------------------------------------------------------------------------------------


def test_an_event_is_found_by_words_of_the_same_stem(auditor):
    EventFactory(title="Pemasaran digital bagi perajin", summary="Melatih aparatur dinas.")

    for words in ("pemasaran perajin", "memasarkan", "pelatihan aparatur", "pmasaran digital"):
        assert groups_of(auditor, words) == {
            "Kegiatan pelatihan": ["Pemasaran digital bagi perajin"]
        }, words


@pytest.mark.parametrize("words", ["12/sert/bdi/2026", "K7PM-3XYZ", "k7pm3xyz", "Ratna Kusuma"])
def test_a_certificate_is_found_by_number_code_and_holder(auditor, words):
    paper = IssuedPaperFactory(
        kind=PaperKind.CERTIFICATE, number="12/SERT/BDI/2026", code="K7PM-3XYZ"
    )
    registration = RegistrationFactory(
        name="Ratna Kusuma, S.T.",
        status=RegistrationStatus.CERTIFIED,
        certificate=paper,
        attended_jp=8,
    )

    assert groups_of(auditor, words)["Peserta dan sertifikat"] == ["Ratna Kusuma, S.T."]
    assert link_to("training_registration_change", registration) in (
        auditor.get(PAGE, {"q": words}).text
    )


def test_a_participant_is_found_by_nip_and_a_trainee_with_the_batch(auditor):
    RegistrationFactory(name="Hendra Putra", nip="198503152010011002")
    trainee = TraineeFactory(name="Yusuf Hidayat")

    assert groups_of(auditor, "19850315 201001 1 002") == {
        "Peserta dan sertifikat": ["Hendra Putra"]
    }
    assert groups_of(auditor, "yusuf hidayt") == {"Peserta Diklat 3in1": ["Yusuf Hidayat"]}
    assert groups_of(auditor, trainee.batch.course.title)["Angkatan Diklat 3in1"] == [
        str(trainee.batch)
    ]


# --- Who sees what -------------------------------------------------------------------------------


def test_an_officer_of_one_unit_does_not_see_what_another_holds(auditor):
    own, other = UnitFactory(), UnitFactory()
    client = sign_in(Client(), organizer(roles.BDI_ADMIN, own))
    for unit, place in ((own, "Padang"), (other, "Makassar")):
        event = EventFactory(title=f"Bimtek Rotan {place}", unit=unit)
        RegistrationFactory(event=event, name=f"Rotanto {place}")
        TraineeFactory(name=f"Rotanti {place}", batch=BatchFactory(course__unit=unit))

    seen = [title for titles in groups_of(client, "rotan").values() for title in titles]
    everything = [title for titles in groups_of(auditor, "rotan").values() for title in titles]

    assert seen
    assert not any("Makassar" in title for title in seen)
    assert {"Bimtek Rotan Makassar", "Rotanto Makassar", "Rotanti Makassar"} <= {*everything}


def test_who_sees_few_rows_finds_those_however_many_others_are_called_so():
    own, other = UnitFactory(), UnitFactory()
    client = sign_in(Client(), organizer(roles.BDI_ADMIN, own))
    crowd = EventFactory(unit=other, title="Umum", capacity=MOST * 2)
    people = UserFactory.create_batch(MOST + 20, name="Siti Aminah")
    for person in people:
        RegistrationFactory(event=crowd, user=person)
    RegistrationFactory(event=EventFactory(unit=own, title="Khusus"), name="Siti Aminah")

    groups = client.get(PAGE, {"q": "siti aminah"}).context["groups"]
    found = {group.kind.label: group for group in groups}

    assert found["Peserta dan sertifikat"].count == 1
    assert found["Peserta dan sertifikat"].found.hits[0].about == "Khusus"


def test_a_verifier_finds_only_the_visits_of_their_own():
    application = ApplicationFactory(
        organization=IkmFactory(name="CV Tenun Pandai Sikek"), stage=Stage.VISIT
    )
    ours = sign_in(Client(), application.visit.verifier)
    others = sign_in(Client(), officer(roles.FIELD_VERIFIER))

    assert "Permohonan bantuan mesin" in groups_of(ours, "Pandai Sikek")
    assert "Permohonan bantuan mesin" not in groups_of(others, "Pandai Sikek")


def test_what_an_officer_may_not_open_is_not_searched():
    UserFactory(name="Rahmah Contoh")
    client = sign_in(Client(), officer())

    page = client.get(PAGE, {"q": "Rahmah Contoh"})

    assert page.status_code == 200
    assert "Rahmah Contoh</a>" not in page.text
    assert "belum memiliki hak" in page.text


@pytest.mark.parametrize("path", [PAGE, SUGGESTIONS])
def test_the_search_is_for_officers(client, path):
    owner = UserFactory()
    IkmFactory(owner=owner)
    DinasFactory(member=owner)

    assert client.get(path, {"q": "CV"}).url.startswith("/akun/login/")
    sign_in(client, owner)
    assert client.get(path, {"q": "CV"}, follow=True).status_code == 403
    assert client.post(path).status_code in {302, 403, 405}


# --- What people type ----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "  ", "a", "ab", "%_'\0", "'; --", "a b c", "%%%%%%", "…"])
def test_too_little_to_look_for_gets_a_sentence(auditor, words):
    UserFactory(name="Abdul Contoh")

    page = auditor.get(PAGE, {"q": words})

    assert page.status_code == 200
    assert page.context["groups"] == []
    assert ("tiga huruf atau angka" in page.text) == bool(words.replace("\0", "").strip())


@pytest.mark.parametrize(
    "words",
    [
        "Rahmah%_'\0 Contoh",
        "x" * 10_000,
        "rahmah " * 2_000,
        "<script>alert(1)</script>",
        "'); DROP TABLE programs_user; --",
        "\\\\server & | ! ( ) : * <->",
        "emoji 🧵 dan aksara 漢字漢字",
        "١٢٣٤٥٦٧٨٩٠",
        "0" * 13,
        "9" * 40,
        "@@@@@@",
        "a@b@contoh.example",
    ],
)
def test_hostile_words_find_nothing_and_break_nothing(auditor, words):
    UserFactory(name="Abdul Contoh")

    for path in (PAGE, SUGGESTIONS):
        page = auditor.get(path, {"q": words})
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_what_stands_for_anything_in_sql_stands_for_itself(auditor):
    UserFactory(name="Diskon 100%_ Contoh")
    UserFactory(name="Diskon 100 persen")

    assert groups_of(auditor, "100%_ contoh") == {"Orang": ["Diskon 100%_ Contoh"]}


def test_what_was_pasted_is_cut_and_numbers_are_read_in_any_spelling():
    assert len(Words("kata " * 5_000).typed) <= 100
    assert Words("kata " * 5_000).words == ["kata"]
    assert len(Words(" ".join(map(str, range(100, 5_000)))).words) == 6
    assert Words("01.312.166.0-091.000").number == "013121660091000"
    assert Words("SMK Negeri 1").number == ""
    assert Words("0812 3456 7890").phone == Words("+62812-3456-7890").phone == "+6281234567890"
    assert Words("Jalan 0812").phone == ""
    assert not Words("a & b")
    assert Words("PT X, (Maju)").words == ["pt", "x", "maju"]
    assert Words("PT X, (Maju)").phrase == "PT X Maju"


# --- The page ------------------------------------------------------------------------------------


def test_what_was_typed_stays_in_the_box_and_the_rest_is_one_press_away(auditor):
    UserFactory.create_batch(8, name="Siti Aminah")

    page = auditor.get(PAGE, {"q": "siti aminah"})
    [group] = page.context["groups"]

    assert 'value="siti aminah"' in page.text
    assert (group.count, len(group.found.hits)) == (8, 6)
    assert group.all_url == f"{reverse('admin:programs_user_changelist')}?q=siti+aminah"
    assert auditor.get(group.all_url).text.count("Siti Aminah") == 8


def test_a_count_beyond_the_limit_says_or_more(auditor):
    UserFactory.create_batch(MOST + 1, name="Siti Aminah")

    [group] = auditor.get(PAGE, {"q": "siti aminah"}).context["groups"]

    assert group.count == f"{MOST}+"


def test_the_suggestions_are_a_part_of_a_page(auditor):
    person = UserFactory(name="Siti <b>Rahmah</b>")

    answer = auditor.get(SUGGESTIONS, {"q": "siti"})

    assert link_to("programs_user_change", person) in answer.text
    assert escape("Siti <b>Rahmah</b>") in answer.text
    assert "<html" not in answer.text
    assert answer["Cache-Control"].startswith("max-age=0")


def test_the_box_is_in_the_head_of_every_page_of_the_desk(client):
    sign_in(client, officer(roles.AUDITOR, is_superuser=True))
    MentorFactory()

    for path in [
        PAGE,
        reverse("admin:subsidies_application_changelist"),
        reverse("admin:programs_organization_changelist"),
        reverse("admin:programs_organization_add"),
        reverse("admin:partnerships_suggestion_changelist"),
        reverse("admin:training_event_changelist"),
    ]:
        page = client.get(path).text
        assert page.count('id="cari-meja"') == 1, path
        assert f'action="{PAGE}"' in page, path


def test_more_records_cost_no_more_queries(auditor, django_assert_num_queries):
    def fill():
        ikm = IkmFactory(name="CV Rotan Contoh", owner=UserFactory(name="Rotan Contoh"))
        ApplicationFactory(organization=ikm, stage=Stage.CONFORMITY)
        AgreementFactory(school=SchoolFactory(name="SMK Rotan"))
        event = EventFactory(title="Bimtek rotan")
        RegistrationFactory(event=event, name="Rotanto")
        TraineeFactory(name="Rotanti")

    fill()
    auditor.get(PAGE, {"q": "rotan"})
    with django_assert_num_queries(QUERIES):
        assert len(auditor.get(PAGE, {"q": "rotan"}).context["groups"]) == 7
    fill()
    fill()
    with django_assert_num_queries(QUERIES):
        auditor.get(PAGE, {"q": "rotan"})
