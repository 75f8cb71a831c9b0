"""The demo's mails: kept on this machine, readable, harmless."""

from importlib import reload

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import NoReverseMatch, clear_url_caches, reverse

import config.urls
from config.demo import FolderMailBackend

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    """The addresses as they are in a demo."""
    settings.DEMO = True
    reload(config.urls)
    clear_url_caches()
    yield
    settings.DEMO = False
    reload(config.urls)
    clear_url_caches()


def send(subject="Konfirmasi surel", text="Buka http://localhost:8000/akun/x/ sekarang.", html=""):
    mail = EmailMultiAlternatives(subject, text, "bina@contoh.id", ["sari@contoh.id"])
    if html:
        mail.attach_alternative(html, "text/html")
    with get_connection("config.demo.FolderMailBackend") as connection:
        return connection.send_messages([mail])


def test_an_empty_folder_says_what_to_do(client, demo):
    page = client.get("/demo/surat/").content.decode()

    assert "Belum ada surat" in page


def test_a_stranger_reads_a_mail_and_follows_its_link(client, demo):
    assert send(html="<p>Buka</p>") == 1
    send(subject="Kedua: perihal dengan “tanda petik”")

    listing = client.get("/demo/surat/").content.decode()
    name = listing.split('href="/demo/surat/')[-1].split("/")[0]
    page = client.get(f"/demo/surat/{name}/").content.decode()

    assert listing.index("Kedua: perihal dengan “tanda petik”") < listing.index("Konfirmasi surel")
    assert 'href="http://localhost:8000/akun/x/"' in page
    assert "sari@contoh.id" in page
    assert f'<iframe class="mail-frame mt" sandbox src="/demo/surat/{name}/html/"' in page


def test_the_html_part_runs_and_fetches_nothing(client, demo, settings):
    send(html="<script>alert(1)</script><p>Isi</p>")
    name = next(settings.MAIL_DIR.glob("*.eml")).stem

    response = client.get(f"/demo/surat/{name}/html/")

    assert b"<p>Isi</p>" in response.content
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none';")
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_what_a_mail_says_is_text_on_our_page(client, demo, settings):
    send(subject="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    name = next(settings.MAIL_DIR.glob("*.eml")).stem

    for path in ("/demo/surat/", f"/demo/surat/{name}/"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["123", "..%2Fkeys", "a.b"])
def test_only_mails_can_be_read(client, demo, settings, name):
    (settings.MAIL_DIR.parent / "keys.eml").write_text("geheim")

    assert client.get(f"/demo/surat/{name}/").status_code == 404
    assert client.get(f"/demo/surat/{name}/html/").status_code == 404


def test_a_mail_without_html_has_no_html(client, demo, settings):
    send()
    name = next(settings.MAIL_DIR.glob("*.eml")).stem

    assert client.get(f"/demo/surat/{name}/html/").status_code == 404
    assert "Bagian HTML" not in client.get(f"/demo/surat/{name}/").content.decode()


def test_a_mail_that_is_being_written_is_not_shown(client, demo, settings):
    settings.MAIL_DIR.mkdir()
    (settings.MAIL_DIR / "1.part").write_text("Subject: belum selesai")

    assert "Belum ada surat" in client.get("/demo/surat/").content.decode()


def test_outside_the_demo_there_is_no_such_page(client):
    assert client.get("/demo/surat/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("demo_mail_list")


def test_nothing_to_send_is_nothing_sent():
    assert FolderMailBackend().send_messages([]) == 0
