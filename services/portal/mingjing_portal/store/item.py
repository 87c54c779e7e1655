"""Public items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database

NEWEST = 20


async def newest_items(database: Database) -> Sequence[Row[Any]]:
    """What was published last, newest first."""
    return await database.all(
        "SELECT item_id, kind, title, document_number, unit_name, made_on, published_at,"
        " withdrawn_at FROM public_items ORDER BY published_at DESC, item_id DESC LIMIT :limit",
        limit=NEWEST,
    )
