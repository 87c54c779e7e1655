"""Lists of a small unit, and finding by a part of a number, cost the same however much there is."""

from mingjing_shared.migrate import run_sql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.finding", "schema/0001.sql")
    run_sql("mingjing_recording", "migrations/0005.sql")
