"""A service as the witness of the other services' logs (C2SP tlog-witness).

It co-signs a head only when that goes on from the last one it co-signed, and remembers it before
it answers: in its database and in a file beside it, of which the further one counts, so that a
database restored from a backup makes it forget nothing. What it refuses it tells the others.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.events.platform import LogAccepted, LogRefused
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.trust.checkpoint import Checkpoint, checkpoint_of
from mingjing_shared.trust.merkle import EMPTY_ROOT, is_consistent
from mingjing_shared.trust.note import BadNote, signed_by
from mingjing_shared.trust.signing import LogKey
from mingjing_shared.trust.submission import SIZE_TYPE, Submission, submission_of
from mingjing_shared.trust.tables import WITNESSED

if TYPE_CHECKING:
    from pathlib import Path

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.trust.keys import KnownKeys
    from mingjing_shared.trust.signing import WitnessSigner

BODY_BYTES_MAX = 1 << 18
# A request that was overtaken by a later one shows an older head as well; it is no rollback.
OVERTAKEN_WITHIN = timedelta(seconds=10)
ROLLED_BACK, FORKED, BAD_SIGNATURE = "rolled_back", "forked", "bad_signature"
TEXT = "text/plain; charset=utf-8"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the witness answers."""

    status: int
    body: str
    content_type: str = TEXT


@dataclass(frozen=True, slots=True)
class Head:
    """The last head of a log that was co-signed here; size 0: none was."""

    size: int
    root: bytes


class Memory:
    """What a witness co-signed, in a file: it outlives the database."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, Any] | None = None

    def head(self, origin: str) -> Head:
        """The last head of a log.

        Raises:
            OSError, ValueError: the file is there and cannot be read: nothing may be co-signed.
        """
        found = self._read().get(origin)
        return Head(found["size"], base64.b64decode(found["root"])) if found else _NONE

    def keep(self, origin: str, head: Head) -> None:
        """Put a head down; on the disk when this returns."""
        shown = {"size": head.size, "root": base64.b64encode(head.root).decode()}
        known = {**self._read(), origin: shown}
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._file.with_name(f".{self._file.name}.draft")
        with draft.open("w", encoding="utf-8") as out:
            json.dump(known, out)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._file)
        self._known = known

    def _read(self) -> dict[str, Any]:
        if self._known is None:
            exists = self._file.exists()
            self._known = json.loads(self._file.read_text(encoding="utf-8")) if exists else {}
        return self._known


_NONE = Head(0, EMPTY_ROOT)


class Witness:
    """The witness of one service."""

    def __init__(
        self, database: Database, signer: WitnessSigner, known: KnownKeys, memory: Memory
    ) -> None:
        self._database = database
        self._signer = signer
        self._known = known
        self._memory = memory
        self._one_at_a_time = asyncio.Lock()

    async def add_checkpoint(self, raw: bytes) -> Answer:
        """Answer a log that asks for a co-signature."""
        try:
            asked = submission_of(raw)
            head = checkpoint_of(asked.note.text)
        except BadNote as error:
            return Answer(400, f"{error}\n")
        keys = self._known.log_keys(head.origin)
        if not keys:
            return Answer(404, "没有登记这个日志\n")
        async with self._one_at_a_time, self._database.transaction() as tx:
            try:
                signers = signed_by(asked.note, keys)
                is_signed = any(isinstance(key, LogKey) for key in signers)
            except BadNote:
                await self._doubt(tx, head, BAD_SIGNATURE, await self._last(tx, head.origin))
                is_signed = False
            if not is_signed:
                return Answer(403, "没有该日志的有效签名\n")
            return await self._judge(tx, asked, head)

    async def _judge(self, tx: Transaction, asked: Submission, head: Checkpoint) -> Answer:
        if asked.old > head.size:
            return Answer(400, "旧的大小超过新的大小\n")
        last = await self._last(tx, head.origin)
        if head.size < last.size and await self._is_old(tx, head.origin):
            await self._doubt(tx, head, ROLLED_BACK, last)
        if asked.old != last.size:
            return Answer(409, f"{last.size}\n", SIZE_TYPE)
        if head.size == last.size and head.root != last.root:
            await self._doubt(tx, head, FORKED, last)
            return Answer(409, f"{last.size}\n", SIZE_TYPE)
        if not is_consistent(last.size, head.size, asked.proof, last.root, head.root):
            await self._doubt(tx, head, FORKED, last)
            return Answer(422, "一致性证明不成立\n")
        await self._remember(tx, head)
        at = int(machine_now().timestamp())
        return Answer(200, "".join(one.line for one in self._signer.cosign(asked.note.text, at)))

    async def _last(self, tx: Transaction, origin: str) -> Head:
        """The furthest head that was co-signed here; its row is held until the end."""
        await tx.lock([f"witnessed/{origin}"])
        row = await tx.first(
            "SELECT size, root FROM witnessed WHERE origin = :origin", origin=origin
        )
        in_database = Head(row.size, bytes(row.root)) if row else _NONE
        in_file = await asyncio.to_thread(self._memory.head, origin)
        return max(in_database, in_file, key=lambda head: head.size)

    async def _is_old(self, tx: Transaction, origin: str) -> bool:
        """Whether the last head has been known for a while, or longer than the database knows."""
        row = await tx.first("SELECT seen_at FROM witnessed WHERE origin = :origin", origin=origin)
        return row is None or machine_now() - row.seen_at > OVERTAKEN_WITHIN

    async def _remember(self, tx: Transaction, head: Checkpoint) -> None:
        await asyncio.to_thread(self._memory.keep, head.origin, Head(head.size, head.root))
        row = await tx.first(
            "SELECT refused FROM witnessed WHERE origin = :origin", origin=head.origin
        )
        if row is not None and row.refused is not None:
            told = LogAccepted(
                log=head.origin, witness=tx.installation.service, size_shown=head.size
            )
            outbox.add(tx, [Outgoing(told)])
        await self._keep(tx, head.origin, Head(head.size, head.root), refused=None)

    async def _doubt(self, tx: Transaction, head: Checkpoint, why: str, last: Head) -> None:
        """Tell the others, once, that a log is not what it was."""
        row = await tx.first(
            "SELECT refused FROM witnessed WHERE origin = :origin", origin=head.origin
        )
        if row is not None and row.refused == why:
            return
        _log.error("log refused", log=head.origin, why=why, known=last.size, shown=head.size)
        await self._keep(tx, head.origin, last, refused=why)
        told = LogRefused(
            log=head.origin,
            witness=tx.installation.service,
            reason_code=why,
            size_known=last.size,
            size_shown=head.size,
        )
        outbox.add(tx, [Outgoing(told)])

    async def _keep(self, tx: Transaction, origin: str, head: Head, refused: str | None) -> None:
        now = machine_now()
        await tx.upsert(
            WITNESSED,
            [
                {
                    "origin": origin,
                    "size": head.size,
                    "root": head.root,
                    "seen_at": now,
                    "refused": refused,
                    "refused_at": None if refused is None else now,
                }
            ],
        )
