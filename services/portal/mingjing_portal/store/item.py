"""Public items: lists, search, one page, and what bundles bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_portal.rules.search import grams_of, squeezed
from mingjing_portal.tables import BUNDLE_HEAD, PUBLIC_ITEMS
from mingjing_shared.publicity.bundle import FIRST_BEFORE
from mingjing_shared.web.paging import Page, after_moment, mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_portal.rules.search import Wanted
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.publicity.content import Published, Withdrawn

NEWEST = 8
ROWS = 20
_LISTED = (
    "item_id, kind, title, document_number, unit_name, made_on, published_at, published_on,"
    " withdrawn_at, withdrawn_on, version, parties, outcome, reason"
)
GENERIC_TITLE = "（依法不再公开）"


async def newest_items(database: Database) -> Sequence[Row[Any]]:
    """What was published last, newest first."""
    return await database.all(
        f"SELECT {_LISTED} FROM public_items WHERE withdrawn_at IS NULL"  # noqa: S608 - our own columns
        " ORDER BY published_at DESC, item_id DESC LIMIT :limit",
        limit=NEWEST,
    )


async def listed_items(
    database: Database, after: str | None, *, kind: str | None = None, wanted: Wanted | None = None
) -> Page[Row[Any]]:
    """Public items of a kind, or that hold what is looked for, newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    values: dict[str, Any] = {"limit": ROWS + 1}
    conditions = ["withdrawn_at IS NULL"]
    if kind is not None:
        conditions.append("kind = :kind")
        values["kind"] = kind
    if wanted is not None:
        conditions.append("grams @> CAST(:grams AS text[])")
        values["grams"] = list(wanted.grams)
        for place, word in enumerate(wanted.words):
            conditions.append(f"strpos(searched, :word_{place}) > 0")
            values[f"word_{place}"] = word
    return await _page(database, "published_at", conditions, values, after)


async def withdrawn_items(database: Database, after: str | None) -> Page[Row[Any]]:
    """What was taken back, newest first, after the mark.

    Raises:
        InvalidInput: the mark is damaged.
    """
    conditions = ["withdrawn_at IS NOT NULL"]
    return await _page(database, "withdrawn_at", conditions, {"limit": ROWS + 1}, after)


async def _page(
    database: Database,
    key: str,
    conditions: list[str],
    values: dict[str, Any],
    after: str | None,
) -> Page[Row[Any]]:
    if (place := after_moment(after)) is not None:
        conditions.append(f"({key}, item_id) < (:at, :id)")
        values |= {"at": place[0], "id": place[1][0]}
    rows = await database.all(
        f"SELECT {_LISTED} FROM public_items WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        f" ORDER BY {key} DESC, item_id DESC LIMIT :limit",
        **values,
    )
    if len(rows) <= ROWS:
        return Page(rows, None)
    last = rows[ROWS - 1]
    return Page(rows[:ROWS], mark(getattr(last, key).isoformat(), last.item_id))


async def item_of(database: Database, item_id: str) -> Row[Any] | None:
    """One item or tombstone."""
    rows = await database.all("SELECT * FROM public_items WHERE item_id = :id", id=item_id)
    return rows[0] if rows else None


async def counts(database: Database) -> Sequence[Row[Any]]:
    """The figures of the front page, by kind."""
    return await database.all("SELECT * FROM public_counts ORDER BY kind")


async def head(source: Database | Transaction) -> tuple[int, str]:
    """Number and digest of the newest bundle that was taken."""
    rows = await source.all("SELECT number, digest FROM bundle_head")
    return (rows[0].number, rows[0].digest) if rows else (0, FIRST_BEFORE)


async def move_head(tx: Transaction, number: int, digest: str, at: datetime) -> None:
    """This is now the newest bundle that was taken."""
    row = {"always": True, "number": number, "digest": digest, "taken_at": at}
    await tx.upsert(BUNDLE_HEAD, [row])


async def put_published(tx: Transaction, content: Published, at: datetime) -> None:
    """Show this version. An older one than what is shown, or one that was taken back, is not."""
    found = await tx.first("SELECT * FROM public_items WHERE item_id = :id", id=content.item_id)
    if found is not None and (found.withdrawn_at or (found.version or 0) >= content.version):
        return
    history = [] if found is None else found.history or []
    first_on = content.first_published_on or content.published_on
    parts = [content.title, content.document_number, content.unit_name, *content.parties]
    searched = squeezed([*parts, content.text])
    step = {
        "version": content.version,
        "on": content.published_on.isoformat(),
        "sha256": content.text_sha256,
        "why": content.correction,
    }
    row = {
        "item_id": content.item_id,
        "kind": content.kind,
        "title": content.title,
        "document_number": content.document_number,
        "unit_name": content.unit_name,
        "made_on": content.made_on,
        "published_at": at if found is None else found.published_at,
        "withdrawn_at": None,
        "version": content.version,
        "text": content.text,
        "text_sha256": content.text_sha256,
        "masked": [list(place) for place in content.masked],
        "meaning": content.meaning,
        "remedy": content.remedy,
        "outcome": list(content.outcome),
        "parties": list(content.parties),
        "due_on": content.due_on,
        "published_on": first_on if found is None else found.published_on,
        "history": [*history, step],
        "searched": searched,
    }
    await tx.upsert(PUBLIC_ITEMS, [row])
    await _put_grams(tx, content.item_id, grams_of(searched))
    late = content.due_on is not None and first_on > content.due_on
    if found is None:
        await _count(tx, content.kind, published=1, on_time=0 if late else 1)
    else:
        await _count(tx, content.kind, corrected=1)


async def put_withdrawn(tx: Transaction, content: Withdrawn, at: datetime) -> None:
    """Put a tombstone in its place: no text remains, of a generic one nothing at all."""
    found = await tx.first("SELECT * FROM public_items WHERE item_id = :id", id=content.item_id)
    if found is not None and found.withdrawn_at is not None:
        return
    told = found is not None and not content.generic
    row = {
        "item_id": content.item_id,
        "kind": found.kind if told and found else "other",
        "title": GENERIC_TITLE,
        "document_number": found.document_number if told and found else "",
        "unit_name": found.unit_name if told and found else "",
        "made_on": found.made_on if told and found else content.withdrawn_on,
        "published_at": found.published_at if found else at,
        "withdrawn_at": at,
        "version": content.version,
        "withdrawn_on": content.withdrawn_on,
        "reason": content.reason,
        "basis": content.basis,
        "generic": content.generic,
        "published_on": found.published_on if told and found else None,
        **dict.fromkeys(
            ("text", "text_sha256", "masked", "meaning", "remedy", "outcome", "parties", "due_on",
             "history", "searched")
        ),
    }  # fmt: skip
    await tx.upsert(PUBLIC_ITEMS, [row])
    await _put_grams(tx, content.item_id, None)
    await _count(tx, found.kind if found else "other", withdrawn=1)


async def _put_grams(tx: Transaction, item_id: str, grams: list[str] | None) -> None:
    await tx.execute(
        "UPDATE public_items SET grams = CAST(:grams AS text[]) WHERE item_id = :id",
        grams=grams,
        id=item_id,
    )


async def _count(tx: Transaction, kind: str, **more: int) -> None:
    given = {name: more.get(name, 0) for name in ("published", "on_time", "corrected", "withdrawn")}
    await tx.execute(
        "INSERT INTO public_counts AS c (kind, published, on_time, corrected, withdrawn)"
        " VALUES (:kind, :published, :on_time, :corrected, :withdrawn) ON CONFLICT (kind) DO"
        " UPDATE SET published = c.published + excluded.published,"
        " on_time = c.on_time + excluded.on_time,"
        " corrected = c.corrected + excluded.corrected,"
        " withdrawn = c.withdrawn + excluded.withdrawn",
        kind=kind,
        **given,
    )
