"""What the file of a case holds and lacks, as things stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.rules.contents import Contents, Item, KnownDocument, contents_of
from mingjing_recording.store.casefile import decisions_of_case
from mingjing_shared.law.document_number import normalise_document_number

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


async def contents_of_case(source: Database | Transaction, case_key: str) -> Contents:
    """What the file of this case holds and lacks just now."""
    documents = await source.all(
        "SELECT d.document_number AS id, d.state, d.differs, d.sha256,"
        " b.tree_root, b.size, b.media_type"
        " FROM documents AS d LEFT JOIN blobs AS b ON b.sha256 = d.sha256 WHERE case_key = :key",
        key=case_key,
    )
    footage = await source.all(
        "SELECT f.footage_id AS id, f.differs, f.sha256, b.tree_root, b.size, b.media_type"
        " FROM footage AS f LEFT JOIN blobs AS b ON b.sha256 = f.sha256 WHERE case_key = :key",
        key=case_key,
    )
    acts = await source.all(
        "SELECT action_id FROM records WHERE case_key = :key AND state = 'gap_open'"
        " ORDER BY action_id",
        key=case_key,
    )
    decisions = await decisions_of_case(source, case_key)
    return contents_of(
        [
            KnownDocument(
                number_key=normalise_document_number(row.id),
                number=row.id,
                state=row.state,
                differs=row.differs,
                file=_item("document", row),
            )
            for row in documents
        ],
        [(row.id, row.differs, _item("footage", row)) for row in footage],
        [row.action_id for row in acts],
        [(row.decision_id, _key(row.document_number)) for row in decisions],
    )


def _key(number: str | None) -> str | None:
    return normalise_document_number(number) if number else None


def _item(kind: Any, row: Row[Any]) -> Item | None:
    if row.sha256 is None:
        return None
    return Item(kind, row.id, row.sha256, row.tree_root, row.size, row.media_type)
