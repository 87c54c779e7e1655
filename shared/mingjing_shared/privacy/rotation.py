"""Sealed values are sealed anew under the current key, page by page, while the service runs.

A page is a transaction of its own; its rows are locked until it ends, so that whoever writes one
of them meanwhile waits and is not overwritten. Begun again after a fall it goes on where values
of older keys are left.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select, tuple_, update

from mingjing_shared.privacy.fields import KeyRing, key_mark, key_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Column, Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.privacy.sealed import Sealed

ROWS_A_PAGE = 500


async def seal_anew(database: Database, sealed: Sealed) -> int:
    """Seal every value of a column that another key sealed; how many rows that were.

    Raises:
        CannotOpen: a value does not open: its key is not in the ring, or it was changed. The
            pages before it are done.
    """
    done, last = 0, None
    while True:
        async with database.transaction() as tx:
            rows = await _page(tx, sealed, last)
            changed = [new for row in rows if (new := _anew(tx.installation.keys, sealed, row))]
            await _write(tx, sealed, changed)
        done += len(changed)
        if len(rows) < ROWS_A_PAGE:
            return done
        last = _key(sealed, rows[-1])


async def _page(
    tx: Transaction, sealed: Sealed, last: tuple[Any, ...] | None
) -> Sequence[Row[Any]]:
    """The next rows by primary key that may hold a value of an older key, locked."""
    keys, column = list(sealed.table.primary_key.columns), sealed.column
    wanted = {one.name: one for one in (*keys, *_named(sealed), column)}
    query = select(*wanted.values()).where(column.is_not(None)).order_by(*keys)
    if not sealed.parts:
        mark = key_mark(tx.installation.keys.current)
        query = query.where(func.substring(column, 1, len(mark)) != mark)
    if last is not None:
        query = query.where(tuple_(*keys) > tuple_(*last))
    return await tx.all(query.limit(ROWS_A_PAGE).with_for_update())


def _named(sealed: Sealed) -> list[Column[Any]]:
    if sealed.parts:  # the place is made of members of the JSON, not of columns
        return []
    return [sealed.table.c[name] for name in sealed.named]


def _key(sealed: Sealed, row: Row[Any]) -> tuple[Any, ...]:
    return tuple(getattr(row, column.name) for column in sealed.table.primary_key.columns)


def _anew(keys: KeyRing, sealed: Sealed, row: Row[Any]) -> dict[str, object] | None:
    """A row's new value with its primary key, for the update; nothing: it has no older one."""
    values = row._asdict()
    old = values[sealed.column.name]
    if sealed.parts:
        new: object = [_parts_anew(keys, sealed, one) for one in old]
    else:
        new = _value_anew(keys, bytes(old), sealed.place(**values))
    if new in (old, None):
        return None
    at = zip(sealed.table.primary_key.columns, _key(sealed, row), strict=True)
    return {"new": new, **{f"key_{column.name}": value for column, value in at}}


def _value_anew(keys: KeyRing, old: bytes, place: str) -> bytes | None:
    """The value under the current key; nothing: it is so already, or it is no sealed value."""
    if key_named(old) in (None, keys.current):
        return None
    return keys.seal(keys.open(old, place), place)


def _parts_anew(keys: KeyRing, sealed: Sealed, one: dict[str, Any]) -> dict[str, Any]:
    new = dict(one)
    for part in sealed.parts:
        if one.get(part):
            value = _value_anew(
                keys, base64.b64decode(one[part]), sealed.place(**{**one, "part": part})
            )
            new[part] = base64.b64encode(value).decode() if value else one[part]
    return new


async def _write(tx: Transaction, sealed: Sealed, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    at = [column == bindparam(f"key_{column.name}") for column in sealed.table.primary_key.columns]
    change = update(sealed.table).where(*at).values({sealed.column.name: bindparam("new")})
    await tx.connection.execute(change, rows)
