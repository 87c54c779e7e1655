"""The register of publishers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_gateway.tables import PUBLISHERS_REGISTER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_COLUMNS = (
    "name, topic, source, types, way, modes, quiet_minutes_max, key_prefix, added_at, added_by,"
    " rotated_at, rotated_by"
)


@dataclass(frozen=True, slots=True)
class Registration:
    """What a publisher may do."""

    name: str
    topic: str
    source: str
    types: frozenset[str]
    way: str
    modes: frozenset[str]


async def publisher_of_key(database: Database, key_hash: bytes) -> Registration | None:
    """The publisher that holds a key, if anybody does."""
    rows = await database.all(
        "SELECT name, topic, source, types, way, modes FROM publishers_register"
        " WHERE key_hash = :key_hash",
        key_hash=key_hash,
    )
    return _registration(rows[0]) if rows else None


async def publisher_named(tx: Transaction, name: str) -> Row[Any] | None:
    """The register's row of a publisher, held until the transaction ends."""
    return await tx.first(
        f"SELECT {_COLUMNS} FROM publishers_register WHERE name = :name FOR UPDATE",  # noqa: S608 - our own columns
        name=name,
    )


async def all_publishers(database: Database) -> Sequence[Row[Any]]:
    """The register, by name; keys are not in it, only how they start."""
    return await database.all(
        f"SELECT {_COLUMNS} FROM publishers_register ORDER BY name"  # noqa: S608 - our own columns
    )


async def keep_publisher(tx: Transaction, row: dict[str, Any]) -> bool:
    """Write a new publisher; False when its name, topic or source is taken."""
    kept = await tx.insert_new(PUBLISHERS_REGISTER, [row], returning=("name",))
    return bool(kept)


async def replace_key(
    tx: Transaction, name: str, *, key_hash: bytes, key_prefix: str, by: str, at: datetime
) -> None:
    """Put another key in place of a publisher's; the old one opens nothing from then on."""
    await tx.execute(
        "UPDATE publishers_register SET key_hash = :key_hash, key_prefix = :key_prefix,"
        " rotated_at = :at, rotated_by = :by WHERE name = :name",
        name=name,
        key_hash=key_hash,
        key_prefix=key_prefix,
        by=by,
        at=at,
    )


async def agree(tx: Transaction, name: str, quiet_minutes_max: int | None) -> None:
    """Put down the longest that a publisher is quiet; None: nothing is agreed."""
    await tx.execute(
        "UPDATE publishers_register SET quiet_minutes_max = :quiet WHERE name = :name",
        name=name,
        quiet=quiet_minutes_max,
    )


def _registration(row: Row[Any]) -> Registration:
    return Registration(
        name=row.name,
        topic=row.topic,
        source=row.source,
        types=frozenset(row.types),
        way=row.way,
        modes=frozenset(row.modes),
    )
