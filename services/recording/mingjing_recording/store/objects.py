"""The bucket in the object store that holds kept files: what is put there stays for its term."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_recording.errors import Damaged
from mingjing_recording.settings import BUCKET
from mingjing_shared.objectstore import (
    FAULTS,
    OP_BYTES,
    Missing,
    digest_of,
    found,
    measured,
    new_client,
    said_when_away,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import datetime

    from mingjing_recording.settings import RecordingSettings

PART_BYTES = 8 * 1024 * 1024
READ_BYTES = 256 * 1024
_KIND = "application/octet-stream"


@dataclass(frozen=True)
class Bucket:
    """The open bucket."""

    client: Any

    async def put(
        self, key: str, size: int, read: Callable[[int, int], bytes], until: datetime
    ) -> str:
        """Store an object that nobody can delete or replace until then; give its version.

        ``read(start, length)`` gives its bytes. One that breaks off leaves nothing behind.
        """
        lock = {"ObjectLockMode": "COMPLIANCE", "ObjectLockRetainUntilDate": until}
        place = {"Bucket": BUCKET, "Key": key}
        with measured("put"):
            if size > PART_BYTES:
                version = await self._put_in_parts(place, size, read, lock)
            else:
                version = await self._put_whole(place, read(0, size), lock)
        OP_BYTES.labels("put").inc(size)
        return version

    async def _put_whole(self, place: dict[str, str], body: bytes, lock: dict[str, Any]) -> str:
        answer = await self.client.put_object(
            **place, Body=body, ContentType=_KIND, ChecksumSHA256=digest_of(body), **lock
        )
        return str(answer["VersionId"])

    async def _put_in_parts(
        self,
        place: dict[str, str],
        size: int,
        read: Callable[[int, int], bytes],
        lock: dict[str, Any],
    ) -> str:
        begun = await self.client.create_multipart_upload(**place, ContentType=_KIND, **lock)
        whole = {**place, "UploadId": begun["UploadId"]}
        try:
            parts = []
            for number, start in enumerate(range(0, size, PART_BYTES), 1):
                body = read(start, min(PART_BYTES, size - start))
                answer = await self.client.upload_part(**whole, PartNumber=number, Body=body)
                parts.append({"PartNumber": number, "ETag": answer["ETag"]})
            done = await self.client.complete_multipart_upload(
                **whole, MultipartUpload={"Parts": parts}
            )
        except BaseException:
            with contextlib.suppress(*FAULTS):
                await self.client.abort_multipart_upload(**whole)
            raise
        return str(done["VersionId"])

    async def read(self, key: str, version: str, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes of an object from ``start`` up to (not with) ``end``, piece by piece.

        Raises:
            Damaged: the object is not there, or shorter than it was.
        """
        asked = self.client.get_object(
            Bucket=BUCKET, Key=key, VersionId=version, Range=f"bytes={start}-{end - 1}"
        )
        try:
            with measured("get"):
                read = 0
                async with (await found(asked))["Body"] as body:
                    while piece := await body.read(READ_BYTES):
                        read += len(piece)
                        OP_BYTES.labels("get").inc(len(piece))
                        yield piece
                _refuse_part(read, end - start)
        except Missing as error:
            raise _lost() from error


def _refuse_part(read: int, wanted: int) -> None:
    if read != wanted:
        raise Missing


def _lost() -> Damaged:
    return Damaged("对象存储中的文件缺失或者不完整。", "请立即报告信息通信部门核查。")


class Objects:
    """Where kept files are. One client for the process, made when it is first needed."""

    def __init__(self, settings: RecordingSettings) -> None:
        self._settings = settings
        self._client: Any = None
        self._open_things = contextlib.AsyncExitStack()
        self._making = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[Bucket]:
        """Speak to the object store.

        Raises:
            CannotReachStore: it does not answer, refuses us, or nobody said where it is.
            Misconfigured: the file with our secret cannot be read.
        """
        with said_when_away():
            async with self._making:
                if self._client is None:
                    client = new_client(self._settings)
                    self._client = await self._open_things.enter_async_context(client)
            yield Bucket(self._client)

    async def close(self) -> None:
        """Let go of the client."""
        await self._open_things.aclose()
        self._client = None
