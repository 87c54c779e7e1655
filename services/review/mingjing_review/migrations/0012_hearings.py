"""Hearings, limits of cases, transfers of crimes, and the board of every term."""

from mingjing_shared.migrate import run_sql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0012.sql")
