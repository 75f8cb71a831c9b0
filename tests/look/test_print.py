"""What comes out of a printer: A4, black on white, the page and nothing around it."""

import pytest
from playwright.sync_api import expect

from tests.factories.training import EventFactory, bring_to
from training.enums import EventStatus

pytestmark = pytest.mark.django_db(transaction=True)

A4_BETWEEN_MARGINS = 673  # CSS pixels: 210 mm less 2 × 16 mm
DAY = {"--ok": "#1e6b2a", "--warn": "#855000", "--danger": "#b3140c", "--surface": "#fff"}


@pytest.fixture
def paper(site):
    site.set_viewport_size({"width": A4_BETWEEN_MARGINS, "height": 1000})
    site.emulate_media(media="print", color_scheme="dark")
    return site


def test_night_does_not_come_onto_paper(paper):
    paper.visit("/contoh/bagian/")

    colours = paper.evaluate(
        """names => names.map((name) =>
            getComputedStyle(document.documentElement).getPropertyValue(name))""",
        list(DAY),
    )
    assert dict(zip(DAY, colours, strict=True)) == DAY


def test_paper_says_whose_page_it_is_and_leaves_out_what_one_presses(paper):
    bring_to(EventFactory(), EventStatus.OPEN)
    paper.visit("/pelatihan/")

    expect(paper.locator(".print-head")).to_contain_text("Kementerian Perindustrian")
    for part in ["header", "footer", "nav", "search"]:
        for place in paper.locator(part).all():
            expect(place).to_be_hidden()


def test_nothing_sticks_out_of_the_sheet(paper):
    for path in ["/contoh/meja/", "/kemitraan/", "/bantuan/", "/privasi/"]:
        paper.visit(path)
        assert paper.evaluate("document.documentElement.scrollWidth") <= A4_BETWEEN_MARGINS, path
