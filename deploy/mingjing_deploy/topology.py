"""The topology as docker-compose.yml writes it, and what it becomes on one machine."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mingjing_deploy.checkout import COMPOSE_FILE, ROOT
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_deploy.ports import BLOCK_START, PortPlan, local_port

LOOPBACK = "127.0.0.1"
VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")
PORT_FIELD = re.compile(r"\{port:([\w-]+)\.(\w+)\}")
DURATION = re.compile(r"(\d+)s\Z")
DEFAULT_GRACE_SECONDS = 10.0
CONTAINERS_ONLY = "containers-only"


@dataclass(frozen=True)
class Service:
    """One service of the file: the parts that a process on one machine needs."""

    name: str
    runner: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    local_environment: Mapping[str, str]
    ports: Mapping[str, PortPlan]
    needs: Mapping[str, str]
    files: Mapping[str, str]
    grace_seconds: float
    restarts: bool
    optional: bool = False

    @property
    def is_job(self) -> bool:
        """Whether it runs once to its end."""
        return self.runner == "job"


@dataclass(frozen=True)
class Topology:
    """All services, in the order of the file.

    Attributes:
        services: those that run on one machine too.
        elsewhere: those of a profile, which run in containers alone.
    """

    services: Mapping[str, Service]
    elsewhere: Mapping[str, Service] = field(default_factory=dict)

    def closure(self, names: list[str]) -> "Topology":
        """Keep the named services and everything they need."""
        kept: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in self.services:
                raise DeployError(f"docker-compose.yml knows no service {name!r}.")
            if name not in kept:
                kept.add(name)
                waiting.extend(self.services[name].needs)
        return Topology({name: self.services[name] for name in self.services if name in kept})


@cache
def read_topology(file: Path = COMPOSE_FILE) -> Topology:
    """Read the compose file.

    Raises:
        DeployError: a service lacks `x-local`, needs one that is not there, or stands in a
            profile although it runs here (or the other way round).
    """
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    secret_files = {name: entry["file"] for name, entry in document["secrets"].items()}
    services = {
        name: _service(name, entry, secret_files) for name, entry in document["services"].items()
    }
    elsewhere = {name: one for name, one in services.items() if one.runner == CONTAINERS_ONLY}
    for name, entry in document["services"].items():
        if bool(entry.get("profiles")) != (name in elsewhere):
            raise DeployError(
                f"docker-compose.yml: {name} must have both a profile and the runner"
                f" {CONTAINERS_ONLY}, or neither."
            )
    for name in elsewhere:
        del services[name]
    for service in services.values():
        if missing := service.needs.keys() - services.keys():
            raise DeployError(f"{service.name} needs {sorted(missing)}, which are not there.")
    return Topology(services, elsewhere)


def _service(name: str, entry: dict[str, Any], secret_files: Mapping[str, str]) -> Service:
    local = entry.get("x-local")
    if local is None:
        raise DeployError(f"docker-compose.yml does not say how {name} runs locally (x-local).")
    ports = {
        port: PortPlan(
            plan.get("default", BLOCK_START + plan["offset"]), plan["offset"], plan["container"]
        )
        for port, plan in local.get("ports", {}).items()
    }
    files = {f"/run/secrets/{secret}": secret_files[secret] for secret in entry.get("secrets", ())}
    for mount in entry.get("volumes", ()):
        source, target, *_ = VARIABLE.sub(lambda found: found[0].replace(":", "\0"), mount).split(
            ":"
        )
        if not re.match(r"[\w-]+\Z", source):
            files[target] = source.replace("\0", ":")
    grace = DURATION.match(entry.get("stop_grace_period", ""))
    return Service(
        name=name,
        runner=local["runner"],
        command=tuple(entry.get("command", ())),
        environment=entry.get("environment", {}),
        local_environment=local.get("env", {}),
        ports=ports,
        needs={need: how["condition"] for need, how in entry.get("depends_on", {}).items()},
        files=files,
        grace_seconds=float(grace[1]) if grace else DEFAULT_GRACE_SECONDS,
        restarts=entry.get("restart") != "no",
        optional=local.get("optional", False),
    )


@dataclass(frozen=True)
class Place:
    """One copy on one machine: translates what the file says for containers."""

    topology: Topology
    home: Home
    base: int | None
    installation_code: str
    moved: Mapping[str, int] = field(default_factory=dict)
    log_sm2: str = "off"

    def port(self, service: str, name: str) -> int:
        """Give the port on this machine."""
        try:
            plan = self.topology.services[service].ports[name]
        except KeyError:
            raise DeployError(f"docker-compose.yml knows no port {service}.{name}.") from None
        return self.moved.get(f"{service}.{name}") or local_port(plan, self.base)

    def ports(self, service: Service) -> dict[str, int]:
        """Give every port of a service on this machine."""
        return {name: self.port(service.name, name) for name in service.ports}

    def environment(self, service: Service) -> dict[str, str]:
        """Give a service's variables as they are on this machine: every one of the file."""
        words = {name: self._translate(service, text) for name, text in service.environment.items()}
        for name, text in service.local_environment.items():
            words[name] = self._fill(service, text)
        return words

    def _translate(self, service: Service, text: str) -> str:
        text = self.interpolate(text)
        if text in service.files:
            source = self.interpolate(service.files[text])
            return str((ROOT / source).absolute())
        if text in self.topology.services:
            return LOOPBACK
        return self.address(text)

    def address(self, text: str) -> str:
        """Give HOST:PORT of a container as it is on this machine; any other text as it is."""
        host, colon, number = text.partition(":")
        if colon and host in self.topology.services and number.isdigit():
            return f"{LOOPBACK}:{self._port_of_container(host, int(number))}"
        return text

    def interpolate(self, text: str) -> str:
        """Fill ${NAME:-default} as compose does; the home is always this copy's."""
        known = {**os.environ, "MINGJING_HOME": str(self.home.root)}
        return VARIABLE.sub(lambda found: known.get(found[1]) or found[2] or "", text)

    def _fill(self, service: Service, text: str) -> str:
        def port(found: re.Match[str]) -> str:
            owner = service.name if found[1] == "self" else found[1]
            return str(self.port(owner, found[2]))

        text = text.replace("{home}", str(self.home.root)).replace("{log_sm2}", self.log_sm2)
        return PORT_FIELD.sub(port, text.replace("{installation_code}", self.installation_code))

    def _port_of_container(self, service: str, container: int) -> int:
        for name, plan in self.topology.services[service].ports.items():
            if plan.container == container:
                return self.port(service, name)
        raise DeployError(f"docker-compose.yml gives {service}:{container} no port locally.")
