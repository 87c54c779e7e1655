"""Catalogues of units in versions, and the changes of law that touch them."""

from mingjing_shared.migrate import run_sql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_review", "migrations/0013.sql")
