"""The messaging core, the cases, and what review derives from proposals and decisions."""

from mingjing_shared.migrate import run_sql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.messaging", "schema/0001.sql")
    run_sql("mingjing_shared.facts", "schema/0001.sql")
    run_sql("mingjing_review", "migrations/0001.sql")
