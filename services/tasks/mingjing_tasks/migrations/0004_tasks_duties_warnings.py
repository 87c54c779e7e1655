"""Cases to be found, duties and their counts, warnings of every kind, the tasks of a notice.

What people reported, took or measured, and notices, are only ever added to.
"""

from alembic import op

from mingjing_shared.migrate import append_only, run_sql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_tasks", "migrations/0004.sql")
    for table in ("notices", "notice_tasks", "task_acts", "measurements"):
        append_only(table)
    # What was done about a warning goes with a case that turns out to be classified.
    op.execute("REVOKE UPDATE ON warning_acts FROM tasks_app")
