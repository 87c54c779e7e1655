"""Dead letters: what could not be taken, kept whole, until a person settles it.

The table holds the record (sealed); the topic holds a reference without content, sent through
the outbox, so that it and the step past the record commit together.
"""

from __future__ import annotations

import base64
import hashlib
import traceback
import uuid
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson

from mingjing_shared.clock import machine_now
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.metrics import DEAD
from mingjing_shared.messaging.tables import DEAD_LETTERS
from mingjing_shared.privacy.sealed import Sealed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiokafka.structs import ConsumerRecord

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.refusals import Refusal

# A record, why it is refused, how often it was tried, and which failure of a handler it was.
Letter: TypeAlias = "tuple[ConsumerRecord[Any, Any], Refusal, int, str | None]"
BODY = Sealed(DEAD_LETTERS.c.body, "dead_letters.body/{id}")
REFERENCE_TYPE = "cn.mingjing.event.dead_lettered"
_IDS = uuid.UUID("0b9a8f56-2b8e-5c43-8ad4-6a1f1d6d6f10")


def letter_id(service: str, topic: str, partition: int, offset: int) -> uuid.UUID:
    """The one id of the letter of a record in a service."""
    return uuid.uuid5(_IDS, f"{service}/{topic}/{partition}/{offset}")


def stack_digest(error: BaseException) -> str:
    """Which failure it is: type and places of its stack, no message (it may hold content)."""
    frames = traceback.extract_tb(error.__traceback__)
    places = "|".join(f"{f.filename.rsplit('/', 2)[-1]}:{f.name}:{f.lineno}" for f in frames)
    return hashlib.sha256(f"{type(error).__qualname__}|{places}".encode()).hexdigest()[:16]


async def put_aside(
    tx: Transaction,
    prefix: str,
    letters: Sequence[Letter],
) -> None:
    """Keep records (with reason, attempts, stack digest) and announce each without content."""
    rows = [_row(tx, prefix, letter) for letter in letters]
    entered = await tx.insert_new(DEAD_LETTERS, rows, returning=("id",))
    new = {row.id for row in entered}
    for row in rows:
        if row["id"] in new:
            DEAD.labels(tx.installation.service, row["reason"]).inc()
            _announce(tx, row)


def _row(tx: Transaction, prefix: str, letter: Letter) -> dict[str, Any]:
    record, refusal, attempts, stack = letter
    topic = record.topic.removeprefix(prefix)
    name = letter_id(tx.installation.service, topic, record.partition, record.offset)
    body = pack(record.headers, record.key, record.value)
    envelope = refusal.envelope
    return {
        "id": name,
        "topic": topic,
        "partition": record.partition,
        "record_offset": record.offset,
        "reason": refusal.reason.value,
        "explanation": refusal.explanation,
        "source": envelope.source if envelope else None,
        "event_id": envelope.id if envelope else None,
        "event_type": envelope.type if envelope else None,
        "stack_digest": stack,
        "attempts": attempts,
        "digest": hashlib.sha256(body).digest(),
        "body": tx.installation.keys.seal(body, BODY.place(id=name)),
        "state": "open",
    }


def pack(headers: Sequence[tuple[str, bytes]], key: bytes | None, value: bytes | None) -> bytes:
    """A record as bytes that hold all of it."""
    return orjson.dumps(
        {
            "headers": [[name, _base64(raw)] for name, raw in headers],
            "key": _base64(key),
            "value": _base64(value),
        }
    )


def unpack(body: bytes) -> tuple[list[tuple[str, bytes]], bytes | None, bytes | None]:
    """Headers, key and value of a packed record."""
    record = orjson.loads(body)
    headers = [(name, _bytes(raw) or b"") for name, raw in record["headers"]]
    return headers, _bytes(record["key"]), _bytes(record["value"])


def _base64(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _announce(tx: Transaction, row: dict[str, Any]) -> None:
    service = tx.installation.service
    reference = {
        "dead_letter_id": str(row["id"]),
        "topic": row["topic"],
        "partition": row["partition"],
        "offset": row["record_offset"],
        "reason": row["reason"],
        "attempts": row["attempts"],
        "stack_digest": row["stack_digest"],
        "digest": row["digest"].hex(),
        "event_type": row["event_type"],
    }
    event_id = str(uuid.uuid5(row["id"], "announced"))
    outbox.add_record(
        tx,
        event_id=event_id,
        topic=f"{service}.dead-letters",
        key=str(row["id"]),
        attributes={
            "specversion": "1.0",
            "id": event_id,
            "source": tx.installation.source,
            "type": REFERENCE_TYPE,
            "subject": str(row["id"]),
            "time": machine_now().isoformat(),
            "partitionkey": str(row["id"]),
        },
        value=orjson.dumps(reference, option=orjson.OPT_SORT_KEYS),
    )
