"""The service's transparency log, and what it witnesses of the others'."""

from mingjing_shared.trust.migration import begin_log

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    begin_log()
