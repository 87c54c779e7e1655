"""Everything that a running copy keeps or tells, as named bytes; and how a text may stand in it."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import asyncpg
import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

SERVICES = ("gateway", "disclosure", "portal", "recording", "review", "tasks")
_FOLDERS = ("logs", "run", "data/bundles", "data/feedback", "data/front", "data/objectstore",
            "data/traces", "data/witness")  # fmt: skip


def spellings(text):
    """How a text may stand in bytes: plain, escaped in JSON, as hex, in base64 at any place."""
    raw = text.encode()
    found = {raw, raw.hex().encode(), json.dumps(text)[1:-1].encode()}
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + raw)
        begin = -(-shift * 8 // 6)  # signs that the bytes before it take part in
        end = (shift + len(raw)) * 8 // 6  # from here on the bytes after it take part
        found.add(whole[begin:end])
    return found


async def databases(port, password):
    """Every table of every database, as COPY writes it."""
    for service in SERVICES:
        connection = await asyncpg.connect(
            host="127.0.0.1", port=port, user="postgres", password=password, database=service
        )
        try:
            tables = await connection.fetch(
                "SELECT c.relname FROM pg_class AS c WHERE c.relkind = 'r'"
                " AND c.relnamespace = 'public'::regnamespace"
            )
            for (table,) in tables:
                parts = []

                async def take(part, parts=parts):
                    parts.append(part)

                await connection.copy_from_query(f'SELECT * FROM "{table}"', output=take)
                yield f"{service}.{table}", b"".join(parts)
        finally:
            await connection.close()


async def topics(bootstrap, password):
    """Every record of every topic: key, headers, value."""
    access = {
        "bootstrap_servers": bootstrap,
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": "SCRAM-SHA-256",
        "sasl_plain_username": "admin",
        "sasl_plain_password": password,
    }
    admin = AIOKafkaAdminClient(**access)
    await admin.start()
    try:
        told = await admin.describe_topics()
    finally:
        await admin.close()
    places = [
        TopicPartition(topic["topic"], partition["partition"])
        for topic in told
        for partition in topic["partitions"]
        if not topic["topic"].startswith("__")
    ]
    consumer = AIOKafkaConsumer(**access, group_id=None)
    await consumer.start()
    try:
        consumer.assign(places)
        await consumer.seek_to_beginning()
        ends = await consumer.end_offsets(places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for place, records in (await consumer.getmany(timeout_ms=500)).items():
                for record in records:
                    whole = [record.key or b"", record.value or b""]
                    whole += [part for name, raw in record.headers for part in (name.encode(), raw)]
                    yield f"topic {place.topic}", b"\n".join(whole)
    finally:
        await consumer.stop()


def files(home):
    """Every file of logs, objects (and what is told of them), bundles, witnesses."""
    for folder in _FOLDERS:
        for base, _, names in os.walk(home / folder):
            for name in names:
                path = Path(base, name)
                if path.is_file():
                    yield str(path.relative_to(home)), path.name.encode() + path.read_bytes()


def traces(url):
    """Every span that the trace store still has, service by service."""
    for service in httpx.get(f"{url}/api/v2/services").json():
        asked = {"serviceName": service, "lookback": 86_400_000, "limit": 10_000}
        yield f"traces of {service}", httpx.get(f"{url}/api/v2/traces", params=asked).content


def metrics(status):
    """What every process tells about itself."""
    for process in status["processes"]:
        if process["name"].endswith(("-web", "-worker", "-stream", "-lag", "-check")):
            answer = httpx.get(f"http://127.0.0.1:{process['ports'][0]}/metrics")
            yield f"metrics of {process['name']}", answer.content
