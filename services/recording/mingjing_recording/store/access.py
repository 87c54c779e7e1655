"""Requests to look at another unit's footage, and on what a duty to look hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import ACCESS_REQUESTS, CASE_REVIEWERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

LISTED_MAX = 100
WAITING_MAX = 20
_COVERS = "(r.footage_id = f.footage_id OR r.case_key = f.case_key) AND r.unit = f.unit"


async def add_reviewers(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Note who took on the legal review of cases; what is known already stays."""
    await tx.insert_new(CASE_REVIEWERS, rows)


async def forget_cases(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Forget who reviewed these cases, and that requests were about them: they are classified."""
    keys = list(case_keys)
    await tx.execute(
        "DELETE FROM case_reviewers WHERE case_key = ANY(CAST(:keys AS text[]))", keys=keys
    )
    await tx.execute(
        "UPDATE access_requests SET case_key = NULL, case_number = NULL"
        " WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=keys,
    )


async def duties_at(tx: Transaction, case_key: str) -> tuple[set[str], str | None]:
    """Who took on the legal review of a case, and where its file stands, if it must be made."""
    rows = await tx.all("SELECT reviewer FROM case_reviewers WHERE case_key = :key", key=case_key)
    file = await tx.first("SELECT state FROM casefiles WHERE case_key = :key", key=case_key)
    return {row.reviewer for row in rows}, file.state if file is not None else None


async def add_request(tx: Transaction, row: dict[str, Any]) -> None:
    """Note that somebody asks."""
    await tx.insert(ACCESS_REQUESTS, [row])


async def request_of(source: Database | Transaction, request_id: str) -> Row[Any] | None:
    """One request; nothing when it is not known."""
    rows = await source.all("SELECT * FROM access_requests WHERE request_id = :id", id=request_id)
    return rows[0] if rows else None


async def newest_request(
    source: Database | Transaction, officer: str, footage_id: str
) -> Row[Any] | None:
    """An officer's newest request that covers a recording; nothing when there is none."""
    rows = await source.all(
        f"SELECT r.* FROM access_requests AS r JOIN footage AS f ON {_COVERS}"  # noqa: S608 - our own condition
        " WHERE r.officer = :officer AND f.footage_id = :id ORDER BY r.asked_at DESC LIMIT 1",
        officer=officer,
        id=footage_id,
    )
    return rows[0] if rows else None


async def open_request(
    tx: Transaction, officer: str, footage_ids: Iterable[str], now: datetime
) -> Row[Any] | None:
    """An approved request of the officer that covers one of these recordings and still holds."""
    rows = await tx.all(
        "SELECT r.*, f.footage_id AS looks_at FROM access_requests AS r"  # noqa: S608 - our own condition
        f" JOIN footage AS f ON {_COVERS} WHERE r.officer = :officer AND r.is_approved"
        " AND r.open_until > :now AND f.footage_id = ANY(CAST(:ids AS text[]))"
        " ORDER BY r.open_until DESC, f.footage_id LIMIT 1",
        officer=officer,
        now=now,
        ids=sorted(footage_ids),
    )
    return rows[0] if rows else None


async def keep_decision(tx: Transaction, request_id: str, **decided: Any) -> None:
    """Write what a leader decided."""
    await tx.execute(
        "UPDATE access_requests SET decided_by = :decided_by, decided_at = :decided_at,"
        " is_approved = :is_approved, reason = :reason, open_until = :open_until"
        " WHERE request_id = :id AND decided_at IS NULL",
        id=request_id,
        **decided,
    )


async def requests_within(
    database: Database, reach: Reach, officer: str, limit: int = LISTED_MAX
) -> Sequence[Row[Any]]:
    """The officer's own requests and those within reach to decide, what waits on top."""
    within, values = reach.condition("unit")
    return await database.all(
        f"SELECT * FROM access_requests WHERE officer = :officer OR {within}"  # noqa: S608 - our own condition
        " ORDER BY (is_approved IS NULL) DESC, asked_at DESC LIMIT :limit",
        officer=officer,
        limit=limit,
        **values,
    )


async def waiting_requests(
    database: Database, reach: Reach, officer: str, limit: int = WAITING_MAX
) -> Sequence[Row[Any]]:
    """What waits for a decision within reach, the oldest first; nothing of the officer's own."""
    within, values = reach.condition("unit")
    return await database.all(
        "SELECT * FROM access_requests WHERE is_approved IS NULL AND officer <> :officer"  # noqa: S608 - our own condition
        f" AND {within} ORDER BY asked_at LIMIT :limit",
        officer=officer,
        limit=limit,
        **values,
    )


async def footage_covered(database: Database, request: Row[Any]) -> Sequence[Row[Any]]:
    """The recordings that a request is about, with what their files are, the oldest first."""
    return await database.all(
        "SELECT f.footage_id, f.started_at, f.ended_at, f.sha256, b.media_type FROM footage AS f"  # noqa: S608 - our own condition
        f" JOIN access_requests AS r ON {_COVERS} LEFT JOIN blobs AS b ON b.sha256 = f.sha256"
        " WHERE r.request_id = :id ORDER BY f.started_at, f.footage_id LIMIT :limit",
        id=request.request_id,
        limit=LISTED_MAX,
    )
