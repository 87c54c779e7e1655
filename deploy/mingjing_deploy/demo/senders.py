"""Publishers as outside systems send: through the HTTP door, by aiokafka, by librdkafka."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
from aiokafka import AIOKafkaProducer
from confluent_kafka import Producer

from mingjing_deploy.demo.happenings import Damaged, Told
from mingjing_deploy.errors import DeployError

BATCH = 500
_FLUSH_SECONDS = 30
_TAKEN, _SOME_TAKEN, _NOT_NOW = 202, 207, 503
TURNS_MAX, PAUSE_SECONDS = 20, 3.0
_JSON = "application/json"


class Sender(Protocol):
    """How one publisher sends."""

    async def send(self, items: Sequence[Told | Damaged]) -> None:
        """Send these in order; returns when all are promised."""
        ...

    async def close(self) -> None:
        """Let go."""
        ...


@dataclass(frozen=True)
class Account:
    """A publisher's key and Kafka user, as it was handed out."""

    name: str
    key: str
    kafka_password: str | None


class ByDoor:
    """A publisher that comes by HTTP, in batches."""

    def __init__(self, front: str, account: Account) -> None:
        self._client = httpx.AsyncClient(base_url=front, timeout=60)
        self._headers = {
            "Authorization": f"Bearer {account.key}",
            "Content-Type": "application/cloudevents-batch+json",
        }

    async def send(self, items: Sequence[Told | Damaged]) -> None:
        """Send these in order; returns when all are promised."""
        events = [one.event for one in items if isinstance(one, Told)]
        for start in range(0, len(events), BATCH):
            waiting = events[start : start + BATCH]
            for _turn in range(TURNS_MAX):
                waiting = await self._not_taken(waiting)
                if not waiting:
                    break
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                raise DeployError(f"The door did not take {len(waiting)} events in time.")

    async def _not_taken(self, events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Send once; give what the door could not promise now, which is sent again as it is."""
        try:
            answer = await self._client.post(
                "/intake/events", json=list(events), headers=self._headers
            )
        except httpx.HTTPError:
            return list(events)
        if answer.status_code == _TAKEN:
            return []
        if answer.status_code not in (_SOME_TAKEN, _NOT_NOW):
            raise DeployError(f"The door refused a batch: {answer.text[:800]}")
        told = answer.json()
        if not isinstance(told, list):
            return list(events)
        wrong = [one for one in told if one["status"] not in (_TAKEN, _NOT_NOW)]
        if wrong:
            raise DeployError(f"The door refused {wrong[0]['id']}: {wrong[0]['problem']}")
        return [events[one["index"]] for one in told if one["status"] == _NOT_NOW]

    async def close(self) -> None:
        """Let go."""
        await self._client.aclose()


class ByAiokafka:
    """A publisher that writes to its topic with aiokafka (whose partitioner is murmur2)."""

    def __init__(self, bootstrap: str, account: Account) -> None:
        self._topic = f"inbound.{account.name}"
        self._settings = {
            "bootstrap_servers": bootstrap,
            "security_protocol": "SASL_PLAINTEXT",
            "sasl_mechanism": "SCRAM-SHA-256",
            "sasl_plain_username": account.name,
            "sasl_plain_password": account.kafka_password,
            "acks": "all",
            "enable_idempotence": True,
        }
        self._producer: AIOKafkaProducer | None = None

    async def send(self, items: Sequence[Told | Damaged]) -> None:
        """Send these in order; returns when all are promised."""
        if self._producer is None:
            self._producer = AIOKafkaProducer(**self._settings)
            await self._producer.start()
        waiting = []
        for one in items:
            key, value, headers = record_of(one)
            waiting.append(
                await self._producer.send(
                    self._topic, value, key=key, headers=[(n, v.encode()) for n, v in headers]
                )
            )
        await asyncio.gather(*waiting)

    async def close(self) -> None:
        """Let go."""
        if self._producer is not None:
            await self._producer.stop()


class ByLibrdkafka:
    """A publisher that writes to its topic with librdkafka, told to partition by murmur2."""

    def __init__(self, bootstrap: str, account: Account) -> None:
        self._topic = f"inbound.{account.name}"
        self._settings = {
            "bootstrap.servers": bootstrap,
            "security.protocol": "SASL_PLAINTEXT",
            "sasl.mechanisms": "SCRAM-SHA-256",
            "sasl.username": account.name,
            "sasl.password": account.kafka_password,
            "partitioner": "murmur2_random",
            "log_level": 3,
            "enable.idempotence": True,
            "acks": "all",
        }
        self._producer = Producer(self._settings)

    async def send(self, items: Sequence[Told | Damaged]) -> None:
        """Send these in order; returns when all are promised."""
        for _turn in range(TURNS_MAX):
            wrong = await asyncio.to_thread(self._send, items)
            if wrong is None:
                return
            self._producer = Producer(self._settings)  # the old one would send in its own time
        raise DeployError(f"{self._topic} did not take {len(items)} records: {wrong}")

    def _send(self, items: Sequence[Told | Damaged]) -> str | None:
        """Send once; what went wrong, if anything: then all is sent again under the same ids."""
        failed: list[str] = []

        def told(error: Any, _message: Any) -> None:
            if error is not None:
                failed.append(str(error))

        for one in items:
            key, value, headers = record_of(one)
            self._producer.produce(self._topic, value, key=key, headers=headers, on_delivery=told)
        left = self._producer.flush(_FLUSH_SECONDS)
        return failed[0] if failed else (f"{left} not acknowledged" if left else None)

    async def close(self) -> None:
        """Nothing waits here: every send was flushed."""


def record_of(one: Told | Damaged) -> tuple[bytes, bytes, list[tuple[str, str]]]:
    """Key, value and headers of a record in binary mode."""
    if isinstance(one, Damaged):
        return one.key.encode(), one.value.encode(), list(one.headers.items())
    event: Mapping[str, Any] = one.event
    data = event["data"]
    key = next(
        str(data[name])
        for name in ("footage_id", "case_number", "serial", "system", "item", "unit")
        if name in data
    )
    headers = [(f"ce_{name}", str(value)) for name, value in event.items() if name != "data"]
    return (
        key.encode(),
        json.dumps(data, ensure_ascii=False).encode(),
        [*headers, ("content-type", _JSON)],
    )
