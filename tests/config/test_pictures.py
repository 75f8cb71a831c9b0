"""The README shows the product as it is, in pictures that do not weigh on a clone."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.pictures.screens import FOLDER, LARGEST, SCREENS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def test_every_picture_of_the_readme_is_drawn_and_every_drawn_one_is_shown():
    shown = set(
        re.findall(r'<img src="docs/screens/([\w-]+\.png)" width="\d+" alt="[^"]{20,}">', README)
    )

    assert shown == {path.name for path in FOLDER.iterdir()}
    assert {f"{screen.name}.png" for screen in SCREENS} == shown


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_is_small_and_wide_enough_to_be_read(path):
    with Image.open(path) as picture:
        width = picture.width

    assert path.stat().st_size <= LARGEST
    assert width >= 720


def test_no_page_asks_for_a_file_that_is_not_there():
    asked = {
        name
        for folder in ["templates", "config", "programs"]
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".py"}
        for name in re.findall(r"""static\(?\s*['"]([\w./-]+)['"]""", path.read_text())
    }
    theirs = ("unfold/", "admin/", "django_htmx/", "mfa/", "account/")

    ours = {name for name in asked if not name.startswith(theirs)}
    assert "bina.css" in ours
    assert {name for name in ours if not (ROOT / "static" / name).exists()} == set()
