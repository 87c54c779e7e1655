"""What a case's page needs that no other page does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


async def decisions_of_case(source: Database | Transaction, case_key: str) -> dict[str, Row[Any]]:
    """Every version of what was decided in a case, by the event that told it: source#id."""
    rows = await source.all(
        "SELECT source, event_id, document_number, outcome FROM decision_facts"
        " WHERE case_key = :key",
        key=case_key,
    )
    return {f"{row.source}#{row.event_id}": row for row in rows}
