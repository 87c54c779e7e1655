"""What decisions are judged by changed: a catalogue was published, or units stand elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.handlers.review import derive_reviews
from mingjing_review.rules.versions import ever_below, places_of
from mingjing_review.store.catalogue import catalogues_in, decisions_of_units, version
from mingjing_shared.directory.noting import note_units
from mingjing_shared.directory.store import unit_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.directory import UnitDescribed
    from mingjing_shared.messaging.clocks import Clock
    from mingjing_shared.messaging.received import Received


async def judge_by_published(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Judge anew what was proposed for a day on which a published version holds.

    Nearly always nothing: a version holds from a day after its publication. What was dated ahead
    of its time is judged by the version of its day all the same.
    """
    units = await unit_versions(tx)
    wanted: set[str] = set()
    for clock in clocks:
        published = await version(tx, clock.subject)
        if published is not None and published.valid_from is not None:
            below = ever_below(units, [published.unit])
            wanted |= await decisions_of_units(tx, below, published.valid_from)
    await derive_reviews(tx, wanted)


async def note_units_and_judge(
    received: Sequence[Received[UnitDescribed]], tx: Transaction
) -> None:
    """Know the units; where one stands elsewhere, another catalogue may hold for those below."""
    before = places_of(await unit_versions(tx))
    await note_units(received, tx)
    published = (await catalogues_in(tx)).published
    if not published:
        return
    units = await unit_versions(tx)
    after = places_of(units)
    moved = [code for code in after if after[code] != before.get(code)]
    if moved:
        first = min(one.valid_from for versions in published.values() for one in versions)
        below = ever_below(units, moved)
        await derive_reviews(tx, await decisions_of_units(tx, below, first))
