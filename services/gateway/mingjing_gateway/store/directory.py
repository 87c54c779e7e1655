"""What personnel systems told of units and officers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_gateway.rules.directory import Told, versions_of
from mingjing_gateway.tables import OFFICER_FACTS, UNIT_FACTS
from mingjing_shared.events.directory import OfficerDescribed, UnitDescribed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Table

    from mingjing_shared.database import Transaction


async def add_told(
    tx: Transaction, table: Table, key: str, rows: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Write what was told; the keys (units or officers) whose versions may have changed."""
    await tx.insert(table, rows)
    touched = {str(row[key]) for row in rows}
    corrections = [row for row in rows if row["corrects"] is not None]
    if corrections:
        moved = await tx.all(
            f"SELECT DISTINCT {key} AS key FROM {table.name} WHERE (source, event_id) IN"  # noqa: S608 - names of our own tables
            " (SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[])))",
            sources=[row["source"] for row in corrections],
            ids=[row["corrects"] for row in corrections],
        )
        touched |= {row.key for row in moved}
    return sorted(touched)


async def units_described(tx: Transaction, codes: Sequence[str]) -> list[UnitDescribed]:
    """The units with all their versions that hold, as the directory tells them."""
    told = await _told_of(tx, UNIT_FACTS, "code", codes)
    return [
        msgspec.convert({"code": code, "versions": versions_of(some)}, UnitDescribed)
        for code, some in told.items()
    ]


async def officers_described(
    tx: Transaction, police_numbers: Sequence[str]
) -> list[OfficerDescribed]:
    """The officers with all their versions that hold and their session epochs."""
    told = await _told_of(tx, OFFICER_FACTS, "police_number", police_numbers)
    epochs = await _epochs_of(tx, police_numbers)
    return [
        msgspec.convert(
            {
                "police_number": number,
                "versions": versions_of(some),
                "session_epoch": epochs.get(number, 0),
            },
            OfficerDescribed,
        )
        for number, some in told.items()
    ]


async def _told_of(
    tx: Transaction, table: Table, key: str, values: Sequence[str]
) -> dict[str, list[Told]]:
    """All that was told, by unit or officer."""
    rows = await tx.all(
        f"SELECT {key} AS key, source, event_id, happened_at, corrects, version FROM {table.name}"  # noqa: S608 - names of our own tables
        f" WHERE {key} = ANY(CAST(:wanted AS text[]))",
        wanted=list(values),
    )
    found: dict[str, list[Told]] = {value: [] for value in values}
    for row in rows:
        found[row.key].append(
            Told(row.source, row.event_id, row.happened_at, row.corrects, row.version)
        )
    return found


async def _epochs_of(tx: Transaction, police_numbers: Sequence[str]) -> dict[str, int]:
    """The session epochs of officers who have an account."""
    rows = await tx.all(
        "SELECT police_number, session_epoch FROM accounts"
        " WHERE police_number = ANY(CAST(:numbers AS text[]))",
        numbers=list(police_numbers),
    )
    return {row.police_number: row.session_epoch for row in rows}
