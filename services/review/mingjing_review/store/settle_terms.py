"""Hearings, limits, transfers and every term follow from facts and steps: one function.

It is called after a fact came in, after a step was taken, and by the alarm whose day has come.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.duty import BY_REVIEWERS
from mingjing_review.rules.hearing import Hearing, hearing_of, own_times
from mingjing_review.rules.hearing_right import rights_of
from mingjing_review.rules.hearing_terms import hearing_term
from mingjing_review.rules.limit import CaseTime, has_limit, limit_of
from mingjing_review.rules.review_term import review_term
from mingjing_review.rules.transfer import Spoken, Transfer, transfer_of, transfer_term
from mingjing_review.store.case_step import extensions_of, is_asked
from mingjing_review.store.hearing import hearings, keep_hearings, legal_unit_of
from mingjing_review.store.limit import keep_limits, keep_transfers, kept_before
from mingjing_review.store.standing import content_of_fact
from mingjing_review.store.term import Whose, hold_terms, write_terms
from mingjing_review.store.timefacts import TimeFacts, Told, decisions_and_cases, time_facts
from mingjing_shared.clock import local_date
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingjing_review.rules.term import Term
    from mingjing_shared.database import Transaction

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_CONCLUDING = frozenset({"penalty", "no_penalty", "termination", "permit"})
"""Kinds of decision by which a case is decided; coercion, say, is decided on the way."""


@dataclass(slots=True)
class _Found:
    """What the facts lead to."""

    hearings: list[dict[str, Any]] = field(default_factory=list)
    limits: list[dict[str, Any]] = field(default_factory=list)
    transfers: list[dict[str, Any]] = field(default_factory=list)
    terms: dict[str, tuple[Term, Whose] | None] = field(default_factory=dict)


async def settle_terms(
    tx: Transaction,
    *,
    decisions: Iterable[str] = (),
    cases: Iterable[str] = (),
    by_alarm: bool = False,
) -> None:
    """Bring everything with a clock to where facts and steps put it.

    An alarm holds its clock already and takes no lock: whoever holds the lock waits for the
    clock, and reads what the alarm wrote.
    """
    wanted, keys = await decisions_and_cases(tx, set(decisions), set(cases))
    if not keys:
        return
    if not by_alarm:  # decisions first, as every act locks them
        await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
        await tx.lock(f"terms/{key}" for key in keys)
    ids = [f"limit/{key}" for key in keys]
    ids += [f"{kind}/{one}" for kind in ("review", "hearing", "transfer") for one in wanted]
    before = await hold_terms(tx, ids)
    facts = await time_facts(tx, wanted, keys)
    found = _Found(terms=dict.fromkeys(ids))
    for key in sorted(keys):
        _Case(tx, facts, key, found).derive()
    await write_terms(tx, found.terms, before, published_calendar())
    await _keep(tx, found, wanted, keys)


async def _keep(tx: Transaction, found: _Found, wanted: set[str], keys: set[str]) -> None:
    """Write what differs from what is there."""
    old = await hearings(tx, wanted)
    rows = [row for row in found.hearings if row != old.get(row["decision_id"])]
    gone = old.keys() - {row["decision_id"] for row in found.hearings}
    await keep_hearings(tx, rows, sorted(gone))
    limits, transfers = await kept_before(tx, keys, wanted)
    await keep_limits(tx, found.limits, limits)
    await keep_transfers(tx, found.transfers, transfers)


class _Case:
    """One case: its decisions' hearings and transfers, then its own limit."""

    def __init__(self, tx: Transaction, facts: TimeFacts, key: str, found: _Found) -> None:
        self._tx, self._facts, self._key, self._found = tx, facts, key, found
        self._calendar = published_calendar()
        self._told = facts.told.get(key, Told())
        self._hearings: list[tuple[date, date | None]] = []
        self._alone = True

    def derive(self) -> None:
        """Everything of this case that has a clock."""
        decisions = self._facts.decisions_of(self._key)
        # What casework tells of notice and hearing names a case: of several decisions nobody knows
        # which it was for, and officers say it here.
        self._alone = sum(bool(self._grounds(one)) for one in decisions) <= 1
        for decision_id in decisions:
            review = self._facts.reviews[decision_id]
            self._review(decision_id, review)
            self._hearing(decision_id, review)
            self._transfer(decision_id, review)
        self._limit()

    def _whose(self, row: Mapping[str, Any], **more: Any) -> Whose:
        return Whose(
            decision_id=row["decision_id"],
            case_key=self._key,
            case_number=row["case_number"],
            case_ref=row["case_ref"],
            unit=row["unit"],
            handlers=row["handlers"] or (),
            mode=row["mode"],
            **more,
        )

    def _review(self, decision_id: str, review: Mapping[str, Any]) -> None:
        steps = self._facts.review_steps.get(decision_id, ())
        term = review_term(
            state=review["state"],
            waits_for=review["waits_for"],
            changed=bool(review["changed"]),
            due=(review["due_on"], bool(review["due_provisional"]), review["due_says"]),
            proposed_at=review["proposed_at"],
            steps=[
                ("reopened" if step.outcome == "reopened" else step.kind, step.at) for step in steps
            ],
        )
        if term is None:
            return
        last = next((s for s in reversed(steps) if s.kind in BY_REVIEWERS), None)
        is_disputed = review["state"] == "coordinating"  # then it waits for others
        is_given = term.waits_for == "reviewer" and not is_disputed
        officer = review["assignee"] if is_given else None
        unit = review["unit"] if term.waits_for == "unit" else last and last.unit
        whose = self._whose(review, officer=officer, wait_unit=unit)
        self._found.terms[f"review/{decision_id}"] = (term, whose)

    def _hearing(self, decision_id: str, review: Mapping[str, Any]) -> None:
        steps = self._facts.hearing_steps.get(decision_id, ())
        grounds = self._grounds(decision_id)
        if not grounds and not steps:
            return
        deeds = [step.deed for step in steps]
        told = self._told if self._alone else Told()
        told_on = told.notices[-1] if told.notices else None
        held_on = told.hearings[-1] if told.hearings else None
        now = hearing_of(deeds, told_on=told_on, held_on=held_on)
        self._hearings += own_times(deeds, told_on=told_on, held_on=held_on)
        term, fault = None, ""
        try:
            term = hearing_term(now, self._calendar) if review["made_on"] is None else None
        except LawError as error:
            fault = error.message
        legal = legal_unit_of(steps)
        if term is not None:
            officer = now.chair if term.task in {"hold", "report"} else None
            whose = self._whose(review, officer=officer, wait_unit=legal)
            self._found.terms[f"hearing/{decision_id}"] = (term, whose)
        self._found.hearings.append(
            _hearing_row(self._key, review, now, term)
            | {
                "grounds": [asdict(ground) for ground in grounds],
                "claims": self._claims(decision_id),
                "legal_unit": legal,
                "steps": sum(step.place is not None for step in steps),
                "says": term.says if term else fault,
            }
        )

    def _grounds(self, decision_id: str) -> Sequence[Any]:
        facts = self._facts.proposals.get(decision_id, ())
        if not facts:
            return ()
        on = local_date(facts[0].proposed_at)
        content = content_of_fact(facts[0], on, self._facts.versions)
        return rights_of(content, on) if content else ()

    def _claims(self, decision_id: str) -> str | None:
        facts = self._facts.proposals.get(decision_id, ())
        said = (facts[0].hearing or {}) if facts else {}
        return "held" if said.get("held") else "requested" if said.get("requested") else None

    def _transfer(self, decision_id: str, review: Mapping[str, Any]) -> None:
        subject = f"transfer/{decision_id}"
        own = self._facts.case_steps.get(subject, ())
        opinions = [
            Spoken(step.opinion, step.at)
            for step in self._facts.review_steps.get(decision_id, ())
            if step.opinion
        ]
        spoken = sorted(
            [*opinions, *(Spoken(step.kind, step.at) for step in own)], key=lambda one: one.at
        )
        gone_on = self._facts.transferred.get(self._key)
        now = transfer_of(spoken, gone_on)
        if now is None:
            return
        term = transfer_term(now, self._calendar)
        if term is not None:
            whose = self._whose(review, wait_unit=review["unit"])
            self._found.terms[subject] = (term, whose)
        self._found.transfers.append(
            _transfer_row(self._key, review, now, gone_on)
            | {"says": term.says if term else "", "steps": len(own)}
        )

    def _limit(self) -> None:
        case = self._facts.cases.get(self._key)
        if case is None or not has_limit(case.kind):
            return
        subject = f"limit/{self._key}"
        steps = self._facts.case_steps.get(subject, ())
        handlers = (
            self._facts.details[self._key].handlers if self._key in self._facts.details else ()
        )
        row = {
            "decision_id": None,
            "case_number": case.case_number,
            "case_ref": self._tx.installation.references.case(case.case_number),
            "unit": case.unit,
            "handlers": sorted(handlers),
            "mode": case.mode,
        }
        accepted_on = local_date(case.accepted_at)
        ended_on = self._ended_on()
        approved = [local_date(at) for at in extensions_of(steps)]
        term, says = None, ""
        try:
            term = limit_of(
                CaseTime(case.kind, accepted_on, approved, self._told.papers, self._hearings),
                self._calendar,
            )
            says = term.says
        except LawError as error:
            says = error.message
        if term is not None and ended_on is None:
            whose = self._whose(row, wait_unit=case.unit)
            self._found.terms[subject] = (term, whose)
        del row["decision_id"]
        self._found.limits.append(
            {
                "case_key": self._key,
                **row,
                "kind": case.kind,
                "accepted_on": accepted_on,
                "state": _limit_state(term, ended_on),
                "ended_on": ended_on,
                "extensions": len(approved),
                "asked": is_asked(steps),
                "due_on": term.due_on if term else None,
                "provisional": term.provisional if term else False,
                "says": says,
                "steps": len(steps),
            }
        )

    def _ended_on(self) -> date | None:
        """The first day of: what concludes the case, the end of its enforcement, its transfer."""
        reviews = [self._facts.reviews[one] for one in self._facts.decisions_of(self._key)]
        made = [one["made_on"] for one in reviews if one["kind"] in _CONCLUDING]
        days = [*made, self._facts.ended.get(self._key), self._facts.transferred.get(self._key)]
        return min((day for day in days if day is not None), default=None)


def _limit_state(term: Term | None, ended_on: date | None) -> str:
    if ended_on is not None:
        return "ended"
    if term is None:
        return "no_rule"
    return "running" if term.due_on is not None else "standing"


def _of_review(key: str, review: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "decision_id": review["decision_id"],
        "case_key": key,
        "case_number": review["case_number"],
        "case_ref": review["case_ref"],
        "unit": review["unit"],
        "handlers": review["handlers"] or [],
        "mode": review["mode"],
    }


def _hearing_row(
    key: str, review: Mapping[str, Any], now: Hearing, term: Term | None
) -> dict[str, Any]:
    return {
        **_of_review(key, review),
        "state": now.state,
        "told_on": now.told_on,
        "requested_on": now.requested_on,
        "begun_on": now.begun_on,
        "noticed_on": now.noticed_on,
        "planned_on": now.planned_on,
        "held_on": now.held_on,
        "ended_on": now.ended_on,
        "chair": now.chair,
        "recorder": now.recorder,
        "closed": now.closed,
        "task": term.task if term else None,
        "waits_for": term.waits_for if term else None,
        "due_on": term.due_on if term else None,
        "provisional": term.provisional if term else False,
        "made_on": review["made_on"],
        "listed_at": review["proposed_at"] or _LONG_AGO,
    }


def _transfer_row(
    key: str, review: Mapping[str, Any], now: Transfer, gone_on: date | None
) -> dict[str, Any]:
    return {
        **_of_review(key, review),
        "state": now.state,
        "since": now.since,
        "approved_at": now.approved_at,
        "transferred_on": gone_on if now.state == "transferred" else None,
    }
