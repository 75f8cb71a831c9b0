"""What look.md promises and a machine can check without a browser."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from programs.models import Notification, User

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
PAGES = [path for path in TEMPLATES.rglob("*.html") if "mail" not in path.parts]
NAMES = [str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html"))]
BUDGETS = {"bina.css": 12_000, "icons.svg": 4_000, "bina.js": 6_500}
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))


def in_transit(name):
    return len(gzip.compress((STATIC / name).read_bytes(), 9))


@pytest.mark.parametrize("name", BUDGETS)
def test_a_slow_telephone_gets_it_quickly(name):
    assert in_transit(name) <= BUDGETS[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_template_can_be_read(name):
    assert get_template(name)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_carries_style_or_script_in_its_text(path):
    text = path.read_text()
    scripts = re.findall(r"<script[^>]*>", text)

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)
    assert [tag for tag in scripts if "src=" not in tag and "application/json" not in tag] == []


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    text = "".join(path.read_text() for path in PAGES)
    asked = set(re.findall(r'icon(?:_end)?="([a-z-]+)"', text))
    asked |= set(re.findall(r'<c-icon name="([a-z-]+)"', text))
    asked |= set(re.findall(r"\bicon\('([a-z-]+)'\)", (STATIC / "bina.js").read_text()))

    assert asked - ICONS == set()


def test_colours_are_named_by_their_role():
    rules = (STATIC / "bina.css").read_text().split("@layer base {", 1)[1]
    # White paper, black ink on it and the hero keep their colours in the dark as well.
    own = re.compile(r"^\s*\.(paper|viewer|qr|hero)\b")
    named = [line for line in rules.splitlines() if not own.match(line)]
    on_paper = rules.split("@media print", 1)[1].splitlines()

    assert [
        line for line in named if re.search(r"#[0-9a-f]{3,6}\b", line) and line not in on_paper
    ] == []


def test_nothing_is_important_outside_utilities_and_print():
    assert "!important;" not in (STATIC / "bina.css").read_text().split("@layer utilities {", 1)[0]


@pytest.mark.parametrize("suffix", ["html", "txt"])
def test_a_mail_says_what_happened_and_whom_to_ask(suffix):
    notification = Notification(
        recipient=User(name="Sari <Contoh>", email="sari@contoh.id"),
        subject="Perbaikan diminta",
        body="Jawab paling lambat 15 September 2026.",
        contact="Sekretariat, bantuan@contoh.id",
    )

    mail = render_to_string(
        f"mail/notification.{suffix}",
        {"notification": notification, "address": "http://localhost:8000/beranda/"},
    )

    assert ("Sari &lt;Contoh&gt;" if suffix == "html" else "Sari <Contoh>") in mail
    for words in [
        "Perbaikan diminta",
        "Jawab paling lambat 15 September 2026.",
        "http://localhost:8000/beranda/",
        "Sekretariat, bantuan@contoh.id",
    ]:
        assert words in mail


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_the_last_pages_stand_without_a_request(name):
    assert "Bina Industri" in render_to_string(name)
