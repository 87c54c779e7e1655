"""The public copy: one table, nothing of the inside."""

from mingjing_shared.migrate import run_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_portal", "migrations/0001.sql")
