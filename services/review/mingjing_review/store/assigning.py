"""Finding a reviewer for submissions: what the rule needs, gathered, and what it says, kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.rules.assignment import Candidate, Choice, choose, distance_of, urgent_until
from mingjing_review.rules.duty import BY_REVIEWERS
from mingjing_review.rules.interest import HANDED_IN, interest_of
from mingjing_review.rules.reviewer import Before, refused_entry
from mingjing_review.store import review as reviews_store
from mingjing_review.store.absence import absent_on
from mingjing_review.store.assignment import assignments_of, keep_assignments, not_taken_on
from mingjing_review.store.people import (
    Details,
    details_of_cases,
    investigators_and_proposers,
)
from mingjing_review.store.reviewer import before_of, desks_on, reviewers_on
from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.store.standing import settle_reviews
from mingjing_review.store.step import steps_of
from mingjing_shared.clock import local_date
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.law.calendar import published_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from mingjing_review.store.reviewer import Reviewer
    from mingjing_review.store.step import Taken
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree


@dataclass(slots=True)
class Team:
    """The reviewers of a day with all that the rule asks of them; loads grow as it is used."""

    day: date
    tree: UnitTree
    reviewers: Mapping[str, Reviewer]
    absent: frozenset[str]
    desks: Mapping[str, tuple[int, int]]
    before: dict[str, Mapping[str, Before]]
    given: Counter[str]

    def candidates(self, matter: Matter) -> list[Candidate]:
        """Everybody as a candidate for one submission."""
        return [self._candidate(one, matter) for one in self.reviewers.values()]

    def _candidate(self, one: Reviewer, matter: Matter) -> Candidate:
        person = one.person
        before = self.before[matter.kind].get(one.number, Before())
        open_, urgent = self.desks.get(one.number, (0, 0))
        held_for = one.acted.unit if one.acted else None
        return Candidate(
            number=one.number,
            distance=distance_of(matter.unit, person, held_for, self.tree, self.day),
            known=person is not None,
            qualified=person is not None and person.is_qualified_on(self.day),
            absent=one.number in self.absent,
            interest=matter.interest_of(one.number),
            entry=refused_entry(matter.kind, person, before, self.day),
            open=open_ + self.given[one.number],
            urgent=urgent,
        )


@dataclass(frozen=True, slots=True)
class Matter:
    """A submission that is to be given to somebody."""

    decision_id: str
    case_key: str
    unit: str
    kind: str
    steps: Sequence[Taken]
    handlers: frozenset[str]
    investigators: frozenset[str]
    proposers: frozenset[str]

    @property
    def round(self) -> int:
        """The present round."""
        return self.steps[-1].round if self.steps else 1

    @property
    def last_reviewer(self) -> str | None:
        """Who last acted for the legal department."""
        return next((s.officer for s in reversed(self.steps) if s.kind in BY_REVIEWERS), None)

    def interest_of(self, officer: str) -> str | None:
        """Why this officer must not review it."""
        return interest_of(
            officer,
            None,
            handlers=self.handlers,
            investigators=self.investigators,
            proposers=self.proposers,
            submitters=[step.officer for step in self.steps if step.kind in HANDED_IN],
        )


async def matters_of(tx: Transaction, decision_ids: Iterable[str]) -> dict[str, Matter]:
    """These decisions as submissions to be given to somebody."""
    rows = await reviews_store.reviews(tx, decision_ids)
    return await as_matters(tx, rows, await steps_of(tx, rows))


async def as_matters(
    tx: Transaction,
    rows: Mapping[str, Mapping[str, Any]],
    steps: Mapping[str, Sequence[Taken]],
) -> dict[str, Matter]:
    """Reviews and their steps, as they were read, as submissions to be given to somebody."""
    details = await details_of_cases(tx, {row["case_key"] for row in rows.values()})
    keys = {row["case_key"] for row in rows.values()}
    acting, proposers = await investigators_and_proposers(tx, keys, rows)
    return {
        decision_id: Matter(
            decision_id=decision_id,
            case_key=row["case_key"],
            unit=row["unit"],
            kind=row["kind"],
            steps=steps.get(decision_id, ()),
            handlers=details.get(row["case_key"], Details()).ever,
            investigators=frozenset(acting.get(row["case_key"], ())),
            proposers=frozenset(proposers.get(decision_id, ())),
        )
        for decision_id, row in sorted(rows.items())
    }


async def team_for(
    source: Transaction | Database, kinds: Iterable[str], day: date, tree: UnitTree
) -> Team:
    """The reviewers of a day, as far as the rule asks, for decisions of these kinds."""
    found = await reviewers_on(source, day)
    return Team(
        day=day,
        tree=tree,
        reviewers=found,
        absent=await absent_on(source, found, day),
        desks=await desks_on(source, found, urgent_until(day, published_calendar())),
        before={kind: await before_of(source, found, kind) for kind in sorted(set(kinds))},
        given=Counter(),
    )


async def assign_by_rule(
    tx: Transaction, decision_ids: Iterable[str], how: str, now: datetime
) -> dict[str, Choice]:
    """Give each of these submissions to whom the rule names; the caller settles the reviews.

    Who reviewed the round before goes on, if nothing stands against it. That nobody could be
    found is kept as well.
    """
    wanted = sorted(set(decision_ids))
    if not wanted:
        return {}
    await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
    matters = await matters_of(tx, wanted)
    day = local_date(now)
    kinds = {matter.kind for matter in matters.values()}
    team = await team_for(tx, kinds, day, await unit_tree(tx, day))
    chosen = {}
    for decision_id, matter in matters.items():
        choice = choose(team.candidates(matter), day, same=matter.last_reviewer)
        chosen[decision_id] = choice
        if choice.assignee is not None:
            team.given[choice.assignee] += 1
    await keep_choices(tx, matters, chosen, how=how, now=now)
    return chosen


async def reassign_of_absent(tx: Transaction, officer: str, now: datetime) -> list[str]:
    """Give anew what lies on an absent officer's desk and was not taken on; settle it."""
    waiting = await not_taken_on(tx, officer)
    await tx.lock(f"decision/{decision_id}" for decision_id in waiting)
    still = sorted(set(waiting) & set(await not_taken_on(tx, officer)))
    await assign_by_rule(tx, still, "absence", now)
    await settle_reviews(tx, still)
    await settle_terms(tx, decisions=still)
    return still


async def keep_choices(
    tx: Transaction,
    matters: Mapping[str, Matter],
    chosen: Mapping[str, Choice],
    *,
    how: str,
    now: datetime,
    by: Mapping[str, Any] | None = None,
) -> None:
    """Write who was chosen and who else was considered; ``by`` is what a person adds.

    Whose duty does not reach the unit was never asked, and is not written down.
    """
    known = await assignments_of(tx, chosen)
    rows: list[dict[str, Any]] = [
        {
            "assignment_id": str(uuid_utils.uuid7()),
            "decision_id": decision_id,
            "place": len(known.get(decision_id, ())) + 1,
            "case_key": matters[decision_id].case_key,
            "round": matters[decision_id].round,
            "at": now,
            "assignee": choice.assignee,
            "how": how,
            "by": None,
            "rule": choice.rule,
            "considered": [one.as_json() for one in choice.considered if one.left_out != "reach"],
            "words": None,
            "words_sha256": None,
            **(by or {}),
        }
        for decision_id, choice in chosen.items()
    ]
    await keep_assignments(tx, rows)
