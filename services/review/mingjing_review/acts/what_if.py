"""Ask what would be: past proposals judged by another catalogue or law. Nothing is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.what_if import Effect, Summary, World, compare
from mingjing_review.store.catalogue import catalogues_in
from mingjing_review.store.what_if import past_proposals
from mingjing_shared.directory.store import unit_versions
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach


@dataclass(frozen=True, slots=True)
class Answer:
    """What differs in a period, and the digest of question and answer."""

    since: date
    until: date
    effects: Sequence[Effect]
    summary: Summary
    sha256: str

    def as_json(self) -> dict[str, Any]:
        """The whole answer."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "summary": self.summary.as_json(),
            "decisions": [effect.as_json() for effect in self.effects],
            "sha256": self.sha256,
        }


async def ask(
    source: Transaction | Database,
    change: Callable[[World], World],
    period: tuple[date, date],
    reach: Reach,
) -> Answer:
    """What would differ, of the decisions within reach that were proposed in a period.

    The same question on the same facts has the same answer, and the same digest.
    """
    since, until = period
    held = await catalogues_in(source)
    # Whose catalogue a draft would be depends on the units, also where nobody published one.
    now = World(catalogues=replace(held, units=held.units or await unit_versions(source)))
    then = change(now)
    summary = Summary()
    effects: list[Effect] = []
    calendar = published_calendar()
    digest = hashlib.sha256(f"{since}/{until}".encode())
    async for chunk in past_proposals(source, since, until, reach):
        for effect in compare(chunk, now, then, calendar, summary):
            effects.append(effect)
            digest.update(effect.line().encode())
    digest.update(canonical(summary.as_json()))
    return Answer(since, until, effects, summary, digest.hexdigest())
