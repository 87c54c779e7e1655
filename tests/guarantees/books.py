"""Balancing the books after a storm, from the databases alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from guarantees.publishers import Plan


@dataclass(frozen=True)
class Balance:
    """What must all be zero, and what must have come."""

    sent: int
    applied: int
    announced: int
    lost: int
    applied_twice: int
    outgoing_lost: int
    outgoing_twice: int
    order_broken: int
    log_places_wrong: int
    dead_letters: int

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not any(
            (
                self.lost,
                self.applied_twice,
                self.outgoing_lost,
                self.outgoing_twice,
                self.order_broken,
                self.log_places_wrong,
                self.dead_letters,
            )
        )


async def balance(databases: dict[str, Any], plans: list[Plan]) -> Balance:
    """Compare what was sent with what is there."""
    wanted = {
        (item.envelope.source, item.envelope.id)
        for plan in plans
        for window in plan.windows()
        for item in window
    }
    mine, theirs = databases["disclosure"], databases["tasks"]
    facts = [
        *await mine.all("SELECT source, event_id FROM case_facts"),
        *await mine.all("SELECT source, event_id FROM decision_facts"),
    ]
    applied = [(row.source, row.event_id) for row in facts]
    archived = [
        (row.source, row.event_id)
        for row in await theirs.all("SELECT source, event_id FROM event_archive")
    ]
    out = await mine.all(
        "SELECT id::text AS id, position, log_index, key, attributes->>'causationid' AS cause,"
        " topic, (SELECT size FROM log_head) AS size FROM outbox WHERE log_index IS NOT NULL"
        " ORDER BY log_index"
    )  # one look: windows are closed while the books are balanced
    told = [row for row in out if row.topic == "disclosure"]  # the rest are windows
    own = "/mingjing/disclosure"
    heard = [event_id for source, event_id in archived if source == own]
    letters = [
        *await mine.all("SELECT reason FROM dead_letters"),
        *await theirs.all("SELECT reason FROM dead_letters"),
    ]
    return Balance(
        sent=len(wanted),
        applied=len(set(applied)),
        announced=len(told),
        lost=len(wanted - set(applied)) + len(wanted - set(archived)),
        applied_twice=len(applied)
        - len(set(applied))
        + len(archived)
        - len(set(archived))
        + _announced_twice(told),
        outgoing_lost=len({row.id for row in told} - set(heard)),
        outgoing_twice=len(heard) - len(set(heard)),
        order_broken=_order_broken(told),
        log_places_wrong=sum(row.log_index != place for place, row in enumerate(out))
        + abs(out[0].size - len(out)),
        dead_letters=len(letters),
    )


def _announced_twice(out: Any) -> int:
    """Decisions that were announced more than once."""
    return len(out) - len({row.cause for row in out})


def _order_broken(out: Any) -> int:
    """Announcements of one case that stand before an earlier decision of the same case."""
    last: dict[str, str] = defaultdict(str)
    broken = 0
    for row in sorted(out, key=lambda row: row.position):
        broken += row.cause < last[row.key]
        last[row.key] = max(last[row.key], row.cause)
    return broken
