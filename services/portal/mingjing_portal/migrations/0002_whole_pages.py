"""Whole pages, tombstones, search by two signs, how far the bundles were taken."""

from mingjing_shared.migrate import run_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_portal", "migrations/0002.sql")
