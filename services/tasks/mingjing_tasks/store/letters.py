"""This service's own dead letters, as far as they may be shown: never what was in them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

COUNTED_MAX = 1000
_COLUMNS = (
    "id, topic, partition, record_offset, reason, explanation, source,"
    " event_type, attempts, stack_digest, failed_at, state, settled_at, settled_by"
)


async def waiting(tx: Transaction) -> Row[Any] | None:
    """Since when dead letters wait, and which is the newest; none when none waits."""
    return await tx.first(
        "SELECT min(failed_at) OVER () AS since, CAST(id AS text) AS newest FROM dead_letters"
        " WHERE state = 'open' ORDER BY failed_at DESC, id DESC LIMIT 1"
    )


async def newest_letters(
    source: Database | Transaction, state: str | None, after: str | None
) -> Page[Row[Any]]:
    """The letters in a state (or all), the newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    conditions = ["true"]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_moment(after)) is not None:
        conditions.append("(failed_at, id) < (:at, :id)")
        wanted["at"], wanted["id"] = place[0], _letter_id(place[1][0])
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM dead_letters WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY failed_at DESC, id DESC LIMIT :limit",
        **wanted,
    )
    return page_of(rows, lambda row: (row.failed_at.isoformat(), str(row.id)))


async def letters_by_state(source: Database | Transaction) -> dict[str, int]:
    """How many are in each state, each up to ``COUNTED_MAX``."""
    rows = await source.all(
        "SELECT s.state, (SELECT count(*) FROM (SELECT FROM dead_letters AS d"
        " WHERE d.state = s.state LIMIT :limit) AS few) AS letters"
        " FROM unnest(CAST(:states AS text[])) AS s(state)",
        states=["open", "replayed", "discarded"],
        limit=COUNTED_MAX,
    )
    return {row.state: row.letters for row in rows}


def _letter_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise InvalidInput("翻页标记不完整或已损坏。", "请回到第一页重新翻阅。") from error
