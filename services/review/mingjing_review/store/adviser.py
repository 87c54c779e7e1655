"""Advisers and government lawyers: who is engaged until when, and what they were asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - the fields of data classes
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.store.sealed import ADVISER, ANSWERED, ASKED
from mingjing_review.store.wording import read, written
from mingjing_review.tables import ENGAGEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

ENGAGEMENTS_MAX = 50
# The engagement that holds of each adviser: the one that lasts longest, of those not corrected.
_HOLDING = """
    SELECT DISTINCT ON (adviser_ref) adviser_ref, unit, kind, officer, engaged_on, until, source,
           event_id, personal FROM adviser_facts AS f
     WHERE f.mode NOT IN ('synthetic', 'replay') AND NOT EXISTS (SELECT FROM adviser_facts AS c
           WHERE c.corrects IS NOT NULL AND c.source = f.source AND c.corrects = f.event_id)
     ORDER BY adviser_ref, until DESC NULLS FIRST, happened_at DESC, event_id DESC
"""


@dataclass(frozen=True, slots=True)
class Adviser:
    """An adviser with the contract that lasts longest; ``asked`` counts engagements."""

    ref: str
    name: str
    unit: str
    kind: str | None
    officer: str | None
    engaged_on: date | None
    until: date | None
    asked: int = 0
    unanswered: int = 0

    def is_engaged_on(self, day: date) -> bool:
        """Whether the contract holds on a day."""
        begun = self.engaged_on is None or self.engaged_on <= day
        return begun and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Engagement:
    """An adviser who was asked on a review. The words are sealed; see ``words_of``."""

    engagement_id: str
    decision_id: str
    case_key: str
    round: int
    adviser_ref: str
    asked_at: datetime
    asked_by: str
    question: bytes
    question_sha256: str
    answered_at: datetime | None
    answered_by: str | None
    advice: str | None
    answer: bytes | None
    answer_sha256: str | None


_COLUMNS = ", ".join(column.name for column in ENGAGEMENTS.columns)


async def advisers(
    source: Transaction | Database, refs: Iterable[str] | None = None
) -> dict[str, Adviser]:
    """The advisers by their references, in the order of their units; all of them, or these."""
    wanted = None if refs is None else sorted(set(refs))
    condition = "" if wanted is None else " WHERE a.adviser_ref = ANY(CAST(:refs AS text[]))"
    rows = await source.all(
        "SELECT a.*, (SELECT count(*) FROM engagements AS e WHERE e.adviser_ref = a.adviser_ref)"  # noqa: S608 - our own words
        " AS asked, (SELECT count(*) FROM engagements AS e WHERE e.adviser_ref = a.adviser_ref"
        f" AND e.answered_at IS NULL) AS unanswered FROM ({_HOLDING}) AS a{condition}"
        " ORDER BY a.unit, a.adviser_ref",
        **({} if wanted is None else {"refs": wanted}),
    )
    return {row.adviser_ref: _adviser(source, row) for row in rows}


def _adviser(source: Transaction | Database, row: Row[Any]) -> Adviser:
    name = read(source, ADVISER, row.personal, source=row.source, event_id=row.event_id)
    return Adviser(
        ref=row.adviser_ref,
        name=name,
        unit=row.unit,
        kind=row.kind,
        officer=row.officer,
        engaged_on=row.engaged_on,
        until=row.until,
        asked=row.asked,
        unanswered=row.unanswered,
    )


async def engagements_of(source: Transaction | Database, decision_id: str) -> Sequence[Engagement]:
    """The advisers asked on one review, first first."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM engagements WHERE decision_id = :id"  # noqa: S608 - our own columns
        " ORDER BY asked_at, engagement_id",
        id=decision_id,
    )
    return [Engagement(*row) for row in rows]


async def engagements_with(source: Transaction | Database, adviser_ref: str) -> Sequence[Row[Any]]:
    """On which reviews an adviser was asked, the latest first; no words."""
    return await source.all(
        "SELECT e.engagement_id, e.decision_id, e.asked_at, e.answered_at, e.advice, e.round,"
        " r.case_number, r.unit, r.handlers FROM engagements AS e"
        " JOIN reviews AS r ON r.decision_id = e.decision_id WHERE e.adviser_ref = :ref"
        " ORDER BY e.asked_at DESC, e.engagement_id DESC LIMIT :most",
        ref=adviser_ref,
        most=ENGAGEMENTS_MAX,
    )


async def ask(
    tx: Transaction,
    *,
    decision_id: str,
    case_key: str,
    round_: int,
    adviser_ref: str,
    asked_at: datetime,
    asked_by: str,
    question: str,
) -> None:
    """Write what an adviser is asked."""
    engagement_id = str(uuid_utils.uuid7())
    sealed, digest = written(tx, ASKED, question, engagement_id=engagement_id)
    row = {
        "engagement_id": engagement_id,
        "decision_id": decision_id,
        "case_key": case_key,
        "round": round_,
        "adviser_ref": adviser_ref,
        "asked_at": asked_at,
        "asked_by": asked_by,
        "question": sealed,
        "question_sha256": digest,
    }
    await tx.insert(ENGAGEMENTS, [row])


async def answer(
    tx: Transaction, engagement_id: str, *, at: datetime, by: str, advice: str, text: str
) -> None:
    """Write what an adviser answered; the review is locked, and there was no answer yet."""
    sealed, digest = written(tx, ANSWERED, text, engagement_id=engagement_id)
    await tx.execute(
        "UPDATE engagements SET answered_at = :at, answered_by = :by, advice = :advice,"
        " answer = :answer, answer_sha256 = :digest WHERE engagement_id = :id",
        at=at,
        by=by,
        advice=advice,
        answer=sealed,
        digest=digest,
        id=engagement_id,
    )


async def forget_engagements(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete what advisers were asked on cases of which nothing may be kept."""
    await tx.execute(
        "DELETE FROM engagements WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )


def words_of(source: Transaction | Database, one: Engagement) -> tuple[str, str]:
    """What was asked and what was answered. Every look is to be noted."""
    place = {"engagement_id": one.engagement_id}
    return (
        read(source, ASKED, one.question, **place),
        read(source, ANSWERED, one.answer, **place),
    )
