"""How long a publisher is quiet at most, when that is agreed with it."""

from mingjing_shared.migrate import run_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.messaging", "schema/0003.sql")
