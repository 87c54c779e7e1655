"""Items as lists show them: numbers, kinds, days, states. Nothing of the parties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.progress import OPEN_STATES
from mingjing_shared.database import literal
from mingjing_shared.finding import parts_asked
from mingjing_shared.web.counting import COUNTED_MAX, counted
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_day, page_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

NO_DAY = date.max
_NUMBERS = "lower(document_number || chr(10) || case_key)"  # as the index items_found says it
_DUE = "coalesce(due_on, 'infinity'::date)"
_COLUMNS = (
    "item_id, decision_id, case_number, case_ref, document_number, kind, cause, made_on, unit,"
    " state, due_on, provisional, says, reason_code, basis, decided_by, releasable,"
    " overdue_at IS NOT NULL AS overdue, coalesce(must_withdraw, false) AS must_withdraw,"
    " withdraw_by, withdraw_says, coalesce(must_correct, false) AS must_correct, correct_by,"
    " correct_says, effect, mode"
)
_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
# What a list may be asked for besides a state; each is a partial index.
VIEWS = {
    "open": f"state IN ({_OPEN})",
    "overdue": f"overdue_at IS NOT NULL AND state IN ({_OPEN})",
    "must_withdraw": "must_withdraw",
    "must_correct": "must_correct",
    "all": "true",
}


@dataclass(frozen=True)
class ListedItem:
    """An item in a list; ``says`` explains its day, or why it is withheld."""

    item_id: str
    decision_id: str
    case_number: str
    case_ref: str | None
    document_number: str
    kind: str
    cause: str | None
    made_on: date
    unit: str
    state: str
    due_on: date | None
    provisional: bool
    says: str
    reason_code: str | None
    basis: dict[str, str] | None
    decided_by: str | None
    releasable: bool | None
    overdue: bool
    must_withdraw: bool
    withdraw_by: date | None
    withdraw_says: str | None
    must_correct: bool
    correct_by: date | None
    correct_says: str | None
    effect: str | None
    mode: str


async def listed_items(
    source: Database | Transaction, reach: Reach, view: str, after: str | None
) -> Page[ListedItem]:
    """The items of a view or state within reach, after the mark.

    What is to be done comes by the day it is due, what is done newest decision first.

    Raises:
        InvalidInput: the mark is damaged.
    """
    by_due = view in OPEN_STATES or (view in VIEWS and view != "all")
    key, order, sign = (_DUE, "ASC", ">") if by_due else ("made_on", "DESC", "<")
    within, values = _within(reach)
    values["limit"] = PAGE_SIZE + 1
    conditions = [VIEWS.get(view) or "state = :state", within]
    if view not in VIEWS:
        values["state"] = view
    if (place := after_day(after)) is not None:
        conditions.append(f"({key}, decision_id) {sign} (:day, :id)")
        values["day"], values["id"] = place
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM items WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        f" ORDER BY {key} {order}, decision_id {order} LIMIT :limit",
        **values,
    )
    items = [ListedItem(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way
    return page_of(items, lambda item: _mark(item, by_due=by_due))


def _mark(item: ListedItem, *, by_due: bool) -> tuple[str, str]:
    day = (item.due_on or NO_DAY) if by_due else item.made_on
    return day.isoformat(), item.decision_id


async def counts_by_state(
    source: Database | Transaction, reach: Reach, states: Sequence[str]
) -> dict[str, int]:
    """How many stand in each state or view: up to ``COUNTED_MAX`` and one."""
    conditions = {state: VIEWS.get(state, f"state = '{state}'") for state in states}
    return await counted(source, "items", conditions, _within(reach), COUNTED_MAX + 1)


async def next_item(
    source: Database | Transaction, reach: Reach, state: str, item: Row[Any]
) -> str | None:
    """The item that comes after this one among those of a state that are to be done."""
    within, values = _within(reach)
    rows = await source.all(
        f"SELECT item_id FROM items WHERE state = :state AND decision_id <> :decision_id"  # noqa: S608 - our own conditions
        f" AND {within}"
        f" ORDER BY ({_DUE}, decision_id) <= (:day, :decision_id), {_DUE}, decision_id LIMIT 1",
        state=state,
        day=item.due_on or NO_DAY,
        decision_id=item.decision_id,
        **values,
    )
    return rows[0].item_id if rows else None


async def found_items(
    source: Database | Transaction, reach: Reach, wanted: str, case_key: str, limit: int
) -> list[ListedItem]:
    """Items by a part of their document number or case number, or a handler's number."""
    number, case = wanted.lower(), case_key.lower()
    found = (
        f"(parts_of({_NUMBERS}) @> CAST(:number_parts AS text[]) AND {_NUMBERS} LIKE :number)"
        f" OR (parts_of({_NUMBERS}) @> CAST(:case_parts AS text[]) AND {_NUMBERS} LIKE :case)"
        " OR handlers @> to_jsonb(ARRAY[CAST(:handler AS text)])"
    )
    return await _newest(
        source,
        reach,
        f"({found})",
        limit=limit,
        number=f"%{literal(number)}%",
        number_parts=parts_asked(number),
        case=f"%{literal(case)}%",
        case_parts=parts_asked(case),
        handler=wanted,
    )


async def items_of_units(
    source: Database | Transaction, reach: Reach, units: Sequence[str], limit: int
) -> list[ListedItem]:
    """The newest items of these units within reach."""
    found = "unit = ANY(CAST(:units AS text[]))"
    return await _newest(source, reach, found, limit=limit, units=list(units))


async def _newest(
    source: Database | Transaction, reach: Reach, condition: str, **wanted: Any
) -> list[ListedItem]:
    within, values = _within(reach)
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM items WHERE {condition} AND {within}"  # noqa: S608 - our own conditions
        " ORDER BY made_on DESC, decision_id DESC LIMIT :limit",
        **wanted,
        **values,
    )
    return [ListedItem(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public way


async def items_of_case(
    source: Database | Transaction, reach: Reach, case_ref: str
) -> list[ListedItem]:
    """The items of one case within reach."""
    within, values = _within(reach)
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM items WHERE case_ref = :ref"  # noqa: S608 - our own conditions
        f" AND {within} ORDER BY made_on, decision_id",
        ref=case_ref,
        **values,
    )
    return [ListedItem(**row._mapping) for row in rows]  # noqa: SLF001 - as above


def _within(reach: Reach) -> tuple[str, dict[str, Any]]:
    return reach.condition("unit", officers="handlers")
