"""Staffing: the share of reviewers unit by unit, as of a day and month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.rules.staffing import SHARES, staff_of
from mingjing_review.store.reviewer import people_on
from mingjing_review.tables import STAFFING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from sqlalchemy import Row

    from mingjing_review.rules.staffing import Staff
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree

MONTHS_MAX = 24


async def staff_on(source: Transaction | Database, tree: UnitTree, day: date) -> dict[str, Staff]:
    """The staff of each unit that has any, by the directory and the exams of a day."""
    people = await people_on(source, day)
    return staff_of(people.values(), tree, day)


async def keep_measurements(
    tx: Transaction,
    staff: Mapping[str, Staff],
    asked: Mapping[str, Decimal | None],
    day: date,
    at: datetime,
) -> list[Row[Any]]:
    """Keep the figures of a day and what was asked; those that are new are given back."""
    rows = [
        {
            "unit": one.unit,
            "measured_on": day,
            "measured_at": at,
            "officers": one.officers,
            "reviewers": one.reviewers,
            "levelled": one.levelled,
            "legal": one.legal,
            "percent_asked": asked[one.unit],
            "rule": None if asked[one.unit] is None else SHARES["reviewers"].id,
            "counted": {"officers": one.own_officers, "reviewers": one.own_reviewers},
        }
        for one in staff.values()
    ]
    return list(await tx.insert_new(STAFFING, rows, returning=("unit", "measured_on")))


async def history_of(source: Transaction | Database, unit: str) -> Sequence[Row[Any]]:
    """A unit's figures month by month, the newest first."""
    return await source.all(
        "SELECT measured_on, officers, reviewers, levelled, legal, percent_asked, rule, counted"
        " FROM staffing_measurements WHERE unit = :unit ORDER BY measured_on DESC LIMIT :most",
        unit=unit,
        most=MONTHS_MAX,
    )


async def last_measured_on(source: Transaction | Database) -> date | None:
    """The day of the newest figures that are kept."""
    rows = await source.all("SELECT max(measured_on) AS day FROM staffing_measurements")
    day: date | None = rows[0].day
    return day
