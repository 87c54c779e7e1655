"""What a check reads of a service's database: one snapshot, read only, a batch at a time."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg

from mingjing_deploy.log_check.entries import AUDIT_COLUMNS
from mingjing_deploy.log_check.findings import CannotCheck

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

INNER = "inner"
CONNECT_SECONDS, STATEMENT_SECONDS = 10.0, 300.0

_EVENTS = (
    "SELECT log_index, id, key, attributes, value, log_salt, log_digest FROM outbox"
    " WHERE log_index >= $1 AND log_index < $2"
)
_AUDIT = ", ".join(f"a.{column} AS audit_{column}" for column in AUDIT_COLUMNS)
_NOTES = (  # no input: names of columns
    f"SELECT n.log_index, n.id, n.type, n.time, n.log_salt, n.log_digest, a.number, {_AUDIT}"  # noqa: S608
    " FROM log_notes n LEFT JOIN audit a ON a.id = n.id"
    " WHERE n.log_index >= $1 AND n.log_index < $2"
)
_BEYOND = (
    "SELECT log_index, what, id FROM ("
    "SELECT log_index, 'outbox' AS what, id FROM outbox WHERE log_index >= $1 OR log_index < 0"
    " UNION ALL "
    "SELECT log_index, 'log_notes', id FROM log_notes WHERE log_index >= $1 OR log_index < 0"
    ") AS x ORDER BY log_index LIMIT 1"
)
_STRAY_TILE = (
    "SELECT level, number, width FROM log_tiles t WHERE log = $1 AND (number < 0 OR number >="
    " coalesce((SELECT count FROM unnest($2::int[], $3::bigint[]) AS c(level, count)"
    " WHERE c.level = t.level), 0)) ORDER BY level, number LIMIT 1"
)
_NOT_NOTED = (
    "SELECT number, id FROM audit a WHERE NOT EXISTS"
    " (SELECT FROM log_notes n WHERE n.id = a.id) ORDER BY number LIMIT 1"
)
_OF_NOTHING = (
    "SELECT position, id FROM log_notes n WHERE NOT EXISTS"
    " (SELECT FROM audit a WHERE a.id = n.id) ORDER BY position LIMIT 1"
)
_SENT_UNLOGGED = (
    "SELECT position, id FROM outbox WHERE published_at IS NOT NULL AND log_index IS NULL"
    " ORDER BY position LIMIT 1"
)
_TIMES = (
    "SELECT number, id, at, before FROM (SELECT number, id, at,"
    " max(at) OVER (ORDER BY number) AS before FROM audit) AS x"
    " WHERE before - at > interval '1 minute' ORDER BY number LIMIT 1"
)


@dataclass(frozen=True)
class Access:
    """By which role a service's database is read, and where it is."""

    host: str
    port: int
    user: str
    password: str
    database: str


Row = dict[str, Any]


class Snapshot:
    """A service's database as it was at one moment."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def head(self) -> Row:
        """How many places were given, how far the tiles reach, and why the log is stopped."""
        row = await self._first(
            "SELECT (SELECT size FROM log_head) AS size, (SELECT stopped FROM log_head) AS stopped,"
            " (SELECT size FROM log_trees WHERE log = $1) AS tiled",
            INNER,
        )
        if row is None or row["size"] is None or row["tiled"] is None:
            raise CannotCheck("the database holds no log: log_head or log_trees has no row.")
        return row

    async def checkpoints(self) -> Sequence[Row]:
        """Every signed head that is kept, the newest last."""
        return await self._all("SELECT * FROM log_checkpoints WHERE log = $1 ORDER BY size", INNER)

    async def witnessed(self, origin: str) -> tuple[int, bytes] | None:
        """Size and root of the largest head of another log that this service co-signed."""
        row = await self._first("SELECT size, root FROM witnessed WHERE origin = $1", origin)
        return None if row is None else (row["size"], row["root"])

    async def events(self, first: int, end: int) -> Sequence[Row]:
        """Rows of the outbox with a place from first up to, not including, end."""
        return await self._all(_EVENTS, first, end)

    async def notes(self, first: int, end: int) -> Sequence[tuple[Row, Row | None]]:
        """Rows of the notes with such a place, each with its row of the audit."""
        found = []
        for row in await self._all(_NOTES, first, end):
            audit = {column: row[f"audit_{column}"] for column in AUDIT_COLUMNS}
            found.append((row, None if row["number"] is None else audit))
        return found

    async def tile(self, level: int, number: int) -> tuple[int, bytes] | None:
        """A tile's width and content, if it is kept."""
        row = await self._first(
            "SELECT width, bytes FROM log_tiles WHERE log = $1 AND level = $2 AND number = $3",
            INNER,
            level,
            number,
        )
        return None if row is None else (row["width"], row["bytes"])

    async def stray_tile(self, counts: Mapping[int, int]) -> Row | None:
        """The first tile that is kept beyond those that each level must have."""
        return await self._first(_STRAY_TILE, INNER, list(counts), list(counts.values()))

    async def beyond(self, size: int) -> Row | None:
        """A row whose place is none of the places given."""
        return await self._first(_BEYOND, size)

    async def audit_without_note(self) -> Row | None:
        """The first row of the audit that no note stands for."""
        return await self._first(_NOT_NOTED)

    async def note_without_audit(self) -> Row | None:
        """The first note that stands for no row of the audit."""
        return await self._first(_OF_NOTHING)

    async def sent_without_place(self) -> Row | None:
        """The first event that was sent and has no place in the log."""
        return await self._first(_SENT_UNLOGGED)

    async def audit_out_of_order(self) -> Row | None:
        """The first row of the audit that is more than a minute older than one before it."""
        return await self._first(_TIMES)

    async def _all(self, statement: str, *values: object) -> list[Row]:
        return [dict(row) for row in await self._connection.fetch(statement, *values)]

    async def _first(self, statement: str, *values: object) -> Row | None:
        row = await self._connection.fetchrow(statement, *values)
        return None if row is None else dict(row)


@contextlib.asynccontextmanager
async def snapshot(access: Access) -> AsyncIterator[Snapshot]:
    """Read a service's database as it is now; nothing that happens later is seen, or changed.

    Raises:
        CannotCheck: it cannot be reached, or the role may not read what a check needs.
    """
    try:
        connection = await asyncpg.connect(
            host=access.host,
            port=access.port,
            user=access.user,
            password=access.password,
            database=access.database,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS,
            server_settings={
                "timezone": "UTC",
                "jit": "off",
                # A plan made for the first batch would be kept for all of them.
                "plan_cache_mode": "force_custom_plan",
                "application_name": "mingjing log check",
            },
        )
    except (OSError, asyncpg.PostgresError) as problem:
        raise CannotCheck(f"the database {access.database} cannot be read: {problem}.") from problem
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield Snapshot(connection)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as problem:
        raise CannotCheck(f"the database {access.database} cannot be read: {problem}.") from problem
    finally:
        await connection.close()
