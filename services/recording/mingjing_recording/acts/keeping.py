"""Taking a file in, and giving it out again: never whole in memory, never in the clear on disk.

A file that comes in is cut into chunks; each is hashed in the clear, encrypted with the file's
own key, hashed again and written to a file without a name, which vanishes with the process.
Only when it came whole, is of a kind that is taken, and is new, does it go to the object
store, is read back and compared; what is recorded after that is there.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uuid_utils
from prometheus_client import Counter

from mingjing_recording.errors import Damaged, NotTaken, TooLarge
from mingjing_recording.rules.chunk import (
    CHUNK_BYTES,
    SEALED_CHUNK_BYTES,
    ChunkCipher,
    DoesNotOpen,
    chunk_range,
    chunks_of,
    new_key,
    sealed_size,
)
from mingjing_recording.rules.media import HEAD_BYTES
from mingjing_recording.rules.retention import locked_until
from mingjing_recording.rules.tree import TreeHash
from mingjing_recording.store.sealed import DATA_KEY
from mingjing_shared.clock import local_date, machine_now
from mingjing_shared.objectstore import CannotReachStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from _typeshed import WriteableBuffer
    from sqlalchemy import Row

    from mingjing_recording.settings import RecordingSettings
    from mingjing_recording.store.objects import Objects
    from mingjing_shared.database import Database


MISMATCHES = Counter(
    "mj_object_hash_mismatch",
    "Kept files that were not, byte by byte, what they should be; when it was noticed",
    ["when"],
)
for _when in ("written", "read"):
    MISMATCHES.labels(_when)
FORM_BYTES = 64 * 1024  # what a form may hold besides its file


class Intake:
    """A file on its way in."""

    def __init__(self, folder: Path, bytes_max: int) -> None:
        self._bytes_max = bytes_max
        self._cipher = ChunkCipher(new_key(), str(uuid_utils.uuid7()))
        self._spool = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - lives as long as this
        self._pending = bytearray()
        self._chunks = 0
        self._plain, self._sealed = hashlib.sha256(), hashlib.sha256()
        self._tree = TreeHash()
        self.size = 0
        self.head = b""

    def write(self, data: bytes) -> None:
        """Take the next bytes.

        Raises:
            TooLarge: there are more than may come.
        """
        self.size += len(data)
        self.refuse_longer(self.size)
        if len(self.head) < HEAD_BYTES:
            self.head += data[: HEAD_BYTES - len(self.head)]
        self._pending += data
        while len(self._pending) > CHUNK_BYTES:  # one more byte: so this is not the last chunk
            self._seal(bytes(self._pending[:CHUNK_BYTES]), is_last=False)
            del self._pending[:CHUNK_BYTES]

    def refuse_longer(self, size: int) -> None:
        """Go on only when so many bytes may come.

        Raises:
            TooLarge: there are more.
        """
        if size > self._bytes_max + FORM_BYTES:
            raise TooLarge(
                f"文件超过一次上传的上限（{self._bytes_max // CHUNK_BYTES} MB），没有保存。",
                "请分段上传，或者由采集站导入。",
            )

    def finish(self) -> Held:
        """The file came whole.

        Raises:
            NotTaken: it is empty.
        """
        if not self.size:
            raise NotTaken("文件是空的，没有保存。", "请选择有内容的文件。")
        self._seal(bytes(self._pending), is_last=True)
        self._pending.clear()
        return Held(
            sha256=self._plain.hexdigest(),
            sealed_sha256=self._sealed.hexdigest(),
            tree_root=self._tree.root().hex(),
            size=self.size,
            head=self.head,
            cipher=self._cipher,
            spool=self._spool,
        )

    def close(self) -> None:
        """Let go of the file without a name; nothing of it is left."""
        self._spool.close()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._plain.update(chunk)
        self._tree.add(chunk)
        sealed = self._cipher.seal(self._chunks, chunk, is_last=is_last)
        self._sealed.update(sealed)
        self._spool.write(sealed)
        self._chunks += 1


@dataclass(frozen=True, slots=True)
class Held:
    """A file that came whole, encrypted in a file without a name, not kept yet."""

    sha256: str
    sealed_sha256: str
    tree_root: str
    size: int
    head: bytes
    cipher: ChunkCipher
    spool: Any

    def sealed(self, start: int, length: int) -> bytes:
        """A part of the encrypted file."""
        self.spool.seek(start)
        part: bytes = self.spool.read(length)
        return part

    def close(self) -> None:
        """Let go of the file without a name."""
        self.spool.close()

    def plain(self) -> io.BufferedReader:
        """The file in the clear, for who must look into it; opened chunk by chunk."""
        return io.BufferedReader(_Plain(self), CHUNK_BYTES)


class _Plain(io.RawIOBase):
    """Reads a held file in the clear."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._held.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        number = self._at // CHUNK_BYTES
        if self._at >= self._held.size or not view:
            return 0
        sealed = self._held.sealed(number * SEALED_CHUNK_BYTES, SEALED_CHUNK_BYTES)
        is_last = number == chunks_of(self._held.size) - 1
        chunk = self._held.cipher.open(number, sealed, is_last=is_last)
        part = chunk[self._at - number * CHUNK_BYTES :][: len(view)]
        view[: len(part)] = part
        self._at += len(part)
        return len(part)


class Vault:
    """Where files are kept: takes them in, keeps them, gives them out."""

    def __init__(self, database: Database, objects: Objects, settings: RecordingSettings) -> None:
        self.database = database
        self._objects = objects
        self._settings = settings
        self._keys = database.installation.keys

    def intake(self, bytes_max: int | None = None) -> Intake:
        """Begin to take a file in; of the size that one upload may bring, unless said."""
        return Intake(self._settings.upload_dir, bytes_max or self._settings.upload_bytes_max)

    async def keep(
        self, held: Held, *, media_type: str, duration_ms: int | None = None
    ) -> dict[str, Any]:
        """Put a held file into the object store, locked; give the row of the kept file.

        When it returns, the store has given the same bytes back.

        Raises:
            CannotReachStore: the store does not answer, or does not give back what was put.
        """
        now = machine_now()
        until = locked_until(local_date(now))
        blob_id = held.cipher.file_id
        key = f"files/{blob_id}"
        size = sealed_size(held.size)
        async with self._objects.open() as bucket:
            version = await bucket.put(key, size, held.sealed, until)
            digest = hashlib.sha256()
            async for piece in bucket.read(key, version, 0, size):
                digest.update(piece)
        if digest.hexdigest() != held.sealed_sha256:
            MISMATCHES.labels("written").inc()
            raise CannotReachStore(
                "对象存储读回的内容与写入的不同，没有登记。", "请联系信息通信部门。"
            )
        return {
            "sha256": held.sha256,
            "blob_id": blob_id,
            "object_key": key,
            "object_version": version,
            "size": held.size,
            "sealed_sha256": held.sealed_sha256,
            "tree_root": held.tree_root,
            "media_type": media_type,
            "duration_ms": duration_ms,
            "data_key": self._keys.seal(held.cipher.key, DATA_KEY.place(blob_id=blob_id)),
            "kept_at": now,
            "locked_until": until,
        }

    async def plain(self, blob: Row[Any], start: int, end: int) -> AsyncIterator[bytes]:
        """A kept file in the clear from ``start`` up to (not with) ``end``, chunk by chunk.

        Every chunk is proved before any byte of it is given.

        Raises:
            CannotReachStore: the store does not answer.
            Damaged: a chunk is not what was kept; nothing of it was given.
        """
        cipher = ChunkCipher(
            self._keys.open(blob.data_key, DATA_KEY.place(blob_id=blob.blob_id)), blob.blob_id
        )
        wanted, count = chunk_range(start, end), chunks_of(blob.size)
        begin, stop = wanted.sealed_first, wanted.sealed_end(blob.size)
        pending, number, before, left = bytearray(), wanted.first, wanted.before, wanted.length
        async with self._objects.open() as bucket:
            async for piece in bucket.read(blob.object_key, blob.object_version, begin, stop):
                pending += piece
                begin += len(piece)
                while len(pending) >= SEALED_CHUNK_BYTES or (pending and begin == stop):
                    sealed = bytes(pending[:SEALED_CHUNK_BYTES])
                    del pending[:SEALED_CHUNK_BYTES]
                    chunk = await asyncio.to_thread(_opened, cipher, number, sealed, count)
                    part = chunk[before : before + left]
                    number, before, left = number + 1, 0, left - len(part)
                    yield part


def _opened(cipher: ChunkCipher, number: int, sealed: bytes, count: int) -> bytes:
    try:
        return cipher.open(number, sealed, is_last=number == count - 1)
    except DoesNotOpen as error:
        MISMATCHES.labels("read").inc()
        raise Damaged(
            "文件未通过完整性校验：所存内容与入库时不同，已拒绝提供。",
            "请立即报告信息通信部门核查，不要重新上传。",
        ) from error
