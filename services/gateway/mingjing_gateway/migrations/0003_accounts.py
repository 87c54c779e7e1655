"""Accounts, sessions, roles by two people, delegation, and what personnel systems tell."""

from mingjing_shared.migrate import run_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_gateway", "migrations/0003.sql")
