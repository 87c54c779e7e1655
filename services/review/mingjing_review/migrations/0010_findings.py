"""Contradictions of each case, what people said of them, gaps in recordings."""

from mingjing_shared.migrate import run_sql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0010.sql")
