"""Contradictions as a list over cases shows them, and what people said of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - read by the dataclass's users
from typing import TYPE_CHECKING, Any

from mingjing_review.store.finding import CaseFinding
from mingjing_review.store.sealed import JUDGEMENT
from mingjing_review.store.wording import read, written
from mingjing_review.tables import CASE_FINDINGS, FINDING_JUDGEMENTS
from mingjing_shared.web.counting import counted
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

_COLUMNS = ", ".join(column.name for column in CASE_FINDINGS.columns)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody said of a finding, opened."""

    at: datetime
    officer: str
    verdict: str
    note: str


async def newest_findings(
    source: Database | Transaction,
    reach: Reach,
    *,
    state: str | None,
    kind: str | None,
    after: str | None,
) -> Page[CaseFinding]:
    """The findings within reach in a state and of a kind (or all), the newest first.

    Raises:
        InvalidInput: the mark is damaged.
    """
    within, values = _within(reach)
    conditions, wanted = [within], {"limit": PAGE_SIZE + 1, **values}
    for name, value in (("state", state), ("kind", kind)):
        if value is not None:
            conditions.append(f"{name} = :{name}")
            wanted[name] = value
    if (place := after_moment(after)) is not None:
        conditions.append("(at, finding_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM case_findings WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY at DESC, finding_id DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.at.isoformat(), row.finding_id))
    return Page([CaseFinding(**row._asdict()) for row in page.rows], page.next)


async def counts_of(
    source: Database | Transaction, reach: Reach, column: str, names: Iterable[str]
) -> dict[str, int]:
    """How many findings within reach have each of these states (or kinds), up to a limit."""
    conditions = {name: f"{column} = '{name}'" for name in names}
    return await counted(source, "case_findings", conditions, _within(reach))


def _within(reach: Reach) -> tuple[str, dict[str, Any]]:
    return reach.condition("unit", officers="handlers", name="reach")


async def judgements_of(
    source: Transaction | Database, finding_id: str, *, opened: bool
) -> Sequence[Judgement]:
    """What people said of a finding, the oldest first; why, where it is ``opened``."""
    rows = await source.all(
        "SELECT judgement_id, at, officer, verdict, words FROM finding_judgements"
        " WHERE finding_id = :id ORDER BY place",
        id=finding_id,
    )
    found = []
    for row in rows:
        words = row.words if opened else None
        note = read(source, JUDGEMENT, words, judgement_id=row.judgement_id)
        found.append(Judgement(row.at, row.officer, row.verdict, note))
    return found


async def add_judgement(tx: Transaction, row: Mapping[str, Any], note: str) -> None:
    """Keep what somebody said of a finding, and let its row say so."""
    sealed, _digest = written(tx, JUDGEMENT, note, judgement_id=row["judgement_id"])
    await tx.insert(FINDING_JUDGEMENTS, [{**row, "words": sealed}])
    await tx.execute(
        "UPDATE case_findings SET state = :verdict WHERE finding_id = :id",
        verdict=row["verdict"],
        id=row["finding_id"],
    )
