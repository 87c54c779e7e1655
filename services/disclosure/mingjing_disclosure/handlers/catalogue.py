"""A unit published which of its decisions need review: it is to be public beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.store.catalogue import keep_catalogues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.review import CataloguePublished
    from mingjing_shared.messaging.received import Received


async def note_catalogues(
    received: Sequence[Received[CataloguePublished]], tx: Transaction
) -> None:
    """Keep what was published, for the list of what is public beforehand (事前公开)."""
    rows = [
        {
            "source": item.envelope.source,
            "event_id": item.envelope.id,
            "happened_at": item.envelope.time,
            "unit": item.event.unit,
            "version": item.event.catalogue_version,
            "valid_from": item.event.valid_from,
            "sha256": item.event.sha256,
            "items": item.event.items,
        }
        for item in received
    ]
    await keep_catalogues(tx, rows)
