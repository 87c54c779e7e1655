"""An index by which the former hours of a publisher are counted without reading the events."""

from mingjing_shared.migrate import run_sql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_tasks", "migrations/0007.sql")
