"""What the supervisor knows, on disk for the commands: written whole, read at any time."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mingjing_deploy.home import Home
from mingjing_deploy.local.process import Identity


@dataclass
class ChildState:
    """One service: its process and how far it got.

    `phase`: waiting, preparing, starting, ready, troubled (it runs but does not answer),
    done (a job that ended well), backing off, stopping, stopped, failed.
    """

    name: str
    job: bool
    ports: dict[str, int]
    log: str
    phase: str = "waiting"
    reason: str | None = None
    pid: int | None = None
    started: float | None = None
    restarts: int = 0
    took_seconds: float | None = None

    @property
    def identity(self) -> Identity | None:
        """The process, if one was started and has not been seen to end."""
        if self.pid is None or self.started is None:
            return None
        return Identity(self.pid, self.started)

    @property
    def settled(self) -> bool:
        """Whether it is where it should be."""
        return self.phase == ("done" if self.job else "ready")


@dataclass
class PlatformState:
    """One running (or ended) copy.

    `phase`: starting, ready, stopping, stopped, failed.
    """

    supervisor_pid: int
    supervisor_started: float
    started_at: str
    port_base: int | None
    services: list[str]
    phase: str = "starting"
    failure: str | None = None
    children: list[ChildState] = field(default_factory=list)

    @property
    def supervisor(self) -> Identity:
        """The process that looks after the others."""
        return Identity(self.supervisor_pid, self.supervisor_started)


def state_file(home: Home) -> Path:
    """Give the place of the state."""
    return home.run / "state.json"


def write_state(home: Home, state: PlatformState) -> None:
    """Put a new state in place of the old one."""
    path = state_file(home)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(state), ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def read_state(home: Home) -> PlatformState | None:
    """Read the last state; None if there is none, or none that can be read."""
    try:
        known = json.loads(state_file(home).read_text(encoding="utf-8"))
        children = [ChildState(**child) for child in known.pop("children")]
        return PlatformState(**known, children=children)
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def running_state(home: Home) -> PlatformState | None:
    """Read the state of a copy whose supervisor is alive; None otherwise."""
    state = read_state(home)
    return state if state is not None and state.supervisor.alive() else None


def orphans(home: Home) -> list[ChildState]:
    """Name processes that a supervisor which died left behind."""
    state = read_state(home)
    if state is None or state.supervisor.alive():
        return []
    return [child for child in state.children if child.identity and child.identity.alive()]
