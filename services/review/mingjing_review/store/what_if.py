"""Past proposals in chunks, oldest first, as a what-if asks about them. Only read."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.rules.catalogue import kinds_against
from mingjing_review.rules.content import parties_on
from mingjing_review.rules.what_if import Past
from mingjing_review.store.fact import cases_that_stand
from mingjing_shared.clock import SHANGHAI, local_date
from mingjing_shared.events.values import Outcome
from mingjing_shared.law.calendar import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import date

    from mingjing_review.rules.content import CaseVersion
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

CHUNK = 500
# The day from which the term of the present round runs: complete material, else the proposal.
_COUNTED = (
    "(SELECT s.at FROM review_steps AS s WHERE s.decision_id = r.decision_id"
    " AND s.kind IN ('submitted', 'resubmitted', 'supplemented') ORDER BY s.place DESC LIMIT 1)"
)
_NEWEST = (
    " JOIN LATERAL (SELECT f.kind, f.unit, f.outcome, f.parties, f.flags, f.proposed_at"
    " FROM proposal_facts AS f WHERE f.decision_id = r.decision_id"
    " AND NOT EXISTS (SELECT FROM proposal_facts AS c WHERE c.corrects IS NOT NULL"
    " AND c.source = f.source AND c.corrects = f.event_id)"
    " ORDER BY f.happened_at DESC, f.event_id DESC, f.source DESC LIMIT 1) AS p ON true"
)


async def past_proposals(
    source: Transaction | Database, since: date, until: date, reach: Reach
) -> AsyncIterator[list[Past]]:
    """Every decision within reach that was last proposed within these days, in chunks.

    A decision whose case is not known is judged by nobody, and left out.
    """
    within, values = reach.condition("r.unit", officers="r.handlers")
    after: tuple[datetime, str] = (datetime.combine(since, time(), SHANGHAI), "")
    end = datetime.combine(until + ONE_DAY, time(), SHANGHAI)
    while True:
        rows = await source.all(
            "SELECT r.decision_id, r.case_key, r.case_number, r.proposed_at AS placed_at, p.*,"  # noqa: S608 - our own conditions
            f" {_COUNTED} AS counted_at"
            " FROM (SELECT * FROM reviews AS r WHERE proposed_at IS NOT NULL"
            " AND (proposed_at, decision_id) > (:at, :id) AND proposed_at < :end"
            f" AND {within} ORDER BY proposed_at, decision_id LIMIT :limit) AS r{_NEWEST}"
            " ORDER BY r.proposed_at, r.decision_id",
            at=after[0],
            id=after[1],
            end=end,
            limit=CHUNK,
            **values,
        )
        cases = await cases_that_stand(source, {row.case_key for row in rows})
        yield [_past(row, cases[row.case_key]) for row in rows if row.case_key in cases]
        if len(rows) < CHUNK:
            return
        after = (rows[-1].placed_at, rows[-1].decision_id)


def _past(row: Any, case: Sequence[CaseVersion]) -> Past:
    on = local_date(row.proposed_at)
    concerned: Sequence[Mapping[str, Any]] = row.parties or parties_on(case, on)
    return Past(
        decision_id=row.decision_id,
        case_number=row.case_number,
        unit=row.unit,
        on=on,
        kind=row.kind,
        case_kind=case[0].kind,
        party_kinds=kinds_against(concerned),
        outcome=msgspec.convert(row.outcome, Outcome),
        flags=frozenset(row.flags),
        counted_from=on if row.counted_at is None else local_date(row.counted_at),
    )
