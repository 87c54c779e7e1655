"""Rows of the audit that are older than the log get their commitments."""

from __future__ import annotations

from alembic import op
from sqlalchemy import select

from mingjing_shared.audit.note import logged
from mingjing_shared.audit.tables import AUDIT
from mingjing_shared.messaging.tables import LOG_NOTES

ROWS_MAX = 1000


def log_what_is_there() -> None:
    """Commit to every row there is, in their order; within the migration that calls it."""
    connection = op.get_bind()
    last = 0
    while True:
        rows = connection.execute(
            select(AUDIT).where(AUDIT.c.number > last).order_by(AUDIT.c.number).limit(ROWS_MAX)
        ).mappings()
        found = list(rows)
        if not found:
            return
        connection.execute(LOG_NOTES.insert(), [logged(dict(row)) for row in found])
        last = found[-1]["number"]
