"""The bucket in the object store that holds sealed months: what is put there stays."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import machine_now
from mingjing_shared.objectstore import (
    OP_BYTES,
    Missing,
    digest_of,
    found,
    measured,
    new_client,
    said_when_away,
)
from mingjing_tasks.settings import ARCHIVE_BUCKET, RETENTION, RETENTION_LEAST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mingjing_tasks.settings import TasksSettings


@dataclass(frozen=True)
class Bucket:
    """The open bucket."""

    client: Any

    async def put(self, key: str, body: bytes, kind: str) -> None:
        """Store an object that nobody can delete or replace for the term of sealing.

        What is there already with the same length and a long lock is left as it is: keys carry
        the hash of their content, and whoever seals reads back.
        """
        if await self._is_locked(key, len(body)):
            return
        with measured("put"):
            await self.client.put_object(
                Bucket=ARCHIVE_BUCKET,
                Key=key,
                Body=body,
                ContentType=kind,
                ChecksumSHA256=digest_of(body),
                ObjectLockMode="COMPLIANCE",
                ObjectLockRetainUntilDate=machine_now() + RETENTION,
            )
        OP_BYTES.labels("put").inc(len(body))

    async def get(self, key: str) -> bytes | None:
        """An object's content, if it is there."""
        with contextlib.suppress(Missing), measured("get"):
            answer = await found(self.client.get_object(Bucket=ARCHIVE_BUCKET, Key=key))
            async with answer["Body"] as body:
                content: bytes = await body.read()
            OP_BYTES.labels("get").inc(len(content))
            return content
        return None

    async def keys(self, prefix: str) -> list[str]:
        """The keys that begin so, sorted."""
        pages = self.client.get_paginator("list_objects_v2")
        keys: list[str] = []
        async for page in pages.paginate(Bucket=ARCHIVE_BUCKET, Prefix=prefix):
            keys += [entry["Key"] for entry in page.get("Contents", ())]
        return sorted(keys)

    async def _is_locked(self, key: str, size: int) -> bool:
        try:
            answer = await found(self.client.head_object(Bucket=ARCHIVE_BUCKET, Key=key))
        except Missing:
            return False
        until = answer.get("ObjectLockRetainUntilDate")
        return bool(
            answer["ContentLength"] == size
            and answer.get("ObjectLockMode") == "COMPLIANCE"
            and until is not None
            and until >= machine_now() + RETENTION_LEAST
        )


@contextlib.asynccontextmanager
async def open_bucket(settings: TasksSettings) -> AsyncIterator[Bucket]:
    """Speak to the object store.

    Raises:
        CannotReachStore: it does not answer, refuses us, or nobody said where it is.
        Misconfigured: the file with our secret cannot be read.
    """
    with said_when_away():
        async with new_client(settings) as client:
            yield Bucket(client)
