"""Where each decision stands with its review follows from the facts that hold and the steps taken.

One function brings the rows there, whoever asks: a handler after a fact, an act after a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from mingjing_review.rules.content import content_of
from mingjing_review.rules.duty import BY_REVIEWERS
from mingjing_review.rules.progress import MAY_FOLLOW, Progress, progress_of
from mingjing_review.rules.standing import Decision, Given, Proposal, standing_of
from mingjing_review.rules.state import Shown, shown
from mingjing_review.store import clearance as clearance_store
from mingjing_review.store import fact as fact_store
from mingjing_review.store import review as store
from mingjing_review.store.assignment import newest_assignments
from mingjing_review.store.catalogue import catalogues_in
from mingjing_review.store.found_by import found_by
from mingjing_review.store.people import Details, details_of_cases
from mingjing_review.store.step import steps_of
from mingjing_shared.clock import local_date
from mingjing_shared.events.values import LegalBasis, Outcome
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks, term_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import Row

    from mingjing_review.rules.content import CaseVersion, Content
    from mingjing_review.rules.standing import Clearance, Judged, Standing
    from mingjing_review.rules.versions import Catalogues
    from mingjing_review.store.step import Taken
    from mingjing_shared.database import Transaction

CLOCK = "opinion"
Assigned: TypeAlias = "tuple[datetime, str | None]"


@dataclass(frozen=True, slots=True)
class Said:
    """What casework said of one decision: as the rules see it, and the facts themselves.

    ``by_text`` gives the fact that proposed (or else made) each text.
    """

    proposals: Sequence[Proposal]
    decision: Decision | None
    newest: Row[Any] | None
    made: Row[Any] | None
    by_text: Mapping[str, Row[Any]]

    @property
    def leading(self) -> Any:
        """The fact that describes the decision: that it was made, else its newest proposal."""
        return self.newest if self.made is None else self.made


@dataclass(frozen=True, slots=True)
class Change:
    """A review that stands elsewhere than before; ``fresh`` are clearances that are new."""

    said: Said
    standing: Standing
    row: dict[str, Any]
    old: Mapping[str, Any] | None
    fresh: Sequence[Clearance]


async def settle_reviews(tx: Transaction, decision_ids: Iterable[str]) -> list[Change]:
    """Bring the reviews of these decisions to where facts and steps put them; give what changed.

    Clocks follow. A decision that two cases claim is not derived twice at the same time.
    """
    wanted = set(decision_ids)
    if not wanted:
        return []
    await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
    proposals = await fact_store.proposals_that_stand(tx, wanted)
    decisions = await fact_store.decisions_that_hold(tx, wanted)
    facts = [fact for rows in proposals.values() for fact in rows] + list(decisions.values())
    case_keys = {fact.case_key for fact in facts}
    cases = await fact_store.cases_that_stand(tx, case_keys)
    details = await details_of_cases(tx, case_keys)
    steps = await steps_of(tx, wanted)
    before = await store.reviews(tx, wanted)
    held = await clearance_store.clearances(tx, wanted)
    assigned = await newest_assignments(tx, wanted)
    work = _Work(tx, details, assigned, await catalogues_in(tx))
    for decision_id in sorted(wanted):
        said = _said(proposals.get(decision_id, []), decisions.get(decision_id), cases)
        mine = held.get(decision_id, [])
        work.note(decision_id, said, steps.get(decision_id, []), before.get(decision_id), mine)
    return await work.write()


class _Work:
    """What differs from what is there."""

    def __init__(
        self,
        tx: Transaction,
        details: Mapping[str, Details],
        assigned: Mapping[str, Assigned],
        catalogues: Catalogues,
    ) -> None:
        self._tx = tx
        self._details = details
        self._assigned = assigned
        self._catalogues = catalogues
        self._changes: list[Change] = []
        self._gone: list[str] = []
        self._clearances: list[dict[str, Any]] = []
        self._withdrawn: list[str] = []
        self._clocks: list[Clock] = []
        self._stopped: list[str] = []

    def note(
        self,
        decision_id: str,
        said: Said,
        steps: Sequence[Taken],
        old: Mapping[str, Any] | None,
        mine: Sequence[Clearance],
    ) -> None:
        calendar = published_calendar()
        cleared = [clearance for clearance in mine if clearance.kind == "cleared"]
        opinions = [
            Given(step.draft_sha256, step.opinion, step.at) for step in steps if step.opinion
        ]
        standing = standing_of(
            decision_id,
            said.proposals,
            said.decision,
            cleared,
            calendar,
            opinions=opinions,
            catalogues=self._catalogues,
        )
        derived = {c.clearance_id: c for c in mine if c.kind == "not_required"}
        self._withdrawn.extend(derived.keys() - {c.clearance_id for c in standing.clearances})
        if said.leading is None:
            self._gone.append(decision_id)
            self._clock(None, old, None)
            return
        given = [c for c in standing.clearances if derived.get(c.clearance_id) != c]
        progress = progress_of([step.as_rule for step in steps], calendar)
        now = shown(standing, progress)
        row = {
            **_facts_of(decision_id, said, standing),
            **_work_of(decision_id, progress, now),
            "steps": len(steps),
            "assignee": desk_of(now.waits_for, steps, self._assigned.get(decision_id)),
            "revision": 1 if old is None else old["revision"] + 1,
        }
        row |= self._found_by(said, row)
        if old is not None and not given and _same(row, old):
            return
        self._clearances.extend(clearance_store.row_of(decision_id, c) for c in given)
        fresh = [c for c in given if c.clearance_id not in derived]
        self._changes.append(Change(said, standing, row, old, fresh))
        self._clock(row, old, now)

    async def write(self) -> list[Change]:
        """Everything that differs, in as many statements as there are tables."""
        await store.keep_reviews(self._tx, [change.row for change in self._changes])
        await store.remove_reviews(self._tx, self._gone)
        await clearance_store.keep_clearances(self._tx, self._clearances)
        await clearance_store.remove_clearances(self._tx, self._withdrawn)
        await stop_clocks(self._tx, CLOCK, self._stopped)
        await set_clocks(self._tx, self._clocks)
        return self._changes

    def _clock(
        self, row: Mapping[str, Any] | None, old: Mapping[str, Any] | None, now: Shown | None
    ) -> None:
        runs = row["clock"] if row is not None else None
        ran = old["clock"] if old is not None else None
        if ran is not None and ran != runs:
            self._stopped.append(ran)
        if runs is not None and now is not None and now.due_at is not None:
            self._clocks.append(Clock(CLOCK, runs, now.due_at, "review.opinion"))

    def _found_by(self, said: Said, row: Mapping[str, Any]) -> dict[str, Any]:
        """Whose case it is, and by which numbers it is found."""
        details = self._details.get(row["case_key"], Details())
        proposer = said.newest.proposed_by if said.newest else None
        own = sorted({*details.handlers, *([proposer] if proposer else [])})
        numbers = [row["case_number"], row["document_number"], row["decision_id"]]
        keys = found_by([*numbers, *own, row["reviewer"]])
        return {
            "case_ref": self._tx.installation.references.case(row["case_number"]),
            "handlers": own,
            "found_by": keys,
        }


def desk_of(waits_for: str | None, steps: Sequence[Taken], assigned: Assigned | None) -> str | None:
    """On whose desk a review lies: who acted on it last as a reviewer, or was given it since."""
    if waits_for != "reviewer":
        return None
    acted = next((step for step in reversed(steps) if step.kind in BY_REVIEWERS), None)
    if assigned is not None and (acted is None or assigned[0] >= acted.at):
        return assigned[1]
    return None if acted is None else acted.officer


def _work_of(decision_id: str, progress: Progress | None, now: Shown) -> dict[str, Any]:
    """Where the work stands, and by when."""
    return {
        "state": now.state,
        "says": now.says,
        "round": progress.round if progress else None,
        "waits_for": now.waits_for,
        "due_on": now.due_on,
        "due_provisional": now.provisional,
        "due_says": now.due_says,
        "clock": term_subject(decision_id, progress.round) if progress and now.due_at else None,
        "changed": now.changed,
        "reviewer": progress.reviewer if progress else None,
        "asked": _asked(progress, now),
    }


def _asked(progress: Progress | None, now: Shown) -> str | None:
    """What a leader is asked for, as long as the review goes on."""
    if progress is None or now.changed or now.state not in MAY_FOLLOW["extended"]:
        return None
    return "extension" if progress.extension == "asked" else None


def _facts_of(decision_id: str, said: Said, standing: Standing) -> dict[str, Any]:
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
    }


def reasons_as_json(text: Judged | None) -> list[dict[str, str]]:
    """Why a text needs review, as it is kept."""
    return [
        {"catalogue_item": reason.catalogue_item, "rule": reason.rule, "source": reason.source}
        for reason in (text.reasons if text else ())
    ]


def _said(
    told: Sequence[Row[Any]],
    made: Row[Any] | None,
    cases: Mapping[str, Sequence[CaseVersion]],
) -> Said:
    contents = [content_of_fact(fact, local_date(fact.proposed_at), cases) for fact in told]
    proposals = [
        Proposal(content, fact.proposed_at, frozenset(fact.flags))
        for fact, content in zip(told, contents, strict=True)
    ]
    decided = None if made is None else content_of_fact(made, made.made_on, cases)
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


def content_of_fact(
    fact: Row[Any], on: date, cases: Mapping[str, Sequence[CaseVersion]]
) -> Content | None:
    """What a stored proposal or decision of that day says; nothing while its case is unknown."""
    return content_of(
        kind=fact.kind,
        basis=msgspec.convert(fact.basis, tuple[LegalBasis, ...]),
        outcome=msgspec.convert(fact.outcome, Outcome),
        parties=fact.parties,
        case=cases.get(fact.case_key, ()),
        on=on,
        unit=fact.unit,
    )


def _same(row: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether nothing changed that anybody was told or is shown."""
    return all(row[name] == old[name] for name in row if name != "revision")
