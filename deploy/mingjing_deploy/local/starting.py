"""`mingjing up` and `mingjing down`: everything that happens around the supervisor."""

import contextlib
import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from mingjing_deploy.accounts import DEMO_PUBLISHERS, demo_wanted
from mingjing_deploy.checkout import ROOT
from mingjing_deploy.credentials import LOG_KEYS, LOGGED, WITNESSES, Credentials
from mingjing_deploy.errors import DeployError, NotReady
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_deploy.local.moving import settle_ports
from mingjing_deploy.local.process import POLL_SECONDS, Identity
from mingjing_deploy.local.state import (
    PlatformState,
    orphans,
    read_state,
    running_state,
)

FREE_MB_MIN = 1024
LOG_BYTES_MAX = 20_000_000
START_SECONDS_MAX = 600
STOP_SECONDS_MAX = 60
ORPHAN_GRACE_SECONDS = 20
MIB = 1024 * 1024
Say = Callable[[str], None]


@contextlib.contextmanager
def one_command_at_a_time(home: Home) -> Iterator[None]:
    """Let a second `up` or `down` of the same home wait for the first."""
    home.ensure()
    with (home.run / "command.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


KEYS = frozenset(
    {
        "installation-key", "installation-code", "token-key", "token-public", "clearance-key",
        "bundle-key", "bundle-public", "spool-key", "spool-public", LOG_KEYS,
        *(f"log-{kind}-{service}" for service in LOGGED for kind in ("key", "sm2-key")),
        *(f"witness-{kind}-{service}" for service in WITNESSES for kind in ("key", "ml-dsa-key")),
    }
)  # fmt: skip
PATHS = ("bundles", "feedback")  # the two one-way paths between inside and portal


def require_space(home: Home, needed_mb: int = FREE_MB_MIN) -> None:
    """Refuse to start on a disk that is nearly full.

    Raises:
        DeployError: names the place, what is free and what is needed.
    """
    free_mb = shutil.disk_usage(home.root).free // MIB
    if free_mb < needed_mb:
        raise DeployError(
            f"The disk of {home.root} has {free_mb} MB free; {needed_mb} MB are needed."
            " Make room, or name another disk in MINGJING_HOME."
        )


def make_secrets(copy: Copy) -> None:
    """Make every secret that the topology names and that was never made."""
    known = Credentials(copy.home)
    known.installation_code()
    known.settle_log_sm2()
    known.installation_key()
    known.key_pairs()
    names = {
        file.rsplit("/", 1)[1]
        for service in (*copy.topology.services.values(), *copy.topology.elsewhere.values())
        for target, file in service.files.items()
        if target.startswith("/run/secrets/")
    }
    for name in sorted(names):
        if name.startswith("keys-"):
            known.key_ring(name.removeprefix("keys-").removesuffix(".json"))
        elif name not in KEYS:
            known.password(name)
    for path in PATHS:
        (copy.home.data / path).mkdir(mode=0o700, exist_ok=True)
    if not copy.home.clock.exists():
        copy.home.clock.write_text(json.dumps({"offset_seconds": 0}))


def start(copy: Copy, say: Say) -> PlatformState:
    """Start a copy and return when it is ready; the processes stay after we have gone.

    Raises:
        DeployError: it cannot be started here; whatever was started has been stopped again.
    """
    home = copy.home
    require_space(home)
    _end_orphans(home, say)
    optional = {service.name for service in copy.topology.services.values() if service.optional}
    settle_ports(home, copy.base, copy.default_ports(), optional)
    make_secrets(copy)
    _shorten_logs(home)
    supervisor = _detach(copy)
    return follow(home, supervisor, say)


def follow(home: Home, supervisor: Identity, say: Say) -> PlatformState:
    """Tell how a start goes on, until everything is ready.

    Raises:
        NotReady: it gave up (and stopped everything), or took longer than we wait.
    """
    log = home.logs / "supervisor.log"
    told: set[str] = set()
    end = time.monotonic() + START_SECONDS_MAX
    while True:
        alive = supervisor.alive()
        state = read_state(home)
        if state is not None and state.supervisor_pid == supervisor.pid:
            if state.phase == "ready" and not told:
                return state  # it ran before we came
            _tell(state, told, say)
            if state.phase == "ready":
                return state
            if state.failure and not alive:
                raise NotReady(state.failure)
        if not alive:
            raise NotReady("The supervisor ended at its start.", log=log)
        if time.monotonic() > end:
            waiting = [child for child in state.children if not child.settled] if state else []
            stop(home, say)
            names = ", ".join(f"{child.name} ({child.reason})" for child in waiting)
            raise NotReady(
                f"Not ready after {START_SECONDS_MAX} s: {names or 'the probe'}.", log=home.logs
            )
        time.sleep(POLL_SECONDS)


def stop(home: Home, say: Say) -> bool:
    """Stop a copy in the reverse order of its needs; False if nothing ran.

    Raises:
        NotReady: it did not stop in time.
    """
    state = running_state(home)
    if state is None:
        return _end_orphans(home, say)
    supervisor = state.supervisor
    supervisor.send(15)
    told: set[str] = set()
    end = time.monotonic() + STOP_SECONDS_MAX
    while supervisor.alive():
        now = read_state(home)
        for child in now.children if now else ():
            if child.phase == "stopped" and child.name not in told:
                told.add(child.name)
                say(f"  {child.name} stopped")
        if time.monotonic() > end:
            raise NotReady("The supervisor does not end.", log=home.logs / "supervisor.log")
        time.sleep(POLL_SECONDS)
    return True


def _tell(state: PlatformState, told: set[str], say: Say) -> None:
    for child in state.children:
        mark = f"{child.name} {child.phase} {child.restarts}"
        if mark in told:
            continue
        told.add(mark)
        if child.settled:
            say(f"  {child.name} {child.phase} ({child.took_seconds:.1f} s)")
        elif child.phase in ("backing off", "troubled", "failed"):
            say(f"  {child.name} {child.phase}: {child.reason} Read: {child.log}")
    workers = any(child.name.endswith("-worker") for child in state.children)
    if workers and "probe" not in told and all(child.settled for child in state.children):
        told.add("probe")
        say("  waiting for a probe to go round")


def _end_orphans(home: Home, say: Say) -> bool:
    left = orphans(home)
    if left:
        names = ", ".join(child.name for child in left)
        say(f"  ending what a dead supervisor left behind: {names}")
    for child in left:
        if child.identity is not None:
            child.identity.send(15)
    for child in left:
        if child.identity is not None:
            child.identity.end(ORPHAN_GRACE_SECONDS)
    return bool(left)


def _detach(copy: Copy) -> Identity:
    home = copy.home
    env = {**os.environ, "MINGJING_HOME": str(home.root)}
    env.pop("MINGJING_PORT_BASE", None)
    if demo_wanted():
        env.setdefault("MINGJING_FIRST_PUBLISHERS", " ".join(DEMO_PUBLISHERS))
    if copy.base is not None:
        env["MINGJING_PORT_BASE"] = str(copy.base)
    argv = [sys.executable, "-m", "mingjing_deploy.local.daemon", *copy.names]
    with (home.logs / "supervisor.log").open("ab") as log:
        process = subprocess.Popen(
            argv,
            env=env,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    identity = Identity.of(process.pid)
    if identity is None:
        raise NotReady("The supervisor ended at its start.", log=home.logs / "supervisor.log")
    return identity


def _shorten_logs(home: Home) -> None:
    for log in home.logs.glob("*.log"):
        if log.stat().st_size > LOG_BYTES_MAX:
            log.replace(log.with_suffix(".log.1"))
