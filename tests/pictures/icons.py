"""``make icons``: the icons of the installed app, drawn from static/favicon.svg."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.chromium import launch_options

STATIC = Path(__file__).resolve().parents[2] / "static"
FOLDER = STATIC / "install"
# Name, side in pixels, how much of it the mark takes, ground. A launcher cuts a maskable icon to
# its own shape: only the middle four fifths are sure to be seen.
ICONS = [
    ("icon-192.png", 192, 1.0, None),
    ("icon-512.png", 512, 1.0, None),
    ("maskable-512.png", 512, 0.54, "#fff"),
    ("apple-touch-icon.png", 180, 0.68, "#fff"),
]


def main():
    mark = (STATIC / "favicon.svg").read_text()
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(playwright))
        page = browser.new_page()
        for name, side, share, ground in ICONS:
            page.set_viewport_size({"width": side, "height": side})
            page.set_content(
                f"<style>body{{margin:0;display:grid;place-items:center;height:100vh;"
                f"background:{ground or 'transparent'}}}svg{{width:{share:.0%}}}</style>{mark}"
            )
            drawn = Image.open(io.BytesIO(page.screenshot(omit_background=ground is None)))
            drawn.save(FOLDER / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
