"""Hearings: their steps as they were noted, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.hearing import BY_LEGAL, Deed
from mingjing_review.store.sealed import HEARING_WORDS
from mingjing_review.store.wording import opened_from
from mingjing_review.tables import HEARING_STEPS, HEARINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mingjing_shared.database import Database, Transaction

_STEP_COLUMNS = ", ".join(column.name for column in HEARING_STEPS.columns)


@dataclass(frozen=True, slots=True)
class HearingStep:
    """A step as it is kept. ``words`` is sealed; see ``hearing_words``."""

    step_id: str
    decision_id: str
    place: int | None
    case_key: str
    kind: str
    day: date
    at: datetime
    officer: str | None
    role: str | None
    unit: str | None
    instead_of: str | None
    planned_on: date | None
    chair: str | None
    recorder: str | None
    postponed: bool
    closed: str | None
    words: bytes | None
    words_sha256: str | None

    @property
    def deed(self) -> Deed:
        """What the rules see of it."""
        return Deed(
            kind=self.kind,
            on=self.day,
            officer=self.officer,
            planned_on=self.planned_on,
            chair=self.chair,
            recorder=self.recorder,
            postponed=self.postponed,
            closed=self.closed,
        )


async def hearing_steps(
    source: Transaction | Database, decision_ids: Iterable[str]
) -> dict[str, list[HearingStep]]:
    """The steps of each of these hearings, as they were noted: ids tell the order, not days."""
    wanted = sorted(set(decision_ids))
    if not wanted:
        return {}
    rows = await source.all(
        f"SELECT {_STEP_COLUMNS} FROM hearing_steps"  # noqa: S608 - our own columns
        " WHERE decision_id = ANY(CAST(:ids AS text[])) ORDER BY decision_id, step_id",
        ids=wanted,
    )
    found: dict[str, list[HearingStep]] = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(HearingStep(**row._asdict()))
    return found


async def add_hearing_steps(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write steps; of an officer's step the decision is locked, so that its place is free."""
    await tx.insert(HEARING_STEPS, rows)


def hearing_words(source: Transaction | Database, step: HearingStep) -> dict[str, Any]:
    """What was written at a step; nothing where nothing was."""
    return opened_from(source, HEARING_WORDS, step.words, step_id=step.step_id)


def legal_unit_of(steps: Sequence[HearingStep]) -> str | None:
    """The unit for which the legal department last acted."""
    return next((step.unit for step in reversed(steps) if step.kind in BY_LEGAL), None)


async def hearings(
    source: Transaction | Database, decision_ids: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Where these hearings stand."""
    wanted = sorted(set(decision_ids))
    if not wanted:
        return {}
    rows = await source.all(
        "SELECT * FROM hearings WHERE decision_id = ANY(CAST(:ids AS text[]))", ids=wanted
    )
    return {row.decision_id: row._asdict() for row in rows}


async def keep_hearings(
    tx: Transaction, rows: Sequence[Mapping[str, Any]], gone: Sequence[str]
) -> None:
    """Write where hearings stand; take away those that there is no ground for any more."""
    await tx.upsert(HEARINGS, rows)
    if gone:
        await tx.execute(
            "DELETE FROM hearings WHERE decision_id = ANY(CAST(:ids AS text[]))", ids=list(gone)
        )
