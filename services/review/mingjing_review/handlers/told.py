"""What publishers tell of acts, documents, custody, recordings, service and payment is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.store.finding import settle_findings
from mingjing_review.store.told import keep_told
from mingjing_shared.facts.cases import without_classified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.recorders import FootageCaptured
    from mingjing_shared.messaging.received import Received


async def note_told(received: Sequence[Received[Any]], tx: Transaction) -> None:
    """Keep what was told of cases, as far as it may be kept; seek what contradicts itself."""
    await settle_findings(tx, await keep_told(await without_classified(received, tx), tx))


async def note_footage(received: Sequence[Received[FootageCaptured]], tx: Transaction) -> None:
    """The same of recordings, of which many name no case yet."""
    linked = [item for item in received if item.event.case_number]
    await note_told(linked, tx)
    loose = [item for item in received if not item.event.case_number]
    await settle_findings(tx, await keep_told(loose, tx))
