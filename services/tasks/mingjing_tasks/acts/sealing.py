"""A month of the event archive is sealed: written to the object store for years, and read back.

Objects first, then the manifest that names them, then the record: whatever ends this in between
leaves only what is found again, because every key carries the hash of its content.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from prometheus_client import Gauge

from mingjing_shared.clock import machine_now
from mingjing_shared.errors import MingjingError
from mingjing_tasks.acts.comparing import Comparison, compare
from mingjing_tasks.errors import CannotSeal, SealedOtherwise
from mingjing_tasks.rules.manifest import (
    OBJECT_EVENTS_MAX,
    Manifest,
    SealedObject,
    Sum,
    read_manifest,
    sealed_line,
)
from mingjing_tasks.rules.month import Month, months_over
from mingjing_tasks.settings import SEALED_AFTER, SERVICE
from mingjing_tasks.store import sealing as store
from mingjing_tasks.store.objects import Bucket, open_bucket

if TYPE_CHECKING:
    from datetime import datetime

    from mingjing_shared.database import Database
    from mingjing_tasks.settings import TasksSettings

EVERY_SECONDS = 3600.0
UNSEALED = Gauge("mj_archive_months_unsealed", "Months of the event archive due and not sealed")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sealed:
    """How a month stands after it was asked to be sealed."""

    month: str
    events: int
    is_new: bool


async def due_months(database: Database, now: datetime) -> list[Month]:
    """The months that are over, hold events and are not sealed: one cheap query."""
    over = {str(month): month for month in months_over(now - SEALED_AFTER)}
    async with database.transaction() as tx:
        return [over[name] for name in await store.months_to_seal(tx, list(over.values()))]


async def seal(
    database: Database,
    bucket: Bucket,
    month: Month,
    now: datetime,
    *,
    object_events: int = OBJECT_EVENTS_MAX,
) -> Sealed:
    """Seal one month; once more changes nothing.

    What an earlier run left is taken over if it is still what the database holds.

    Raises:
        CannotSeal: the month is not over, or holds no event.
        SealedOtherwise: it is sealed, or a manifest of it lies in the store, and that is not
            what the database holds; nothing was sealed.
        CannotReachStore: the object store went away.
    """
    if not month.is_over(now - SEALED_AFTER):
        raise CannotSeal(f"{month} 结束未满三天，不能封存。", "到期后事件进程会自动封存。")
    async with database.transaction() as tx:
        known = await store.sealed_manifest(tx, month)
    if known is not None:
        manifest, _ = await _fitting(database, bucket, month, [manifest_key(month, known)])
        return Sealed(str(month), manifest.events, is_new=False)
    keys = await bucket.keys(f"{month}/manifest-")
    if not keys:
        keys = [await _write(database, bucket, month, object_events)]
    manifest, digest = await _fitting(database, bucket, month, keys)
    async with database.transaction() as tx:
        await store.note_sealed(tx, month, digest, manifest.events)
    return Sealed(str(month), manifest.events, is_new=True)


async def verify(database: Database, bucket: Bucket, month: Month) -> Comparison:
    """Read a sealed month back and compare it with the database, event by event.

    Raises:
        CannotSeal: the month is not sealed.
        CannotReachStore: the object store went away.
    """
    async with database.transaction() as tx:
        known = await store.sealed_manifest(tx, month)
    if known is None:
        raise CannotSeal(f"{month} 尚未封存。", "月份结束三天后由事件进程自动封存。")
    return await _read_back(database, bucket, month, manifest_key(month, known))


async def seal_due(database: Database, settings: TasksSettings) -> list[Sealed]:
    """Seal every month that is due; one that cannot be sealed holds up no other.

    Raises:
        CannotReachStore: the object store is away; the gauge says how many months wait.
        Misconfigured: the file with our secret cannot be read.
    """
    now = machine_now()
    due = await due_months(database, now)
    UNSEALED.set(len(due))
    if not due:
        return []
    done: list[Sealed] = []
    async with open_bucket(settings) as bucket:
        for month in due:
            try:
                done.append(await seal(database, bucket, month, now))
                _log.info("month is sealed", month=str(month), events=done[-1].events)
            except (CannotSeal, SealedOtherwise) as error:
                _log.error("month is not sealed", month=str(month), message=error.message)
            UNSEALED.set(len(due) - len(done))
    return done


async def keep_sealing(database: Database, settings: TasksSettings, stop: asyncio.Event) -> None:
    """Every hour seal what is due, until told to stop; trouble waits for the next hour."""
    stopped = asyncio.ensure_future(stop.wait())
    while not stop.is_set():
        work = asyncio.ensure_future(_seal_and_tell(database, settings))
        await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()  # what it wrote is found again at the next start
        await asyncio.wait({work})
        await asyncio.wait({stopped}, timeout=EVERY_SECONDS)


async def _seal_and_tell(database: Database, settings: TasksSettings) -> None:
    try:
        await seal_due(database, settings)
    except MingjingError as error:
        _log.warning("months wait to be sealed", message=error.message, way_out=error.way_out)
    except Exception as error:  # noqa: BLE001 - sealing never ends the worker
        _log.warning("months wait to be sealed", error=type(error).__name__)


def manifest_key(month: Month, digest: str) -> str:
    """Where the manifest with this hash lies."""
    return f"{month}/manifest-{digest}.json"


async def _write(database: Database, bucket: Bucket, month: Month, object_events: int) -> str:
    """Write the objects of a month, then the manifest; the manifest's key."""
    total = Sum()
    objects: list[SealedObject] = []
    lines: list[bytes] = []
    first = last = ""
    async for row in store.rows_of(database, month):
        line = sealed_line(row._asdict())
        total.add(line)
        first = min(first or line.recorded_at, line.recorded_at)
        last = max(last, line.recorded_at)
        lines.append(line.text)
        if len(lines) == object_events:
            objects.append(await _put_object(bucket, month, len(objects) + 1, lines))
            lines = []
    if lines:
        objects.append(await _put_object(bucket, month, len(objects) + 1, lines))
    if not objects:
        raise CannotSeal(f"{month} 没有事件，无需封存。", "核对月份（格式 YYYY-MM）。")
    manifest = Manifest(
        service=SERVICE,
        month=str(month),
        first_recorded_at=first,
        last_recorded_at=last,
        events=total.events,
        digest=total.digest,
        objects=objects,
    )
    key = manifest_key(month, hashlib.sha256(manifest.encoded).hexdigest())
    await bucket.put(key, manifest.encoded, "application/json")
    return key


async def _put_object(
    bucket: Bucket, month: Month, number: int, lines: list[bytes]
) -> SealedObject:
    body = await asyncio.to_thread(_packed, lines)
    digest = hashlib.sha256(body).hexdigest()
    key = f"{month}/events-{number:04}-{digest}.ndjson.gz"
    await bucket.put(key, body, "application/gzip")
    return SealedObject(key=key, events=len(lines), sha256=digest, bytes=len(body))


def _packed(lines: list[bytes]) -> bytes:
    return gzip.compress(b"".join(line + b"\n" for line in lines), mtime=0)


async def _fitting(
    database: Database, bucket: Bucket, month: Month, keys: list[str]
) -> tuple[Manifest, str]:
    """The first of these manifests that says what the database holds, and its hash."""
    found = Comparison()
    for key in keys:
        found = await _read_back(database, bucket, month, key)
        if found.manifest is not None and found.fits:
            return found.manifest, key.removeprefix(f"{month}/manifest-").removesuffix(".json")
    raise SealedOtherwise(
        f"{month} 已有封存清单 {keys[-1]}，与现有内容不符：{found.said}。",
        "查明之前不重复封存；封存的版本受锁定保护，仍在对象存储中。",
    )


async def _read_back(database: Database, bucket: Bucket, month: Month, key: str) -> Comparison:
    text = await bucket.get(key)
    if text is None:
        return Comparison(problems=[f"清单 {key} 不在对象存储中"])
    if key != manifest_key(month, hashlib.sha256(text).hexdigest()):
        return Comparison(problems=[f"清单 {key} 的内容与其 SHA-256 不符"])
    return await compare(database, bucket, month, read_manifest(text))
