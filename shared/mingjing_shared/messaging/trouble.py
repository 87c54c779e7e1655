"""Which failure is the event's own, and which is trouble of the surroundings.

| kind | examples | what follows |
|---|---|---|
| CONNECTION | database or broker away, pool exhausted | everything waits and is retried |
| CONTENTION | deadlock, lock timeout, serialisation failure, missing table | that partition waits |
| POISON | anything else a handler raises | the event alone is tried again, then put aside |
"""

from __future__ import annotations

import asyncio
from enum import Enum

import asyncpg
from aiokafka.errors import KafkaError
from sqlalchemy import exc

_CONNECTION_CLASSES = ("08", "53", "57", "58", "XX", "28", "3D")
_CONTENTION_CLASSES = ("40", "55", "25", "42", "3F")


class Trouble(Enum):
    """What kind of failure it is."""

    CONNECTION = "connection"
    CONTENTION = "contention"
    POISON = "poison"


def kind_of(error: BaseException) -> Trouble:
    """Judge a failure by the table above; the causes behind it are looked at too."""
    seen: BaseException | None = error
    while seen is not None:
        kind = _kind_of_one(seen)
        if kind is not Trouble.POISON:
            return kind
        seen = seen.__cause__ or getattr(seen, "orig", None)
        if seen is error:
            break
    return Trouble.POISON


def _kind_of_one(error: BaseException) -> Trouble:
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    if state:
        if state.startswith(_CONNECTION_CLASSES):
            return Trouble.CONNECTION
        if state.startswith(_CONTENTION_CLASSES):
            return Trouble.CONTENTION
        return Trouble.POISON
    if isinstance(error, exc.DBAPIError) and error.connection_invalidated:
        return Trouble.CONNECTION
    if isinstance(
        error,
        (
            OSError,
            asyncio.TimeoutError,
            asyncpg.InterfaceError,
            asyncpg.InternalClientError,
            exc.TimeoutError,
            exc.PendingRollbackError,
            KafkaError,
        ),
    ):
        return Trouble.CONNECTION
    return Trouble.POISON
