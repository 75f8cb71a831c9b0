"""How a page is measured: its queries, the time the database took, and what the reader loads."""

import gzip
import re
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
