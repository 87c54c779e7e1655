"""The service's transparency log, and what it witnesses of the others'."""

from mingjing_shared.migrate import run_sql
from mingjing_shared.trust.migration import begin_log

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    begin_log()
    run_sql("mingjing_tasks", "migrations/0010.sql")
