"""Which browser the tests and the pictures use, and how it is started."""

import os
import shutil

FLAGS = [
    "--no-sandbox",  # Chromium as root, as in most containers
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that fetches anything from elsewhere fails its test.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


class NoBrowser(Exception):
    """There is no Chromium. The message says how to get one."""


def launch_options(playwright):
    """The machine's own Chromium, else Playwright's, else a clear word."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    program = program or playwright.chromium.executable_path
    if not os.path.exists(program):
        raise NoBrowser(
            f"There is no browser at {program}. Install Chromium (Debian: apt install chromium), "
            "or run `.venv/bin/playwright install chromium`, or set CHROMIUM to its program."
        )
    return {"executable_path": program, "args": FLAGS}
