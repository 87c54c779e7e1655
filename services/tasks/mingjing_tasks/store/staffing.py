"""Figures of units that review measured: the newest measurement of each within a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.web.paging import PAGE_SIZE, Page, page_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_tasks.rules.indicator import Period

MET: Mapping[str, str] = {
    "staffing": "reviewers * 100.0 >= percent_asked * officers",
    "levels": "levelled >= officers",
}
"""Of each kind of figure: when a unit does what is asked. What is not known counts nowhere."""

NEWEST = (
    "SELECT DISTINCT ON (unit) unit, measured_on, officers, reviewers, percent_asked, levelled,"
    " legal FROM staffing_facts WHERE mode = 'live' AND measured_on BETWEEN :first AND :last"
    " ORDER BY unit, measured_on DESC, happened_at DESC, event_id DESC"
)
_COUNTED = (
    "SELECT '<kind>' AS kind, n.unit, 1 AS counted, CAST(<met> AS integer) AS met, 0 AS ahead"
    " FROM (<newest>) AS n WHERE (<met>) IS NOT NULL"
)
COUNTS: Mapping[str, str] = {
    kind: _COUNTED.replace("<kind>", kind).replace("<met>", met).replace("<newest>", NEWEST)
    for kind, met in MET.items()
}
_PARTS = {"counted": "true", "met": "{met}", "missed": "NOT ({met})", "ahead": "false"}


async def figures_of_units(
    source: Database | Transaction, period: Period, units: Sequence[str] | None
) -> Sequence[Row[Any]]:
    """Of each kind and unit: that it counts, and whether it does what is asked."""
    every = " UNION ALL ".join(f"({one})" for one in COUNTS.values())
    condition = "" if units is None else " WHERE unit = ANY(CAST(:units AS text[]))"
    return await source.all(
        f"SELECT kind, unit, counted, met, ahead FROM ({every}) AS f{condition}"  # noqa: S608 - our own words
        " ORDER BY kind, unit",
        first=period.first,
        last=period.last,
        **({} if units is None else {"units": list(units)}),
    )


async def units_measured(
    source: Database | Transaction,
    kind: str,
    part: str,
    period: Period,
    *,
    units: Sequence[str] | None,
    after: str | None,
) -> Page[Row[Any]]:
    """The units behind a figure, by their codes, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    met = MET[kind]
    conditions = [f"({met}) IS NOT NULL", _PARTS[part].format(met=met)]
    values: dict[str, Any] = {"first": period.first, "last": period.last}
    if units is not None:
        conditions.append("unit = ANY(CAST(:chosen AS text[]))")
        values["chosen"] = list(units)
    if (place := parts_of(after, 1)) is not None:
        conditions.append("unit > :place")
        (values["place"],) = place
    rows = await source.all(
        f"SELECT n.*, ({met}) AS met FROM ({NEWEST}) AS n WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY unit LIMIT :limit",
        limit=PAGE_SIZE + 1,
        **values,
    )
    return page_of(rows, lambda row: (row.unit,))
