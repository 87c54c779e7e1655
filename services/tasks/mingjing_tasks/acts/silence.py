"""A publisher that is silent raises a warning; the next event it sends clears it.

The stream decides; what it decided is written here, in one transaction, and told through the
outbox. A warning is moved only by what was heard: that the stream knows nothing moves nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_tasks.rules.silence import HEARD, OFF, SILENT
from mingjing_tasks.rules.telling import announcement_of, history_of, is_news, settled
from mingjing_tasks.rules.warning import SILENCE, top_unit, warning_id_of
from mingjing_tasks.store import warning as warnings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Transaction
    from mingjing_tasks.rules.silence import Verdict

Row = dict[str, Any]


async def tell_silence(tx: Transaction, verdicts: Mapping[str, Verdict]) -> None:
    """Bring the warnings about these publishers to where the verdicts put them.

    Raised by silence; cleared by another event than the one after which it was silent, or by
    the end of the registration. Every other verdict leaves a warning as it is.
    """
    names = {who: warning_id_of(who, SILENCE.code) for who in verdicts}
    await tx.lock([f"{SILENCE.topic}/{who}" for who in verdicts])
    kept = await warnings.warnings(tx, names.values())
    before = {name: dict(row._mapping) for name, row in kept.items()}  # noqa: SLF001 - SQLAlchemy's public way
    closed = await warnings.closed(tx, before)
    owner = top_unit(await unit_tree(tx, legal_today()))
    moved: list[tuple[Row, Row | None]] = []
    for who, verdict in verdicts.items():
        old = before.get(names[who])
        found = _standing(who, verdict, old)
        if found is None:
            continue
        if found["state"] == "raised":
            is_closed = found["caused_by"] in closed.get(names[who], ())
            found |= {"owner_unit": owner, "state": "closed" if is_closed else "raised"}
        row = settled(found, old)
        moved += [(row, old)] if row != old else []
    await warnings.keep_warnings(tx, [row for row, _ in moved])
    told = [row for row, old in moved if is_news(row, old)]
    await warnings.add_history(tx, [history_of(row, legal_now()) for row in told])
    outbox.add(tx, [Outgoing(announcement_of(row)) for row in told])


def _standing(who: str, verdict: Verdict, old: Row | None) -> Row | None:
    """The warning as this verdict puts it; nothing when the verdict does not move it."""
    stands = old is not None and old["state"] != "cleared"
    if verdict.state == SILENT and verdict.last is not None:
        if old is not None and stands and old["caused_by"] == verdict.last.name:
            return {**old, "state": "raised"}
        return _row(who, datetime.fromtimestamp(verdict.last.at, UTC), verdict.last.name)
    if old is None or not stands:
        return None
    if verdict.state == OFF:
        return {**old, "state": "cleared", "cleared_by": old["caused_by"]}
    last = verdict.last
    if verdict.state == HEARD and last is not None and last.name != old["caused_by"]:
        return {**old, "state": "cleared", "cleared_by": last.name}
    return None


def _row(who: str, since: datetime, cause: str) -> Row:
    return {
        "warning_id": warning_id_of(who, SILENCE.code),
        "kind": SILENCE.code,
        "severity": SILENCE.severity,
        "state": "raised",
        "subject": who,
        "decision_id": None,
        "case_key": None,
        "case_number": None,
        "owner_unit": None,
        "owner_role": SILENCE.owner_role,
        "due_on": None,
        "since": since,
        "caused_by": cause,
        "cleared_by": None,
        "mode": "live",
    }
