"""Duties as they stand, and the counts that follow from them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mingjing_tasks.tables import DUTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

Place = tuple[str, str, Any, str]  # kind, unit, day, result: where a duty is counted


async def duties(tx: Transaction, kind: str, subjects: Iterable[str]) -> dict[str, Row[Any]]:
    """These duties as they are kept, by subject."""
    rows = await tx.all(
        "SELECT * FROM duties WHERE kind = :kind AND subject = ANY(CAST(:subjects AS text[]))",
        kind=kind,
        subjects=sorted(set(subjects)),
    )
    return {row.subject: row for row in rows}


async def duties_of_cases(tx: Transaction, case_keys: Iterable[str]) -> Sequence[Row[Any]]:
    """The duties in these cases, the first due on top."""
    return await tx.all(
        "SELECT * FROM duties WHERE case_key = ANY(CAST(:keys AS text[]))"
        " ORDER BY due_on NULLS LAST, kind, subject",
        keys=sorted(set(case_keys)),
    )


async def change_duties(
    tx: Transaction,
    rows: Sequence[Mapping[str, Any]],
    gone: Sequence[tuple[str, str]],
    before: Mapping[tuple[str, str], Row[Any]],
) -> None:
    """Write duties as they now stand, take those away that are gone, and move the counts."""
    moves: Counter[Place] = Counter()
    for old in before.values():
        moves.update(dict.fromkeys(_places(old._mapping), -1))  # noqa: SLF001 - SQLAlchemy's public way
    for row in rows:
        moves.update(_places(row))
    await tx.upsert(DUTIES, rows)
    if gone:
        await tx.execute(
            "DELETE FROM duties USING unnest(CAST(:kinds AS text[]), CAST(:subjects AS text[]))"
            " AS g(kind, subject) WHERE duties.kind = g.kind AND duties.subject = g.subject",
            kinds=[kind for kind, _ in gone],
            subjects=[subject for _, subject in gone],
        )
    await _move_counts(tx, {place: by for place, by in moves.items() if by})


def _places(row: Mapping[Any, Any]) -> list[Place]:
    if row["counted_on"] is None or row["mode"] != "live":
        return []
    result = "open" if row["met"] is None else ("met" if row["met"] else "missed")
    return [(row["kind"], row["unit"] or "", row["counted_on"], result)]


async def _move_counts(tx: Transaction, moves: Mapping[Place, int]) -> None:
    if not moves:
        return
    ordered = sorted(moves.items(), key=lambda move: str(move[0]))  # one order for everybody
    values = {
        "kinds": [place[0] for place, _ in ordered],
        "units": [place[1] for place, _ in ordered],
        "days": [place[2] for place, _ in ordered],
        "results": [place[3] for place, _ in ordered],
    }
    await tx.execute(
        "INSERT INTO duty_counts AS c (kind, unit, counted_on, result, duties)"
        " SELECT * FROM unnest(CAST(:kinds AS text[]), CAST(:units AS text[]),"
        " CAST(:days AS date[]), CAST(:results AS text[]), CAST(:by AS integer[]))"
        " ON CONFLICT (kind, unit, counted_on, result)"
        " DO UPDATE SET duties = c.duties + excluded.duties",
        by=[by for _, by in ordered],
        **values,
    )
    await tx.execute(
        "DELETE FROM duty_counts AS c USING unnest(CAST(:kinds AS text[]),"
        " CAST(:units AS text[]), CAST(:days AS date[]), CAST(:results AS text[]))"
        " AS g(kind, unit, day, result) WHERE c.duties = 0 AND c.kind = g.kind"
        " AND c.unit = g.unit AND c.counted_on = g.day AND c.result = g.result",
        **values,
    )


async def open_by_band(database: Database, today: date) -> dict[tuple[str, str], int]:
    """How many live duties are open, by kind and by how near their last day is.

    The bands: overdue, 24h (today or tomorrow), 72h, later, and undated without a clock. A
    provisional day is never overdue.
    """
    rows = await database.all(
        "SELECT kind, CASE WHEN due_on IS NULL THEN 'undated'"
        " WHEN due_on < :today AND NOT provisional THEN 'overdue'"
        " WHEN due_on <= :today + 1 THEN '24h' WHEN due_on <= :today + 3 THEN '72h'"
        " ELSE 'later' END AS band, count(*) AS duties"
        " FROM duties WHERE state = 'open' AND mode = 'live' GROUP BY 1, 2",
        today=today,
    )
    return {(row.kind, row.band): row.duties for row in rows}


async def missed_by_kind(database: Database) -> dict[str, int]:
    """How many live duties were missed, ever."""
    rows = await database.all(
        "SELECT kind, sum(duties) AS missed FROM duty_counts WHERE result = 'missed' GROUP BY 1"
    )
    return {row.kind: int(row.missed) for row in rows}
