import os
import socket

import pytest
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from programs import queue
from tests.chromium import NoBrowser, launch_options

pytest_plugins = ["tests.faults", "tests.flushing"]

# A busy machine is no fault of the code: no time limits, and the same examples each time.
hypothesis_settings.register_profile(
    "calm", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("calm")

# Playwright runs an event loop in the thread in which the tests use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Fixtures of tests that take long: browsers, killed workers, the demo.
TAKE_LONG = {
    "live_server",
    "start_worker",
    "season_loaded",
    "nation_loaded",
    "two_stories",
    "newcomer",
}
LOOPBACK = ("127.", "::1", "localhost")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Long tests begin first, so that no process is still at one when the others are done."""
    items.sort(key=lambda item: TAKE_LONG.isdisjoint(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    """The machine's own Chromium, else Playwright's, else a clear word. Never a silent skip."""
    try:
        return {**browser_type_launch_args, **launch_options(playwright)}
    except NoBrowser as lack:
        pytest.fail(str(lack), pytrace=False)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "id-ID", "timezone_id": "Asia/Jakarta"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    """Whoever still has a session in the test's database loses it before the database goes.

    A browser that was closed in the middle of a page leaves a thread of the live server at work.
    """
    yield
    if django_db_keepdb:
        return
    name = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            quoted = connection.ops.quote_name(name)
            cursor.execute(f"ALTER DATABASE {quoted} WITH ALLOW_CONNECTIONS false")
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                " WHERE datname = %s AND backend_type = 'client backend'",
                [name],
            )


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """Begun after the database and stopped before it, or its last connection keeps it open."""
    return live_server


@pytest.fixture(autouse=True, scope="session")
def _nothing_leaves_the_machine():
    """Every connection of the tests stays on this machine."""
    connect = socket.socket.connect

    def connect_on_this_machine(self, address):
        if self.family != socket.AF_UNIX and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_on_this_machine)
        yield


@pytest.fixture(autouse=True)
def _nobody_has_tried_too_often():
    """The counters of sign-in attempts lie in the cache and would add up from test to test; the
    bells as well."""
    cache.clear()
    queue._surely_ringing.clear()


@pytest.fixture(autouse=True)
def _files_of_the_test(settings, tmp_path):
    """Uploads, papers and mails of a test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_DIR = tmp_path / "mail"
