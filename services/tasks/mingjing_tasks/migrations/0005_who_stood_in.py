"""Whom an officer stood in for when acting on a warning; none for what was done before."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE warning_acts ADD COLUMN instead_of TEXT")
    op.execute(
        "COMMENT ON COLUMN warning_acts.instead_of IS"
        " 'Police number of whom the officer stood in for (代行)'"
    )
