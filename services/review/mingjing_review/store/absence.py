"""Absences of reviewers, and who reviewed before the platform knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - the fields of data classes
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.store.sealed import ABSENT, EARLIER
from mingjing_review.store.wording import read, written
from mingjing_review.tables import ABSENCES, EARLIER_REVIEWERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingjing_shared.database import Database, Transaction

_COLUMNS = "absence_id, officer, since, until, noted_at, noted_by, words, ended_on, ended_by"


@dataclass(frozen=True, slots=True)
class Absence:
    """An absence as it is kept. ``words`` is sealed; see ``reason_of``."""

    absence_id: str
    officer: str
    since: date
    until: date | None
    noted_at: datetime
    noted_by: str
    words: bytes
    ended_on: date | None
    ended_by: str | None

    def covers(self, day: date) -> bool:
        """Whether the officer is absent on a day."""
        began = self.since <= day and (self.until is None or day <= self.until)
        return began and (self.ended_on is None or day < self.ended_on)

    def is_ahead(self, day: date) -> bool:
        """Whether it lies wholly or partly after a day, and was not ended."""
        return self.ended_on is None and (self.until is None or self.until >= day)


async def absences_of(
    source: Transaction | Database, officers: Iterable[str]
) -> dict[str, list[Absence]]:
    """The absences of each of these officers, the latest first."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM absences WHERE officer = ANY(CAST(:officers AS text[]))"  # noqa: S608 - our own columns
        " ORDER BY since DESC, absence_id DESC",
        officers=sorted(set(officers)),
    )
    found: dict[str, list[Absence]] = {}
    for row in rows:
        found.setdefault(row.officer, []).append(Absence(*row))
    return found


async def absence(source: Transaction, absence_id: str) -> Absence | None:
    """One absence, locked; nothing where there is none."""
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM absences WHERE absence_id = :id FOR UPDATE",  # noqa: S608 - our own columns
        id=absence_id,
    )
    return Absence(*rows[0]) if rows else None


async def absent_on(
    source: Transaction | Database, officers: Iterable[str], day: date
) -> frozenset[str]:
    """Which of these officers are absent on a day."""
    known = await absences_of(source, officers)
    return frozenset(
        officer for officer, held in known.items() if any(one.covers(day) for one in held)
    )


async def keep_absence(
    tx: Transaction,
    *,
    officer: str,
    since: date,
    until: date | None,
    noted_at: datetime,
    noted_by: str,
    reason: str,
) -> str:
    """Write an absence; its id."""
    absence_id = str(uuid_utils.uuid7())
    sealed, _digest = written(tx, ABSENT, reason, absence_id=absence_id)
    row = {
        "absence_id": absence_id,
        "officer": officer,
        "since": since,
        "until": until,
        "noted_at": noted_at,
        "noted_by": noted_by,
        "words": sealed,
    }
    await tx.insert(ABSENCES, [row])
    return absence_id


async def end_absence(tx: Transaction, absence_id: str, on: date, by: str) -> None:
    """Note that somebody is back from a day on."""
    await tx.execute(
        "UPDATE absences SET ended_on = :on, ended_by = :by WHERE absence_id = :id",
        on=on,
        by=by,
        id=absence_id,
    )


def reason_of(source: Transaction | Database, one: Absence) -> str:
    """Why somebody is absent, as it was written."""
    return read(source, ABSENT, one.words, absence_id=one.absence_id)


async def keep_earlier(
    tx: Transaction, *, officer: str, noted_at: datetime, noted_by: str, reason: str
) -> bool:
    """Write that an officer reviewed before; whether it was not known yet."""
    sealed, digest = written(tx, EARLIER, reason, officer=officer)
    row = {
        "officer": officer,
        "noted_at": noted_at,
        "noted_by": noted_by,
        "words": sealed,
        "words_sha256": digest,
    }
    return bool(await tx.insert_new(EARLIER_REVIEWERS, [row], returning=("officer",)))


async def earlier_reviewers(
    source: Transaction | Database, officers: Iterable[str]
) -> dict[str, tuple[datetime, str, str]]:
    """Of these officers who is noted as having reviewed before: when, by whom, why."""
    rows: Sequence[Any] = await source.all(
        "SELECT officer, noted_at, noted_by, words FROM earlier_reviewers"
        " WHERE officer = ANY(CAST(:officers AS text[]))",
        officers=sorted(set(officers)),
    )
    return {
        row.officer: (
            row.noted_at,
            row.noted_by,
            read(source, EARLIER, row.words, officer=row.officer),
        )
        for row in rows
    }
