"""Files that were handed in: kept whole, opened to those who may see them and to nobody else."""

import pytest
from django.db import transaction
from django.urls import reverse

from programs import documents, roles
from programs.models import Document
from programs.uploads import AcceptedFile
from tests.factories.programs import DocumentFactory, IkmFactory, UserFactory, officer
from tests.people import body_of, sign_in

pytestmark = pytest.mark.django_db

ACCEPTED = AcceptedFile(
    name="Faktur pajak.pdf",
    content=b"%PDF-1.7 isi",
    content_type="application/pdf",
    extension=".pdf",
    sha256="a" * 64,
    size=12,
    pages=1,
)


@pytest.fixture
def opened_to(monkeypatch):
    """An app whose records open every document to these people."""
    people = []
    monkeypatch.setattr(documents, "_checks", [lambda user, document: user in people])
    return people


def page(document, query=""):
    return reverse("programs:document", args=[document.code]) + query


def stored_files(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_stored_document_says_what_it_is_and_who_brought_it():
    owner = UserFactory()
    ikm = IkmFactory(owner=owner)

    document = documents.store_document(ACCEPTED, organization=ikm, by=owner)

    document.refresh_from_db()
    with document.file.open() as file:
        assert file.read() == ACCEPTED.content
    assert (document.name, document.sha256, document.size) == ("Faktur pajak.pdf", "a" * 64, 12)
    assert (document.uploaded_by, document.organization) == (owner, ikm)
    assert document.code.hex in document.file.name
    assert "Faktur" not in document.file.name


def test_a_row_that_is_refused_leaves_no_file(settings):
    broken = AcceptedFile(**{**vars(ACCEPTED), "size": 0})

    with pytest.raises(Exception, match="programs_document_has_content"), transaction.atomic():
        documents.store_document(broken, organization=None, by=UserFactory())

    assert not Document.objects.exists()
    assert stored_files(settings) == []


def test_a_rolled_back_transaction_leaves_no_row():
    with transaction.atomic():
        documents.store_document(ACCEPTED, organization=None, by=UserFactory())
        transaction.set_rollback(True)

    assert not Document.objects.exists()


def test_who_may_see_it_opens_it(client, opened_to):
    document = DocumentFactory(content=b"%PDF-1.7 isi")
    opened_to.append(document.uploaded_by)

    answer = sign_in(client, document.uploaded_by).get(page(document))

    assert body_of(answer) == b"%PDF-1.7 isi"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="NIB.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Content-Security-Policy"] == documents.SEALED_OFF
    assert "private" in answer["Cache-Control"]


def test_it_can_be_kept(client, opened_to):
    document = DocumentFactory(name="Foto mesin “baru”.pdf")
    opened_to.append(document.uploaded_by)

    answer = sign_in(client, document.uploaded_by).get(page(document, "?unduh=1"))
    body_of(answer)

    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Foto%20mesin")


def test_for_a_stranger_it_does_not_exist(client, opened_to):
    document = DocumentFactory()

    answer = sign_in(client, UserFactory()).get(page(document))

    assert answer.status_code == 404


def test_not_even_who_brought_it_sees_what_no_record_opens(client, opened_to):
    document = DocumentFactory()

    assert sign_in(client, document.uploaded_by).get(page(document)).status_code == 404


def test_without_signing_in_one_is_asked_to(client):
    answer = client.get(page(DocumentFactory()))

    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("role", "status"), [(roles.AUDITOR, 200), (roles.PPK, 200), (roles.FIELD_VERIFIER, 404)]
)
def test_officers_need_the_permission(client, opened_to, role, status):
    answer = sign_in(client, officer(role)).get(page(DocumentFactory()))
    body_of(answer)

    assert answer.status_code == status


def test_it_is_only_looked_at(client):
    answer = sign_in(client, officer(roles.AUDITOR)).post(page(DocumentFactory()))

    assert answer.status_code == 405


def test_a_web_server_in_front_hands_it_out(client, settings, opened_to):
    settings.MEDIA_ACCEL_PREFIX = "/media-dalam/"
    document = DocumentFactory()
    opened_to.append(document.uploaded_by)

    answer = sign_in(client, document.uploaded_by).get(page(document))

    assert answer["X-Accel-Redirect"] == f"/media-dalam/{document.file.name}"
    assert answer.content == b""
