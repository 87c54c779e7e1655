"""The service's own database: transactions, and rows written by the hundred.

One message or request is one transaction. Whoever opens it (``app``, ``worker``) commits it by
leaving the block; stores, handlers and acts only use it.
"""

from __future__ import annotations

import contextlib
from functools import lru_cache
from operator import itemgetter
from time import perf_counter
from typing import TYPE_CHECKING, Any

import asyncpg
import orjson
from sqlalchemy import Row, Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext import asyncio as engines
from sqlalchemy.pool import QueuePool

from mingjing_shared.telemetry.metrics import POOL_WAIT, ROLLBACKS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence

    from sqlalchemy.engine import URL
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql.base import Executable

    from mingjing_shared.installation import Installation

COMMAND_TIMEOUT_SECONDS = 30.0
LOCK_TIMEOUT = "5s"

_dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


class Transaction:
    """One open transaction.

    ``outgoing`` collects the rows of the outbox; they are written just before the commit, in
    the same transaction, in the order in which they were added. ``traces_at_hand`` are the
    contexts of the events that are being settled in it.
    """

    def __init__(self, connection: AsyncConnection, installation: Installation) -> None:
        self.connection = connection
        self.installation = installation
        self.outgoing: list[Mapping[str, Any]] = []
        self.traces_at_hand: frozenset[str] = frozenset()

    async def execute(self, statement: str | Executable, **values: Any) -> int:
        """Run a statement; the number of rows it touched."""
        result = await self.connection.execute(_statement(statement), values)
        return result.rowcount

    async def all(self, statement: str | Executable, **values: Any) -> Sequence[Row[Any]]:
        """All rows that a query gives."""
        return (await self.connection.execute(_statement(statement), values)).all()

    async def first(self, statement: str | Executable, **values: Any) -> Row[Any] | None:
        """The first row that a query gives, or nothing."""
        return (await self.connection.execute(_statement(statement), values)).first()

    async def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write new rows, all with the same columns, by one COPY: the quickest way there is.

        Raises:
            sqlalchemy.exc.IntegrityError: a key is already there.
        """
        if not rows:
            return
        columns = _columns(table, rows)
        await self._copy(table.name, tuple(columns), list(zip(*columns.values(), strict=True)))

    async def _copy(
        self, table: str, names: tuple[str, ...], records: Sequence[tuple[Any, ...]]
    ) -> None:
        raw = (await self.connection.get_raw_connection()).driver_connection
        if raw is None or not raw.is_in_transaction():
            await self.connection.execute(_BEGIN)  # the driver begins at the first statement
            raw = (await self.connection.get_raw_connection()).driver_connection
        try:
            await raw.copy_records_to_table(table, records=records, columns=names)  # type: ignore[union-attr]
        except asyncpg.IntegrityConstraintViolationError as error:
            raise IntegrityError(f"COPY {table}", None, error) from error

    async def insert_new(
        self, table: Table, rows: Sequence[Mapping[str, Any]], returning: Sequence[str] = ()
    ) -> Sequence[Row[Any]]:
        """Write the rows whose keys are not there yet; give back ``returning`` of those."""
        if not rows:
            return []
        end = " ON CONFLICT DO NOTHING"
        if returning:
            end += " RETURNING " + ", ".join(returning)
            return await self.all(_bulk(table, tuple(rows[0]), end), **_columns(table, rows))
        await self.execute(_bulk(table, tuple(rows[0]), end), **_columns(table, rows))
        return []

    async def upsert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows; where the primary key is already there, the row's other columns change."""
        if not rows:
            return
        keys = [column.name for column in table.primary_key]
        sets = ", ".join(f"{name} = excluded.{name}" for name in rows[0] if name not in keys)
        end = f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {sets}"
        await self.execute(_bulk(table, tuple(rows[0]), end), **_columns(table, rows))

    async def lock(self, keys: Iterable[str]) -> None:
        """Hold these keys until the transaction ends; sorted, so that nobody deadlocks.

        Works before there is any row to lock: the key is hashed to an advisory lock.
        """
        ordered = sorted(set(keys))
        if ordered:
            await self.connection.execute(_LOCK, {"keys": ordered})

    @contextlib.asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """A part that can fail alone: its rows and its outgoing events go back together."""
        mark = len(self.outgoing)
        try:
            async with self.connection.begin_nested():
                yield
        except BaseException:
            del self.outgoing[mark:]
            raise


_BEGIN = text("SELECT 1")
_LOCK = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) "
    "FROM unnest(CAST(:keys AS text[])) AS key"
)


def literal(text: str) -> str:
    """A text as a pattern for LIKE that means the text itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class Database:
    """The pool of connections of one process to its service's database."""

    def __init__(
        self,
        url: URL,
        installation: Installation,
        *,
        pool_size: int = 6,
        before_commit: Callable[[Transaction], Awaitable[None]] | None = None,
    ) -> None:
        self.installation = installation
        self._before_commit = before_commit
        self.url = url
        # Looked up when it is called: tracing puts its own in this place.
        self.engine = engines.create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            pool_pre_ping=True,
            pool_timeout=20,
            json_deserializer=orjson.loads,
            connect_args={
                "timeout": 5,
                "command_timeout": COMMAND_TIMEOUT_SECONDS,
                "server_settings": {
                    "lock_timeout": LOCK_TIMEOUT,
                    "idle_in_transaction_session_timeout": "60s",
                    "timezone": "UTC",
                    "jit": "off",
                    # A plan made while a table was empty would be kept while it grows.
                    "plan_cache_mode": "force_custom_plan",
                },
            },
        )

    @contextlib.asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """One transaction: committed when the block ends, undone when it raises."""
        asked = perf_counter()
        async with self.engine.begin() as connection:
            POOL_WAIT.observe(perf_counter() - asked)
            try:
                tx = Transaction(connection, self.installation)
                yield tx
                if self._before_commit is not None:
                    await self._before_commit(tx)
            except BaseException:
                ROLLBACKS.inc()
                raise

    def connections(self) -> tuple[int, int]:
        """How many connections are in use now, and how many there may be."""
        pool = self.engine.sync_engine.pool
        return (pool.checkedout(), pool.size()) if isinstance(pool, QueuePool) else (0, 0)

    async def all(self, statement: str | Executable, **values: Any) -> Sequence[Row[Any]]:
        """All rows of one query, in a transaction of its own."""
        async with self.engine.connect() as connection:
            return (await connection.execute(_statement(statement), values)).all()

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


@lru_cache(maxsize=512)
def _text(statement: str) -> Executable:
    return text(statement)


def _statement(statement: str | Executable) -> Executable:
    return _text(statement) if isinstance(statement, str) else statement


@lru_cache(maxsize=512)
def _bulk(table: Table, names: tuple[str, ...], end: str) -> Executable:
    """INSERT … SELECT FROM unnest of one array a column: one round trip for any number of rows."""
    arrays, picks = [], []
    for name in names:
        kind = table.c[name].type
        is_json = isinstance(kind, JSONB)
        arrays.append(f"CAST(:{name} AS {'text' if is_json else kind.compile(_dialect)}[])")
        picks.append(f"CAST(r.{name} AS jsonb)" if is_json else f"r.{name}")
    return text(
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - names of our own tables
        f"SELECT {', '.join(picks)} FROM unnest({', '.join(arrays)}) AS r({', '.join(names)})" + end
    )


def _columns(table: Table, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for name in rows[0]:
        values = list(map(itemgetter(name), rows))
        if isinstance(table.c[name].type, JSONB):
            values = [None if value is None else orjson.dumps(value).decode() for value in values]
        columns[name] = values
    return columns
