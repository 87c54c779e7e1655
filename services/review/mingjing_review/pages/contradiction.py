"""What contradicts itself in a case, in words: for the reviewer's desk and the self-check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.contradiction.every import contradictions
from mingjing_review.store.told import record_of_case
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events.casework import ActionPerformed
from mingjing_shared.events.codes import ACTION_NAMES
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mingjing_review.rules.contradiction.record import Fact
    from mingjing_shared.database import Transaction

LEVELS = {"impossible": "不可能", "unlawful": "不合法", "doubtful": "可疑"}
_WHEN = (
    "started_at", "at", "made_at", "accepted_at", "made_on", "served_on", "paid_on", "ended_on",
    "valid_from",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it; ``facts`` name the events that show it."""

    title: str
    level: str
    is_grave: bool
    says: str
    source: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What was found in a case; ``fault``: why nothing could be sought."""

    found: Sequence[Shown]
    fault: str | None = None


async def contradictions_of(tx: Transaction, case_key: str) -> Contradictions:
    """Everything that contradicts itself in a case, the gravest first; a person decides on it."""
    record = await record_of_case(tx, case_key)
    try:
        found = contradictions(record, published_calendar())
    except LawError as error:
        return Contradictions((), error.message)
    order = tuple(LEVELS)
    shown = [
        Shown(
            title=one.title,
            level=LEVELS[one.level],
            is_grave=one.level != "doubtful",
            says=one.says,
            source=one.source,
            facts=tuple(_named(record.fact(name), case_key) for name in one.facts),
        )
        for one in sorted(found, key=lambda one: order.index(one.level))
    ]
    return Contradictions(shown)


def _named(fact: Fact[Any], case: str) -> str:
    """An event as people call it: what it is, whether of another case, and when it was."""
    event = fact.event
    is_act = isinstance(event, ActionPerformed)
    what = ACTION_NAMES.get(event.kind, event.kind) if is_act else event.label
    if getattr(event, "case_number", None) and fact.case != case:
        what += "（另案）"
    when = next((getattr(event, name) for name in _WHEN if hasattr(event, name)), None)
    return f"{what} {_written(when)}" if when is not None else what


def _written(when: date | datetime) -> str:
    if hasattr(when, "astimezone"):
        return f"{when.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return str(when)
