"""The months of the event archive that are sealed; the application adds to them, no more."""

from alembic import op

from mingjing_shared.migrate import run_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_tasks", "migrations/0002.sql")
    op.execute("REVOKE UPDATE, DELETE ON sealed_months FROM tasks_app")
