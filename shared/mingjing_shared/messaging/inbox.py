"""The inbox: what was applied here, so that nothing is applied twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.messaging.tables import INBOX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.received import Received


async def take(
    tx: Transaction, received: Sequence[Received[Any]]
) -> tuple[list[Received[Any]], list[Received[Any]]]:
    """Enter events in the inbox; give those to apply, and those whose content contradicts.

    An event that is there with the same digest is dropped; one with the same identity and
    another digest is never silently ignored: it comes back in the second list. The keys of the
    events must be locked: two workers cannot then enter the same event at once, and if they do
    under two keys, the database refuses one and it is tried again.
    """
    first: dict[tuple[str, str], Received[Any]] = {}
    contradicting: list[Received[Any]] = []
    for item in received:
        known = first.setdefault(item.envelope.identity, item)
        if known.digest != item.digest:
            contradicting.append(item)
    held = await _digests(tx, list(first.values()))
    fresh = [item for identity, item in first.items() if identity not in held]
    contradicting.extend(
        first[identity] for identity in held if held[identity] != first[identity].digest
    )
    await tx.insert(
        INBOX,
        [
            {"source": item.envelope.source, "event_id": item.envelope.id, "digest": item.digest}
            for item in fresh
        ],
    )
    return fresh, contradicting


async def _digests(
    tx: Transaction, received: Sequence[Received[Any]]
) -> dict[tuple[str, str], bytes]:
    rows = await tx.all(
        "SELECT source, event_id, digest FROM inbox WHERE (source, event_id) IN"
        " (SELECT * FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[])))",
        sources=[item.envelope.source for item in received],
        ids=[item.envelope.id for item in received],
    )
    return {(row.source, row.event_id): bytes(row.digest) for row in rows}
