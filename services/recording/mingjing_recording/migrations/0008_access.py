"""Who reviews a case; asking to look at another unit's footage."""

from mingjing_shared.migrate import run_sql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_recording", "migrations/0008.sql")
