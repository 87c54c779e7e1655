"""Ask what would be: past proposals judged by another catalogue or law. Nothing is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.what_if import Effect, Summary, World, compare
from mingjing_review.store.catalogue import catalogues_in
from mingjing_review.store.what_if import past_proposals
from mingjing_shared.directory.store import unit_versions
from mingjing_shared.errors import InvalidInput
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingjing_review.store.catalogue import Version
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.desk import Desk
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


async def refuse_unless_shown(
    desk: Desk, version: Version, shown: str, period: tuple[date, date]
) -> None:
    """Go on only when this is what the officer was shown of what the version changes.

    ``shown`` is the digest of the answer that was shown, ``period`` of which days it was.

    Raises:
        InvalidInput: nobody looked, or at another draft, or what it changes is no longer the same.
    """
    sha256 = ""
    if shown and period[0] > date.min:
        reach = await desk.reach("review.see")
        answer = await ask(
            desk.tx,
            lambda now: now.with_catalogue(version.unit, version.items, date.min),
            period,
            reach,
        )
        sha256 = answer.sha256
    if not sha256 or sha256 != shown:
        raise InvalidInput(
            "还没有查看这一版的影响预演，或者预演之后情况有变化，不能审批。",
            "请打开“影响预演”，核对后在该页审批。",
        )
