"""On whose desk a review lies and why, which advisers were asked; for pages of one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.pages.words import ADVICE, ADVISER_KINDS, ASSIGNED
from mingjing_review.rules.assignment import LEFT_OUT, said_of
from mingjing_review.store import adviser as advisers
from mingjing_review.store import assignment as assignments
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import officer_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.store.adviser import Adviser, Engagement
    from mingjing_review.store.assignment import Assignment
    from mingjing_shared.web.desk import Desk


async def given_of(
    desk: Desk, review: Mapping[str, Any], pool: Mapping[str, Adviser] | None = None
) -> dict[str, Any]:
    """The assignments of a review, newest first, and its engagements; the look was noted.

    ``pool`` are all advisers, where they were read already.
    """
    decision_id = review["decision_id"]
    known = (await assignments.assignments_of(desk.tx, [decision_id])).get(decision_id, [])
    asked = await advisers.engagements_of(desk.tx, decision_id)
    if pool is None:
        pool = await advisers.advisers(desk.tx, {e.adviser_ref for e in asked}) if asked else {}
    names = await officer_names(desk.tx, _numbers(review, known, asked), legal_today())
    return {
        "assignee": person(review["assignee"], names) if review["assignee"] else None,
        "assigned": len(known),
        "assignments": [_assignment(desk, one, names) for one in known],
        "engagements": [_engagement(desk, one, pool, names) for one in asked],
        "names": names,
    }


def person(number: str, names: Mapping[str, str]) -> str:
    """An officer by name and police number."""
    name = names.get(number)
    return f"{name} {number}" if name else number


def _numbers(
    review: Mapping[str, Any], known: Sequence[Assignment], asked: Sequence[Engagement]
) -> set[str]:
    numbers = {review["assignee"], *(one.by for one in known), *(one.assignee for one in known)}
    numbers |= {entry["officer"] for one in known for entry in one.considered}
    numbers |= {number for one in asked for number in (one.asked_by, one.answered_by)}
    return {number for number in numbers if number}


def _assignment(desk: Desk, one: Assignment, names: Mapping[str, str]) -> dict[str, Any]:
    by_person = one.how == "reassigned" and one.assignee is not None
    return {
        "at": one.at,
        "round": one.round,
        "how": ASSIGNED[one.how],
        "to": person(one.assignee, names) if one.assignee else "无人可派",
        "nobody": one.assignee is None,
        "by": person(one.by, names) if one.by else None,
        "says": None if by_person else said_of(one.assignee, one.considered, names),
        "reason": assignments.reason_of(desk.tx, one),
        "left_out": [
            f"{person(entry['officer'], names)}：{LEFT_OUT[entry['left_out']]}"
            for entry in one.considered
            if entry["left_out"] is not None
        ],
        "others": [
            f"{person(entry['officer'], names)}：在手 {entry['open']} 件，计 {entry['load']}"
            for entry in one.considered
            if entry["left_out"] is None and entry["officer"] != one.assignee
        ],
    }


def _engagement(
    desk: Desk, one: Engagement, pool: Mapping[str, Adviser], names: Mapping[str, str]
) -> dict[str, Any]:
    adviser = pool.get(one.adviser_ref)
    question, answer = advisers.words_of(desk.tx, one)
    return {
        "engagement_id": one.engagement_id,
        "who": adviser.name if adviser else "（已不在库中）",
        "kind": ADVISER_KINDS.get(adviser.kind or "", "") if adviser else "",
        "round": one.round,
        "asked_at": one.asked_at,
        "asked_by": person(one.asked_by, names),
        "question": question,
        "answered_at": one.answered_at,
        "answered_by": person(one.answered_by, names) if one.answered_by else None,
        "advice": ADVICE.get(one.advice or ""),
        "tone": "good" if one.advice == "supports" else "soon",
        "answer": answer,
        "sha256": one.answer_sha256,
    }
