"""What citizens wrote, sealed; opened for whoever settles it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.store.sealed import ANSWER, FEEDBACK_BODY
from mingjing_disclosure.tables import FEEDBACK
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Feedback:
    """One piece of feedback, opened."""

    feedback_id: str
    item_id: str | None
    kind: str
    state: str
    received_at: datetime
    due_on: date | None
    text: str
    contact: str
    outcome_code: str | None
    answered_by: str | None
    answered_at: datetime | None
    answer: str | None


async def keep_feedback(
    tx: Transaction,
    *,
    feedback_id: str,
    item_id: str | None,
    kind: str,
    text: str,
    contact: str,
    received_at: datetime,
    due_on: date,
) -> None:
    """Store what was written, sealed anew with our own key ring; twice is once."""
    body = json.dumps({"text": text, "contact": contact})
    row = {
        "feedback_id": feedback_id,
        "item_id": item_id,
        "kind": kind,
        "state": "open",
        "received_at": received_at,
        "due_on": due_on,
        "body": tx.installation.keys.seal_text(body, FEEDBACK_BODY.place(feedback_id=feedback_id)),
    }
    await tx.insert_new(FEEDBACK, [row])


async def feedback_of(tx: Transaction, feedback_id: str) -> Feedback | None:
    """One piece of feedback."""
    row = await tx.first("SELECT * FROM feedback WHERE feedback_id = :id", id=feedback_id)
    return None if row is None else _feedback(tx, row)


async def newest_feedback(
    source: Database | Transaction, state: str, after: str | None
) -> Page[Feedback]:
    """What is open, or settled, newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"state": state, "limit": PAGE_SIZE + 1}
    condition = "state = :state"
    if (place := after_moment(after)) is not None:
        condition += " AND (received_at, feedback_id) < (:at, :id)"
        wanted["at"], wanted["id"] = place[0], place[1][0]
    rows = await source.all(
        f"SELECT * FROM feedback WHERE {condition}"  # noqa: S608 - our own condition
        " ORDER BY received_at DESC, feedback_id DESC LIMIT :limit",
        **wanted,
    )
    found = [_feedback(source, row) for row in rows]
    return page_of(found, lambda one: (one.received_at.isoformat(), one.feedback_id))


async def open_feedback(database: Database, limit: int) -> list[Row[Any]]:
    """The open ones that are due first, without what they say."""
    return list(
        await database.all(
            "SELECT feedback_id, kind, due_on FROM feedback WHERE state = 'open'"
            " ORDER BY due_on, feedback_id LIMIT :limit",
            limit=limit,
        )
    )


async def settle(
    tx: Transaction, feedback_id: str, *, outcome_code: str, answer: str, by: str, at: datetime
) -> None:
    """Write how a piece of feedback was settled."""
    await tx.execute(
        "UPDATE feedback SET state = 'answered', outcome_code = :outcome, answer = :answer,"
        " answered_by = :by, answered_at = :at WHERE feedback_id = :id",
        outcome=outcome_code,
        answer=tx.installation.keys.seal_text(answer, ANSWER.place(feedback_id=feedback_id)),
        by=by,
        at=at,
        id=feedback_id,
    )


def _feedback(source: Database | Transaction, row: Row[Any]) -> Feedback:
    keys, mine = source.installation.keys, row.feedback_id
    body = json.loads(keys.open_text(row.body, FEEDBACK_BODY.place(feedback_id=mine)) or "{}")
    return Feedback(
        feedback_id=row.feedback_id,
        item_id=row.item_id,
        kind=row.kind,
        state=row.state,
        received_at=row.received_at,
        due_on=row.due_on,
        text=body["text"],
        contact=body["contact"],
        outcome_code=row.outcome_code,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        answer=keys.open_text(row.answer, ANSWER.place(feedback_id=mine)),
    )
