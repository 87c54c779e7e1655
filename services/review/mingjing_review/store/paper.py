"""Papers as they were issued, and their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.store.sealed import PAPER
from mingjing_review.tables import PAPERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from typing import Any

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper as lists show it, without the file."""

    paper_id: str
    kind: str
    decision_id: str
    step_id: str | None
    unit: str
    number: str
    dated: date
    made_at: datetime
    made_by: str
    pdf_sha256: str


_LISTED = "paper_id, kind, decision_id, step_id, unit, number, dated, made_at, made_by, pdf_sha256"


async def next_number(tx: Transaction, unit: str, kind: str, year: int) -> int:
    """The next number of a unit for this kind of paper in a year; none is given twice.

    A number whose transaction fails is given again, so that no number is missing.
    """
    rows = await tx.all(
        "INSERT INTO paper_numbers (unit, kind, year, last) VALUES (:unit, :kind, :year, 1)"
        " ON CONFLICT (unit, kind, year) DO UPDATE SET last = paper_numbers.last + 1"
        " RETURNING last",
        unit=unit,
        kind=kind,
        year=year,
    )
    return int(rows[0].last)


async def keep_paper(tx: Transaction, row: Mapping[str, Any], pdf: bytes) -> None:
    """Keep a paper with its file, sealed for it alone."""
    sealed = tx.installation.keys.seal(pdf, PAPER.place(paper_id=row["paper_id"]))
    await tx.insert(PAPERS, [{**row, "pdf": sealed}])


async def papers_of(source: Transaction | Database, decision_id: str) -> Sequence[Issued]:
    """Every paper about a decision, the oldest first."""
    rows = await source.all(
        f"SELECT {_LISTED} FROM papers WHERE decision_id = :id"  # noqa: S608 - our own columns
        " ORDER BY made_at, paper_id",
        id=decision_id,
    )
    return [Issued(*row) for row in rows]


async def paper_of(source: Transaction | Database, paper_id: str) -> Issued | None:
    """One paper, without its file."""
    rows = await source.all(
        f"SELECT {_LISTED} FROM papers WHERE paper_id = :id",  # noqa: S608 - our own columns
        id=paper_id,
    )
    return Issued(*rows[0]) if rows else None


async def file_of(source: Transaction | Database, paper_id: str) -> bytes:
    """The file of a paper, opened."""
    rows = await source.all("SELECT pdf FROM papers WHERE paper_id = :id", id=paper_id)
    return source.installation.keys.open(bytes(rows[0].pdf), PAPER.place(paper_id=paper_id))


async def forget_papers(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete the papers of cases of which nothing may be kept."""
    await tx.execute(
        "DELETE FROM papers WHERE case_key = ANY(CAST(:keys AS text[]))", keys=list(case_keys)
    )
