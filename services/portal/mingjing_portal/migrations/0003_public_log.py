"""The public log as the inside signed it, with what receipts are made of."""

from mingjing_shared.migrate import run_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.trust", "schema/0001.sql")
    run_sql("mingjing_portal", "migrations/0003.sql")
