"""The thread: submission, opinions, the gate, and what is needed to show a case at work."""

from mingjing_shared.migrate import run_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0003.sql")
