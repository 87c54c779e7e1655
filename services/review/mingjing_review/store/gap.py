"""Gaps in recordings, as recording told them: what stands of each act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap that is not closed.

    Attributes:
        effect: blocking: what was gained by the act cannot be a ground of a penalty; finding.
            That somebody explained it changes neither.
    """

    action_id: str
    kind: str
    effect: str
    minutes: int


async def gaps_of_case(source: Transaction | Database, key: str) -> Sequence[Gap]:
    """The gaps of a case's acts that were found and not closed since, by act."""
    rows = await source.all(
        "SELECT action_id, what, kind, effect, minutes FROM gap_facts AS g WHERE case_key = :key"
        " AND NOT EXISTS (SELECT FROM gap_facts AS c WHERE c.corrects IS NOT NULL"
        " AND c.source = g.source AND c.corrects = g.event_id)"
        " ORDER BY action_id, happened_at, event_id",
        key=key,
    )
    standing: dict[str, Gap] = {}
    for row in rows:
        if row.what == "closed":
            standing.pop(row.action_id, None)
        elif row.what == "found":
            standing[row.action_id] = Gap(row.action_id, row.kind, row.effect, row.minutes)
    return list(standing.values())
