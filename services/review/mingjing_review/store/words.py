"""The words of a proposed text: facts, draft, titles of materials, parties. Sealed by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import orjson

from mingjing_review.store.sealed import PROPOSED
from mingjing_review.tables import PROPOSAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.events.casework import DecisionProposed
    from mingjing_shared.messaging.received import Received

FIELDS = ("facts", "draft_text", "materials", "parties")


def word_rows(
    tx: Transaction, received: Received[DecisionProposed], case_key: str
) -> list[dict[str, Any]]:
    """The words of one proposal as rows: what is not there has none."""
    envelope = received.envelope
    rows = []
    for field in FIELDS:
        value = getattr(received.event, field)
        if value:
            plain = orjson.dumps(msgspec.to_builtins(value))
            place = PROPOSED.place(source=envelope.source, event_id=envelope.id, field=field)
            rows.append(
                {
                    "source": envelope.source,
                    "event_id": envelope.id,
                    "field": field,
                    "case_key": case_key,
                    "personal": tx.installation.keys.seal(plain, place),
                }
            )
    return rows


async def keep_words(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the words of proposals; the inbox has let each event through once."""
    await tx.insert(PROPOSAL_WORDS, rows)


async def forget_words(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete the words of cases of which nothing may be kept."""
    await tx.execute(
        "DELETE FROM proposal_words WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )


async def words_of_texts(
    source: Transaction | Database, texts: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """The words of each of these proposals (source, event), opened. Every look is to be noted."""
    wanted = sorted(set(texts))
    if not wanted:
        return {}
    rows = await source.all(
        "SELECT w.source, w.event_id, w.field, w.personal FROM proposal_words AS w"
        " JOIN unnest(CAST(:sources AS text[]), CAST(:ids AS text[])) AS t(source, event_id)"
        " ON w.source = t.source AND w.event_id = t.event_id",
        sources=[text[0] for text in wanted],
        ids=[text[1] for text in wanted],
    )
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        place = PROPOSED.place(source=row.source, event_id=row.event_id, field=row.field)
        opened = source.installation.keys.open(bytes(row.personal), place)
        found.setdefault((row.source, row.event_id), {})[row.field] = orjson.loads(opened)
    return found
