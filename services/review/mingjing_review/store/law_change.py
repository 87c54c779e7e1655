"""Changes of law that were told, and the checks after which a catalogue stayed as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.law_change import Change, Checked
from mingjing_review.store.sealed import CHECK_WORDS
from mingjing_review.tables import CATALOGUE_CHECKS, LAW_CHANGES
from mingjing_shared.clock import local_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Check:
    """A check as it is kept. ``words`` is sealed; see ``words_of_check``."""

    check_id: str
    unit: str
    source: str
    event_id: str
    at: datetime
    officer: str
    words: bytes


async def keep_changes(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write changes of law; one that was entered here comes back by its topic and is there."""
    await tx.insert_new(LAW_CHANGES, rows)


async def changes_that_stand(source: Transaction | Database) -> list[Change]:
    """Every change of law that was not corrected, the newest first."""
    rows = await source.all(
        "SELECT c.source, c.event_id, c.happened_at, c.what, c.holds_from, c.law_source, c.affected"
        " FROM law_changes AS c WHERE NOT EXISTS (SELECT FROM law_changes AS n"
        " WHERE n.corrects IS NOT NULL AND n.source = c.source AND n.corrects = c.event_id)"
        " ORDER BY c.holds_from DESC, c.happened_at DESC, c.event_id DESC"
    )
    return [
        Change(
            source=row.source,
            event_id=row.event_id,
            told_on=local_date(row.happened_at),
            what=row.what,
            holds_from=row.holds_from,
            law_source=row.law_source,
            affected=tuple(row.affected),
        )
        for row in rows
    ]


async def checks(source: Transaction | Database) -> list[Check]:
    """Every check after a change of law."""
    rows = await source.all(
        "SELECT check_id, unit, source, event_id, at, officer, words FROM catalogue_checks"
        " ORDER BY at, check_id"
    )
    return [Check(**row._asdict()) for row in rows]


def as_rule(check: Check) -> Checked:
    """What the rules see of a check."""
    return Checked(check.unit, check.source, check.event_id, local_date(check.at))


async def add_check(tx: Transaction, row: Mapping[str, Any], words: str) -> None:
    """Write a check; why nothing is to change is sealed."""
    place = CHECK_WORDS.place(check_id=row["check_id"])
    sealed = tx.installation.keys.seal(words.encode(), place)
    await tx.insert(CATALOGUE_CHECKS, [{**row, "words": sealed}])


def words_of_check(source: Transaction | Database, check: Check) -> str:
    """Why nothing was to change."""
    place = CHECK_WORDS.place(check_id=check.check_id)
    return source.installation.keys.open(bytes(check.words), place).decode()


async def publication_days(source: Transaction | Database) -> dict[str, list[date]]:
    """On which days each unit published a version of its catalogue."""
    rows = await source.all(
        "SELECT unit, published_on FROM catalogue_versions WHERE state = 'published'"
        " ORDER BY unit, number"
    )
    found: dict[str, list[date]] = {}
    for row in rows:
        found.setdefault(row.unit, []).append(row.published_on)
    return found
