"""A pytest plugin: PostgreSQL and Valkey are there before Django reads its settings.

The pytest that was called holds them for the whole run; the workers of pytest-xdist inherit the
addresses. Their data lie in var/test, apart from those of ``make run``.
"""

import atexit
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from config.embedded import services

HELD = ExitStack()
atexit.register(HELD.close)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests():
    os.environ.setdefault("EMBEDDED_DIR", str(Path(__file__).parents[1] / "var" / "test"))
    # Nothing of a test run needs to survive a power cut.
    HELD.enter_context(services(durable=False))
    return (yield)
