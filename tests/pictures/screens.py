"""``make screenshots``: four screens of the running product with the demo's data, for the README.

A page that the product does not have yet is named and left out; nothing is drawn by hand.
"""

import io
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.axe import DESK, PHONE
from tests.chromium import launch_options
from tests.pictures.demo_site import cookies_of, demo_site

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screens"
LARGEST = 60 * 1024  # bytes of one picture: the README shows all of them


class Screen(NamedTuple):
    name: str
    who: str
    size: dict
    sharpness: int = 1


OWNER = "rahmah@ikm.example"
SCREENS = [
    Screen("owner-phone", OWNER, PHONE, sharpness=2),
    Screen("officers-desk", "kesesuaian@bina.example", DESK),
    Screen("event", "", DESK),
    Screen("minister", "ikma@bina.example", DESK),
]


def addresses():
    """Where each screen is, in the demo of today."""
    from django.urls import reverse

    from subsidies.enums import Stage
    from subsidies.models import Application
    from training.enums import EventStatus
    from training.models import Event

    of_owner = Application.objects.filter(organization__memberships__user__email=OWNER)
    returned = of_owner.in_stage(Stage.CORRECTION).earliest("pk")
    waiting = Application.objects.in_stage(Stage.CONFORMITY).earliest("pk")
    event = Event.objects.filter(status=EventStatus.OPEN, capacity__gt=100).earliest("pk")
    return {
        "owner-phone": reverse("subsidies:application_detail", args=[returned.pk]),
        "officers-desk": reverse("admin:subsidies_application_change", args=[waiting.pk]),
        "event": reverse("training:event_detail", args=[event.slug]),
        "minister": "/admin/menteri/",
    }


def main():
    folder = ROOT / "var" / "pictures"
    shutil.rmtree(folder, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    missing = []
    with demo_site(folder) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(playwright))
        where = addresses()
        for screen in SCREENS:
            context = browser.new_context(
                locale="id-ID",
                timezone_id="Asia/Jakarta",
                viewport=screen.size,
                device_scale_factor=screen.sharpness,
            )
            if screen.who:
                context.add_cookies(cookies_of(screen.who, site))
            page = context.new_page()
            answer = page.goto(site + where[screen.name])
            if answer.status == 200:
                keep(screen.name, page.screenshot())
            else:
                missing.append(f"{screen.name}: {where[screen.name]} answers {answer.status}")
            context.close()
        browser.close()
    shutil.rmtree(folder, ignore_errors=True)
    if missing:
        sys.exit("Not drawn:\n" + "\n".join(missing))


def keep(name, picture):
    """As many colours as fit into the size: letters stay sharp, only soft tones are lost."""
    drawn = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (128, 64, 32, 16):
        small = io.BytesIO()
        # So that a rare colour, like the mark's brown, is not taken for its neighbour.
        few = drawn.quantize(colours, method=Image.Quantize.MAXCOVERAGE)
        few.save(small, "PNG", optimize=True)
        if small.tell() <= LARGEST:
            break
    path = FOLDER / f"{name}.png"
    path.write_bytes(small.getvalue())
    print(f"{path.relative_to(ROOT)}: {small.tell() / 1024:.0f} KB, {colours} colours")


if __name__ == "__main__":
    main()
