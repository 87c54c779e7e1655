"""What publishers tell of acts, documents, custody, recordings, service and payment is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.store.finding import settle_findings
from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.store.timefacts import is_of_time
from mingjing_review.store.told import cases_told_before, keep_told
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.recorders import FootageCaptured
    from mingjing_shared.messaging.received import Received


async def note_told(received: Sequence[Received[Any]], tx: Transaction) -> None:
    """Keep what was told of cases, as far as it may be kept; seek what contradicts itself."""
    await settle_findings(tx, await keep_told(await without_classified(received, tx), tx))


async def note_acts(received: Sequence[Received[Any]], tx: Transaction) -> None:
    """The same of acts and documents; what bears on a hearing or a limit moves its terms."""
    await note_told(received, tx)
    corrections = [item for item in received if item.envelope.superseded_id is not None]
    moved = await cases_told_before(tx, corrections) if corrections else set()
    moved |= {
        case_key(item.event.case_number)
        for item in received
        if item in corrections or is_of_time(item.event.kind)
    }
    await settle_terms(tx, cases=moved)


async def note_footage(received: Sequence[Received[FootageCaptured]], tx: Transaction) -> None:
    """The same of recordings, of which many name no case yet."""
    linked = [item for item in received if item.event.case_number]
    await note_told(linked, tx)
    loose = [item for item in received if not item.event.case_number]
    await settle_findings(tx, await keep_told(loose, tx))
