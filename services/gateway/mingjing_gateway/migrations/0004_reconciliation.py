"""Windows: what was published, told by who published it, compared by who takes it."""

from alembic import op

from mingjing_shared.migrate import run_sql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.messaging", "schema/0002.sql")
    op.execute(
        "CREATE INDEX received_acked ON received (acked_at, source, event_id) WHERE state = 'acked'"
    )
