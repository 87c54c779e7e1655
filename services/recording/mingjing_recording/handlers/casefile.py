"""Enforcement ends; from then on the terms of the case file run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_recording.store.standing.casefile import pass_breach_days, pass_warn_days
from mingjing_recording.store.standing.everything import Touched, bring_up_to_date
from mingjing_recording.tables import DECISION_FACTS, ENDED_FACTS
from mingjing_shared.clock import legal_now
from mingjing_shared.facts.cases import without_classified
from mingjing_shared.facts.store import add_facts, fact_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade, EnforcementEnded
    from mingjing_shared.messaging.clocks import Clock
    from mingjing_shared.messaging.received import Received


async def note_decisions(received: Sequence[Received[DecisionMade]], tx: Transaction) -> None:
    """Remember that these decisions exist: their cases' files must hold them."""
    rows = [
        {
            **fact_row(item),
            "decision_id": item.event.decision_id,
            "kind": item.event.kind,
            "made_on": item.event.made_on,
            "document_number": item.event.document_number,
        }
        for item in await without_classified(received, tx)
    ]
    await add_facts(tx, DECISION_FACTS, "decision_id", rows)
    await bring_up_to_date(tx, Touched(cases={row["case_key"] for row in rows}))


async def schedule_casefiles(
    received: Sequence[Received[EnforcementEnded]], tx: Transaction
) -> None:
    """Start the terms of these cases' files, by the law of the day on which they ended.

    An end to which no rule applies is kept without a clock, with the reason.
    """
    rows = [
        {**fact_row(item), "ended_on": item.event.ended_on, "reason": item.event.reason}
        for item in await without_classified(received, tx)
    ]
    touched = await add_facts(tx, ENDED_FACTS, "case_key", rows)
    await bring_up_to_date(tx, Touched(cases=touched, casefiles=touched))


async def warn_of_casefiles(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The day of warning passed and the file is still not there."""
    await pass_warn_days(tx, clocks, legal_now())


async def mark_overdue_casefiles(clocks: Sequence[Clock], tx: Transaction) -> None:
    """The last day passed and the file is still not there."""
    await pass_breach_days(tx, clocks, legal_now())
