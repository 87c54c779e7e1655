"""Receipts out of a service's log: for an event it emitted, or a row of its audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mingjing_shared.audit.note import canonical_row
from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.commitment import canonical_event
from mingjing_shared.trust import store
from mingjing_shared.trust.merkle import EMPTY_ROOT, inclusion_proof
from mingjing_shared.trust.note import note_of
from mingjing_shared.trust.receipt import Receipt
from mingjing_shared.trust.store import INNER
from mingjing_shared.trust.tiles import hashes_from, tile_with

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from mingjing_shared.database import Database, Transaction

COVERED, PENDING, ERASED = "covered", "pending", "erased"
EVENTS_MAX = 200


class NoSuchEntry(MingjingError):
    """Nothing of this id is logged here."""

    status = 404
    code = "no-such-entry"


class NotCoveredYet(MingjingError):
    """It is logged, and not enough witnesses have co-signed it yet."""

    status = 409
    code = "not-covered-yet"


class Unlinkable(MingjingError):
    """Its salt was erased: the log is valid, and says nothing of it any more."""

    status = 410
    code = "unlinkable"


@dataclass(frozen=True, slots=True)
class Logged:
    """What is logged under an id.

    Attributes:
        index: its place; none until it is sequenced.
        salt: none once it was erased.
        content: the canonical event or row.
        case_ref: reference of the case that it is about, if it is about one.
        officer: of a row of the audit, who did it.
    """

    index: int | None
    salt: bytes | None
    content: bytes
    case_ref: str | None = None
    officer: str | None = None


async def logged(source: Database | Transaction, entry_id: UUID) -> Logged:
    """What is logged under an id.

    Raises:
        NoSuchEntry: nothing is.
    """
    rows = await source.all(
        "SELECT attributes, value, log_salt, log_index FROM outbox WHERE id = :id", id=entry_id
    )
    if rows:
        row = rows[0]
        content = canonical_event(row.attributes, bytes(row.value))
        ref = row.attributes.get("correlationid")
        return Logged(row.log_index, _bytes(row.log_salt), content, case_ref=ref)
    rows = await source.all(
        "SELECT a.*, n.log_salt, n.log_index FROM log_notes AS n JOIN audit AS a ON a.id = n.id"
        " WHERE n.id = :id",
        id=entry_id,
    )
    if not rows:
        raise NoSuchEntry("没有这一编号的存证记录。", "请核对编号；存证记录在各自的部门。")
    told: dict[str, Any] = dict(rows[0]._mapping)  # noqa: SLF001 - SQLAlchemy's public way
    return Logged(
        told["log_index"],
        _bytes(told["log_salt"]),
        canonical_row(told),
        case_ref=told["case_ref"],
        officer=told["officer"],
    )


async def receipt_for(source: Database | Transaction, found: Logged, log: str = INNER) -> Receipt:
    """The receipt of what is logged, in the newest head that enough witnesses co-signed.

    Raises:
        NotCoveredYet: it is not in such a head yet.
        Unlinkable: its salt was erased.
    """
    if found.salt is None:
        raise Unlinkable(
            "该记录的盐值已依法删除，不能再出具凭证。", "存证日志本身不受影响，仍可核验。"
        )
    head = await store.newest(source, log, covered=True)
    if found.index is None or head is None or found.index >= head.size:
        raise NotCoveredYet("待存证：还没有足够的部门见证。", "通常在几秒内完成，请稍后再试。")
    needed: set[tuple[int, int]] = set()

    def noted(level: int, index: int) -> bytes:
        needed.add(tile_with(level, index))
        return EMPTY_ROOT

    inclusion_proof(found.index, head.size, noted)
    tiles = await store.tiles_at(source, log, needed)
    proof = inclusion_proof(found.index, head.size, hashes_from(tiles))
    return Receipt(found.salt, found.content, found.index, tuple(proof), note_of(bytes(head.note)))


async def standing_of(source: Database | Transaction, ids: Iterable[UUID]) -> dict[str, str]:
    """How the events and rows of these ids stand: covered, pending or erased.

    What is not logged here is not in it.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await source.all(
        "SELECT id, log_salt IS NULL AS erased, log_index < coalesce((SELECT max(size)"
        " FROM log_checkpoints WHERE log = 'inner' AND covered_at IS NOT NULL), 0) AS covered"
        " FROM (SELECT id, log_salt, log_index FROM outbox WHERE id = ANY(CAST(:ids AS uuid[]))"
        " UNION ALL SELECT id, log_salt, log_index FROM log_notes"
        " WHERE id = ANY(CAST(:ids AS uuid[]))) AS known",
        ids=wanted,
    )
    return {str(row.id): _standing(row.erased, row.covered) for row in rows}


async def events_of_case(source: Database | Transaction, case_ref: str) -> list[dict[str, Any]]:
    """What this service said of a case, oldest first: id, type, time, and how each stands."""
    rows = await source.all(
        "SELECT id, attributes->>'type' AS type, attributes->>'time' AS time, log_salt IS NULL"
        " AS erased, log_index < coalesce((SELECT max(size) FROM log_checkpoints"
        " WHERE log = 'inner' AND covered_at IS NOT NULL), 0) AS covered FROM outbox"
        " WHERE attributes->>'correlationid' = :ref ORDER BY position LIMIT :limit",
        ref=case_ref,
        limit=EVENTS_MAX,
    )
    return [
        {
            "id": str(row.id),
            "type": row.type,
            "at": datetime.fromisoformat(row.time),
            "standing": _standing(row.erased, row.covered),
        }
        for row in rows
    ]


def _standing(is_erased: bool, is_covered: bool | None) -> str:
    if is_erased:
        return ERASED
    return COVERED if is_covered else PENDING


def _bytes(held: Any) -> bytes | None:
    return None if held is None else bytes(held)
