"""Finding by a part of a number costs the same however much there is; so do lists of little."""

from mingjing_shared.migrate import run_sql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.finding", "schema/0001.sql")
    run_sql("mingjing_tasks", "migrations/0008.sql")
