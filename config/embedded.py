"""PostgreSQL and Valkey for a machine that has neither.

Whoever needs them calls ``services()``. The first caller starts the keeper (``config.keeper``), a
process of its own that owns both servers; later callers find it through the file services.json and
join. Every caller holds a shared lock on the file ``users`` for as long as it lives, which the
kernel takes back even after kill -9. When nobody holds it any more, the keeper stops both servers
and itself.

Without DATABASE_URL and REDIS_URL this module sets both; with both set it does nothing.
"""

import contextlib
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

from config import keeper as keeper_program
from config.keeper import (
    PATIENCE,
    EmbeddedProblem,
    last_lines,
    lock_is_free,
    postgres_answers,
    valkey_answers,
    wait_for_lock,
)

BASE_DIR = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def services(*, durable=True):
    """Hold both servers for as long as the block runs; their addresses are in os.environ."""
    if os.environ.get("BINA_ENV") == "production":
        yield  # production brings its own servers, and its settings say if one is missing
        return
    given = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(given) == 1:
        raise EmbeddedProblem(
            f"only {given[0]} is set. Set DATABASE_URL and REDIS_URL both, or neither to use the "
            "embedded servers."
        )
    if given:
        yield
        return
    folder = Path(os.environ.get("EMBEDDED_DIR") or BASE_DIR / "var").resolve()
    users = _open_users(folder)
    keeper, addresses = _join(folder, users, durable=durable)
    os.environ.update(addresses)
    try:
        yield
    finally:
        for name in addresses:
            os.environ.pop(name, None)
        _leave(folder, users, keeper)


def _open_users(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / "users").open("a")
    except OSError as problem:
        raise EmbeddedProblem(
            f"{folder} cannot be written ({problem.strerror}). Work as its owner, or set "
            "EMBEDDED_DIR to a folder of your own."
        ) from None


def _join(folder, users, *, durable):
    """The addresses of the servers, and the keeper's process id if it is a child of ours."""
    fcntl.flock(users, fcntl.LOCK_SH)
    keeper, deadline = None, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        addresses = _running(folder)
        if addresses:
            return keeper, addresses
        if keeper is None and lock_is_free(folder / "keeper"):
            keeper = _start_keeper(folder, durable=durable)
        if keeper:
            ended, status = os.waitpid(keeper, os.WNOHANG)
            if status:
                break
            if ended:  # another one was there first
                keeper = None
        time.sleep(0.05)
    users.close()
    raise EmbeddedProblem(
        f"the embedded servers did not start.\n{last_lines(folder / 'keeper.log')}"
        f"Their logs are in {folder}. To use servers of your own, set DATABASE_URL and REDIS_URL."
    )


def _start_keeper(folder, *, durable):
    log = folder / "keeper.log"
    to_log = (os.POSIX_SPAWN_OPEN, 1, log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    program = keeper_program.__file__
    return os.posix_spawn(
        sys.executable,
        # -P: the keeper's own folder has modules with names of the standard library.
        [sys.executable, "-P", program, str(folder), "durable" if durable else "fast"],
        {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        file_actions=[to_log, (os.POSIX_SPAWN_DUP2, 1, 2)],
        setsid=True,  # Ctrl-C is for the caller, who leaves when it is ready to
    )


def _leave(folder, users, keeper):
    """Let go. The last one to leave waits until both servers have ended."""
    with users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # others still need them
        state = _state(folder)
        if state:
            with contextlib.suppress(ProcessLookupError):
                os.kill(state["keeper"], signal.SIGTERM)
        with (folder / "servers").open("a") as servers:
            wait_for_lock(servers, seconds=PATIENCE)
        if keeper:
            os.waitpid(keeper, 0)


def _state(folder):
    """What the keeper wrote down, while it lives."""
    try:
        state = json.loads((folder / "services.json").read_text())
        os.kill(state["keeper"], 0)
    except (FileNotFoundError, json.JSONDecodeError, ProcessLookupError):
        return None
    return state


def _running(folder):
    """The addresses of the servers, when both answer."""
    state = _state(folder)
    if state and postgres_answers(state["DATABASE_URL"]) and valkey_answers(state["REDIS_URL"]):
        return {name: state[name] for name in ("DATABASE_URL", "REDIS_URL")}
    return None
