"""The breaker: tells "one event is bad" from "our deploy is broken". Pure.

Counts only exceptions of handlers. When a type fails for everybody who sends it, or several
types fail at once, the fault is ours: nothing is put aside, the failing partitions wait, an
operator is called; after the repair everything is applied.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

WINDOW_SECONDS = 30.0
FAILING_EVENTS_MIN = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run of a handler over one event."""

    at_seconds: float
    source: str
    event_id: str
    event_type: str
    failed: bool


class Breaker:
    """Remembers the outcomes of the last half minute."""

    def __init__(self) -> None:
        self._outcomes: deque[Outcome] = deque(maxlen=20_000)

    def observe(self, outcome: Outcome) -> None:
        """Take note of one outcome; times must not go back."""
        self._outcomes.append(outcome)

    def is_open(self, now_seconds: float) -> bool:
        """Whether failures of the window look like our own fault.

        A type counts as broken when it failed and did not succeed once; open when at least
        three events of broken types failed, from two sources or of two types.
        """
        while self._outcomes and self._outcomes[0].at_seconds < now_seconds - WINDOW_SECONDS:
            self._outcomes.popleft()
        succeeded = {o.event_type for o in self._outcomes if not o.failed}
        failing = {
            (o.source, o.event_id, o.event_type)
            for o in self._outcomes
            if o.failed and o.event_type not in succeeded
        }
        sources = {source for source, _id, _type in failing}
        types = {event_type for _source, _id, event_type in failing}
        return len(failing) >= FAILING_EVENTS_MIN and (len(sources) >= 2 or len(types) >= 2)
