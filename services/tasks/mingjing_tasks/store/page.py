"""Events, cases and warnings as pages show them. Nobody is named, nothing is told in prose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - FastAPI reads it at run time
from typing import TYPE_CHECKING, Any

from mingjing_shared.events.disclosure import DisclosureWithheld
from mingjing_shared.facts.cases import KnownCase, known_cases
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database

ENTRIES_MAX = 1000
_KEYS_AT_ONCE = 5000
# Why a decision is withheld says something about a person of that case: not before sign-in.
_HIDDEN = {DisclosureWithheld.type: frozenset({"reason_code", "rule"})}
_COLUMNS = "happened_at, type, source, event_id, causation_id, mode, codes, case_key"


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
    decision_id: str
    case_number: str
    case_ref: str
    owner_unit: str | None
    since: datetime
    mode: str


async def newest_events(database: Database, after: str | None) -> Page[ListedEvent]:
    """What happened last over all cases, newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    condition = "true"
    if (place := after_moment(after, ids=2)) is not None:
        condition = "(happened_at, event_id, source) < (:at, :id, :source)"
        wanted["at"], (wanted["id"], wanted["source"]) = place
    rows = await database.all(
        f"SELECT {_COLUMNS} FROM timeline WHERE {condition}"  # noqa: S608 - our own condition
        " ORDER BY happened_at DESC, event_id DESC, source DESC LIMIT :limit",
        **wanted,
    )
    events = [_listed(row, database) for row in rows]
    return page_of(
        events, lambda event: (event.happened_at.isoformat(), event.event_id, event.source)
    )


async def events_of_case(database: Database, case_key: str) -> list[ListedEvent]:
    """A case's events, the one that happened first on top, up to ``ENTRIES_MAX``."""
    rows = await database.all(
        f"SELECT {_COLUMNS}, EXISTS (SELECT FROM timeline AS c WHERE c.corrects = t.event_id"  # noqa: S608 - our own columns
        "  AND c.source = t.source) AS is_corrected"
        " FROM timeline AS t WHERE case_key = :case_key"
        " ORDER BY happened_at, event_id, source LIMIT :limit",
        case_key=case_key,
        limit=ENTRIES_MAX,
    )
    return [_listed(row, database, is_corrected=row.is_corrected) for row in rows]


async def case_of(database: Database, case_ref: str) -> tuple[str, KnownCase | None] | None:
    """The key of the case that a reference stands for, and the case where it is known.

    A reference cannot be turned back: every case with a timeline is tried.
    """
    async for keys in _case_keys(database):
        for key in keys:
            if database.installation.references.case(key) == case_ref:
                async with database.transaction() as tx:
                    return key, (await known_cases(tx, [key])).get(key)
    return None


async def newest_warnings(
    database: Database, state: str | None, after: str | None
) -> Page[ListedWarning]:
    """The warnings in a state (or all), newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    conditions = ["true"]
    if state is not None:
        conditions.append("state = :state")
        wanted["state"] = state
    if (place := after_moment(after)) is not None:
        conditions.append("(since, warning_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await database.all(
        "SELECT warning_id, kind, severity, state, decision_id, case_number, owner_unit, since,"  # noqa: S608 - our own conditions
        f" mode FROM warnings WHERE {' AND '.join(conditions)}"
        " ORDER BY since DESC, warning_id DESC LIMIT :limit",
        **wanted,
    )
    case_ref = database.installation.references.case
    warnings = [
        ListedWarning(case_ref=case_ref(row.case_number), **row._mapping)  # noqa: SLF001 - SQLAlchemy's public way
        for row in rows
    ]
    return page_of(warnings, lambda warning: (warning.since.isoformat(), warning.warning_id))


async def warnings_by_state(database: Database) -> dict[str, int]:
    """How many warnings stand and how many are cleared; synthetic ones are no figures."""
    rows = await database.all(
        "SELECT state, count(*) AS warnings FROM warnings"
        " WHERE mode NOT IN ('synthetic', 'replay') GROUP BY 1"
    )
    return {row.state: row.warnings for row in rows}


def _listed(row: Row[Any], database: Database, *, is_corrected: bool = False) -> ListedEvent:
    hidden = _HIDDEN.get(row.type, frozenset())
    return ListedEvent(
        happened_at=row.happened_at,
        type=row.type,
        source=row.source,
        event_id=row.event_id,
        causation_id=row.causation_id,
        mode=row.mode,
        codes={name: value for name, value in row.codes.items() if name not in hidden},
        case_ref=database.installation.references.case(row.case_key),
        case_key=row.case_key,
        is_corrected=is_corrected,
    )


async def _case_keys(database: Database) -> AsyncIterator[Sequence[str]]:
    """All cases with a timeline, some thousands at a time."""
    after = ""
    while True:
        rows = await database.all(
            "SELECT DISTINCT case_key FROM timeline WHERE case_key > :after"
            " ORDER BY case_key LIMIT :limit",
            after=after,
            limit=_KEYS_AT_ONCE,
        )
        if not rows:
            return
        yield [row.case_key for row in rows]
        after = rows[-1].case_key
