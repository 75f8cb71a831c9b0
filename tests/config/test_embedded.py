"""The launcher against real servers. Each test has a folder, and so servers, of its own."""

import contextlib
import json
import os
import platform
import pwd
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from config import keeper
from config.embedded import BASE_DIR, services
from config.keeper import EmbeddedProblem, Keeper, open_to_others

NOBODY = 65534
HOLD = """
import sys
from config.embedded import services
with services():
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder(monkeypatch):
    """A folder with a short path that any account may enter, and no servers given from outside."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    path = Path(tempfile.mkdtemp(prefix="bina-test-"))
    path.chmod(0o755)
    monkeypatch.setenv("EMBEDDED_DIR", str(path))
    yield path
    shutil.rmtree(path)
    shutil.rmtree(keeper.temporary_path("data", path), ignore_errors=True)
    shutil.rmtree(keeper.temporary_path("sockets", path), ignore_errors=True)


def processes_of(folder):
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if any(str(folder) in part for part in process.info["cmdline"] or []):
            found.append(process)
    return found


def wait_until(holds, seconds=20):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


def another_program(python=sys.executable, **details):
    """Another program that uses the servers of the same folder until its input is closed."""
    search_path = os.pathsep.join([str(BASE_DIR), sysconfig.get_path("purelib")])
    return subprocess.Popen(
        [python, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": search_path},
        **details,
    )


def is_ready(process):
    return process.stdout.readline() == "ready\n"


def remember(word):
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("create table if not exists memory (word text)")
        connection.execute("insert into memory values (%s)", [word])
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        client.set("word", word)


def remembered():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        in_database = [word for (word,) in connection.execute("select word from memory")]
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        return in_database, client.get("word")


def test_both_servers_come_and_go_and_keep_their_data(folder):
    with services():
        remember("mesin")

    assert processes_of(folder) == []
    assert "DATABASE_URL" not in os.environ
    with services():
        assert remembered() == (["mesin"], b"mesin")
    assert processes_of(folder) == []


def test_a_second_program_joins_and_the_servers_stay_for_it(folder):
    with another_program() as other:
        assert is_ready(other)
        with services():
            remember("bubut")
        state = json.loads((folder / "services.json").read_text())
        assert psutil.pid_exists(state["keeper"])
        with services():
            assert remembered() == (["bubut"], b"bubut")
        assert json.loads((folder / "services.json").read_text()) == state
        other.stdin.close()
        other.wait()

    assert processes_of(folder) == []


def test_ten_programs_at_once_share_one_keeper(folder):
    with contextlib.ExitStack() as stack:
        programs = [stack.enter_context(another_program()) for _ in range(10)]
        assert all(map(is_ready, programs))
        assert len([p for p in processes_of(folder) if "keeper.py" in " ".join(p.cmdline())]) == 1
        for process in programs:
            process.stdin.close()

    wait_until(lambda: processes_of(folder) == [])


def test_a_killed_keeper_leaves_nothing_running_and_loses_nothing(folder):
    with services():
        remember("las")
        kept_by = json.loads((folder / "services.json").read_text())["keeper"]
        os.kill(kept_by, signal.SIGKILL)
        wait_until(lambda: [p for p in processes_of(folder) if p.pid != kept_by] == [])

    with services():
        assert remembered() == (["las"], b"las")
    assert processes_of(folder) == []


def test_a_killed_user_takes_the_servers_with_it(folder):
    with another_program() as other:
        assert is_ready(other)
        other.kill()

    wait_until(lambda: processes_of(folder) == [])


def test_servers_that_were_killed_come_back_with_their_data(folder):
    with services():
        remember("oven")
        for process in processes_of(folder):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        wait_until(lambda: processes_of(folder) == [])

    with services():
        assert remembered() == (["oven"], b"oven")


def test_what_a_crash_left_behind_is_no_obstacle(folder):
    with services():
        remember("tenun")
    data = Keeper(folder, durable=True).data
    # The process id of this very test: alive, but no server.
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n\n\n")
    (folder / "services.json").write_text('{"keeper": 1, "DATABASE_URL": "postgresql:///x?ho')

    with services():
        assert remembered() == (["tenun"], b"tenun")


def test_a_broken_off_first_start_is_begun_again(folder):
    data = folder / "postgres"
    (data / "base").mkdir(parents=True)
    (data / "half").write_text("of a cluster")
    if os.geteuid() == 0:
        for path in (data, data / "base", data / "half"):
            os.chown(path, NOBODY, -1)

    with services():
        remember("anyam")


def test_a_deep_folder_still_has_room_for_its_sockets(folder, monkeypatch):
    deep = folder / "a-folder-with-a-long-name" / "and-another-one-inside-it" / ("x" * 60)
    monkeypatch.setenv("EMBEDDED_DIR", str(deep))

    with services():
        remember("batik")

    assert processes_of(deep) == []
    shutil.rmtree(keeper.temporary_path("sockets", deep))


@pytest.mark.parametrize("given", ["DATABASE_URL", "REDIS_URL"])
def test_one_server_of_two_is_refused(folder, monkeypatch, given):
    monkeypatch.setenv(given, "somewhere")

    with pytest.raises(EmbeddedProblem, match=f"only {given} is set"), services():
        pass


def test_given_servers_are_used_and_none_is_started(folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/bina")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")

    with services():
        assert os.environ["DATABASE_URL"] == "postgresql://elsewhere/bina"

    assert list(folder.iterdir()) == []


def test_servers_that_cannot_start_say_why(folder):
    data = folder / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    if os.geteuid() == 0:
        os.chown(data, NOBODY, -1)
        os.chown(data / "PG_VERSION", NOBODY, -1)

    with pytest.raises(EmbeddedProblem, match="set DATABASE_URL and REDIS_URL"), services():
        pass

    wait_until(lambda: processes_of(folder) == [])


class TestAsRoot:
    """What only root meets: PostgreSQL refuses root, so another account must get to its files."""

    pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="root alone can change accounts")

    def test_the_servers_run_as_an_account_without_rights(self, folder):
        with services():
            state = json.loads((folder / "services.json").read_text())
            servers = psutil.Process(state["keeper"]).children()

            assert {server.name() for server in servers} == {"postgres", "valkey-server"}
            assert all(0 not in server.uids() for server in servers)

    def test_a_closed_folder_is_no_obstacle(self, folder):
        folder.chmod(0o700)

        with services():
            remember("keramik")
        with services():
            assert remembered() == (["keramik"], b"keramik")

        assert folder.stat().st_mode & 0o777 == 0o700
        assert processes_of(keeper.temporary_path("data", folder)) == []

    def test_a_folder_that_somebody_else_put_in_the_way_is_refused(self, folder):
        folder.chmod(0o700)
        trap = keeper.temporary_path("data", folder)
        trap.mkdir()
        os.chown(trap, NOBODY, -1)

        with pytest.raises(EmbeddedProblem, match="is not a folder of ours alone"), services():
            pass

    def test_a_link_that_somebody_put_in_the_way_is_refused(self, folder, tmp_path):
        folder.chmod(0o700)
        trap = keeper.temporary_path("data", folder)
        trap.symlink_to(tmp_path)

        with pytest.raises(EmbeddedProblem, match="is not a folder of ours alone"), services():
            pass

        trap.unlink()

    def test_an_ordinary_account_needs_no_rights_at_all(self, folder):
        os.chown(folder, NOBODY, -1)
        nobody = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "cwd": "/"}

        with another_program(python_for_everybody(), **nobody) as other:
            assert is_ready(other)
            owners = {process.username() for process in processes_of(folder)}
            other.stdin.close()

        assert owners == {pwd.getpwuid(NOBODY).pw_name}
        wait_until(lambda: processes_of(folder) == [])


def python_for_everybody():
    """This very Python, or the system's if it is the same, where other accounts can run it."""
    for program in (sys.executable, "/usr/bin/python3"):
        real = Path(program).resolve()
        if not (real.exists() and open_to_others(real) and open_to_others(BASE_DIR)):
            continue
        version = subprocess.run([real, "-V"], capture_output=True, text=True, check=True).stdout
        if version.split()[1] == platform.python_version():
            return real
    pytest.skip("Python or this clone lies where other accounts cannot enter")
