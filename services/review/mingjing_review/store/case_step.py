"""Steps that are taken about a case's limit or a transfer: asked, approved, declined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.store.sealed import CASE_STEP_WORDS
from mingjing_review.store.wording import opened_from, sealed_for
from mingjing_review.tables import CASE_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.officer import HeldRole

_COLUMNS = ", ".join(column.name for column in CASE_STEPS.columns)


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step as it is kept. ``words`` is sealed; see ``case_words``."""

    step_id: str
    subject: str
    place: int
    case_key: str
    kind: str
    at: datetime
    officer: str
    role: str
    unit: str
    instead_of: str | None
    words: bytes | None
    words_sha256: str | None


@dataclass(frozen=True, slots=True)
class By:
    """Who takes a step: the officer, by which role, and when."""

    number: str
    role: HeldRole
    at: datetime


async def case_steps(
    source: Transaction | Database, subjects: Iterable[str]
) -> dict[str, list[CaseStep]]:
    """The steps of each of these subjects, oldest first."""
    wanted = sorted(set(subjects))
    if not wanted:
        return {}
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM case_steps"  # noqa: S608 - our own columns
        " WHERE subject = ANY(CAST(:subjects AS text[])) ORDER BY subject, place",
        subjects=wanted,
    )
    found: dict[str, list[CaseStep]] = {}
    for row in rows:
        found.setdefault(row.subject, []).append(CaseStep(**row._asdict()))
    return found


async def add_case_step(
    tx: Transaction,
    subject: str,
    case_key: str,
    kind: str,
    *,
    place: int,
    by: By,
    words: Mapping[str, Any],
) -> str:
    """Write a step; the subject is locked, so that its place is free. Its id."""
    step_id = str(uuid_utils.uuid7())
    sealed, digest = sealed_for(tx, CASE_STEP_WORDS, words, step_id=step_id)
    row = {
        "step_id": step_id,
        "subject": subject,
        "place": place,
        "case_key": case_key,
        "kind": kind,
        "at": by.at,
        "officer": by.number,
        "role": by.role.code,
        "unit": by.role.unit,
        "instead_of": by.role.instead_of,
        "words": sealed,
        "words_sha256": digest,
    }
    await tx.insert(CASE_STEPS, [row])
    return step_id


def case_words(source: Transaction | Database, step: CaseStep) -> dict[str, Any]:
    """What was written at a step; nothing where nothing was."""
    return opened_from(source, CASE_STEP_WORDS, step.words, step_id=step.step_id)


def extensions_of(steps: Sequence[CaseStep]) -> list[datetime]:
    """When each extension of a limit was approved."""
    return [step.at for step in steps if step.kind == "extended"]


def is_asked(steps: Sequence[CaseStep]) -> bool:
    """Whether an extension is asked for and not decided yet."""
    return bool(steps) and steps[-1].kind == "asked"
