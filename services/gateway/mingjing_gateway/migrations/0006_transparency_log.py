"""The service's transparency log, and what it witnesses of the others'."""

from mingjing_shared.audit.migration import log_what_is_there
from mingjing_shared.migrate import append_only_but, run_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.messaging", "schema/0004.sql")
    run_sql("mingjing_shared.trust", "schema/0001.sql")
    run_sql("mingjing_shared.trust", "schema/0002.sql")
    run_sql("mingjing_shared.audit", "schema/0002.sql")
    log_what_is_there()
    append_only_but("log_notes", ["log_index", "log_salt"])
