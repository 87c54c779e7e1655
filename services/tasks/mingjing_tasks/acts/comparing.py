"""A sealed month beside what the database holds now: what differs is named."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mingjing_tasks.rules.manifest import Sum, read_line, sealed_line
from mingjing_tasks.store import sealing as store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mingjing_shared.database import Database
    from mingjing_tasks.rules.manifest import Line, Manifest, SealedObject
    from mingjing_tasks.rules.month import Month
    from mingjing_tasks.store.objects import Bucket

_NAMED_AT_MOST = 5


@dataclass(slots=True)
class Comparison:
    """What was found; ``forgotten`` counts events of cases that were classified since."""

    manifest: Manifest | None = None
    problems: list[str] = field(default_factory=list)
    forgotten: int = 0

    @property
    def fits(self) -> bool:
        """Whether the sealed month is whole and the database still holds it."""
        return not self.problems

    @property
    def said(self) -> str:
        """The problems, the first few by name."""
        more = len(self.problems) - _NAMED_AT_MOST
        named = "；".join(self.problems[:_NAMED_AT_MOST])
        return f"{named}；另有 {more} 处" if more > 0 else named


class _Damaged(Exception):
    """An object is not what the manifest says; there is nothing to compare with."""


async def compare(
    database: Database, bucket: Bucket, month: Month, manifest: Manifest
) -> Comparison:
    """Read every object of a month and lay it beside the database, both in the same order."""
    found = Comparison(manifest)
    missing: list[tuple[str, str | None]] = []
    total = Sum()
    kept = _kept(database, month)
    try:
        mine = await anext(kept, None)
        async for line in _sealed(bucket, manifest):
            total.add(line)
            while mine is not None and mine.place < line.place:
                found.problems.append(f"数据库多出 {mine.name}")
                mine = await anext(kept, None)
            if mine is None or mine.place != line.place:
                missing.append((line.name, line.case_key))
                continue
            if not store.says_the_same(database.installation.keys, mine, line):
                found.problems.append(f"数据库中的 {line.name} 与封存的不同")
            mine = await anext(kept, None)
        while mine is not None:
            found.problems.append(f"数据库多出 {mine.name}")
            mine = await anext(kept, None)
    except _Damaged as damage:
        found.problems = [str(damage)]
        return found
    if (total.events, total.digest) != (manifest.events, manifest.digest):
        found.problems.append("清单中的总数或总摘要与其对象不符")
    await _judge_missing(database, missing, found)
    return found


async def _judge_missing(
    database: Database, missing: list[tuple[str, str | None]], found: Comparison
) -> None:
    """Of a case that was classified since, the database must have forgotten; of others not."""
    if not missing:
        return
    async with database.transaction() as tx:
        classified = await store.classified_cases(tx)
    for name, case_key in missing:
        if case_key in classified:
            found.forgotten += 1
        else:
            found.problems.append(f"数据库缺少 {name}")


async def _kept(database: Database, month: Month) -> AsyncIterator[Line]:
    async for row in store.rows_of(database, month):
        yield sealed_line(row._asdict())


async def _sealed(bucket: Bucket, manifest: Manifest) -> AsyncIterator[Line]:
    for one in manifest.objects:
        body = await bucket.get(one.key)
        if body is None:
            raise _Damaged(f"对象 {one.key} 不在对象存储中")
        for text in await asyncio.to_thread(_unpacked, one, body):
            yield read_line(text)


def _unpacked(one: SealedObject, body: bytes) -> list[bytes]:
    if hashlib.sha256(body).hexdigest() != one.sha256:
        raise _Damaged(f"对象 {one.key} 已损坏：内容与清单中的 SHA-256 不符")
    return gzip.decompress(body).splitlines()
