"""How long footage is kept, and for how long nobody can take it away.

公安机关现场执法视音频记录工作规定（公通字〔2016〕14号）§13: six months at least; for ever what is
used as evidence in a case. Of what is not linked to a case we do not know that it is none, so the
term only says until when it is locked at least; nothing is ever disposed of by it alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from datetime import date, datetime

_LEAST = load_rules("mingjing_recording", "retention")["footage_retention"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long something is kept: its class, and until when at least; none: for ever."""

    kind: str
    until: date | None


def keeping_of(kept_on: date, *, is_evidence: bool) -> Keeping:
    """How long footage that came in on this day is kept."""
    if is_evidence:
        return Keeping("evidence", None)
    return Keeping("ordinary", deadline(_LEAST, kept_on, published_calendar()).due_on)


def locked_until(kept_on: date) -> datetime:
    """Until when the object store keeps what came in on this day from everybody."""
    return deadline(_LEAST, kept_on, published_calendar()).due_at
