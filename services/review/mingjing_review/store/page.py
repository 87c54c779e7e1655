"""Decisions and their review as a list shows them. Nothing of parties or of what is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - FastAPI reads them at run time
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_review.store.found_by import key_of
from mingjing_shared.database import literal
from mingjing_shared.finding import parts_asked
from mingjing_shared.web.counting import COUNTED_MAX, OF_FIGURES, counted, in_states
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

# The indexes reviews_newest and reviews_state_newest are on this very expression.
_AT = (
    "COALESCE(proposed_at, CAST(made_on AS timestamp) AT TIME ZONE 'Asia/Shanghai',"
    " TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00+00')"
)
_COLUMNS = (
    "review_id, decision_id, case_number, unit, kind, state, how, says, proposed_at, decide_by,"
    " provisional, made_on, document_number, mode, round, waits_for, due_on, due_provisional,"
    " due_says, case_ref, asked"
)
FOUND_MAX = 20


def listed_columns() -> str:
    """The columns of a ``ListedReview``, in its order."""
    return _COLUMNS


@dataclass(frozen=True)
class ListedReview:
    """A decision in a list, with where it stands and why."""

    review_id: str
    decision_id: str
    case_number: str
    unit: str
    kind: str
    state: str
    how: str | None
    says: str
    proposed_at: datetime | None
    decide_by: date | None
    provisional: bool
    made_on: date | None
    document_number: str | None
    mode: str
    round: int | None
    waits_for: str | None
    due_on: date | None
    due_provisional: bool | None
    due_says: str | None
    case_ref: str | None
    asked: str | None


@dataclass(frozen=True, slots=True)
class Desks:
    """What may wait for one officer: as a reviewer, and as one of the handling unit.

    Attributes:
        number: the officer's police number.
        reviews: what the officer may review.
        hands_in: what the officer may hand in.
        leads: where the officer decides what reviewers and units cannot settle.
    """

    number: str
    reviews: Reach
    hands_in: Reach
    leads: Reach


async def newest_reviews(
    source: Database | Transaction, reach: Reach, state: str | None, after: str | None
) -> Page[ListedReview]:
    """The decisions within reach in a state (or all), proposed last first, after the mark.

    One that was never proposed stands at the day it was made.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = _within(reach)
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1, **values}
    conditions = [within]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_moment(after)) is not None:
        conditions.append(f"({_AT}, decision_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_COLUMNS}, {_AT} AS at FROM reviews WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        f" ORDER BY {_AT} DESC, decision_id DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.at.isoformat(), row.decision_id))
    return Page([ListedReview(*row[:-1]) for row in page.rows], page.next)


async def counts_by_state(
    source: Database | Transaction, reach: Reach, states: Iterable[str]
) -> dict[str, int]:
    """How many decisions within reach stand in each state, counted up to a limit."""
    return await counted(source, "reviews", in_states(states), _within(reach))


async def waiting_for(
    source: Database | Transaction, desks: Desks, limit: int = FOUND_MAX
) -> Sequence[ListedReview]:
    """What waits for this officer, by due day; nothing of what the officer must not review."""
    condition, values = _waits(desks)
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM reviews WHERE {condition}"  # noqa: S608 - our own conditions
        " ORDER BY due_on, decision_id LIMIT :limit",
        limit=limit,
        **values,
    )
    return [ListedReview(*row) for row in rows]


async def count_waiting(source: Database | Transaction, desks: Desks) -> int:
    """How much waits for this officer, counted up to a limit."""
    condition, values = _waits(desks)
    rows = await source.all(
        "SELECT count(*) AS waiting FROM (SELECT FROM reviews"  # noqa: S608 - our own conditions
        f" WHERE {condition} LIMIT :most) AS few",
        most=COUNTED_MAX,
        **values,
    )
    return int(rows[0].waiting)


def _waits(desks: Desks) -> tuple[str, dict[str, Any]]:
    """A submission waits for whom it was assigned to, later for who took it on; where nobody could
    be found, for whoever may take it on.

    A disagreement waits for other reviewers, what they cannot settle for a leader.
    """
    to_review, first = _within(desks.reviews, "reviews")
    to_hand_in, second = _within(desks.hands_in, "hands_in")
    to_lead, third = _within(desks.leads, "leads")
    condition = (
        f"waits_for IS NOT NULL AND {OF_FIGURES} AND ("
        "(waits_for = 'reviewer' AND"
        " (assignee IS NULL OR assignee = :me OR state = 'coordinating')"
        f" AND NOT handlers @> CAST(:mine AS jsonb) AND {to_review})"
        f" OR (waits_for = 'unit' AND {to_hand_in})"
        " OR ((waits_for = 'leader' OR asked IS NOT NULL)"
        f" AND NOT handlers @> CAST(:mine AS jsonb) AND {to_lead}))"
    )
    mine = orjson.dumps([desks.number]).decode()
    return condition, {"me": desks.number, "mine": mine, **first, **second, **third}


def _within(reach: Reach, name: str = "reach") -> tuple[str, dict[str, Any]]:
    return reach.condition("unit", officers="handlers", name=name)


async def reviews_found(
    source: Database | Transaction, reach: Reach, text: str, units: Sequence[str]
) -> Sequence[ListedReview]:
    """The newest decisions within reach whose numbers hold the text, or that are of these units."""
    key = key_of(text)
    within, values = _within(reach)
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM reviews WHERE {within}"  # noqa: S608 - our own conditions
        " AND ((parts_of(found_by) @> CAST(:parts AS text[]) AND found_by LIKE :pattern)"
        " OR unit = ANY(CAST(:units AS text[])))"
        f" ORDER BY {_AT} DESC, decision_id DESC LIMIT :limit",
        parts=parts_asked(key),
        pattern=f"%{literal(key)}%",
        units=list(units),
        limit=FOUND_MAX,
        **values,
    )
    return [ListedReview(*row) for row in rows]


async def reviews_of_case(source: Database | Transaction, case_ref: str) -> Sequence[ListedReview]:
    """Every decision of a case with where its review stands, proposed first first."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM reviews WHERE case_ref = :case_ref"  # noqa: S608 - our own columns
        f" ORDER BY {_AT}, decision_id",
        case_ref=case_ref,
    )
    return [ListedReview(*row) for row in rows]


async def handlers_of(
    source: Database | Transaction, decision_ids: Iterable[str]
) -> dict[str, frozenset[str]]:
    """Whose own case each of these decisions is."""
    rows = await source.all(
        "SELECT decision_id, handlers FROM reviews WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: frozenset(row.handlers or ()) for row in rows}
