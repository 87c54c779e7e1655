"""What was told of cases, kept for contradictions."""

from mingjing_shared.migrate import run_sql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0008.sql")
