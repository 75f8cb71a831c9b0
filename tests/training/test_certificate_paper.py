"""The certificate, issued by the workflow, read as its holder reads it."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from programs.papers import NOT_SIGNED, typeset, verification_url
from tests.factories.programs import RegionFactory
from tests.factories.training import (
    AFTERWARDS,
    EventFactory,
    RegistrationFactory,
    SessionFactory,
    UnitFactory,
    bring_to,
)
from tests.pdf_text import pages, words
from tests.people import sign_in
from tests.qr_codes import code_of, codes_on_page, codes_on_paper
from training.enums import EventKind, EventMode, EventStatus, RegistrationStatus
from training.workflow import certificates

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 24)
LONG_NAME = (
    "Prof. Dr. Ir. Raden Ajeng Siti Rahmawati Kusumaningtyas Hadiningrat Prawirodirdjo "
    "Sastrowardoyo, S.T., M.Si., M.Eng., Ph.D., IPU. #1 *Nusa* \\ Tenggara"
)


def certified(event, **details):
    """The registration of somebody whose certificate for ``event`` was issued."""
    details = {"attended_jp": 4} | details
    registration = RegistrationFactory(event=event, status=RegistrationStatus.QUALIFIED, **details)
    bring_to(event, EventStatus.CONCLUDED)
    certificates.order_certificates(event, by=registration.user, now=AFTERWARDS)
    certificates.issue_next_batch(event.pk, today=TODAY)
    registration.refresh_from_db()
    return registration


def test_it_says_who_took_part_in_what_when_and_for_how_many_hours():
    event = EventFactory(
        unit=UnitFactory(name="Balai Diklat Industri Padang", satker_code="570012"),
        title="Pembinaan IKM bagi aparatur Regional II",
    )
    paper = certified(
        event,
        name="Dr. Siti Rahmah, S.T., M.Si.",
        nip="198503302010011001",
        rank="III/d",
        position="Kepala Bidang Industri",
        institution="Dinas Perindustrian Kota Bukittinggi",
    ).certificate

    face, programme = pages(typeset(paper))

    assert "BALAI DIKLAT INDUSTRI PADANG" in face
    assert "DIREKTORAT JENDERAL" not in face
    assert "Nomor 0001/570012/BIMTEK/IX/2026" in face
    assert "Dr. Siti Rahmah, S.T., M.Si." in face
    assert "NIP 198503302010011001 · Penata Tingkat I (III/d)" in face
    assert "Kepala Bidang Industri" in face
    assert "Dinas Perindustrian Kota Bukittinggi" in face
    assert "yang telah mengikuti Bimtek sebagai peserta" in face
    assert "Pembinaan IKM bagi aparatur Regional II" in face
    assert "pada Senin, 21 September 2026 secara daring, dengan 4 jam pelajaran (JP)." in face
    assert "Diterbitkan 24\u00a0September\u00a02026" in face
    assert NOT_SIGNED in face
    assert verification_url(paper) in face
    assert "Pertanyaan tentang sertifikat ini: Panitia BDI, (0751) 000 0000" in face
    assert "Susunan acara" in programme
    assert "Materi 1" in programme
    assert "Materi 2" in programme
    assert "Halaman 2 dari 2" in programme


def test_what_is_not_known_of_a_person_leaves_no_gap():
    event = EventFactory(sessions=1, kind=EventKind.WEBINAR, title="Webinar ekspor kriya")
    registration = certified(event, name="Siti", attended_jp=2, region=RegionFactory())

    (face,) = pages(typeset(registration.certificate))

    assert "NIP" not in face
    assert "SitiKota Bukittinggi, Sumatera Baratyang telah mengikuti sebagai peserta" in face


def test_who_was_there_for_a_part_reads_how_much_of_it():
    face, programme = pages(typeset(certified(EventFactory(sessions=5), attended_jp=8).certificate))

    assert "dengan 8 dari 10 jam pelajaran (JP)" in face
    assert "Jumlah10" in programme
    assert "Diikuti peserta8" in programme


@pytest.mark.parametrize(
    ("mode", "where"),
    [
        (EventMode.ONLINE, "secara daring"),
        (EventMode.PLACE, "di Hotel Contoh, Kota Bukittinggi,"),
        (EventMode.HYBRID, "di Hotel Contoh, Kota Bukittinggi dan secara daring"),
    ],
)
def test_it_says_where_the_event_was(mode, where):
    event = EventFactory(mode=mode, place="Hotel Contoh", place_region=RegionFactory())

    assert where in words(typeset(certified(event).certificate))


def test_the_face_is_one_page_however_long_the_names_are():
    event = EventFactory(
        unit=UnitFactory(name="Direktorat Industri Kecil, Menengah, dan Aneka " * 4),
        title=("Peningkatan kapasitas aparatur pembina industri kecil dan menengah " * 3)[:200],
        mode=EventMode.HYBRID,
        place=("Hotel Contoh Jalan Jenderal Sudirman " * 6)[:200],
        contact="Panitia " + "x" * 190,
        sessions=0,
    )
    for number in range(1, 61):
        SessionFactory(event=event, number=number, title="Kebijakan pembinaan IKM " * 8)
    registration = certified(
        event,
        name=LONG_NAME[:150],
        attended_jp=100,
        nip="198503302010011001",
        rank="IV/e",
        position="Kepala Bidang Pembangunan Sumber Daya Industri dan Pemberdayaan " * 2,
        institution=("Dinas Koperasi, Usaha Kecil, Perindustrian dan Perdagangan " * 4)[:200],
    )

    face, *programme = pages(typeset(registration.certificate))

    assert LONG_NAME[:150].rstrip() in face.replace("\u200b", "")
    assert "dengan 100 dari 120 jam pelajaran (JP)" in face
    assert NOT_SIGNED in face
    assert len(programme) > 2
    assert all("Materi" in page for page in programme)
    assert "Jumlah120" in programme[-1]


def test_a_corrected_one_says_what_it_replaces():
    registration = certified(EventFactory())
    old = registration.certificate

    new = certificates.replace(
        registration, by=registration.user, reason="Gelar keliru.", name="Siti, M.T.", today=TODAY
    ).certificate

    text = words(typeset(new))
    assert "Siti, M.T." in text
    assert f"Sertifikat ini menggantikan sertifikat nomor {old.number}." in text


def test_its_code_leads_to_the_page_that_says_whether_it_is_genuine(client, settings):
    settings.BASE_URL = "https://bina.example"
    registration = certified(EventFactory())
    paper = registration.certificate
    content = typeset(paper)

    address = f"https://bina.example/verifikasi/{paper.code}/"
    assert codes_on_paper(content) == [[code_of(address)], [code_of(address)]]
    assert all(address in page for page in pages(content))
    answer = client.get(address.removeprefix(settings.BASE_URL))
    assertContains(answer, paper.number)
    assert codes_on_page(answer.text) == [code_of(address)]

    sign_in(client, registration.user)
    own_page = client.get(reverse("training:registration_detail", args=[registration.pk]))
    assert codes_on_page(own_page.text) == [code_of(address)]


def test_it_lies_across_can_be_archived_and_read_aloud():
    paper = certified(EventFactory()).certificate

    with pikepdf.open(BytesIO(typeset(paper))) as pdf, pdf.open_metadata() as facts:
        width, height = (float(length) for length in pdf.pages[0].MediaBox[2:])
        assert width > height
        assert (facts["pdfaid:part"], facts["pdfaid:conformance"]) == ("2", "B")
        assert facts["pdfuaid:part"] == "1"
        assert facts["dc:title"] == f"Sertifikat {paper.number}"
