"""One copy of the platform on this machine: what runs in it, where, and whether it is ready."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypedDict

import psutil

from mingjing_deploy.credentials import Credentials
from mingjing_deploy.home import Home
from mingjing_deploy.local.checks import readiness
from mingjing_deploy.local.moving import read_moved
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_deploy.local.runners import Planned, plan
from mingjing_deploy.local.state import ChildState, PlatformState
from mingjing_deploy.topology import Place, Topology, read_topology

INFRA = ("kafka", "postgres", "objectstore", "topics", "databases", "buckets")
MIB = 1024 * 1024


class ProcessReport(TypedDict):
    """How one process is; `rss_mb` counts its children too, and shared pages once."""

    name: str
    pid: int | None
    ready: bool
    ports: list[int]
    rss_mb: int
    reason: str | None
    restarts: int
    log: str


class Report(TypedDict):
    """How the platform is."""

    ready: bool
    entry_points: dict[str, str]
    processes: list[ProcessReport]


@dataclass(frozen=True)
class Copy:
    """A home, its place in the port space, and the services that run in it."""

    home: Home
    base: int | None
    names: tuple[str, ...] = ()

    @cached_property
    def topology(self) -> Topology:
        """The services of this copy."""
        everything = read_topology()
        return everything.closure(list(self.names)) if self.names else everything

    @cached_property
    def place(self) -> Place:
        """Ports and paths; all services of the file have theirs, also those that do not run."""
        known, moved = Credentials(self.home), read_moved(self.home, self.base)
        code, sm2 = known.installation_code(), known.log_sm2()
        return Place(read_topology(), self.home, self.base, code, moved, sm2)

    def planned(self) -> list[Planned]:
        """Plan every service."""
        return [plan(self.place, service) for service in self.topology.services.values()]

    def default_ports(self) -> dict[str, int]:
        """Name every port of this copy, `service.port`, where it is when none has moved."""
        place = Place(read_topology(), self.home, self.base, "")
        return {
            f"{service.name}.{name}": port
            for service in self.topology.services.values()
            for name, port in place.ports(service).items()
        }

    def purposes(self, planned: Sequence[Planned]) -> dict[int, str]:
        """Name every port and what it is for."""
        return {
            port: f"{item.service.name} ({name})"
            for item in planned
            for name, port in item.ports.items()
        }

    def entry_points(self) -> dict[str, str]:
        """Say where people, citizens and publishers come in."""
        front = self._port("front", "http")
        portal = self._port("portal-web", "http")
        kafka = self._port("kafka", "publishers")
        return {
            "front": f"http://{LOOPBACK}:{front}/",
            "portal": f"http://{LOOPBACK}:{portal}/",
            "kafka": f"{LOOPBACK}:{kafka}",
            "traces": f"http://{LOOPBACK}:{self._port('traces', 'http')}/zipkin/",
            "metrics": f"http://{LOOPBACK}:{self._port('metrics', 'http')}/",
        }

    def worker_ports(self) -> dict[str, int]:
        """Name the workers and where each says how it is."""
        return {
            name: self._port(name, "http")
            for name in self.topology.services
            if name.endswith("-worker")
        }

    def _port(self, service: str, name: str) -> int:
        moved = read_moved(self.home, self.base)
        return Place(read_topology(), self.home, self.base, "", moved).port(service, name)


async def settled_probes(ports: Mapping[str, int]) -> dict[str, datetime | None]:
    """Ask each worker which probe it settled last: when that probe set out."""
    answers = await asyncio.gather(*(readiness(port) for port in ports.values()))
    return {name: _set_out(said) for name, said in zip(ports, answers, strict=True)}


def _set_out(said: Mapping[str, object]) -> datetime | None:
    probe = said.get("last_probe")
    if not isinstance(probe, dict):
        return None
    try:
        return datetime.fromisoformat(str(probe["probed_at"]))
    except (KeyError, ValueError):
        return None


async def went_round(ports: Mapping[str, int], since: datetime) -> bool:
    """Whether every worker settled a probe that set out after `since`."""
    probes = await settled_probes(ports)
    return all(at is not None and at >= since for at in probes.values())


def memory_mb(pid: int) -> int:
    """Give a process's memory with its children's, pages they share counted once."""
    total = 0
    try:
        main = psutil.Process(pid)
        for process in [main, *main.children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.Error:
        pass
    return round(total / MIB)


async def report(copy: Copy, state: PlatformState | None) -> Report:
    """Say how a copy is, having asked every process now.

    Ready means: looked after, every process that is not optional alive and answering, and a
    probe of this start has been settled by every worker.
    """
    processes: list[ProcessReport] = []
    ready = False
    if state is not None and state.supervisor.alive():
        planned = [item for item in copy.planned() if not item.service.is_job]
        known = {child.name: child for child in state.children}
        processes = list(
            await asyncio.gather(*(_ask(item, known.get(item.service.name)) for item in planned))
        )
        optional = {item.service.name for item in planned if item.service.optional}
        needed = [process for process in processes if process["name"] not in optional]
        ready = bool(needed) and all(process["ready"] for process in needed)
        ready = ready and await went_round(
            copy.worker_ports(), datetime.fromisoformat(state.started_at)
        )
    return {"ready": ready, "entry_points": copy.entry_points(), "processes": processes}


def why_not(child: ChildState | None) -> str:
    """Why a process does not run: what was said when it was given up, if it was."""
    given_up = child is not None and child.phase == "failed"
    return (child.reason if child is not None and given_up else None) or "is not running"


async def _ask(item: Planned, child: ChildState | None) -> ProcessReport:
    identity = child.identity if child is not None else None
    pid = identity.pid if identity is not None and identity.alive() else None
    problem = await item.check() if pid is not None and item.check else why_not(child)
    return {
        "name": item.service.name,
        "pid": pid,
        "ready": problem is None,
        "ports": list(item.ports.values()),
        "rss_mb": memory_mb(pid) if pid is not None else 0,
        "reason": problem,
        "restarts": child.restarts if child is not None else 0,
        "log": str(item.log),
    }
