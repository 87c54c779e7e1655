"""When a warning is announced, and in which words: never twice the same, never without an owner.

Events of mode backfill, synthetic and replay raise no alarm; a warning whose owner is not known
stands and is announced when the owner is known; a new owner is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.events.tasks import WarningCleared, WarningRaised
from mingjing_shared.events.values import CaseNumber, DecisionId, UnitCode, WarningId

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Row = dict[str, Any]
_TOLD_AS = {"raised": "raised", "cleared": "cleared", "closed": "cleared"}


def settled(row: Row, old: Mapping[str, Any] | None) -> Row:
    """The row with what has been announced of it once this change is told."""
    told = None if old is None else old["told"]
    revision = 0 if old is None else old["revision"]
    word = _TOLD_AS[row["state"]]
    if _must_be_told(row, old, word, told):
        return {**row, "told": word, "revision": revision + 1}
    return {**row, "told": told, "revision": revision}


def is_news(row: Row, old: Mapping[str, Any] | None) -> bool:
    """Whether the change of a settled row is one to be announced."""
    return bool(row["revision"] > (0 if old is None else old["revision"]))


def announcement_of(row: Row) -> WarningRaised | WarningCleared:
    """The event that tells how a settled warning stands."""
    event_class = WarningRaised if row["told"] == "raised" else WarningCleared
    return event_class(
        warning_id=WarningId(row["warning_id"]),
        case_number=CaseNumber(row["case_number"]) if row["case_number"] else None,
        decision_id=DecisionId(row["decision_id"]) if row["decision_id"] else None,
        kind=row["kind"],
        severity=row["severity"],
        subject=row["subject"],
        owner_unit=UnitCode(row["owner_unit"]),
        owner_role=row["owner_role"],
        caused_by=(moved_by(row),),
    )


def moved_by(row: Row) -> str:
    """The event that put the warning where it is: source#id."""
    return str(row["cleared_by"] or row["caused_by"])


def history_of(row: Row, at: datetime) -> Row:
    """The line of the history that goes with an announcement."""
    return {
        "warning_id": row["warning_id"],
        "revision": row["revision"],
        "state": row["state"],
        "owner_unit": row["owner_unit"],
        "caused_by": moved_by(row),
        "announced_at": at,
    }


def _must_be_told(row: Row, old: Mapping[str, Any] | None, word: str, told: str | None) -> bool:
    if row["mode"] != "live" or row["owner_unit"] is None:
        return False
    if word == "raised":
        return told != "raised" or old is None or row["owner_unit"] != old["owner_unit"]
    return told == "raised"
