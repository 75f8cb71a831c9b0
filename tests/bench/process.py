"""A web process under load: requests a second, and the memory it keeps."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

SECONDS, CLIENTS = 8, 8


def measure():
    port = free_port()
    with web_server(port, WEB_WORKERS="1") as server:
        for path in ("/", "/bantuan-mesin/", "/bantuan-mesin/cek-kelayakan/"):
            yield (
                f"{path} with {CLIENTS} clients, one process",
                f"{load(f'http://127.0.0.1:{port}{path}'):.0f} a second",
                "–",
            )
        worker = children(server.pid)[0]
        yield "web process, resident after the load", f"{_resident(worker):.0f} MB", "≤ 200 MB"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def web_server(port, **environment):
    """The process of the web server, as in production, while it answers at ``port``."""
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn", "--bind",
         f"127.0.0.1:{port}", "config.wsgi"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _wait_for(address):
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{address} does not answer")


def load(address):
    """Requests a second that all clients get together, for ``SECONDS`` seconds."""
    done, until = [], time.monotonic() + SECONDS

    def ask():
        while time.monotonic() < until:
            with urllib.request.urlopen(address, timeout=20) as response:
                response.read()
            done.append(1)

    threads = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / SECONDS


def children(pid):
    return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _resident(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")
