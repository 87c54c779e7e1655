"""Tables are evidence: each says what it is, and the code and the database say the same."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

import asyncpg
import pytest
from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import postgresql

from mingjing_shared.audit.tables import AUDIT_TABLES
from mingjing_shared.directory.tables import DIRECTORY
from mingjing_shared.facts.tables import CASES
from mingjing_shared.messaging import tables as messaging_tables
from mingjing_shared.trust.tables import TRUST, WITNESS

SERVICES = ("gateway", "disclosure", "portal", "recording", "review", "tasks")
TOOLS_OWN = {"alembic_version"}
COLUMNS = """
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS needed, col_description(c.oid, a.attnum) AS comment
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
"""
TABLES = """
    SELECT c.relname AS table, obj_description(c.oid, 'pg_class') AS comment
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition
"""
OWNED = """
    SELECT relname::text FROM pg_class WHERE relowner = current_user::regrole
    UNION ALL SELECT proname::text FROM pg_proc WHERE proowner = current_user::regrole
    UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspowner = current_user::regrole
    UNION ALL SELECT datname::text FROM pg_database WHERE datdba = current_user::regrole
"""
POWERS = """
    SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS any_power
      FROM pg_roles WHERE rolname = current_user
"""


@dataclass(frozen=True)
class Columns:
    """Columns by table, as one side sees them: type, needed, comment."""

    of: dict[str, dict[str, tuple[str, bool, str | None]]]


def metadata_of(module) -> list[MetaData]:
    """The tables that a module declares."""
    return [value for value in vars(module).values() if isinstance(value, MetaData)]


def declared(service: str, present: set[str]) -> dict[str, Table]:
    """What the code says that stands in a service's database."""
    own = metadata_of(importlib.import_module(f"mingjing_{service}.tables"))
    assert own, service
    tables = {name: table for metadata in own for name, table in metadata.tables.items()}
    also = (CASES, DIRECTORY, AUDIT_TABLES, TRUST, WITNESS)
    for metadata in (*metadata_of(messaging_tables), *also):
        if present & set(metadata.tables):
            tables |= metadata.tables
    return tables


def as_declared(table: Table) -> dict[str, tuple[str, bool, str | None]]:
    """The columns of a table as the database should have them."""
    dialect = postgresql.dialect()
    return {
        column.name: (_type_name(column, dialect), not column.nullable, column.comment)
        for column in table.columns
    }


def _type_name(column, dialect) -> str:
    return column.type.compile(dialect=dialect).lower()


@pytest.fixture(params=SERVICES)
def service(request):
    return request.param


@pytest.fixture
async def app_role(world, service):
    """A connection to the service's database with the rights of its processes."""
    settings = await world.settings(service)
    connection = await asyncpg.connect(
        host=settings.database_host,
        port=settings.database_port,
        database=settings.database_name,
        user=settings.database_user,
        password=settings.database_password_file.read_text(),
    )
    yield connection
    await connection.close()


async def test_every_table_says_whether_it_is_a_projection_or_a_record(app_role):
    silent = {
        row["table"]: row["comment"]
        for row in await app_role.fetch(TABLES)
        if row["table"] not in TOOLS_OWN
        and not (row["comment"] or "").startswith(("projection: ", "record: "))
    }
    assert silent == {}


async def test_every_column_says_what_it_holds(app_role):
    rows = await app_role.fetch(COLUMNS)
    assert rows
    assert [
        f"{row['table']}.{row['column']}"
        for row in rows
        if row["table"] not in TOOLS_OWN and not row["comment"]
    ] == []


async def test_code_and_database_describe_the_same_tables(app_role, service):
    found: dict[str, dict[str, tuple[str, bool, str | None]]] = {}
    for row in await app_role.fetch(COLUMNS):
        if row["table"] not in TOOLS_OWN:
            found.setdefault(row["table"], {})[row["column"]] = (
                row["type"],
                row["needed"],
                row["comment"],
            )
    comments = {row["table"]: row["comment"] for row in await app_role.fetch(TABLES)}
    tables = declared(service, set(found))
    assert set(tables) == set(found)
    for name, table in tables.items():
        assert found[name] == as_declared(table), name
        assert comments[name] == table.comment, name


async def test_every_table_has_a_key(app_role):
    without = await app_role.fetch(
        f"SELECT t.table FROM ({TABLES}) t WHERE NOT EXISTS (SELECT FROM pg_constraint"
        " WHERE conrelid = t.table::regclass AND contype = 'p')"
    )
    assert [row["table"] for row in without] == []


async def test_the_role_of_the_processes_owns_nothing_and_has_no_power(app_role):
    assert await app_role.fetch(OWNED) == []
    assert await app_role.fetchval(POWERS) is False


@pytest.mark.parametrize(
    "structure",
    [
        "CREATE TABLE stray (id int)",
        "CREATE SCHEMA stray",
        "ALTER TABLE {table} ADD COLUMN stray int",
        "DROP TABLE {table}",
        "TRUNCATE {table}",
        "CREATE INDEX stray ON {table} ((1))",
        "CREATE TRIGGER stray BEFORE DELETE ON {table} EXECUTE FUNCTION now()",
        "COMMENT ON TABLE {table} IS 'other'",
        "GRANT SELECT ON {table} TO PUBLIC",
    ],
)
async def test_the_role_of_the_processes_cannot_change_structure(app_role, structure):
    table = (await app_role.fetch(TABLES))[0]["table"]
    refused = (asyncpg.InsufficientPrivilegeError, asyncpg.PostgresWarning)
    async with app_role.transaction():
        if structure.startswith("GRANT"):
            await _cannot_grant(app_role, structure.format(table=table), table)
            return
        with pytest.raises(refused):
            async with app_role.transaction():
                await app_role.execute(structure.format(table=table))


async def _cannot_grant(connection, grant, table) -> None:
    """A grant of what one may not grant only warns: so ask whether it had an effect."""
    await connection.execute(grant)
    others = await connection.fetchval(
        "SELECT count(*) FROM information_schema.role_table_grants"
        " WHERE table_name = $1 AND grantee = 'PUBLIC'",
        table,
    )
    assert others == 0
