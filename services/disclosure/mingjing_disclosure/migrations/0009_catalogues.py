"""Catalogues of decisions that need review, as review published them."""

from mingjing_shared.migrate import run_sql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run_sql("mingjing_disclosure", "migrations/0009.sql")
