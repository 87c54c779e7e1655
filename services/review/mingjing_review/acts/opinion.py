"""The legal department agrees, corrects or transfers; agreeing clears the text (审核意见)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import uuid_utils

from mingjing_review.acts.entry import refuse_entry
from mingjing_review.acts.matter import (
    Matter,
    add,
    refuse_interest,
    refuse_unless,
    settle,
    take,
    text_under_review,
)
from mingjing_review.acts.opinion_paper import written_opinion
from mingjing_review.acts.paper import issue_paper
from mingjing_review.errors import ChecksOpen, NotNow
from mingjing_review.rules.checks import CODES, hindrance
from mingjing_review.rules.opinion import clearance_until
from mingjing_review.rules.standing import Clearance
from mingjing_review.store.clearance import keep_clearances, row_of
from mingjing_review.store.limit import kept_before
from mingjing_shared.clock import local_date
from mingjing_shared.errors import InvalidInput
from mingjing_shared.events.review import ReviewCleared, ReviewOpinionIssued
from mingjing_shared.events.values import (
    CaseNumber,
    ClearanceId,
    DecisionId,
    PoliceNumber,
    ReviewId,
    Sha256,
)
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal

    from mingjing_shared.web.desk import Desk

_GOING = frozenset({"to_hand_over", "transferred"})
_AFTER_THE_OPINION = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion as it was written.

    Attributes:
        results: passed, failed or not_applicable, by check; what was not judged is not there.
        notes: what was found, by check.
        suggested: what the data had filled in, by check: kept beside what the reviewer decided.
        seen: how many steps had been taken when the page was read.
    """

    opinion: Literal["agree", "correct", "transfer"]
    results: Mapping[str, Literal["passed", "failed", "not_applicable"]]
    notes: Mapping[str, str]
    reasons: str
    suggested: Mapping[str, str]
    seen: int


async def issue_opinion(desk: Desk, decision_id: str, said: Opinion, address: str) -> None:
    """Give the opinion on the text under review.

    An opinion *agree* gives the clearance for this very text in the same transaction. The opinion
    is issued as a numbered paper; ``address`` is where officers reach the platform.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken, NotNow: as every act of a reviewer.
        MayNotBegin: the officer never reviewed such decisions and may not begin.
        NotNow: it agrees, and the case is on its way to another authority.
        ChecksOpen: the eight checks do not carry this opinion; says which.
        InvalidInput: a reason is missing that must be given.
    """
    matter = await take(desk, "review.opinion", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "opinion", said.seen)
    await refuse_entry(desk, matter)
    _refuse_without_grounds(said)
    if said.opinion == "agree":
        await _refuse_transferring(desk, decision_id)
    source, event_id, digest = text_under_review(matter)
    step_id, opinion_sha256 = await add(
        desk,
        matter,
        "opinion",
        text=(source, event_id, digest),
        round_=matter.round,
        words=_document(matter, said, digest, desk.officer.number),
        codes={"checks": dict(said.results), "suggested": dict(said.suggested)},
        opinion=said.opinion,
    )
    clearance = _clearance(matter, digest) if said.opinion == "agree" else None
    if clearance is not None:
        await keep_clearances(desk.tx, [row_of(decision_id, clearance)])
    paper = await written_opinion(desk, matter, said, clearance)
    await issue_paper(desk, matter, step_id, paper, address)
    row = await settle(desk, matter)
    issued = ReviewOpinionIssued(
        case_number=CaseNumber(row["case_number"]),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(decision_id),
        round=matter.round,
        opinion=said.opinion,
        draft_sha256=Sha256(digest),
        opinion_sha256=Sha256(opinion_sha256),
        reasons=tuple(code for code in CODES if said.results[code] == "failed"),
        checks=tuple(said.results[code] for code in CODES),
        reviewer=PoliceNumber(desk.officer.number),
        leader=PoliceNumber(await _leader(desk, matter)),
    )
    told = [Outgoing(issued, matter.cause, step_id, matter.now)]
    if clearance is not None:
        at = matter.now + _AFTER_THE_OPINION
        told.append(Outgoing(_cleared(row, clearance), matter.cause, step_id, at))
    outbox.add(desk.tx, told)


async def _refuse_transferring(desk: Desk, decision_id: str) -> None:
    """No penalty in the place of a transfer (行政执法机关移送涉嫌犯罪案件的规定 §11)."""
    _, transfers = await kept_before(desk.tx, [], [decision_id])
    if decision_id in transfers and transfers[decision_id]["state"] in _GOING:
        raise NotNow(
            "负责人已经批准移送，不能再出具“同意”意见。",
            "请办理移送；不移送的，先由负责人撤销移送决定。",
        )


def _refuse_without_grounds(said: Opinion) -> None:
    hindered = hindrance(said.opinion, said.results)
    if hindered is not None:
        raise ChecksOpen(hindered, "请逐项认定；有问题的，写明情况后出具“纠正”或“移送”意见。")
    unexplained = [
        code
        for code in CODES
        if not said.notes.get(code)
        and (
            said.results[code] == "failed"
            or (said.suggested.get(code) == "failed" and said.results[code] == "passed")
        )
    ]
    if unexplained:
        numbers = "、".join(str(CODES.index(code) + 1) for code in unexplained)
        raise InvalidInput(
            f"第 {numbers} 项认定为不符合，或与数据预填的“不符合”不一致，没有写明情况。",
            "请在该项下写明情况和依据。",
        )
    if said.opinion != "agree" and not said.reasons:
        raise InvalidInput("没有写明审核意见的理由。", "请填写理由后再出具意见。")


def _document(matter: Matter, said: Opinion, draft_sha256: str, reviewer: str) -> dict[str, Any]:
    """The opinion as it is sealed; its digest is what the event tells."""
    return {
        "salt": secrets.token_hex(16),
        "review_id": matter.review["review_id"],
        "decision_id": matter.review["decision_id"],
        "case_number": matter.review["case_number"],
        "round": matter.round,
        "opinion": said.opinion,
        "draft_sha256": draft_sha256,
        "checks": [
            {"check": code, "result": said.results[code], "note": said.notes.get(code, "")}
            for code in CODES
        ],
        "note": said.reasons,
        "reviewer": reviewer,
        "at": matter.now.isoformat(),
    }


def _clearance(matter: Matter, draft_sha256: str) -> Clearance:
    until = clearance_until(local_date(matter.now), published_calendar())
    return Clearance(str(uuid_utils.uuid7()), draft_sha256, matter.now, until, "cleared")


async def _leader(desk: Desk, matter: Matter) -> str:
    """The head of the unit for which the reviewer acts, or of the nearest above it that has one.

    Where the directory names nobody, the reviewer answers alone.
    """
    tree = await desk.tree()
    for code in tree.above(matter.role.unit):
        unit = tree.units.get(code)
        if unit is not None and unit.head:
            return unit.head
    return desk.officer.number


def _cleared(row: Mapping[str, Any], clearance: Clearance) -> ReviewCleared:
    if clearance.valid_until is None:
        raise AssertionError("a clearance that reviewers give has an end")
    return ReviewCleared(
        case_number=CaseNumber(row["case_number"]),
        clearance_id=ClearanceId(clearance.clearance_id),
        decision_id=DecisionId(row["decision_id"]),
        draft_sha256=Sha256(clearance.draft_sha256),
        valid_until=clearance.valid_until,
    )
