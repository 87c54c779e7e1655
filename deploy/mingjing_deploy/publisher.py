"""Publishers: outside systems that may send events, each with its topic, source and types.

A registration is complete when every group has the topic and every worker judges by it; until
then a publisher's first events would only wait, so the command waits instead.
"""

import asyncio
import getpass
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import click
import httpx

from mingjing_deploy.credentials import Credentials
from mingjing_deploy.errors import DeployError, NotReady
from mingjing_deploy.gateway import gateway_settings, running_copy
from mingjing_deploy.home import Home
from mingjing_deploy.kafka.admin import KafkaAdmin
from mingjing_deploy.local.copy import Copy
from mingjing_gateway.acts.publisher import add_publisher, agree_quiet, rotate_publisher
from mingjing_gateway.rules.publisher import key_hash, topic_of
from mingjing_gateway.store.publisher import all_publishers, publisher_of_key
from mingjing_shared.database import Database
from mingjing_shared.errors import MingjingError
from mingjing_shared.events import CATALOGUE
from mingjing_shared.events.catalogue import PREFIX
from mingjing_shared.messaging.opening import open_database

DOOR, KAFKA = "door", "kafka"
KNOWN_SECONDS_MAX = 90.0  # the groups look for new topics every 30 s
_PAUSE_SECONDS = 0.5
_PASSWORD_BYTES = 24
_ACTION_PERFORMED = "cn.mingjing.action.performed"


@dataclass(frozen=True)
class Wanted:
    """A publisher to be registered."""

    name: str
    way: str
    source: str
    types: tuple[str, ...]
    modes: tuple[str, ...] = ()
    quiet_minutes_max: int | None = None


@dataclass(frozen=True)
class Secrets:
    """What a publisher was handed; nobody keeps it."""

    key: str
    kafka_password: str | None


def types_of_group(group: str) -> tuple[str, ...]:
    """Every inbound type of one table of the contract: casework, recorders, finance …"""
    return tuple(
        name
        for name, cls in CATALOGUE.items()
        if cls.home == "inbound" and cls.__module__.rpartition(".")[2] == group
    )


DEMO = (
    Wanted("casework", DOOR, "/huainan/casework", types_of_group("casework")),
    Wanted("casework-direct", KAFKA, "/huainan/casework-direct", types_of_group("casework")),
    Wanted(
        "recorders",
        KAFKA,
        "/huainan/recorders",
        (*types_of_group("recorders"), _ACTION_PERFORMED),
        quiet_minutes_max=5,
    ),
    Wanted("personnel", DOOR, "/huainan/personnel", types_of_group("personnel")),
)


class Register:
    """The register of one running copy: its database and its broker."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._settings = gateway_settings(copy)
        self._admin = KafkaAdmin(
            self._settings.kafka_bootstrap,
            "admin",
            Credentials(copy.home).password("kafka-admin"),
            prefix=self._settings.topic_prefix,
        )

    def database(self) -> Database:
        """The gateway's database; to be closed."""
        return open_database(self._settings)

    async def add(self, database: Database, wanted: Wanted) -> Secrets:
        """Register one: topic, user and rights first, so that nothing registered is missing."""
        async with database.transaction() as tx:
            key = await add_publisher(
                tx,
                name=wanted.name,
                source=wanted.source,
                types=wanted.types,
                way=wanted.way,
                modes=wanted.modes,
                quiet_minutes_max=wanted.quiet_minutes_max,
                by=getpass.getuser(),
            )
            password = await asyncio.to_thread(self.admit, wanted.name, wanted.way)
        return Secrets(key, password)

    async def rotate(self, database: Database, name: str, way: str) -> Secrets:
        """Replace a publisher's key and, when it comes by Kafka, its password."""
        async with database.transaction() as tx:
            key = await rotate_publisher(tx, name=name, by=getpass.getuser())
            password = await asyncio.to_thread(self.admit, name, way)
        return Secrets(key, password)

    def admit(self, name: str, way: str) -> str | None:
        """Make a publisher's topic and rights; its new Kafka password, if it has one."""
        topic = topic_of(name)
        self._admin.ensure_topic(topic)
        if way == DOOR:
            self._admin.grant_door(topic)
            return None
        password = secrets.token_urlsafe(_PASSWORD_BYTES)
        self._admin.rotate_user(name, password)
        self._admin.grant_publisher(name, topic)
        return password

    def wait_until_known(self, names: Sequence[str]) -> None:
        """Return when every worker has these publishers' topics and judges by the register.

        Raises:
            NotReady: some worker did not in time; the registration stands and will come round.
        """
        end = time.monotonic() + KNOWN_SECONDS_MAX
        waiting = {(worker, name) for worker in self._copy.worker_ports() for name in names}
        with httpx.Client(timeout=3) as client:
            while waiting:
                if time.monotonic() > end:
                    late = ", ".join(sorted(f"{worker} ({name})" for worker, name in waiting))
                    raise NotReady(f"Registered, but not yet known to {late}.")
                for worker, port in self._copy.worker_ports().items():
                    told = _readiness(client, port)
                    known, topics = told.get("publishers", ()), told.get("topics", ())
                    there = {name for name in names if name in known and topic_of(name) in topics}
                    waiting -= {(worker, name) for name in there}
                if waiting:
                    time.sleep(_PAUSE_SECONDS)


def ensure_demo_publishers(home: Home) -> list[dict[str, Any]]:
    """Register the publishers of the demonstration; those known keep their keys.

    Their keys stand in accounts.json alone: if it is lost, they get new ones.
    """
    return asyncio.run(_ensure(_register(home), _accounts(home)))


async def _ensure(register: Register, known: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    database = register.database()
    try:
        rows = {row.name: row for row in await all_publishers(database)}
        accounts = []
        for wanted in DEMO:
            account = known.get(wanted.name)
            if wanted.name not in rows:
                account = _account(wanted, await register.add(database, wanted))
            elif account is None or not await _opens(database, account):
                handed = await register.rotate(database, wanted.name, wanted.way)
                account = _account(wanted, handed)
            accounts.append(account)
    finally:
        await database.close()
    await asyncio.to_thread(register.wait_until_known, [wanted.name for wanted in DEMO])
    return accounts


async def _opens(database: Database, account: dict[str, Any]) -> bool:
    found = await publisher_of_key(database, key_hash(account["key"]))
    return found is not None and found.name == account["name"]


def _account(wanted: Wanted, handed: Secrets) -> dict[str, Any]:
    return {
        "name": wanted.name,
        "source": wanted.source,
        "key": handed.key,
        "kafka_username": wanted.name if handed.kafka_password else None,
        "kafka_password": handed.kafka_password,
    }


def _accounts(home: Home) -> dict[str, dict[str, Any]]:
    if not home.accounts.exists():
        return {}
    accounts = json.loads(home.accounts.read_text(encoding="utf-8"))
    return {account["name"]: account for account in accounts.get("publishers", ())}


def _register(home: Home) -> Register:
    return Register(running_copy(home))


def _readiness(client: httpx.Client, port: int) -> dict[str, Any]:
    try:
        told: dict[str, Any] = client.get(f"http://127.0.0.1:{port}/readyz").json()
    except (httpx.HTTPError, ValueError):
        return {}
    return told


def _full(names: str) -> list[str]:
    """Types as they are typed at the keyboard: short, full, or a whole table's name."""
    found: list[str] = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        group = types_of_group(name)
        found.extend(group or [name if name.startswith(PREFIX) else PREFIX + name])
    return found


@click.group()
def publisher() -> None:
    """Outside systems that may send events."""


@publisher.command()
@click.argument("name")
@click.option("--way", type=click.Choice([DOOR, KAFKA]), required=True, help="How it comes in.")
@click.option("--types", required=True, help="Comma-separated types, or a table such as casework.")
@click.option("--source", help="The source it will name; /huainan/NAME unless given.")
@click.option("--modes", default="", help="Comma-separated modes it may set besides live.")
@click.option("--quiet-minutes", type=int, help="The longest it is quiet, if that is agreed.")
def add(
    *,
    name: str,
    way: str,
    types: str,
    source: str | None,
    modes: str,
    quiet_minutes: int | None,
) -> None:
    """Register a publisher; its key is shown once and kept nowhere."""
    register = _register(Home.current())
    wanted = Wanted(
        name,
        way,
        source or f"/huainan/{name}",
        tuple(_full(types)),
        tuple(mode for mode in modes.split(",") if mode),
        quiet_minutes,
    )

    async def run() -> Secrets:
        database = register.database()
        try:
            return await register.add(database, wanted)
        finally:
            await database.close()

    _show(name, topic_of(name), _told(run))
    register.wait_until_known([name])
    click.echo("Every service takes its events now.")


@publisher.command()
@click.argument("name")
def rotate(name: str) -> None:
    """Give a publisher a new key (and Kafka password); the old one stops at once."""
    register = _register(Home.current())

    async def run() -> Secrets:
        database = register.database()
        try:
            ways = {row.name: row.way for row in await all_publishers(database)}
            return await register.rotate(database, name, ways.get(name, DOOR))
        finally:
            await database.close()

    _show(name, topic_of(name), _told(run))


@publisher.command()
@click.argument("name")
@click.option(
    "--quiet-minutes", type=int, help="The longest it is quiet; nothing agreed unless given."
)
def agree(name: str, quiet_minutes: int | None) -> None:
    """Write down how long a publisher is quiet at most; beyond that operators are warned."""
    register = _register(Home.current())

    async def run() -> None:
        database = register.database()
        try:
            async with database.transaction() as tx:
                await agree_quiet(tx, name=name, quiet_minutes_max=quiet_minutes)
        finally:
            await database.close()

    _told(run)
    said = (
        "nothing is agreed" if quiet_minutes is None else f"quiet for {quiet_minutes} min at most"
    )
    click.echo(f"Publisher {name}: {said}.")


@publisher.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_publishers(as_json: bool) -> None:
    """List the publishers; of their keys only how they start."""
    register = _register(Home.current())

    async def run() -> list[dict[str, Any]]:
        database = register.database()
        try:
            return [dict(row._mapping) for row in await all_publishers(database)]  # noqa: SLF001 - SQLAlchemy's public name
        finally:
            await database.close()

    rows = _told(run)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
        return
    for row in rows:
        changed = row["rotated_at"] or row["added_at"]
        click.echo(
            f"{row['name']:20} {row['way']:6} {row['source']:30} {len(row['types']):3} types"
            f"  {_quiet(row['quiet_minutes_max']):14}"
            f"  {row['key_prefix']}…  {changed:%Y-%m-%d} by {row['rotated_by'] or row['added_by']}"
        )


def _quiet(minutes: int | None) -> str:
    return "" if minutes is None else f"quiet ≤ {minutes} min"


def _told(run: Any) -> Any:
    try:
        return asyncio.run(run())
    except MingjingError as error:
        raise DeployError(error.message + error.way_out) from error


def _show(name: str, topic: str, handed: Secrets) -> None:
    click.echo(f"Publisher {name}, topic {topic}. Shown once, kept nowhere:")
    click.echo(f"  key             {handed.key}")
    if handed.kafka_password is not None:
        click.echo(f"  Kafka user      {name}")
        click.echo(f"  Kafka password  {handed.kafka_password}")
