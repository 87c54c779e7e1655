"""The directory as it is held here, and the audit of what officers do here."""

from mingjing_shared.migrate import append_only, run_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.directory", "schema/0001.sql")
    run_sql("mingjing_shared.audit", "schema/0001.sql")
    append_only("audit")
