"""Windows: what was published, told by who published it, compared by who takes it."""

from mingjing_shared.migrate import run_sql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_shared.messaging", "schema/0002.sql")
