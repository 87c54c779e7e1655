"""The messaging core, the cases, the event archive, timeline and warnings.

The archive has a range a month (Asia/Shanghai), made for years ahead: the application role owns
nothing and could make none. What would ever fall outside lands in the default partition and is
not lost. The application role may add to the archive and forget classified cases, never change.
"""

from alembic import op

from mingjing_shared.migrate import run_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FIRST_YEAR, LAST_YEAR = 2026, 2030


def upgrade() -> None:
    run_sql("mingjing_shared.messaging", "schema/0001.sql")
    run_sql("mingjing_shared.facts", "schema/0001.sql")
    run_sql("mingjing_tasks", "migrations/0001.sql")
    partitions = [*map(_month, _months()), "event_archive_other"]
    for statement in (*map(_create_month, _months()), _CREATE_OTHER):
        op.execute(statement)
    for table in ("event_archive", *partitions):
        op.execute(f"REVOKE UPDATE ON {table} FROM tasks_app")


def _months() -> list[tuple[int, int]]:
    return [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]


def _month(of: tuple[int, int]) -> str:
    return f"event_archive_{of[0]}_{of[1]:02}"


def _create_month(of: tuple[int, int]) -> str:
    year, month = of
    until = (year + month // 12, month % 12 + 1)
    return (
        f"CREATE TABLE {_month(of)} PARTITION OF event_archive"
        f" FOR VALUES FROM ('{year}-{month:02}-01 00\\:00\\:00+08')"
        f" TO ('{until[0]}-{until[1]:02}-01 00\\:00\\:00+08')"
    )


_CREATE_OTHER = "CREATE TABLE event_archive_other PARTITION OF event_archive DEFAULT"
