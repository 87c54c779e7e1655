"""The service's transparency log, and what it witnesses of the others'."""

from mingjing_shared.migrate import append_only_but, run_sql
from mingjing_shared.trust.migration import begin_log

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    begin_log()
    run_sql("mingjing_disclosure", "migrations/0008.sql")
    append_only_but("public_entries", ["log_salt", "content", "bundle", "emptied_at"])
