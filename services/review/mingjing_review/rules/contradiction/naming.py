"""An event as people call it: what it is, whether of another case, and when it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import SHANGHAI
from mingjing_shared.events.casework import ActionPerformed
from mingjing_shared.events.codes import ACTION_NAMES

if TYPE_CHECKING:
    from datetime import date, datetime

    from mingjing_review.rules.contradiction.record import Fact

_WHEN = (
    "started_at", "at", "made_at", "accepted_at", "made_on", "served_on", "paid_on", "ended_on",
    "valid_from",
)  # fmt: skip


def named(fact: Fact[Any], case: str) -> str:
    """The event in words, as it is met in the case with this key."""
    event = fact.event
    is_act = isinstance(event, ActionPerformed)
    what = ACTION_NAMES.get(event.kind, event.kind) if is_act else event.label
    if getattr(event, "case_number", None) and fact.case != case:
        what += "（另案）"
    when = when_of(fact)
    return f"{what} {_written(when)}" if when is not None else what


def when_of(fact: Fact[Any]) -> date | datetime | None:
    """When it was, by what the event itself says."""
    return next((getattr(fact.event, name) for name in _WHEN if hasattr(fact.event, name)), None)


def _written(when: date | datetime) -> str:
    if hasattr(when, "astimezone"):
        return f"{when.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return str(when)
