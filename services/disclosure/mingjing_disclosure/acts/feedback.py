"""What citizens write: pulled from the spool, opened here, settled by a person."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import structlog
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from mingjing_disclosure.errors import NoSuchItem, WrongState
from mingjing_disclosure.rules.publication import feedback_deadline
from mingjing_disclosure.store import feedback as store
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.looping import keep_doing
from mingjing_shared.settings import key_bytes
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from pathlib import Path

    from mingjing_disclosure.settings import PublishingSettings
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk

ACT = "disclosure.feedback"
POLL_SECONDS = 2.0
SEALED_BYTES_MAX = 64 * 1024
PULLED_AT_ONCE_MAX = 100
_log = structlog.get_logger()


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a citizen wrote, as the portal sealed it."""

    feedback_id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{1,64}$")]
    kind: Literal["correction", "privacy", "opinion"]
    item_id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_.:-]{1,64}$")] | None = None
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    contact: Annotated[str, msgspec.Meta(max_length=200)] = ""


async def answer_feedback(desk: Desk, feedback_id: str, outcome_code: str, answer: str) -> None:
    """Settle what a citizen wrote: how, and what was done.

    Raises:
        NotAllowed: the officer may not.
        NoSuchItem: there is no such feedback.
        WrongState: it is settled already.
    """
    await desk.tx.lock([f"feedback/{feedback_id}"])
    found = await store.feedback_of(desk.tx, feedback_id)
    if found is None:
        raise NoSuchItem("没有这条群众意见。", "请从群众意见清单进入。")
    await desk.permit(ACT, Subject("feedback", feedback_id), About())
    if found.state != "open":
        raise WrongState("这条意见已经办结。", "需要补充的，请在办理说明之外另行记录。")
    await store.settle(
        desk.tx,
        feedback_id,
        outcome_code=outcome_code,
        answer=answer,
        by=desk.officer.number,
        at=legal_now(),
    )


async def pull_feedback(database: Database, spool: Path, key: PrivateKey) -> int:
    """Take in what lies in the spool; a file goes only when its content is stored.

    What does not open with our key, or is not of the form, is put aside under another name for
    a person to look at, and never deleted.
    """
    files = await asyncio.to_thread(_sealed_files, spool)
    for file in files:
        raw = await asyncio.to_thread(file.read_bytes)
        try:
            written = _opened(raw, key)
        except (CryptoError, msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
            _log.warning("feedback does not open", error=type(error).__name__)
            await asyncio.to_thread(file.rename, file.with_suffix(".unreadable"))
            continue
        async with database.transaction() as tx:
            await store.keep_feedback(
                tx,
                feedback_id=written.feedback_id,
                item_id=written.item_id,
                kind=written.kind,
                text=written.text,
                contact=written.contact,
                received_at=legal_now(),
                due_on=feedback_deadline(legal_today(), published_calendar()).due_on,
            )
        await asyncio.to_thread(file.unlink)
    return len(files)


async def keep_pulling(
    database: Database, settings: PublishingSettings, stop: asyncio.Event
) -> None:
    """Pull until told to stop. No trouble ends it."""
    if settings.feedback_spool is None or settings.spool_key_file is None:
        await stop.wait()
        return
    key = PrivateKey(key_bytes(settings.spool_key_file))
    spool = settings.feedback_spool

    async def work() -> float:
        await pull_feedback(database, spool, key)
        return POLL_SECONDS

    await keep_doing(work, stop, trouble="feedback waits", after_trouble_seconds=POLL_SECONDS)


def _sealed_files(spool: Path) -> list[Path]:
    if not spool.is_dir():
        return []
    return sorted(spool.glob("*.sealed"))[:PULLED_AT_ONCE_MAX]


def _opened(raw: bytes, key: PrivateKey) -> Written:
    if len(raw) > SEALED_BYTES_MAX:
        raise ValueError("longer than anything the portal seals")
    return msgspec.json.decode(SealedBox(key).decrypt(raw), type=Written)
