"""The whole way: facts of effect, public texts and who worked on them, deliveries, feedback."""

from mingjing_shared.migrate import run_sql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_disclosure", "migrations/0003.sql")
