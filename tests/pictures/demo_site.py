"""The running site with the demo's data, for whoever wants to see it in a browser."""

import contextlib
import io
import os
import warnings

import django
from django.core.management import call_command

from config.embedded import services


@contextlib.contextmanager
def demo_site(folder):
    """The address of a site with demo data that lie in ``folder``. A second time it is quick."""
    os.environ["EMBEDDED_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    # Nothing is collected, and what people would read in a terminal is not of interest.
    warnings.filterwarnings("ignore", "No directory at", UserWarning)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop
    with services(durable=False):
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("demo")
        call_command("rebuild_figures", stdout=io.StringIO())
        # Only after the settings are there: both read them when they are imported.
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.test.testcases import LiveServerThread

        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.terminate()


def cookies_of(email, address):
    """The cookies of a browser in which this person of the demo has just signed in."""
    from django.test import Client

    from programs.models import User
    from tests.people import sign_in

    client = sign_in(Client(), User.objects.get(email=email))
    value = client.cookies["sessionid"].value
    return [{"name": "sessionid", "value": value, "url": address}]
