"""``manage.py demo --scale national``, from an empty database of its own to the last figure."""

import os
import shutil
from pathlib import Path

from tests.bench import stopwatch

FOLDER = Path(os.environ["EMBEDDED_DIR"]) / "national"


def measure():
    shutil.rmtree(FOLDER, ignore_errors=True)
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    } | {"EMBEDDED_DIR": str(FOLDER)}
    stopwatch.command("migrate", environment=environment)
    seconds, megabytes = stopwatch.command("demo", "--scale", "national", environment=environment)
    yield "demo of national scale, the small demo included", f"{seconds:.0f} s", "≤ 300 s"
    yield "… peak memory of the process", f"{megabytes:.0f} MB", "≤ 300 MB"
