"""The directory describes an officer: what contradicts itself may rest on his qualification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingjing_review.store.finding import settle_findings
from mingjing_review.store.people import versions_of_officers
from mingjing_review.store.told import cases_since
from mingjing_shared.directory.noting import note_officers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.directory import OfficerDescribed
    from mingjing_shared.messaging.received import Received


async def note_officers_and_seek(
    received: Sequence[Received[OfficerDescribed]], tx: Transaction
) -> None:
    """Keep the directory; seek contradictions anew in the cases in which they acted since then."""
    numbers = {item.event.police_number for item in received}
    before = await versions_of_officers(tx, numbers)
    await note_officers(received, tx)
    after = await versions_of_officers(tx, numbers)
    since: dict[str, str] = {
        number: day
        for number in numbers
        if (day := _changed_since(before.get(number, ()), after.get(number, ()))) is not None
    }
    await settle_findings(tx, await cases_since(tx, since))


def _changed_since(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> str | None:
    """The first day for which the versions differ; none: they are the same."""
    seen, now = ({msgspec.json.encode(one, order="sorted") for one in of} for of in (before, after))
    differing = [
        str(one["valid_from"])
        for one in (*before, *after)
        if msgspec.json.encode(one, order="sorted") in seen ^ now
    ]
    return min(differing, default=None)
