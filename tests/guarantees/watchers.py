"""Who only looks on: a trace store and a keeper of figures, killed and stopped like all others."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml
from guarantees.processes import Program

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.local.ports import LOOPBACK, free_port
from mingjing_deploy.local.process import Command, Server
from mingjing_deploy.local.prometheus import MISSING
from mingjing_deploy.local.zipkin import prepare_zipkin

COMPOSE = ROOT / "docker-compose.yml"
SCRAPED_EVERY = "1s"


class TraceStore(Server):
    """Zipkin, as the platform runs it."""

    name = "traces"

    def __init__(self, home: Path) -> None:
        self.address = f"http://{LOOPBACK}:{free_port()}"
        settings = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]["traces"]["environment"]
        port = int(self.address.rpartition(":")[2])
        command = prepare_zipkin(home, port, settings, home / "log")
        super().__init__(command, functools.partial(_problem, f"{self.address}/health"))

    @property
    def environment(self) -> dict[str, str]:
        """What a process is told so that it sends its spans here."""
        return {
            "OTEL_TRACES_EXPORTER": "zipkin",
            "OTEL_EXPORTER_ZIPKIN_ENDPOINT": f"{self.address}/api/v2/spans",
        }

    def services(self) -> set[str]:
        """Of which services it has spans since it was last started."""
        return set(httpx.get(f"{self.address}/api/v2/services", timeout=10).json())


class Figures(Server):
    """Debian's Prometheus, asking every process of the storm."""

    name = "figures"

    def __init__(self, home: Path, programs: Iterable[Program]) -> None:
        if (program := shutil.which("prometheus")) is None:
            raise AssertionError(MISSING)
        home.mkdir(parents=True)
        self.address = f"http://{LOOPBACK}:{free_port()}"
        targets = [f"{LOOPBACK}:{one.port}" for one in programs]
        jobs = [{"job_name": "mj", "static_configs": [{"targets": targets}]}]
        asked = {"global": {"scrape_interval": SCRAPED_EVERY}, "scrape_configs": jobs}
        (home / "prometheus.yml").write_text(yaml.safe_dump(asked))
        argv = [
            program,
            f"--config.file={home / 'prometheus.yml'}",
            f"--storage.tsdb.path={home / 'data'}",
            f"--web.listen-address={self.address.removeprefix('http://')}",
        ]
        command = Command(argv, {"HOME": str(home)}, home, home / "log")
        super().__init__(command, functools.partial(_problem, f"{self.address}/-/ready"))

    def answering(self) -> int:
        """How many processes answered when it last asked."""
        asked = httpx.get(f"{self.address}/api/v1/query", params={"query": "sum(up)"}, timeout=10)
        found = asked.json()["data"]["result"]
        return int(float(found[0]["value"][1])) if found else 0


@dataclass(frozen=True)
class Watchers:
    """Both of them."""

    traces: TraceStore
    figures: Figures

    def stop(self) -> None:
        """End both."""
        self.traces.stop()
        self.figures.stop()


def _problem(address: str) -> str | None:
    try:
        answer = httpx.get(address, timeout=2)
    except httpx.HTTPError as error:
        return type(error).__name__
    return None if answer.status_code == httpx.codes.OK else str(answer.status_code)
