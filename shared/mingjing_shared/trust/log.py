"""A service's log at work: brings entries in, signs heads, has them witnessed, stops when it must.

A head is stored before anybody sees it, so that no witness ever knows more than we do, unless
our database came from a backup: then what has its place is not written over, and nothing new
gets one, until an operator has put the newer state back.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

import httpx
import structlog

from mingjing_shared.clock import machine_now
from mingjing_shared.looping import keep_doing
from mingjing_shared.trust import metrics, store
from mingjing_shared.trust.checkpoint import Checkpoint, checkpoint_of
from mingjing_shared.trust.keys import WITNESSES_MIN
from mingjing_shared.trust.merkle import EMPTY_ROOT, consistency_proof
from mingjing_shared.trust.note import (
    BadNote,
    Note,
    note_of,
    signature_of,
    signed_by,
    with_signatures,
)
from mingjing_shared.trust.store import INNER
from mingjing_shared.trust.submission import Submission
from mingjing_shared.trust.tiles import hashes_from, tile_with
from mingjing_shared.trust.writing import ENTRIES_MAX, bring_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prometheus_client import Gauge

    from mingjing_shared.database import Database
    from mingjing_shared.trust.note import Signature
    from mingjing_shared.trust.signing import LogSigner, WitnessKey
    from mingjing_shared.trust.sm2 import Sm2Signer
    from mingjing_shared.trust.writing import Contents

LOOK_SECONDS = 1.0
SIGN_EVERY = timedelta(seconds=2)
ASK_AGAIN_SECONDS = 5.0
ASK_SECONDS_MAX = 5.0
FIRST_ASK_SECONDS_MAX = 3.0
TRIES_MAX = 3
ROLLED_BACK, FORKED = "rolled_back", "forked"
_log = structlog.get_logger()


class Said(Enum):
    """What a witness said of a head."""

    COSIGNED = "cosigned"
    AHEAD = "ahead"  # it knows of more than we have
    FORKED = "forked"  # it knows of something else
    NOTHING = "nothing"  # it cannot be reached, or does not understand


@dataclass(slots=True)
class Neighbour:
    """A witness as the log knows it."""

    name: str
    url: str
    keys: tuple[WitnessKey, ...]
    seen: int = 0  # the size it is thought to know


@dataclass(slots=True)
class _Round:
    """What came of asking all witnesses."""

    said: dict[str, Said] = field(default_factory=dict)
    lines: list[Signature] = field(default_factory=list)

    def trouble(self) -> str | None:
        """Why the log must stop: most of those who answered know of more, or of something else."""
        answered = [one for one in self.said.values() if one is not Said.NOTHING]
        against = [one for one in answered if one is not Said.COSIGNED]
        if len(against) * 2 <= len(answered):
            return None
        return FORKED if Said.FORKED in against else ROLLED_BACK


class Log:
    """One log of a service."""

    def __init__(
        self,
        database: Database,
        contents: Contents,
        signer: LogSigner,
        neighbours: Sequence[Neighbour],
        sm2: Sm2Signer | None = None,
    ) -> None:
        self._database = database
        self._contents = contents
        self._signers: list[LogSigner | Sm2Signer] = [signer, sm2] if sm2 else [signer]
        self._origin = signer.name
        self._neighbours = list(neighbours)
        self._client = httpx.AsyncClient(timeout=ASK_SECONDS_MAX, trust_env=False)
        # Asked twice at once, a witness would know more than the slower one told it.
        self._one_at_a_time = asyncio.Lock()
        self._asked_at = 0.0
        self._asked_for = -1
        self._has_looked_back = False
        self._service = database.installation.service
        self.stopped: str | None = None
        for said in Said:
            metrics.WITNESSED.labels(self._service, self.name, said.value)

    @property
    def name(self) -> str:
        """Which log of the service it is."""
        return self._contents.log

    async def look_back(self) -> None:
        """Ask the witnesses, before a place is given, whether we are behind what they know.

        Who cannot be reached keeps nobody waiting: it is asked again with each head.
        """
        if self.name == INNER:
            (head,) = await self._database.all("SELECT stopped FROM log_head")
            self.stopped = head.stopped
        async with self._one_at_a_time:
            note = await self._last_note()
            await self._settle(await self._ask_all(note, FIRST_ASK_SECONDS_MAX))
        self._has_looked_back = True

    async def work(self) -> float:
        """One round; how many seconds until the next."""
        if not self._has_looked_back:
            await self.look_back()
        async with self._one_at_a_time:
            return await self._work()

    async def _work(self) -> float:
        async with self._database.transaction() as tx:
            added = await bring_in(tx, self._contents)
        size = await store.size_of(self._database, self.name)
        self._figure(metrics.SIZE).set(size)
        last = await store.newest(self._database, self.name)
        if self.stopped is None and self._is_time_to_sign(last, size):
            await self._sign(last, size)
            last = await store.newest(self._database, self.name)
        now = asyncio.get_running_loop().time()
        if last is not None and self._wants_witnesses(last, now):
            self._asked_at = now
            await self._witness(last)
        await self._measure()
        return 0.05 if added == ENTRIES_MAX else LOOK_SECONDS

    async def run(self, stop: asyncio.Event, leads: Callable[[], bool]) -> None:
        """Work while this process leads, until told to stop. No trouble ends it."""

        async def work() -> float:
            is_ours = leads() or self.stopped is not None
            return await self.work() if is_ours else LOOK_SECONDS

        try:
            await keep_doing(
                work, stop, trouble="log waits", after_trouble_seconds=ASK_AGAIN_SECONDS
            )
        finally:
            await self.close()

    async def close(self) -> None:
        """Let go of the witnesses."""
        await self._client.aclose()

    def _is_time_to_sign(self, last: Any, size: int) -> bool:
        if not size or (last is not None and last.size >= size):
            return False
        return last is None or machine_now() - last.signed_at >= SIGN_EVERY

    def _wants_witnesses(self, last: Any, now: float) -> bool:
        """A head that is new, and now and then one for which some did not answer."""
        if last.size != self._asked_for:
            return True
        is_done = last.witnesses >= len(self._neighbours) and self.stopped is None
        return not is_done and now - self._asked_at >= ASK_AGAIN_SECONDS

    async def _sign(self, last: Any, size: int) -> None:
        """Sign the head as the tiles say it, when they still say what was signed before."""
        if last is not None:
            before = await store.root_at(self._database, self.name, last.size)
            if before != bytes(last.root):
                await self._stop(FORKED)
                return
        head = Checkpoint(self._origin, size, await store.root_at(self._database, self.name, size))
        note = self._signed(head)
        async with self._database.transaction() as tx:
            await store.keep_checkpoint(
                tx,
                {
                    "log": self.name,
                    "size": size,
                    "root": head.root,
                    "note": note.raw,
                    "witnesses": 0,
                    "signed_at": machine_now(),
                    "covered_at": None,
                },
            )

    async def _last_note(self) -> Note:
        """The newest head that was signed; of a log without any, that of the empty tree."""
        last = await store.newest(self._database, self.name)
        if last is not None:
            return note_of(bytes(last.note))
        return self._signed(Checkpoint(self._origin, 0, EMPTY_ROOT))

    def _signed(self, head: Checkpoint) -> Note:
        return Note(head.text, tuple(one.sign(head.text) for one in self._signers))

    async def _witness(self, last: Any) -> None:
        """Have a head co-signed, and keep what was said."""
        note = note_of(bytes(last.note))
        self._asked_for = last.size
        found = await self._ask_all(note, ASK_SECONDS_MAX)
        await self._settle(found)
        if not found.lines:
            return
        note = with_signatures(note, found.lines)
        keys = [key for one in self._neighbours for key in one.keys]
        count = len({key.name for key in signed_by(note, keys)})
        covered_at = last.covered_at or (machine_now() if count >= WITNESSES_MIN else None)
        async with self._database.transaction() as tx:
            await store.keep_checkpoint(
                tx,
                {
                    "log": self.name,
                    "size": last.size,
                    "root": bytes(last.root),
                    "note": note.raw,
                    "witnesses": count,
                    "signed_at": last.signed_at,
                    "covered_at": covered_at,
                },
            )

    async def _ask_all(self, note: Note, seconds: float) -> _Round:
        found = _Round()
        head = checkpoint_of(note.text)
        answers = await asyncio.gather(
            *(self._ask(one, note, head, seconds) for one in self._neighbours)
        )
        for one, (said, lines) in zip(self._neighbours, answers, strict=True):
            found.said[one.name] = said
            found.lines += lines
            metrics.WITNESSED.labels(self._service, self.name, said.value).inc()
        return found

    async def _ask(
        self, one: Neighbour, note: Note, head: Checkpoint, seconds: float
    ) -> tuple[Said, Sequence[Signature]]:
        """Ask one witness; where it knows another size than was thought, once more."""
        for _ in range(TRIES_MAX):
            old = min(one.seen, head.size)
            try:
                body = Submission(old, await self._proof(old, head.size), note).raw
                answer = await self._client.post(
                    f"{one.url}/add-checkpoint", content=body, timeout=seconds
                )
            except httpx.HTTPError:
                return Said.NOTHING, ()
            if answer.status_code == 200:
                lines = self._believed(one, note, answer.text)
                if lines:
                    one.seen = head.size
                return (Said.COSIGNED if lines else Said.NOTHING), lines
            if answer.status_code == 409 and answer.text.strip().isdecimal():
                known = int(answer.text)
                if known > head.size:
                    one.seen = 0
                    return Said.AHEAD, ()
                if known == old:
                    return Said.FORKED, ()
                one.seen = known
                continue
            return (Said.FORKED if answer.status_code == 422 else Said.NOTHING), ()
        return Said.NOTHING, ()

    @staticmethod
    def _believed(one: Neighbour, note: Note, answer: str) -> list[Signature]:
        """The lines of an answer that are this witness's and sign this head."""
        try:
            lines = [signature_of(line) for line in answer.splitlines()]
            signed = signed_by(Note(note.text, tuple(lines)), one.keys)
        except BadNote:
            return []
        ours = {(key.name, key.key_id) for key in signed}
        return [line for line in lines if (line.name, line.key_id) in ours]

    async def _proof(self, old: int, size: int) -> tuple[bytes, ...]:
        if not 0 < old < size:
            return ()
        needed: set[tuple[int, int]] = set()

        def noted(level: int, index: int) -> bytes:
            needed.add(tile_with(level, index))
            return EMPTY_ROOT

        consistency_proof(old, size, noted)
        tiles = await store.tiles_at(self._database, self.name, needed)
        return tuple(consistency_proof(old, size, hashes_from(tiles)))

    async def _settle(self, found: _Round) -> None:
        """Stop the log, or let it go on, by what the witnesses said."""
        trouble = found.trouble()
        if trouble is not None:
            await self._stop(trouble)
        elif self.stopped is not None and Said.COSIGNED in found.said.values():
            await self._stop(None)

    async def _stop(self, why: str | None) -> None:
        if why is not None and why != self.stopped:
            _log.error("log stopped", log=self.name, why=why)
        self.stopped = why
        self._figure(metrics.STOPPED).set(why is not None)
        if self.name == INNER:
            async with self._database.transaction() as tx:
                await tx.execute("UPDATE log_head SET stopped = :why", why=why)

    def _figure(self, gauge: Gauge) -> Gauge:
        return gauge.labels(self._service, self.name)

    async def _measure(self) -> None:
        covered = await store.newest(self._database, self.name, covered=True)
        self._figure(metrics.COVERED).set(0 if covered is None else covered.size)
        self._figure(metrics.STOPPED).set(self.stopped is not None)


def neighbours_of(
    urls: Mapping[str, str], keys: Mapping[str, Sequence[WitnessKey]]
) -> list[Neighbour]:
    """The witnesses that have both an address and keys, by name."""
    return [
        Neighbour(name, url.rstrip("/"), tuple(keys[name]))
        for name, url in sorted(urls.items())
        if keys.get(name)
    ]
