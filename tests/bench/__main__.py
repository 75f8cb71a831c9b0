"""``make bench``: the budgets of product.md §13, measured on this machine and printed as a table.

It measures and never judges in a test: a timed test is red on a busy day. Data lie in var/bench,
apart from everything else, and are made anew each time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment

from config.embedded import services

FOLDER = Path(__file__).resolve().parents[2] / "var" / "bench"
BENCHES = [
    "queue",
    "approvals",
    "papers",
    "pages",
    "certificates",
    "zoom",
    "trainings",
    "partnership_imports",
    "rush",
    "process",
    "matching",
    "partnerships",
    "sales",
    "esmart",
    "search",
    "minister",
    "national",
    "public_site",
    "open_data",
]


def _collect_static_files():
    """As for production: the tests' own settings would leave out names and compression."""
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
    )


def main():
    wanted = sys.argv[1:] or BENCHES
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.environ["EMBEDDED_DIR"] = str(FOLDER)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    with services():
        django.setup()
        setup_test_environment(debug=False)
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        call_command("load_partnerships", verbosity=0)
        _collect_static_files()
        print(f"{'what':58} {'measured':>22}   bound")
        for name in wanted:
            for what, measured, bound in __import__(
                f"tests.bench.{name}", fromlist=["measure"]
            ).measure():
                print(f"{what:58} {measured:>22}   {bound}", flush=True)


main()
