"""A service's log from its first day on: tables, commitments to what is there, rights."""

from __future__ import annotations

from mingjing_shared.audit.migration import log_what_is_there
from mingjing_shared.migrate import append_only_but, run_sql


def begin_log() -> None:
    """Everything that a service needs for its own log and to witness the others'.

    Within the migration that calls it.
    """
    run_sql("mingjing_shared.messaging", "schema/0004.sql")
    run_sql("mingjing_shared.trust", "schema/0001.sql")
    run_sql("mingjing_shared.trust", "schema/0002.sql")
    run_sql("mingjing_shared.audit", "schema/0002.sql")
    log_what_is_there()
    append_only_but("log_notes", ["log_index", "log_salt"])
