"""Where each decision stands with its review follows from the facts that hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.handlers.announcement import (
    Said,
    announcements,
    in_order,
    reasons_as_json,
)
from mingjing_review.rules.content import content_of
from mingjing_review.rules.standing import Decision, Proposal, standing_of
from mingjing_review.store import clearance as clearance_store
from mingjing_review.store import fact as fact_store
from mingjing_review.store import review as store
from mingjing_review.store.party import parties_by_reference
from mingjing_shared.clock import local_date
from mingjing_shared.events.values import LegalBasis, Outcome
from mingjing_shared.facts.store import fact_row
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging import outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Row

    from mingjing_review.rules.content import CaseVersion, Content
    from mingjing_review.rules.standing import Clearance, Standing
    from mingjing_shared.database import Transaction
    from mingjing_shared.events.casework import DecisionMade, DecisionProposed
    from mingjing_shared.messaging.outbox import Outgoing
    from mingjing_shared.messaging.received import Received


def text_row(
    received: Received[DecisionProposed] | Received[DecisionMade], tx: Transaction
) -> dict[str, Any]:
    """The columns that proposals and decisions have alike."""
    event = received.event
    return {
        **fact_row(received),
        "decision_id": event.decision_id,
        "kind": event.kind,
        "unit": event.unit,
        "basis": msgspec.to_builtins(event.basis),
        "outcome": msgspec.to_builtins(event.outcome),
        "parties": parties_by_reference(tx, event.case_number, event.parties) or None,
    }


async def derive_reviews(tx: Transaction, decision_ids: Iterable[str]) -> None:
    """Bring the reviews of these decisions to where the facts that hold put them.

    What others were told before and is no longer so is told anew. A decision that two cases
    claim is not derived twice at the same time.
    """
    wanted = set(decision_ids)
    if not wanted:
        return
    await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
    proposals = await fact_store.proposals_that_stand(tx, wanted)
    decisions = await fact_store.decisions_that_hold(tx, wanted)
    facts = [fact for rows in proposals.values() for fact in rows] + list(decisions.values())
    cases = await fact_store.cases_that_stand(tx, {fact.case_key for fact in facts})
    before = await store.reviews(tx, wanted)
    held = await clearance_store.clearances(tx, wanted)
    changes = _Changes()
    calendar = published_calendar()
    for decision_id in sorted(wanted):
        said = _said(proposals.get(decision_id, []), decisions.get(decision_id), cases)
        mine = held.get(decision_id, [])
        cleared = [clearance for clearance in mine if clearance.kind == "cleared"]
        standing = standing_of(decision_id, said.proposals, said.decision, cleared, calendar)
        changes.note(decision_id, said, standing, before.get(decision_id), mine)
    await store.keep_reviews(tx, changes.rows)
    await store.remove_reviews(tx, changes.gone)
    await clearance_store.keep_clearances(tx, changes.clearances)
    await clearance_store.remove_clearances(tx, changes.withdrawn)
    outbox.add(tx, in_order(changes.outgoing))


@dataclass(slots=True)
class _Changes:
    """What differs from what is there."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    clearances: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)

    def note(
        self,
        decision_id: str,
        said: Said,
        standing: Standing,
        old: Mapping[str, Any] | None,
        mine: Sequence[Clearance],
    ) -> None:
        derived = {c.clearance_id: c for c in mine if c.kind == "not_required"}
        self.withdrawn.extend(derived.keys() - {c.clearance_id for c in standing.clearances})
        if said.leading is None:
            self.gone.append(decision_id)
            return
        given = [c for c in standing.clearances if derived.get(c.clearance_id) != c]
        row = _row(decision_id, said, standing, old)
        if old is not None and not given and _same(row, old):
            return
        self.rows.append(row)
        self.clearances.extend(clearance_store.row_of(decision_id, c) for c in given)
        fresh = [c for c in given if c.clearance_id not in derived]
        self.outgoing.extend(announcements(said, standing, row, old, fresh))


def _said(
    told: Sequence[Row[Any]],
    made: Row[Any] | None,
    cases: Mapping[str, Sequence[CaseVersion]],
) -> Said:
    contents = [_content(fact, local_date(fact.proposed_at), cases) for fact in told]
    proposals = [
        Proposal(content, fact.proposed_at, frozenset(fact.flags))
        for fact, content in zip(told, contents, strict=True)
    ]
    decided = None if made is None else _content(made, made.made_on, cases)
    facts = [*zip(told, contents, strict=True), (made, decided)]
    by_text = {
        content.draft_sha256: fact
        for fact, content in reversed(facts)
        if fact is not None and content is not None
    }
    return Said(
        proposals=proposals,
        decision=None if made is None else Decision(decided, made.made_on),
        newest=told[0] if told else None,
        made=made,
        by_text=by_text,
    )


def _content(
    fact: Row[Any], on: date, cases: Mapping[str, Sequence[CaseVersion]]
) -> Content | None:
    return content_of(
        kind=fact.kind,
        basis=msgspec.convert(fact.basis, tuple[LegalBasis, ...]),
        outcome=msgspec.convert(fact.outcome, Outcome),
        parties=fact.parties,
        case=cases.get(fact.case_key, ()),
        on=on,
    )


def _row(
    decision_id: str, said: Said, standing: Standing, old: Mapping[str, Any] | None
) -> dict[str, Any]:
    fact, newest, made = said.leading, said.newest, said.made
    proposed, decided = standing.proposed, standing.decided
    opinion = proposed.opinion if proposed else None
    return {
        "decision_id": decision_id,
        "review_id": store.review_id_of(decision_id),
        "case_key": fact.case_key,
        "case_number": fact.case_number,
        "unit": fact.unit,
        "kind": fact.kind,
        "state": standing.state,
        "says": standing.says,
        "proposed_at": newest.proposed_at if newest else None,
        "proposed_sha256": proposed.draft_sha256 if proposed else None,
        "reasons": reasons_as_json(proposed),
        "decide_by": opinion.due_on if opinion else None,
        "provisional": bool(opinion and opinion.provisional),
        "rule": opinion.rule if opinion else None,
        "document_number": made.document_number if made else None,
        "made_on": made.made_on if made else None,
        "decided_sha256": decided.draft_sha256 if decided else None,
        "decided_reasons": reasons_as_json(decided),
        "how": standing.how,
        "clearance_id": standing.clearance.clearance_id if standing.clearance else None,
        "mode": fact.mode,
        "revision": 1 if old is None else old["revision"] + 1,
    }


def _same(row: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether nothing changed that anybody was told or is shown."""
    return all(row[name] == old[name] for name in row if name != "revision")
