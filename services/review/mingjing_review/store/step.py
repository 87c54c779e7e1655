"""Steps: what officers did in a review, and the words they wrote, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.checks import CODES
from mingjing_review.rules.progress import Step
from mingjing_review.store.sealed import STEP_WORDS
from mingjing_review.store.wording import opened_from
from mingjing_review.tables import REVIEW_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Taken:
    """A step as it is kept. ``words`` is sealed; see ``words_of``."""

    step_id: str
    decision_id: str
    place: int
    case_key: str
    round: int
    kind: str
    at: datetime
    officer: str
    role: str
    unit: str
    instead_of: str | None
    text_source: str
    text_event_id: str
    draft_sha256: str
    opinion: str | None
    outcome: str | None
    codes: Mapping[str, Any]
    words: bytes | None
    words_sha256: str | None

    @property
    def as_rule(self) -> Step:
        """What the rules see of it."""
        return Step(
            self.kind,
            self.round,
            self.at,
            self.officer,
            self.draft_sha256,
            self.opinion,
            self.outcome,
        )

    @property
    def text(self) -> tuple[str, str]:
        """The proposal of the text that the round is about: source and event."""
        return self.text_source, self.text_event_id


_COLUMNS = ", ".join(column.name for column in REVIEW_STEPS.columns)


async def steps_of(
    source: Transaction | Database, decision_ids: Iterable[str]
) -> dict[str, list[Taken]]:
    """The steps of each of these decisions, oldest first."""
    wanted = sorted(set(decision_ids))
    if not wanted:
        return {}
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM review_steps"  # noqa: S608 - our own columns
        " WHERE decision_id = ANY(CAST(:ids AS text[])) ORDER BY decision_id, place",
        ids=wanted,
    )
    found: dict[str, list[Taken]] = {}
    for row in rows:
        found.setdefault(row.decision_id, []).append(Taken(**row._asdict()))
    return found


def open_points(steps: Sequence[Taken]) -> tuple[str, ...]:
    """The checks that the last opinion found wrong and the unit has not answered yet."""
    for step in reversed(steps):
        if step.kind == "resubmitted" or step.outcome == "reopened":
            return ()
        if step.kind == "opinion":
            return tuple(code for code in CODES if step.codes["checks"].get(code) == "failed")
    return ()


async def add_step(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Write a step; the decision is locked, so that its place is free."""
    await tx.insert(REVIEW_STEPS, [row])


async def forget_steps(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete the steps of cases of which nothing may be kept."""
    await tx.execute(
        "DELETE FROM review_steps WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )


def words_of(source: Transaction | Database, step: Taken) -> dict[str, Any]:
    """What was written at a step; nothing where nothing was."""
    return opened_from(source, STEP_WORDS, step.words, step_id=step.step_id)
