"""Figures by events, the queries that give them, and the duties behind each figure."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from mingjing_shared.web.paging import PAGE_SIZE, Page, after_day, page_of
from mingjing_tasks.store.staffing import COUNTS as MEASURED
from mingjing_tasks.store.staffing import figures_of_units
from mingjing_tasks.tables import MEASUREMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach
    from mingjing_tasks.rules.indicator import Period

# What was not done is missed from the day after its day on; before, it does not count yet.
COUNTS = (
    "SELECT kind, COALESCE(sum(duties) FILTER (WHERE result <> 'open' OR counted_on < :today), 0)"
    " AS counted, COALESCE(sum(duties) FILTER (WHERE result = 'met'), 0) AS met,"
    " COALESCE(sum(duties) FILTER (WHERE result = 'open' AND counted_on >= :today), 0) AS ahead"
    " FROM duty_counts WHERE counted_on BETWEEN :first AND :last"
)
PARTS: Mapping[str, str] = {
    "counted": "(met IS NOT NULL OR counted_on < :today)",
    "met": "met",
    "missed": "met IS NOT TRUE AND (met IS NOT NULL OR counted_on < :today)",
    "ahead": "(met IS NULL AND counted_on >= :today)",
}
_COLUMNS = (
    "kind, subject, case_key, case_number, decision_id, unit, state, due_on, done_on, met,"
    " counted_on, due_by, done_by"
)


async def figures(
    source: Database | Transaction, period: Period, today: date, units: Sequence[str] | None
) -> dict[str, Row[Any]]:
    """What counts, what met and what lies ahead in a period, by kind of duty.

    ``units`` none: all of them.
    """
    values: dict[str, Any] = {"first": period.first, "last": period.last, "today": today}
    if units is None:
        rows = await source.all(f"{COUNTS} GROUP BY kind", **values)
    else:
        rows = await source.all(
            f"{COUNTS} AND unit = ANY(CAST(:units AS text[])) GROUP BY kind",
            units=list(units),
            **values,
        )
    found: dict[str, Any] = {row.kind: row for row in rows}
    for kind, held in groupby(await figures_of_units(source, period, units), attrgetter("kind")):
        found[kind] = _summed(kind, list(held))
    return found


def _summed(kind: str, rows: Sequence[Row[Any]]) -> Any:
    """One figure of the figures of units."""
    met = sum(row.met for row in rows)
    return SimpleNamespace(kind=kind, counted=len(rows), met=met, ahead=0)


async def figures_by_unit(tx: Transaction, period: Period, today: date) -> Sequence[Row[Any]]:
    """What counts and what met in a period, by kind of duty and by unit, where one is known."""
    rows = await tx.all(
        COUNTS.replace("SELECT kind", "SELECT kind, unit", 1)
        + " AND unit <> '' GROUP BY kind, unit",
        first=period.first,
        last=period.last,
        today=today,
    )
    return [*rows, *await figures_of_units(tx, period, None)]


def query_of(kind: str) -> str:
    """The query that gives a figure of this kind, as it is shown and kept."""
    return MEASURED.get(kind, COUNTS)


async def units_counted(source: Database | Transaction, period: Period) -> list[str]:
    """The units that have duties counted or people measured in a period."""
    rows = await source.all(
        "SELECT unit FROM duty_counts WHERE counted_on BETWEEN :first AND :last AND unit <> ''"
        " UNION SELECT unit FROM staffing_facts WHERE measured_on BETWEEN :first AND :last"
        " ORDER BY unit",
        first=period.first,
        last=period.last,
    )
    return [row.unit for row in rows]


async def duties_counted(
    source: Database | Transaction,
    kind: str,
    part: str,
    period: Period,
    today: date,
    *,
    reach: Reach,
    units: Sequence[str] | None,
    after: str | None,
) -> Page[Row[Any]]:
    """The duties behind a figure, the latest day first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    condition, values = reach.condition("unit", case="case_key")
    conditions = [
        "kind = :kind AND mode = 'live' AND counted_on BETWEEN :first AND :last",
        PARTS[part],
        condition,
    ]
    values |= {"kind": kind, "first": period.first, "last": period.last, "today": today}
    if units is not None:
        conditions.append("unit = ANY(CAST(:chosen AS text[]))")
        values["chosen"] = list(units)
    if (place := after_day(after)) is not None:
        conditions.append("(counted_on, subject) < (:at, :id)")
        values["at"], values["id"] = place
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM duties WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY counted_on DESC, subject DESC LIMIT :limit",
        limit=PAGE_SIZE + 1,
        **{name: value for name, value in values.items() if name != "today" or part != "met"},
    )
    return page_of(rows, lambda row: (row.counted_on.isoformat(), row.subject))


async def types_of(source: Database | Transaction, names: Iterable[str]) -> dict[str, str]:
    """The types of these events (source#id), where they are on a timeline."""
    pairs = [name.split("#", 1) for name in sorted(set(names))]
    rows = await source.all(
        "SELECT t.source, t.event_id, t.type FROM timeline AS t"
        " JOIN unnest(CAST(:sources AS text[]), CAST(:ids AS text[])) AS w(source, id)"
        " ON t.source = w.source AND t.event_id = w.id",
        sources=[pair[0] for pair in pairs],
        ids=[pair[1] for pair in pairs],
    )
    return {f"{row.source}#{row.event_id}": row.type for row in rows}


async def add_measurements(tx: Transaction, rows: Sequence[dict[str, Any]]) -> list[Row[Any]]:
    """Keep figures at the end of a month; those that were not kept before are given back."""
    entered = await tx.insert_new(MEASUREMENTS, rows, returning=("indicator", "unit"))
    return list(entered)
