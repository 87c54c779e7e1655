"""One-shot jobs of the topology: what broker, database and object store must hold beforehand.

They repeat safely. Where to connect comes from the environment, passwords from the folder that
MINGJING_SECRETS names.
"""

import asyncio
import os
from pathlib import Path
from urllib.parse import quote

import asyncpg
import click

from mingjing_deploy.buckets import ensure_buckets
from mingjing_deploy.databases import SERVICES, create_service_database
from mingjing_deploy.errors import DeployError
from mingjing_deploy.kafka.admin import DEPARTMENTS, KafkaAdmin


@click.group("setup", hidden=True)
def setup() -> None:
    """Prepare broker, database and object store (run by the topology, not by hand)."""


@setup.command("topics")
def topics() -> None:
    """Make topics, users and rights."""
    prefix = os.environ.get("MINGJING_TOPIC_PREFIX", "")
    bootstrap = os.environ["MINGJING_KAFKA_BOOTSTRAP"]
    admin = KafkaAdmin(bootstrap, "admin", _secret("kafka-admin"), prefix=prefix)
    admin.wait_until_ready()
    made = admin.ensure_platform_topics()
    # Workers look for new topics every 30 s; those that are there before them need no waiting.
    for publisher in os.environ.get("MINGJING_FIRST_PUBLISHERS", "").split():
        if admin.ensure_topic(f"inbound.{publisher}"):
            made.append(f"inbound.{publisher}")
    for service in ("gateway", *DEPARTMENTS):
        admin.ensure_user(service, _secret(f"kafka-{service}"))
        admin.grant_service(service)
    admin.ensure_user("auditor", _secret("kafka-auditor"))
    admin.grant_auditor()
    admin.ensure_user("observer", _secret("kafka-observer"))
    admin.grant_observer()
    click.echo(f"topics made: {', '.join(made) or 'none, all were there'}")


@setup.command("databases")
def databases() -> None:
    """Make databases and their roles."""
    host, port = os.environ["MINGJING_DATABASE_HOST"], os.environ["MINGJING_DATABASE_PORT"]
    password = quote(_secret("postgres-superuser"), safe="")
    dsn = f"postgresql://postgres:{password}@{host}:{port}/postgres"
    try:
        asyncio.run(_databases(dsn))
    except (OSError, asyncpg.PostgresError) as problem:
        raise DeployError(f"Databases could not be made: {problem}.") from problem
    click.echo(f"databases: {', '.join(SERVICES)}")


@setup.command("buckets")
def buckets() -> None:
    """Make the buckets of the object store, with object lock."""
    url = os.environ["MINGJING_OBJECTSTORE_URL"]
    made = asyncio.run(ensure_buckets(url, _secret("objectstore-admin")))
    click.echo(f"buckets made: {', '.join(made) or 'none, all were there'}")


async def _databases(dsn: str) -> None:
    for service in SERVICES:
        await create_service_database(
            dsn,
            service,
            owner_password=_secret(f"postgres-{service}-owner"),
            app_password=_secret(f"postgres-{service}-app"),
        )


def _secret(name: str) -> str:
    return (Path(os.environ["MINGJING_SECRETS"]) / name).read_text(encoding="utf-8").strip()
