"""One Kafka and one PostgreSQL for a run of tests, and isolated worlds on them.

A world has its own topic prefix and its own databases, cut from templates that were migrated
once; nothing of it touches the user's own platform.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy.engine import make_url

from mingjing_deploy.databases import create_service_database
from mingjing_deploy.kafka.admin import KafkaAdmin
from mingjing_deploy.local.kafka import KafkaServer, start_kafka
from mingjing_deploy.local.ports import free_port
from mingjing_deploy.local.postgres import PostgresServer, start_postgres
from mingjing_gateway.settings import DoorSettings
from mingjing_shared.database import Database
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.migrate import migrate
from mingjing_shared.settings import Settings
from mingjing_shared.signing_keys import public_half
from mingjing_shared.trust.keys import SecretKeys, public_lines
from mingjing_shared.trust.sm2 import new_pair
from support.officers import TOKEN_KEY, private_half

# Killed with -9 a server loses nothing that the system was handed; only a power cut would need
# fsync, and with it every database made or dropped waits for the disk.
SETTINGS = {
    "max_connections": "200",
    "track_commit_timestamp": "on",
    "fsync": "off",
    "full_page_writes": "off",
}
WORKERS = ("gateway", "disclosure", "recording", "review", "tasks")
LOG_KEYS = {
    **{
        service: SecretKeys(*(os.urandom(32) for _ in range(3)), sm2=new_pair())
        for service in WORKERS
    },
    "portal": SecretKeys(os.urandom(32), sm2=new_pair()),  # built and signed inside, by disclosure
}


def _shown(key: bytes | None) -> str:
    return base64.b64encode(key or b"").decode()


@dataclass
class Stack:
    """The servers of one run."""

    home: Path
    kafka: KafkaServer | None = None
    postgres: PostgresServer | None = None
    templates: set[str] = field(default_factory=set)
    users: dict[str, str] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    worlds: int = 0

    def started_postgres(self) -> PostgresServer:
        if self.postgres is None:
            self.postgres = start_postgres(
                self.home / "postgres",
                free_port(),
                settings=SETTINGS,
            )
        return self.postgres

    def started_kafka(self) -> KafkaServer:
        if self.kafka is None:
            self.kafka = start_kafka(self.home / "kafka", free_port())
        return self.kafka

    def stop(self) -> None:
        for server in (self.kafka, self.postgres):
            if server is not None:
                server.stop()
        shutil.rmtree(self.home, ignore_errors=True)  # gigabytes; pytest keeps three runs' folders

    def secret_file(self, name: str, secret: str) -> Path:
        file = self.home / "secrets" / name
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secret)
        return file

    def trust_of(self, service: str) -> dict[str, Any]:
        """The settings by which a service signs its log and co-signs the others'."""
        lines = "\n".join(public_lines("test", LOG_KEYS)) + "\n"
        own = LOG_KEYS.get(service) if service in WORKERS else None
        if own is None:
            return {}
        return {
            "log_key_file": self.secret_file(f"log-{service}", _shown(own.log)),
            "log_sm2_key_file": self.secret_file(f"log-sm2-{service}", _shown(own.sm2)),
            "witness_key_file": self.secret_file(f"witness-{service}", _shown(own.witness)),
            "witness_ml_dsa_key_file": self.secret_file(
                f"witness-ml-dsa-{service}", _shown(own.witness_ml_dsa)
            ),
            "log_keys_file": self.secret_file("log-keys", lines),
        }

    def password(self, name: str) -> str:
        return self.passwords.setdefault(name, secrets.token_urlsafe(18))

    async def database_of(self, service: str, world: str) -> str:
        """A database for a service in a world, cut from its migrated template."""
        server = await asyncio.to_thread(self.started_postgres)
        template = f"template_{service}"
        if service not in self.templates:
            await create_service_database(
                server.dsn(),
                service,
                owner_password=self.password(f"{service}_owner"),
                app_password=self.password(f"{service}_app"),
                database=template,
            )
            url = make_url(server.dsn(template)).set(
                drivername="postgresql+asyncpg",
                username=f"{service}_owner",
                password=self.password(f"{service}_owner"),
            )
            await migrate(service, url, f"{service}_app")
            self.templates.add(service)
        name = f"{world}_{service}"
        connection = await asyncpg.connect(server.dsn())
        try:
            await connection.execute(
                f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'
            )
            await connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO PUBLIC')
        finally:
            await connection.close()
        return name

    async def drop(self, databases: list[str]) -> None:
        """Clear databases of a world that is over: a run makes thousands."""
        connection = await asyncpg.connect((await asyncio.to_thread(self.started_postgres)).dsn())
        try:
            for name in databases:
                await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        finally:
            await connection.close()

    async def world(self, partitions: int | None = 4) -> World:
        """A new world without databases and topics yet."""
        self.worlds += 1
        return World(self, f"w{self.worlds}", partitions)


@dataclass
class World:
    """One isolated platform: prefix, databases, keys."""

    stack: Stack
    name: str
    partitions: int | None = 4  # None: as many as in earnest
    _settings: dict[str, Settings] = field(default_factory=dict)
    _databases: list[Database] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return f"{self.name}."

    def admin(self) -> KafkaAdmin:
        return self.stack.started_kafka().admin(self.prefix, self.partitions)

    async def with_topics(self) -> World:
        """Make the topics, the services' users and their rights."""
        admin = self.admin()

        def prepare() -> None:
            admin.ensure_platform_topics()
            for service in WORKERS:
                if service not in self.stack.users:
                    admin.ensure_user(service, self.stack.password(f"kafka-{service}"))
                    self.stack.users[service] = service
                admin.grant_service(service)

        await asyncio.to_thread(prepare)
        return self

    async def settings(self, service: str) -> Settings:
        """The settings of a service's processes in this world, its database made."""
        if service in self._settings:
            return self._settings[service]
        database = await self.stack.database_of(service, self.name)
        postgres = await asyncio.to_thread(self.stack.started_postgres)
        ring = {"current": "k1", "keys": {"k1": base64.b64encode(os.urandom(32)).decode()}}
        key = base64.b64encode(b"an installation key of the tests").decode()
        kafka = self.stack.kafka
        own: dict[str, Any] = {}
        if service == "gateway":
            own["token_key_file"] = self.stack.secret_file("token-key", private_half(TOKEN_KEY))
        self._settings[service] = (DoorSettings if own else Settings)(
            service=service,
            database_host=postgres.host,
            database_port=postgres.port,
            database_name=database,
            database_user=f"{service}_app",
            database_password_file=self.stack.secret_file(
                f"{service}_app", self.stack.password(f"{service}_app")
            ),
            kafka_bootstrap=kafka.bootstrap if kafka else "127.0.0.1:1",
            kafka_user=service,
            kafka_password_file=self.stack.secret_file(
                f"kafka-{service}", self.stack.password(f"kafka-{service}")
            ),
            key_ring_file=self.stack.secret_file(f"ring-{service}", json.dumps(ring)),
            installation_key_file=self.stack.secret_file("installation", key),
            installation_code="test",
            topic_prefix=self.prefix,
            token_public_file=self.stack.secret_file("token-public", public_half(TOKEN_KEY)),
            kafka_metadata_max_age_ms=1000,
            **self.stack.trust_of(service),
            witness_folder=self.stack.home / f"{self.name}-{service}-witness",
            **own,
        )
        return self._settings[service]

    async def database(self, service: str) -> Database:
        """A pool on a service's database; closed with the world."""
        database = open_database(await self.settings(service))
        self._databases.append(database)
        return database

    def environment(self, service: str, port: int) -> dict[str, str]:
        """The environment of a process of a service in this world."""
        settings = self._settings[service]
        values = settings.model_dump()
        names = {
            f"MINGJING_{key.upper()}": json.dumps(value) if isinstance(value, dict) else str(value)
            for key, value in values.items()
        }
        return {**os.environ, **names, "MINGJING_PORT": str(port)}

    async def close(self) -> None:
        for database in self._databases:
            await database.close()
        if self._settings:
            await self.stack.drop([known.database_name for known in self._settings.values()])
