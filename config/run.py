"""``make run``: the whole application on this machine, until Ctrl-C."""

import hashlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections

from config.embedded import BASE_DIR, services
from config.keeper import EmbeddedProblem, end_with_parent, last_lines

PATIENCE = 60  # seconds, for the web server's first answer and for the end of running tasks


class CannotRun(Exception):
    """The application cannot start or go on. The message says what to do."""


def main():
    # SIGINT too: what a script starts in its background would be deaf to it.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        door = open_door()
        port = door.getsockname()[1]
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
        say("Menyiapkan basis data …")
        with services():
            prepare()
            run_until_stopped(door, port)
    except KeyboardInterrupt:
        say("Berhenti.")
    except (CannotRun, CommandError, EmbeddedProblem, ImproperlyConfigured) as problem:
        sys.exit(f"Cannot run: {problem}")


def say(text):
    print(text, flush=True)


def open_door():
    """A socket at PORT, or at the first free port from 8000. It is held until the web server has
    it, so that nothing else moves in while the database is prepared.
    """
    wanted = os.environ.get("PORT", "")
    if wanted and not (wanted.isdecimal() and 0 < int(wanted) < 65536):
        raise CannotRun(f"PORT is “{wanted}”. Set it to a number like 8000.")
    for port in [int(wanted)] if wanted else range(8000, 8100):
        try:
            return socket.create_server(("127.0.0.1", port))
        except OSError:
            continue
    raise CannotRun(
        f"port {wanted} cannot be used. Stop what uses it, or set PORT to another one."
        if wanted
        else "the ports 8000 to 8099 are all in use. Set PORT to a free one."
    )


def prepare():
    """Tables, reference data, demo data and static files: all of it may be repeated."""
    django.setup()
    # This terminal is for people; only what goes wrong belongs between our own lines.
    logging.getLogger().setLevel(logging.WARNING)
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("load_partnerships", verbosity=0)
    if settings.DEMO:
        call_command("demo")
    collect_static_files()
    # From here on this process only watches: its connections are for others.
    for connection in connections.all():
        connection.close()
        connection.close_pool()


def collect_static_files():
    """Compressing takes several seconds, so it is done only when a file has changed."""
    found = [
        (path, os.stat(storage.path(path)).st_mtime_ns)
        for finder in get_finders()
        for path, storage in finder.list([])
    ]
    fingerprint = hashlib.sha256(repr(sorted(found)).encode()).hexdigest()
    remembered = settings.STATIC_ROOT / "fingerprint"
    if remembered.exists() and remembered.read_text() == fingerprint:
        return
    say("Menyiapkan berkas statis …")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    remembered.write_text(fingerprint)


def run_until_stopped(door, port):
    children = {}
    try:
        for name, command in commands(door).items():
            children[name] = start(name, command, door)
        door.close()
        wait_until_it_answers(port, children)
        say(f"\nBina Industri siap: http://localhost:{port}/")
        if settings.DEMO:
            say(f"Surat elektronik peraga: http://localhost:{port}/demo/surat/\n")
            call_command("demo", "--sign-ins")
            connections["default"].close_pool()
        say("\nTekan Ctrl-C untuk berhenti.")
        while True:
            complain_of_the_dead(children)
            time.sleep(0.5)
    finally:
        stop(children)


def commands(door):
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    return {
        "web": [
            *(sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"),
            *("--bind", f"fd://{door.fileno()}", "config.wsgi"),
        ],
        "worker": [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "--schedule", str(settings.VAR_DIR / "beat-schedule")],
    }


def start(name, command, door):
    path = log_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=BASE_DIR,
            pass_fds=[door.fileno()] if name == "web" else [],
            start_new_session=True,  # Ctrl-C reaches this process alone, which then stops them
            preexec_fn=end_with_parent(signal.SIGTERM),
        )


def log_path(name):
    return settings.VAR_DIR / "log" / f"{name}.log"


def wait_until_it_answers(port, children):
    deadline = time.monotonic() + PATIENCE
    while not answers(port):
        complain_of_the_dead(children)
        if time.monotonic() > deadline:
            raise CannotRun(f"the web server does not answer; its log is {log_path('web')}.")
        time.sleep(0.1)


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def complain_of_the_dead(children):
    for name, child in children.items():
        if child.poll() is not None:
            path = log_path(name)
            raise CannotRun(f"{name} ended by itself; its log is {path}.\n{last_lines(path)}")


def stop(children):
    """Ask all to finish; those who do not, or a second Ctrl-C, end the hard way."""
    for child in children.values():
        child.terminate()
    deadline = time.monotonic() + PATIENCE
    try:
        for child in children.values():
            child.wait(max(0, deadline - time.monotonic()))
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        for child in children.values():
            child.kill()
            child.wait()


if __name__ == "__main__":
    main()
