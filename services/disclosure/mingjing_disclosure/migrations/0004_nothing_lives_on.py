"""What was taken back is gone from deliveries and bundles."""

from mingjing_shared.migrate import run_sql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_disclosure", "migrations/0004.sql")
