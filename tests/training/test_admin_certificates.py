"""Certificates on the desk: ordered, watched, downloaded, revoked, replaced."""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programs import roles
from programs.models import IssuedPaper, Notification
from tests.factories.programs import officer
from tests.factories.training import (
    AFTERWARDS,
    NOW,
    EventFactory,
    RegistrationFactory,
    UnitFactory,
    bring_to,
    organizer,
)
from tests.people import body_of, sign_in
from tests.subsidies.desk import words
from tests.training.results_desk import address, holder
from training.enums import EventStatus, RegistrationStatus
from training.models import Event, Registration
from training.workflow.certificates import issue_next_batch, order_certificates

pytestmark = pytest.mark.django_db
TODAY = AFTERWARDS.date()


@pytest.fixture
def event():
    return EventFactory(title="Bimtek IKM")


@pytest.fixture
def drawn(monkeypatch):
    """PDFs take a second each; here only that they are there matters."""

    def draw(paper_id):
        paper = IssuedPaper.objects.get(pk=paper_id)
        paper.sha256 = "0" * 64
        paper.file.save("x.pdf", ContentFile(b"%PDF " + paper.number.encode()), save=False)
        paper.save(update_fields=["file", "sha256"])

    return draw


def qualified(event, *names, **details):
    """People who passed, at an event whose results are fixed."""
    people = [
        RegistrationFactory(event=event, name=name, attended_jp=4, **details) for name in names
    ]
    keys = [one.pk for one in people]
    Registration.objects.filter(pk__in=keys).update(status=RegistrationStatus.QUALIFIED)
    if event.status == EventStatus.OPEN:
        bring_to(event, EventStatus.CONCLUDED)
    return people


def certified(event, *names):
    people = qualified(event, *names)
    with time_machine.travel(AFTERWARDS, tick=False):
        order_certificates(event, by=organizer(roles.BDI_ADMIN, event.unit), now=AFTERWARDS)
        issue_next_batch(event.pk, today=TODAY)
    for one in people:
        one.refresh_from_db()
    return people


def page(client, event, **query):
    return client.get(address(event, "certificates"), query)


def test_an_order_says_how_many_and_a_worker_issues_them(
    client, event, django_capture_on_commit_callbacks
):
    ani, budi = qualified(event, "Ani", "Budi")
    Registration.objects.filter(pk=ani.pk).update(name_confirmed_at=NOW)
    person = holder(client, event)

    before = words(page(client, event))
    assert "2 orang memenuhi syarat dan belum bersertifikat" in before
    assert "1 di antaranya belum memastikan namanya" in before
    assert "Terbitkan 2 sertifikat" in before

    with time_machine.travel(AFTERWARDS), django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address(event, "certificates_order"))

    assert answer.url == address(event, "certificates")
    for number, one in enumerate((ani, budi), 1):
        one.refresh_from_db()
        assert one.status == RegistrationStatus.CERTIFIED
        assert one.certificate.number.startswith(f"{number:04d}/{event.unit.satker_code}/BIMTEK/")
        assert one.certificate.issued_by == person
    assert "Semua sertifikat sudah terbit 2 sertifikat berlaku." in words(client.get(answer.url))


def test_an_order_without_anybody_is_refused(client, event):
    RegistrationFactory(event=event)
    bring_to(event, EventStatus.CONCLUDED)
    holder(client, event)

    answer = client.post(address(event, "certificates_order"))

    assert answer.status_code == 422
    assert "Tidak ada peserta yang memenuhi syarat" in words(answer)


def test_before_the_results_are_fixed_there_is_no_button(client):
    event = bring_to(EventFactory(), EventStatus.FINISHED)
    holder(client, event)

    text = words(page(client, event))

    assert "Hasil belum ditetapkan" in text
    assert client.post(address(event, "certificates_order")).status_code == 422


def test_an_event_without_certificates_says_so(client):
    event = EventFactory(gives_certificate=False)
    holder(client, event)

    assert "Kegiatan ini tidak memberi sertifikat" in words(page(client, event))


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (1, "Sertifikat sedang diterbitkan 0 dari 2 sudah terbit. Diminta 23 September 2026"),
        (11, "Penerbitan tertahan"),
    ],
)
def test_the_page_says_how_far_the_worker_is(client, event, minutes, sentence):
    qualified(event, "Ani", "Budi")
    person = holder(client, event)
    order_certificates(event, by=person, now=AFTERWARDS)

    with time_machine.travel(AFTERWARDS + timedelta(minutes=minutes), tick=False):
        response = page(client, event)

    assert sentence in words(response)
    assert 'hx-trigger="every 5s"' in response.text


def test_while_it_runs_only_the_progress_is_renewed_and_then_the_whole_page(client, event):
    (ani,) = certified(event, "Ani")
    holder(client, event)
    as_htmx = {"HX-Request": "true"}

    working = client.get(address(event, "certificates"), headers=as_htmx)
    assert working.text.lstrip().startswith('<div id="kemajuan"')
    assert "PDF: 0 dari 1 sudah dibuat" in words(working)
    assert "HX-Refresh" not in working.headers

    IssuedPaper.objects.filter(pk=ani.certificate_id).update(file="a.pdf", sha256="0" * 64)
    done = client.get(address(event, "certificates"), headers=as_htmx)
    assert done.headers["HX-Refresh"] == "true"


def test_certificates_are_listed_searched_and_opened(client, event, drawn):
    ani, _ = certified(event, "Ani", "Budi")
    drawn(ani.certificate_id)
    holder(client, event)

    def listed(**query):
        return [one.name for one in page(client, event, **query).context_data["page"]]

    assert listed() == ["Ani", "Budi"]
    assert listed(q="bud") == ["Budi"]
    assert listed(q=ani.certificate.number) == ["Ani"]
    assert listed(saring="dicabut") == []
    link = reverse("programs:paper", args=[ani.certificate.code])
    assert link in page(client, event).text
    assert body_of(client.get(link)).startswith(b"%PDF")


def test_a_certificate_is_revoked_with_a_reason_that_everybody_reads(client, event):
    (ani,) = certified(event, "Ani")
    holder(client, event)
    path = address(event, "certificate_revoke", ani.pk)

    assert ani.certificate.number in words(client.get(path))
    assert client.post(path, {"reason": ""}).status_code == 422

    answer = client.post(path, {"reason": "Terbit untuk orang yang keliru."})

    assert answer.url == address(event, "certificates")
    ani.refresh_from_db()
    assert ani.status == RegistrationStatus.REVOKED
    assert ani.certificate.state_reason == "Terbit untuk orang yang keliru."
    assert "Dicabut Terbit untuk orang yang keliru." in words(client.get(answer.url))
    again = client.post(path, {"reason": "Sekali lagi."})
    assert again.status_code == 422
    assert again.context_data["form"]["reason"].value() == "Sekali lagi."


def test_a_certificate_is_replaced_under_the_corrected_name(client, event):
    (ani,) = certified(event, "Ani")
    old = ani.certificate
    holder(client, event)
    path = address(event, "certificate_replace", ani.pk)

    assert client.get(path).context_data["form"]["name"].value() == "Ani"
    refused = client.post(path, {"name": "", "reason": ""})
    assert refused.status_code == 422
    assert "Tulis nama lengkap seperti di sertifikat baru." in words(refused)

    client.post(path, {"name": "Ani Lestari, S.T.", "reason": "Gelar belum tertulis."})

    ani.refresh_from_db()
    assert (ani.name, ani.certificate.holder) == ("Ani Lestari, S.T.", "Ani Lestari, S.T.")
    assert ani.certificate.number.startswith("0002/")
    old.refresh_from_db()
    assert old.replaced_by == ani.certificate
    assert f"menggantikan {old.number}" in words(page(client, event))
    assert Notification.objects.filter(
        recipient=ani.user, subject__startswith="Sertifikat"
    ).exists()


def test_all_certificates_come_in_one_archive_without_the_revoked(client, event, drawn):
    ani, budi, cici = certified(event, "Ani/Lestari", "Budi", "Cici")
    drawn(ani.certificate_id)
    drawn(budi.certificate_id)
    holder(client, event)
    client.post(address(event, "certificate_revoke", budi.pk), {"reason": "Keliru."})

    answer = client.get(address(event, "certificates_download"))

    archive = zipfile.ZipFile(io.BytesIO(body_of(answer)))
    assert archive.testzip() is None
    number = ani.certificate.number
    assert archive.namelist() == [f"{number.replace('/', '-')}_AniLestari.pdf"]
    assert archive.read(archive.namelist()[0]) == b"%PDF " + number.encode()
    assert cici.certificate.file.name == ""


# --- Who ----------------------------------------------------------------------------------------

DEEDS = ["certificate_revoke", "certificate_replace"]


def test_who_runs_events_but_may_not_issue_is_stopped(client, event):
    (ani,) = certified(event, "Ani")
    person = holder(client, event)
    for group in Group.objects.filter(user=person):
        group.permissions.filter(codename="issue_certificates").delete()

    text = words(page(client, event))

    assert "Cabut" not in text
    for path in [address(event, "certificates_order")] + [
        address(event, name, ani.pk) for name in DEEDS
    ]:
        assert client.post(path, {"reason": "x", "name": "x"}).status_code == 403


def test_an_auditor_reads_and_issues_nothing(client, event):
    (ani,) = certified(event, "Ani")
    sign_in(client, officer(roles.AUDITOR))

    assert ani.certificate.number in words(page(client, event))
    assert body_of(client.get(address(event, "certificates_download")))
    for path in [address(event, "certificates_order")] + [
        address(event, name, ani.pk) for name in DEEDS
    ]:
        assert client.post(path, {"reason": "x", "name": "x"}).status_code == 403
    ani.refresh_from_db()
    assert ani.status == RegistrationStatus.CERTIFIED


@pytest.mark.parametrize(
    "name", ["certificates", "certificates_order", "certificates_download", *DEEDS]
)
def test_officers_of_another_unit_find_nothing(client, event, name):
    (ani,) = certified(event, "Ani")
    sign_in(client, organizer(roles.BDI_ADMIN, UnitFactory()))
    more = [ani.pk] if name in DEEDS else []

    for method in (client.get, client.post):
        assert method(address(event, name, *more)).status_code in {404, 405}


def test_a_certificate_of_another_event_is_not_reached_from_here(client, event):
    (stranger,) = certified(EventFactory(), "Ani")
    holder(client, event)

    for name in DEEDS:
        assert client.get(address(event, name, stranger.pk)).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_many(client, event):
    certified(event, "Ani")
    holder(client, event)
    path = address(event, "certificates")
    client.get(path)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    before = queries()
    for n in range(5):
        certified(event, f"Orang {n}")

    assert Event.objects.get(pk=event.pk).taken == 6
    assert queries() == before
    assert before <= 15
