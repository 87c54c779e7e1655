"""Catalogues of decisions that need review, as review published them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - a dataclass of this module is read by them
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.tables import CATALOGUE_FACTS
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class PublishedCatalogue:
    """One version of a unit's catalogue."""

    event_id: str
    happened_at: datetime
    unit: str
    version: str
    valid_from: date
    sha256: str
    items: int


_COLUMNS = "event_id, happened_at, unit, version, valid_from, sha256, items"


async def keep_catalogues(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what was published; the inbox has let each event through once."""
    await tx.insert(CATALOGUE_FACTS, rows)


async def newest_catalogues(
    source: Database | Transaction, after: str | None
) -> Page[PublishedCatalogue]:
    """What was published, newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    wanted: dict[str, Any] = {"limit": PAGE_SIZE + 1}
    condition = ""
    if (place := after_moment(after)) is not None:
        condition = " WHERE (happened_at, event_id) < (:at, :id)"
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM catalogue_facts{condition}"  # noqa: S608 - our own columns
        " ORDER BY happened_at DESC, event_id DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.happened_at.isoformat(), row.event_id))
    return Page([PublishedCatalogue(**row._asdict()) for row in page.rows], page.next)
