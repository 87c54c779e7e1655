"""Papers as they were issued, disagreements, extensions."""

from mingjing_shared.migrate import run_sql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0009.sql")
