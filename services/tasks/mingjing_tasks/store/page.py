"""Events and warnings as pages show them. Nobody is named, nothing is told in prose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - FastAPI reads them at run time
from typing import TYPE_CHECKING, Any

from mingjing_shared.web.counting import counted, in_states
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of
from mingjing_shared.web.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

ENTRIES_MAX = 1000
ALL = Reach(everything=True)
STATES = ("raised", "closed", "cleared")
_COLUMNS = "happened_at, type, source, event_id, causation_id, mode, codes, case_key"
_WARNING_COLUMNS = (
    "warning_id, kind, severity, state, subject, decision_id, case_number, owner_unit,"
    " owner_role, due_on, since, caused_by, mode"
)


@dataclass(frozen=True)
class ListedEvent:
    """An event in a list; ``codes`` are ids, kinds, dates and states."""

    happened_at: datetime
    type: str
    source: str
    event_id: str
    causation_id: str | None
    mode: str
    codes: dict[str, Any]
    case_ref: str
    case_key: str
    is_corrected: bool = False


@dataclass(frozen=True)
class ListedWarning:
    """A warning in a list: what is wrong, whose it is, since when."""

    warning_id: str
    kind: str
    severity: str
    state: str
    subject: str
    decision_id: str | None
    case_number: str | None
    case_ref: str | None
    owner_unit: str | None
    owner_role: str
    due_on: date | None
    since: datetime
    caused_by: str
    mode: str


async def newest_events(source: Database | Transaction, after: str | None) -> Page[ListedEvent]:
    """What happened last over all cases, newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    condition = "true"
    if (place := after_moment(after, ids=2)) is not None:
        condition = "(happened_at, event_id, source) < (:at, :id, :source)"
        wanted["at"], (wanted["id"], wanted["source"]) = place
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM timeline WHERE {condition}"  # noqa: S608 - our own condition
        " ORDER BY happened_at DESC, event_id DESC, source DESC LIMIT :limit",
        **wanted,
    )
    events = [_listed(row, source) for row in rows]
    return page_of(
        events, lambda event: (event.happened_at.isoformat(), event.event_id, event.source)
    )


async def events_of_case(source: Database | Transaction, case_key: str) -> list[ListedEvent]:
    """A case's events, the one that happened first on top, up to ``ENTRIES_MAX``."""
    rows = await source.all(
        f"SELECT {_COLUMNS}, EXISTS (SELECT FROM timeline AS c WHERE c.corrects = t.event_id"  # noqa: S608 - our own columns
        "  AND c.source = t.source) AS is_corrected"
        " FROM timeline AS t WHERE case_key = :case_key"
        " ORDER BY happened_at, event_id, source LIMIT :limit",
        case_key=case_key,
        limit=ENTRIES_MAX,
    )
    return [_listed(row, source, is_corrected=row.is_corrected) for row in rows]


async def newest_warnings(
    source: Database | Transaction,
    state: str | None,
    after: str | None,
    *,
    reach: Reach = ALL,
    kind: str | None = None,
    units: Sequence[str] | None = None,
) -> Page[ListedWarning]:
    """The warnings in a state (or all), newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    condition, wanted = reach.condition("owner_unit", case="case_key")
    conditions = [condition]
    for name, value in (("state", state), ("kind", kind)):
        if value is not None:
            conditions.append(f"{name} = :{name}")
            wanted[name] = value
    if units is not None:
        conditions.append("owner_unit = ANY(CAST(:chosen AS text[]))")
        wanted["chosen"] = list(units)
    if (place := after_moment(after)) is not None:
        conditions.append("(since, warning_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_WARNING_COLUMNS} FROM warnings WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY since DESC, warning_id DESC LIMIT :limit",
        limit=PAGE_SIZE + 1,
        **wanted,
    )
    warnings = [listed_warning(row, source) for row in rows]
    return page_of(warnings, lambda warning: (warning.since.isoformat(), warning.warning_id))


def listed_warning(row: Row[Any], source: Database | Transaction) -> ListedWarning:
    """A kept warning as lists show it."""
    number = row.case_number
    known = {
        name: getattr(row, name)
        for name in ListedWarning.__dataclass_fields__
        if name in row._fields
    }
    case_ref = source.installation.references.case(number) if number else None
    return ListedWarning(case_ref=case_ref, **known)


async def warnings_by_state(source: Database | Transaction, reach: Reach = ALL) -> dict[str, int]:
    """How many warnings are in each state, up to ``COUNTED_MAX``; synthetic ones are no figures."""
    within = reach.condition("owner_unit", case="case_key")
    return await counted(source, "warnings", in_states(STATES), within)


def _listed(
    row: Row[Any], source: Database | Transaction, *, is_corrected: bool = False
) -> ListedEvent:
    return ListedEvent(
        happened_at=row.happened_at,
        type=row.type,
        source=row.source,
        event_id=row.event_id,
        causation_id=row.causation_id,
        mode=row.mode,
        codes=dict(row.codes),
        case_ref=source.installation.references.case(row.case_key),
        case_key=row.case_key,
        is_corrected=is_corrected,
    )
