"""Documents are made; their files come before or after, and lack when they do not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.rules.document import document_key
from mingjing_recording.store.sealed import DOCUMENT_TITLE
from mingjing_recording.store.standing.document import pass_document_terms
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_recording.tables import DOCUMENT_FACTS
from mingjing_shared.clock import legal_now
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts, fact_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DocumentMade
    from mingjing_shared.messaging.clocks import Clock
    from mingjing_shared.messaging.received import Received


async def expect_documents(received: Sequence[Received[DocumentMade]], tx: Transaction) -> None:
    """Know the documents; unless one is on paper only, its file must come in its term."""
    rows = []
    for item in await without_classified(received, tx):
        event, fact = item.event, fact_row(item)
        key = document_key(fact["case_key"], event.document_number)
        rows.append(
            {
                **fact,
                "document_key": key,
                "document_number": event.document_number,
                "kind": event.kind,
                "title": tx.installation.keys.seal_text(
                    event.title, DOCUMENT_TITLE.place(document_key=key)
                ),
                "made_at": event.made_at,
                "sha256": event.file.sha256 if event.file else None,
                "on_paper_only": event.on_paper_only,
            }
        )
    touched = await add_facts(tx, DOCUMENT_FACTS, "document_key", rows)
    await bring_up_to_date(tx, Touched(documents=touched))


async def mark_documents_due(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The terms of these documents ran out: those whose file is not here are missing."""
    touched = await pass_document_terms(tx, clocks, legal_now())
    await bring_up_to_date(tx, Touched(documents=touched))
