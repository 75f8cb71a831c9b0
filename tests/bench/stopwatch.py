"""How pages and commands are measured.

A page by its queries, the time the database took, and what the reader loads; a command by its time
and the memory of its process.
"""

import gzip
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection

ASSET = re.compile(r'(?:src|href)="/static/([^"?#]+)')


@contextmanager
def queries():
    """Collect the seconds that each query took."""
    taken = []

    def timed(execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken.append(time.perf_counter() - start)

    with connection.execute_wrapper(timed):
        yield taken


def page(client, address):
    """(queries, milliseconds in the database, milliseconds in all) of a warm page."""
    client.get(address)
    start = time.perf_counter()
    with queries() as taken:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return len(taken), sum(taken) * 1000, (time.perf_counter() - start) * 1000, response


def first_visit(response):
    """Bytes of the page and of all it loads, each compressed as it goes over the wire."""
    html = response.content.decode()
    assets = {name.partition("#")[0] for name in ASSET.findall(html)}
    sizes = {name: _compressed(name) for name in assets}
    return len(gzip.compress(response.content)), sum(sizes.values())


def _compressed(name):
    made = Path(settings.STATIC_ROOT) / f"{name}.br"
    if made.exists():
        return made.stat().st_size
    found = Path(settings.STATIC_ROOT) / name
    content = (found if found.exists() else Path(finders.find(name))).read_bytes()
    return len(gzip.compress(content))


def command(*words, environment=None, refuses=False):
    """(seconds, peak megabytes) of a management command in a process of its own.

    ``refuses`` says that it may end with 1, as an import does that refused a row.
    """
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        env=os.environ if environment is None else environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # The kernel's own mark of this program; what wait4 says would begin with ours.
    peak = 0
    while child.poll() is None:
        peak = max(peak, _high_water(child.pid))
        time.sleep(0.05)
    if child.returncode not in ((0, 1) if refuses else (0,)):
        raise RuntimeError(f"manage.py {words[0]} ended with {child.returncode}")
    return time.perf_counter() - start, peak


def _high_water(pid):
    """Megabytes that a process held at most so far; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return found[0] / 1024 if found else 0
