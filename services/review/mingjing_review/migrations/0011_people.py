"""Who reviews: assignments, absences, earlier reviewers; exams, advisers, staffing."""

from mingjing_shared.migrate import run_sql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0011.sql")
