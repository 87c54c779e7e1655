"""How far people have brought publications: texts, steps, who did what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.progress import NOTHING_YET, Work
from mingjing_disclosure.store.sealed import BODY, CONFIRMED, CORRECTION, NOTE
from mingjing_disclosure.tables import PUBLIC_TEXTS, PUBLICATIONS, STEPS
from mingjing_shared.clock import legal_now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole

WORKER = "worker"
AT_ONCE_MAX = 200


async def works(tx: Transaction, decision_ids: Collection[str]) -> dict[str, Work]:
    """What was done for these decisions; only those for which something was."""
    if not decision_ids:
        return {}
    rows = await tx.all(
        "SELECT * FROM publications WHERE decision_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: _work(row) for row in rows}


async def public_decisions(tx: Transaction, after: str) -> list[str]:
    """The next decisions, by id after this one, of which the public sees a text."""
    rows = await tx.all(
        "SELECT decision_id FROM publications WHERE public_version IS NOT NULL"
        " AND stage NOT IN ('withdrawing', 'withdrawn') AND decision_id > :after"
        " ORDER BY decision_id LIMIT :limit",
        after=after,
        limit=AT_ONCE_MAX,
    )
    return [row.decision_id for row in rows]


async def work_of(tx: Transaction, decision_id: str) -> Work:
    """What was done for one decision."""
    return (await works(tx, [decision_id])).get(decision_id, NOTHING_YET)


def _work(row: Row[Any]) -> Work:
    return Work(
        stage=row.stage,
        version=row.version,
        public_version=row.public_version,
        editors=tuple(row.editors),
        checkers=tuple(row.checkers),
        withheld=row.withheld,
        released=row.released,
        withdrawal=row.withdrawal,
        details={
            "first_public_at": row.first_public_at,
            "gone_at": row.gone_at,
            "shown_from": row.shown_from,
        },
    )


async def keep_work(tx: Transaction, decision_id: str, item_id: str, work: Work) -> None:
    """Write what was done, as it now stands."""
    await tx.upsert(
        PUBLICATIONS,
        [
            {
                "decision_id": decision_id,
                "item_id": item_id,
                "stage": work.stage,
                "version": work.version,
                "public_version": work.public_version,
                "editors": list(work.editors),
                "checkers": list(work.checkers),
                "withheld": work.withheld,
                "released": work.released,
                "withdrawal": work.withdrawal,
                "first_public_at": work.details.get("first_public_at"),
                "gone_at": work.details.get("gone_at"),
                "shown_from": work.details.get("shown_from"),
            }
        ],
    )


@dataclass(frozen=True, slots=True)
class PublicText:
    """One version of a public text, opened."""

    version: int
    body: str
    public_sha256: str
    masking_version: str
    correction: str | None
    changed_at: datetime
    address: str | None
    seen_public_at: datetime | None
    confirmed: tuple[str, ...] = ()


async def text_versions(tx: Transaction, decision_id: str) -> list[PublicText]:
    """Every version of a decision's public text, oldest first."""
    rows = await tx.all(
        "SELECT * FROM public_texts WHERE decision_id = :id ORDER BY version", id=decision_id
    )
    return [_text(tx, row) for row in rows]


def _text(tx: Transaction, row: Row[Any]) -> PublicText:
    keys = tx.installation.keys
    place = {"decision_id": row.decision_id, "version": row.version}
    return PublicText(
        version=row.version,
        body=keys.open_text(row.body, BODY.place(**place)) or "",
        public_sha256=row.public_sha256,
        masking_version=row.masking_version,
        correction=keys.open_text(row.correction, CORRECTION.place(**place)),
        changed_at=row.changed_at,
        address=row.address,
        seen_public_at=row.seen_public_at,
        confirmed=tuple(
            json.loads(keys.open_text(row.confirmed, CONFIRMED.place(**place)) or "[]")
        ),
    )


async def keep_text(tx: Transaction, decision_id: str, text: PublicText) -> None:
    """Write a version of a public text, sealed; a version that is not public yet may change."""
    keys = tx.installation.keys
    place = {"decision_id": decision_id, "version": text.version}
    await tx.upsert(
        PUBLIC_TEXTS,
        [
            {
                "decision_id": decision_id,
                "version": text.version,
                "body": keys.seal_text(text.body, BODY.place(**place)),
                "public_sha256": text.public_sha256,
                "masking_version": text.masking_version,
                "correction": keys.seal_text(text.correction, CORRECTION.place(**place)),
                "changed_at": text.changed_at,
                "address": text.address,
                "seen_public_at": text.seen_public_at,
                "confirmed": keys.seal_text(
                    json.dumps(text.confirmed) if text.confirmed else None, CONFIRMED.place(**place)
                ),
            }
        ],
    )


async def note_step(
    desk: Desk,
    role: HeldRole,
    decision_id: str,
    version: int,
    act: str,
    *,
    counts: Mapping[str, Any] = MappingProxyType({}),
    note: str | None = None,
) -> None:
    """Leave the trace of a step: who, when, what, why."""
    who = {"by_officer": desk.officer.number, "instead_of": role.instead_of}
    what = {"decision_id": decision_id, "version": version, "act": act, "counts": dict(counts)}
    await _add_step(desk.tx, {**what, **who}, note)


async def note_worker_step(
    tx: Transaction,
    decision_id: str,
    version: int,
    act: str,
    *,
    note: str | None = None,
    **counts: Any,
) -> None:
    """Leave the trace of a step that the worker did."""
    who = {"by_officer": WORKER, "instead_of": None}
    what = {"decision_id": decision_id, "version": version, "act": act, "counts": counts}
    await _add_step(tx, {**what, **who}, note)


async def _add_step(tx: Transaction, step: dict[str, Any], note: str | None) -> None:
    now = legal_now()
    sealed = tx.installation.keys.seal_text(note, NOTE.place(**step, at=now))
    await tx.insert(STEPS, [{**step, "at": now, "note": sealed}])


async def original_read(tx: Transaction, decision_id: str) -> str | None:
    """Which telling of the decision the last person had read who edited, checked or approved."""
    row = await tx.first(
        "SELECT counts->>'original' AS original FROM steps WHERE decision_id = :id"
        " AND counts->>'original' IS NOT NULL ORDER BY number DESC LIMIT 1",
        id=decision_id,
    )
    return None if row is None else str(row.original)


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way of a publication, its reason opened."""

    version: int
    act: str
    by_officer: str
    instead_of: str | None
    at: datetime
    counts: dict[str, Any]
    note: str | None


async def steps_of(tx: Transaction, decision_id: str) -> Sequence[Step]:
    """Every step, oldest first."""
    rows = await tx.all(
        "SELECT * FROM steps WHERE decision_id = :id ORDER BY number", id=decision_id
    )
    keys = tx.installation.keys
    return [
        Step(
            version=row.version,
            act=row.act,
            by_officer=row.by_officer,
            instead_of=row.instead_of,
            at=row.at,
            counts=row.counts,
            note=keys.open_text(row.note, NOTE.place(**row._asdict())),
        )
        for row in rows
    ]
