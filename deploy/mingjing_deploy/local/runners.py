"""How each kind of service of the topology runs as a process of this machine."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mingjing_deploy.credentials import Credentials
from mingjing_deploy.errors import DeployError
from mingjing_deploy.local import checks
from mingjing_deploy.local.front import prepare_front
from mingjing_deploy.local.kafka import KafkaPlan, prepare_kafka
from mingjing_deploy.local.objectstore import (
    ObjectStorePlan,
    ObjectStorePorts,
    prepare_objectstore,
)
from mingjing_deploy.local.ports import LOOPBACK
from mingjing_deploy.local.postgres import PostgresPlan, prepare_postgres
from mingjing_deploy.local.process import Command
from mingjing_deploy.local.prometheus import prepare_prometheus
from mingjing_deploy.local.zipkin import prepare_zipkin
from mingjing_deploy.topology import Place, Service

STORE_USERS = ("admin", "recording", "tasks")
PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "USER", "SSL_CERT_FILE", "TMPDIR")


@dataclass(frozen=True)
class Planned:
    """A service ready to be run here: how to prepare it, and how to ask whether it is ready.

    `prepare` may take seconds (it fetches, formats, initialises) and may be repeated.
    """

    service: Service
    ports: dict[str, int]
    log: Path
    prepare: Callable[[], Command]
    check: checks.Check | None


def plan(place: Place, service: Service) -> Planned:
    """Plan one service.

    Raises:
        DeployError: its runner is not one of ours.
    """
    try:
        runner = RUNNERS[service.runner]
    except KeyError:
        raise DeployError(
            f"docker-compose.yml: {service.name} has an unknown runner {service.runner!r}."
        ) from None
    return runner(place, service, place.home.logs / f"{service.name}.log")


def _kafka(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    known = Credentials(place.home)
    passwords = {user: known.password(f"kafka-{user}") for user in ("broker", "admin")}
    broker = KafkaPlan(
        place.home.data / service.name,
        ports["services"],
        ports["controller"],
        passwords,
        publishers_port=ports["publishers"],
        metrics_port=ports["metrics"],
    )
    check = checks.kafka_check(broker.bootstrap, "admin", passwords["admin"])
    return Planned(service, ports, log, lambda: prepare_kafka(broker, log), check)


def _postgres(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    password = Credentials(place.home).password("postgres-superuser")
    server = PostgresPlan(place.home.data / service.name, ports["sql"], password, {})
    check = checks.postgres_check(LOOPBACK, ports["sql"], password)
    return Planned(service, ports, log, lambda: prepare_postgres(server, log), check)


def _objectstore(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    known = Credentials(place.home)
    users = {user: known.password(f"objectstore-{user}") for user in STORE_USERS}
    store = ObjectStorePlan(place.home.data / service.name, ObjectStorePorts(**ports), users)
    check = checks.objectstore_check(ports["s3"])
    return Planned(service, ports, log, lambda: prepare_objectstore(store, log), check)


def _caddy(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    env = place.environment(service)
    home = place.home.data / service.name
    check = checks.web_check(ports["http"], "/")
    return Planned(service, ports, log, lambda: prepare_front(home, env, log), check)


def _zipkin(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    env = place.environment(service)
    home = place.home.data / service.name
    check = checks.web_check(ports["http"], "/health")
    return Planned(
        service, ports, log, lambda: prepare_zipkin(home, ports["http"], env, log), check
    )


def _prometheus(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    home = place.home.data / service.name
    check = checks.web_check(ports["http"], "/-/ready")
    return Planned(
        service, ports, log, lambda: prepare_prometheus(home, place, service, log), check
    )


def _python(place: Place, service: Service, log: Path) -> Planned:
    ports = place.ports(service)
    check = checks.readyz_check(ports["http"])
    return Planned(service, ports, log, lambda: _python_command(place, service, log), check)


def _job(place: Place, service: Service, log: Path) -> Planned:
    return Planned(service, {}, log, lambda: _python_command(place, service, log), None)


def _python_command(place: Place, service: Service, log: Path) -> Command:
    program, *rest = service.command
    here = Path(sys.executable)
    first = str(here) if program == "python" else str(here.with_name(program))
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    own = {"MINGJING_HOME": str(place.home.root), **place.environment(service)}
    return Command([first, *rest], {**passed, **own}, place.home.run, log)


RUNNERS: dict[str, Callable[[Place, Service, Path], Planned]] = {
    "kafka": _kafka,
    "postgres": _postgres,
    "objectstore": _objectstore,
    "caddy": _caddy,
    "zipkin": _zipkin,
    "prometheus": _prometheus,
    "python": _python,
    "job": _job,
}
