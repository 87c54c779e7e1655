"""Assignments: to whom each submission was given, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - a field of a data class
from typing import TYPE_CHECKING, Any

from mingjing_review.store.page import ListedReview, listed_columns
from mingjing_review.store.sealed import REASSIGNED
from mingjing_review.store.wording import read
from mingjing_review.tables import ASSIGNMENTS
from mingjing_shared.web.counting import OF_FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

LISTED_MAX = 20


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment as it is kept. ``words`` is sealed; see ``reason_of``."""

    assignment_id: str
    decision_id: str
    place: int
    case_key: str
    round: int
    at: datetime
    assignee: str | None
    how: str
    by: str | None
    rule: str
    considered: Sequence[Mapping[str, Any]]
    words: bytes | None
    words_sha256: str | None


_COLUMNS = ", ".join(column.name for column in ASSIGNMENTS.columns)


async def assignments_of(
    source: Transaction | Database, decision_ids: Iterable[str]
) -> dict[str, list[Assignment]]:
    """The assignments of each of these decisions, the newest first."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM assignments WHERE decision_id = ANY(CAST(:ids AS text[]))"  # noqa: S608 - our own columns
        " ORDER BY decision_id, place DESC",
        ids=sorted(set(decision_ids)),
    )
    found: dict[str, list[Assignment]] = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(Assignment(*row))
    return found


async def newest_assignments(
    source: Transaction | Database, decision_ids: Iterable[str]
) -> dict[str, tuple[datetime, str | None]]:
    """Of each decision that was ever assigned: when it last was, and to whom."""
    rows = await source.all(
        "SELECT DISTINCT ON (decision_id) decision_id, at, assignee FROM assignments"
        " WHERE decision_id = ANY(CAST(:ids AS text[])) ORDER BY decision_id, place DESC",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: (row.at, row.assignee) for row in rows}


async def keep_assignments(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write assignments; the decisions are locked, so that their places are free."""
    await tx.insert(ASSIGNMENTS, rows)


async def forget_assignments(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete the assignments of cases of which nothing may be kept."""
    await tx.execute(
        "DELETE FROM assignments WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )


def reason_of(source: Transaction | Database, one: Assignment) -> str:
    """Why somebody decided it, as it was written."""
    return read(source, REASSIGNED, one.words, assignment_id=one.assignment_id)


async def not_taken_on(source: Transaction | Database, officer: str) -> list[str]:
    """The decisions that lie on an officer's desk and were not taken on in this round."""
    rows = await source.all(
        "SELECT decision_id FROM reviews WHERE waits_for = 'reviewer' AND assignee = :officer"
        " AND state IN ('submitted', 'resubmitted') ORDER BY decision_id",
        officer=officer,
    )
    return [row.decision_id for row in rows]


async def on_desk(
    source: Transaction | Database, reach: Reach, officer: str | None
) -> Sequence[ListedReview]:
    """What lies on an officer's desk within reach, by due day; none: what lies on nobody's."""
    within, values = reach.condition("unit", officers="handlers")
    whose = "assignee IS NULL" if officer is None else "assignee = :officer"
    rows = await source.all(
        f"SELECT {listed_columns()} FROM reviews WHERE waits_for = 'reviewer' AND {whose}"  # noqa: S608 - our own conditions
        f" AND {OF_FIGURES} AND {within} ORDER BY due_on, decision_id LIMIT :limit",
        limit=LISTED_MAX,
        **({} if officer is None else {"officer": officer}),
        **values,
    )
    return [ListedReview(*row) for row in rows]
