"""Three publishers, each in its own way: the door, aiokafka, librdkafka.

Each sends the same shape: for each of its cases an acceptance and then decisions numbered in
order. A window holds at most one event of a case and is acknowledged whole before the next one
is sent, so that a repeated window cannot turn a case's order round.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from confluent_kafka import Producer

from mingjing_shared.clock import legal_today
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from support.events import received, record_of

ADULT = {"kind": "person", "name": "测试甲", "resident_id": "11010519491231002X"}
WINDOW = 200
RETRY_SECONDS = 0.5
BASIS = [{"law": "道路交通安全法", "article": "第九十条"}]
MADE_ON = legal_today().isoformat()  # of today: no term runs out while it storms


@dataclass(frozen=True)
class Plan:
    """What one publisher sends."""

    name: str
    cases: int
    decisions_a_case: int

    @property
    def source(self) -> str:
        return f"/huainan/{self.name}"

    @property
    def topic(self) -> str:
        return f"inbound.{self.name}"

    @property
    def total(self) -> int:
        return self.cases * (1 + self.decisions_a_case)

    def windows(self) -> Iterator[list[Any]]:
        for round_number in range(1 + self.decisions_a_case):
            for start in range(0, self.cases, WINDOW):
                yield [
                    self._event(case, round_number)
                    for case in range(start, min(self.cases, start + WINDOW))
                ]

    def _event(self, case: int, round_number: int) -> Any:
        number = f"{self.name}-{case:04d}"
        about = {"source": self.source, "id": f"{number}-{round_number:03d}"}
        if round_number == 0:
            return received(
                CaseAccepted, case_number=number, kind="traffic", parties=[ADULT], about=about
            )
        return received(
            DecisionMade,
            case_number=number,
            decision_id=about["id"],
            kind="penalty",
            made_on=MADE_ON,
            basis=BASIS,
            parties=[],
            about=about,
        )


async def by_door(plan: Plan, url: str, key: str, pause: float) -> int:
    """Publish through the HTTP door until every event got its 202; how many requests it took."""
    requests = 0
    headers = {
        "authorization": f"Bearer {key}",
        "content-type": "application/cloudevents-batch+json",
    }
    for window in plan.windows():
        body = orjson.dumps([_structured(item) for item in window])
        async with httpx.AsyncClient(timeout=15) as client:
            while True:
                requests += 1
                with contextlib.suppress(httpx.HTTPError):
                    answer = await client.post(url, content=body, headers=headers)
                    if answer.status_code == 202:
                        break
                    assert answer.status_code in (207, 429, 503), answer.text[:500]
                await asyncio.sleep(RETRY_SECONDS)
        await asyncio.sleep(pause)
    return requests


def _structured(item: Any) -> dict[str, Any]:
    envelope = item.envelope
    return {
        "specversion": "1.0",
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "time": envelope.time.isoformat(),
        "data": dict(item.content),
    }


async def by_aiokafka(plan: Plan, client: dict[str, Any], prefix: str, pause: float) -> int:
    """Publish with aiokafka until the broker acknowledged every event; how many were repeated."""
    repeated = 0
    producer: AIOKafkaProducer | None = None
    try:
        for window in plan.windows():
            while True:
                try:
                    if producer is None:
                        producer = AIOKafkaProducer(**client, acks="all", enable_idempotence=True)
                        await producer.start()
                    waiting = []
                    for item in window:
                        key, value, headers = record_of(item)
                        topic = prefix + plan.topic
                        waiting.append(await producer.send(topic, value, key=key, headers=headers))
                    await asyncio.gather(*waiting)
                    break
                except (KafkaError, OSError, TimeoutError):
                    repeated += len(window)
                    if producer is not None:
                        with contextlib.suppress(Exception):
                            await asyncio.wait_for(producer.stop(), 5)
                    producer = None
                    await asyncio.sleep(RETRY_SECONDS)
            await asyncio.sleep(pause)
    finally:
        if producer is not None:
            await producer.stop()
    return repeated


def by_librdkafka(plan: Plan, client: dict[str, Any], prefix: str, pause: float) -> int:
    """Publish with librdkafka (in a thread of its own); how many events were repeated."""
    import time

    settings = {
        "bootstrap.servers": client["bootstrap_servers"],
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanisms": client["sasl_mechanism"],
        "sasl.username": client["sasl_plain_username"],
        "sasl.password": client["sasl_plain_password"],
        "enable.idempotence": True,
        "partitioner": "murmur2_random",
        "log_level": 0,
        "error_cb": lambda _error: None,
        "delivery.timeout.ms": 120_000,
    }
    producer = Producer(settings)
    repeated = 0
    for window in plan.windows():
        while True:
            failed: list[Any] = []
            for item in window:
                key, value, headers = record_of(item)
                producer.produce(
                    prefix + plan.topic,
                    value,
                    key=key,
                    headers=headers,
                    on_delivery=lambda error, _m, failed=failed: (
                        failed.append(error) if error else None
                    ),
                )
                producer.poll(0)
            left = producer.flush(130)
            if not failed and left == 0:
                break
            repeated += len(window)
            producer = Producer(settings)
            time.sleep(RETRY_SECONDS)
        time.sleep(pause)
    return repeated
