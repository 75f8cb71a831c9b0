"""``make run`` as a newcomer meets it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from config import run
from config.keeper import temporary_path
from config.run import CannotRun

PATIENCE = 180


@pytest.fixture
def newcomer(tmp_path):
    """The environment of somebody who has set nothing up. Everything lies in a folder of theirs."""
    folder = tmp_path / "var"
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    yield {**kept, "EMBEDDED_DIR": str(folder)}
    # pytest's folders are closed to other accounts: as root the data lie elsewhere.
    shutil.rmtree(temporary_path("data", folder), ignore_errors=True)


def processes_of(folder):
    """What still runs with this folder among its arguments or in its environment."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        if process.info["status"] == psutil.STATUS_ZOMBIE:
            continue
        try:
            words = [*process.info["cmdline"], *process.environ().values()]
        except (psutil.NoSuchProcess, psutil.AccessDenied, TypeError):
            continue
        if any(str(folder) in word for word in words):
            found.append(process)
    return found


def test_it_starts_answers_and_leaves_nothing_behind(newcomer):
    with subprocess.Popen(
        [sys.executable, "-m", "config.run"],
        cwd=run.BASE_DIR,
        env=newcomer,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as program:
        said = []
        for line in program.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        address = re.search(r"siap: (http://localhost:\d+)/", "".join(said))
        assert address, "".join(said)

        with urllib.request.urlopen(f"{address[1]}/readyz", timeout=30) as answer:
            assert b"away" not in answer.read()
        with urllib.request.urlopen(f"{address[1]}/bantuan/", timeout=30) as answer:
            page = answer.read().decode()
        style = re.search(r'href="(/static/bina\.\w{12}\.css)"', page)
        request = urllib.request.Request(
            f"{address[1]}{style[1]}", headers={"Accept-Encoding": "br"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.headers["Content-Encoding"] == "br"
            assert "immutable" in answer.headers["Cache-Control"]

        program.send_signal(signal.SIGINT)
        rest = program.stdout.read()
        assert program.wait(PATIENCE) == 0, rest

    assert rest.endswith("Berhenti.\n")
    assert processes_of(newcomer["EMBEDDED_DIR"]) == []


def test_a_port_in_use_is_named(newcomer, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(CannotRun, match=f"port {port} cannot be used"):
            run.open_door()


@pytest.mark.parametrize("nonsense", ["web", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch, nonsense):
    monkeypatch.setenv("PORT", nonsense)

    with pytest.raises(CannotRun, match="Set it to a number like 8000"):
        run.open_door()


def test_without_a_wish_the_next_free_port_is_taken(monkeypatch):
    monkeypatch.delenv("PORT", raising=False)

    with run.open_door() as first, run.open_door() as second:
        assert 8000 <= first.getsockname()[1] < second.getsockname()[1] < 8100


def test_a_part_that_ends_by_itself_is_named_with_its_log(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with socket.create_server(("127.0.0.1", 0)) as door:
        child = run.start("worker", [sys.executable, "-c", "print('no queue')"], door)
    child.wait()

    with pytest.raises(CannotRun, match=r"worker ended by itself; its log is .*\n  no queue"):
        run.complain_of_the_dead({"worker": child})


def test_a_part_that_does_not_want_to_end_is_ended(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(run, "PATIENCE", 0.5)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True)"
    with socket.create_server(("127.0.0.1", 0)) as door:
        child = run.start("beat", [sys.executable, "-c", f"{deaf}; time.sleep(60)"], door)
    while "deaf" not in run.log_path("beat").read_text():
        time.sleep(0.05)

    run.stop({"beat": child})

    assert child.returncode == -signal.SIGKILL
