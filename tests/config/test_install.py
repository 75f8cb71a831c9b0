"""The installed app: manifest, icons, and what its service worker may keep."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import resolve, reverse
from PIL import Image

from tests.people import sign_in

# What is fetched in the background, by everybody, asks no database: its tests have none.


def kept_by(script):
    return json.loads(re.search(r"const KEPT = (\[.*\]);", script)[1])


def picture_of(address):
    with Image.open(finders.find(address.removeprefix("/static/"))) as picture:
        return picture.convert("RGBA")


def test_the_manifest_names_the_ministry_and_leads_to_ones_own_tasks(client):
    answer = client.get("/manifest.webmanifest")

    manifest = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert "Kementerian Perindustrian" in manifest["name"]
    assert manifest["start_url"] == reverse("beranda")
    for entry in manifest["shortcuts"]:
        assert resolve(entry["url"])


def test_the_icons_of_the_manifest_are_of_the_size_it_says(client):
    icons = client.get("/manifest.webmanifest").json()["icons"]

    assert {icon["sizes"] for icon in icons} == {"192x192", "512x512"}
    assert [icon["purpose"] for icon in icons].count("maskable") == 1
    for icon in icons:
        assert "{}x{}".format(*picture_of(icon["src"]).size) == icon["sizes"]


def test_what_is_cut_to_shape_has_a_ground_up_to_its_corners():
    for name in ["maskable-512.png", "apple-touch-icon.png"]:
        picture = picture_of(f"/static/install/{name}")
        right, bottom = picture.width - 1, picture.height - 1

        corners = [
            picture.getpixel(at) for at in [(0, 0), (right, 0), (0, bottom), (right, bottom)]
        ]
        assert corners == [(255, 255, 255, 255)] * 4


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/bantuan/", "/akun/login/"])
def test_every_page_can_be_installed(client, path):
    page = client.get(path).content.decode()

    assert f'<link rel="manifest" href="{reverse("webmanifest")}">' in page
    assert static("install/apple-touch-icon.png") in page


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_the_worker_keeps_one_page_and_what_it_is_drawn_with(client):
    kept = kept_by(client.get("/sw.js").content.decode())

    assert kept == [reverse("offline"), *map(static, ["bina.css", "icons.svg", "favicon.svg"])]
    assert [address for address in kept[1:] if not finders.find(address[len("/static/") :])] == []


def test_the_page_without_a_network_asks_for_nothing_else(client):
    page = client.get("/luring/").content.decode()

    asked = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    assert asked <= set(kept_by(client.get("/sw.js").content.decode()))
    assert "<script" not in page


def test_a_new_text_gives_a_new_worker(client, settings):
    before = client.get("/sw.js").content

    settings.HELP_PHONE = "021-5255509"

    assert client.get("/sw.js").content != before
    assert "021-5255509" in client.get("/luring/").content.decode()


@pytest.mark.django_db
def test_the_page_without_a_network_is_the_same_for_everybody(client, django_user_model):
    stranger = client.get("/luring/").content
    person = django_user_model.objects.create_user(email="sari@contoh.id", name="Sari Dewi")

    sign_in(client, person)

    assert client.get("/luring/").content == stranger
