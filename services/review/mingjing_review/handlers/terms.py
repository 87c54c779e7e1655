"""A term comes near, or its day has passed: reminded once, escalated once, lapsed or accepted.

Of a term that was moved, done or is provisional nothing is raised: its clock does not run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.store.hearing import add_hearing_steps
from mingjing_review.store.reminder import raise_reminders, running_terms
from mingjing_review.store.settle_terms import settle_terms
from mingjing_shared.clock import legal_now, legal_today, local_date
from mingjing_shared.directory.store import unit_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.messaging.clocks import Clock

_REMINDERS = uuid_utils.UUID("5f6d8b1c-2c1c-5d44-9a1c-8b6f0e6f7a21")
_ROLES = {
    "unit": "case_handler",
    "reviewer": "legal_reviewer",
    "head": "unit_head",
    "leader": "bureau_leader",
}
_STEP_OF = {"request": "lapsed", "accept": "deemed"}


async def remind(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Remind whoever has to act, before the last day; not when that is over already."""
    now = legal_now()
    terms = await running_terms(tx, [clock.subject for clock in clocks])
    tree = await unit_tree(tx, legal_today()) if terms else None
    await raise_reminders(
        tx,
        [_lead(term, tree) for term in terms if tree is not None and term["due_at"] > now],
    )


async def escalate(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Show the head of the unit on which it waits that the day has passed."""
    terms = await running_terms(tx, [clock.subject for clock in clocks])
    if not terms:
        return
    tree = await unit_tree(tx, legal_today())
    await raise_reminders(tx, [_passed(term, tree) for term in terms])


async def end_of_days(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Nobody asked for the hearing in time, or nobody refused it: the law says what follows."""
    terms = await running_terms(tx, [clock.subject for clock in clocks])
    steps = [_clock_step(term) for term in terms if term["task"] in _STEP_OF]
    await add_hearing_steps(tx, steps)
    await settle_terms(tx, decisions={step["decision_id"] for step in steps}, by_alarm=True)


def _clock_step(term: Mapping[str, Any]) -> dict[str, Any]:
    """What the clock does: the first day after the term."""
    return {
        "step_id": str(uuid_utils.uuid7()),
        "decision_id": term["decision_id"],
        "place": None,
        "case_key": term["case_key"],
        "kind": _STEP_OF[term["task"]],
        "day": local_date(term["due_at"]),
        "at": legal_now(),
        "officer": None,
        "role": None,
        "unit": None,
        "instead_of": None,
        "planned_on": None,
        "chair": None,
        "recorder": None,
        "postponed": False,
        "closed": None,
        "words": None,
        "words_sha256": None,
    }


def _lead(term: Mapping[str, Any], tree: UnitTree) -> dict[str, Any]:
    waits_for = term["waits_for"]
    unit = _unit_of(term, tree)
    named = {
        "unit": list(term["handlers"]),
        "reviewer": [term["officer"]] if term["officer"] else [],
        "head": _head(unit, tree),
    }.get(waits_for, [])
    return _reminder("lead", term, unit, _ROLES[waits_for], named)


def _passed(term: Mapping[str, Any], tree: UnitTree) -> dict[str, Any]:
    unit = _unit_of(term, tree)
    return _reminder("passed", term, unit, "unit_head", _head(unit, tree))


def _unit_of(term: Mapping[str, Any], tree: UnitTree) -> str:
    """The unit on which it waits: the one that acts, or the legal department above the case's."""
    if term["waits_for"] != "reviewer":
        return str(term["unit"])
    above = tree.above(term["unit"])
    return str(term["wait_unit"] or (above[1] if len(above) > 1 else term["unit"]))


def _head(unit: str, tree: UnitTree) -> list[str]:
    """Its head, or that of the nearest above it that the directory knows."""
    for code in tree.above(unit):
        known = tree.units.get(code)
        if known is not None and known.head:
            return [known.head]
    return []


def _reminder(
    kind: str, term: Mapping[str, Any], unit: str, role: str, officers: Sequence[str]
) -> dict[str, Any]:
    """One a kind and a day of a term: told twice it is the same."""
    return {
        "reminder_id": str(uuid_utils.uuid5(_REMINDERS, f"{kind}/{term['clock']}")),
        "kind": kind,
        "term_id": term["term_id"],
        "clock": term["clock"],
        "case_key": term["case_key"],
        "to_unit": unit,
        "role": role,
        "officers": list(officers),
        "seen_by": [],
        "raised_at": legal_now(),
    }
