"""The handling unit hands in, supplements, and hands in again (送审、补正、再次送审)."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from mingjing_review.acts.matter import (
    Matter,
    add,
    refuse_unless,
    settle,
    take,
    text_under_review,
)
from mingjing_review.errors import NotNow
from mingjing_review.rules.checks import numbered
from mingjing_review.store.assigning import assign_by_rule
from mingjing_review.store.step import open_points
from mingjing_shared.errors import InvalidInput
from mingjing_shared.events.review import ReviewResubmitted, ReviewSubmitted
from mingjing_shared.events.values import CaseNumber, DecisionId, PoliceNumber, ReviewId, Sha256
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from mingjing_shared.web.desk import Desk


ANSWERS = {"adopted": "已改正", "partly": "部分改正", "not_adopted": "未采纳"}
"""How the unit may answer a point of an opinion."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit did about one point: one of ``ANSWERS``, and how or why not."""

    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What the unit says with what it hands in.

    Attributes:
        seen: how many steps had been taken when the page was read.
        answers: to each check that the last opinion found wrong, by its name.
    """

    note: str
    seen: int
    answers: Mapping[str, Answer] = field(default_factory=dict)


async def submit(desk: Desk, decision_id: str, said: Submission) -> None:
    """Hand the newest proposed text in for review; the first time, or anew as a further round.

    When the act returns, the text waits for the legal department and its term runs from today,
    should the material prove complete.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        NotNow: it is not the unit's turn, the text needs no review, or its case is not known.
        InvalidInput: a point of the last opinion is not answered.
    """
    matter = await take(desk, "review.submit", decision_id)
    kind = "resubmitted" if matter.steps else "submitted"
    refuse_unless(matter, kind, said.seen)
    digest = matter.newest.draft_sha256 if matter.texts else None
    if digest is None:
        raise NotNow("没有可以送审的文本：尚未收到本案的受案信息。", "请先由办案系统报送受案信息。")
    points = open_points(matter.steps)
    _refuse_unanswered(points, said)
    step_id, _ = await add(
        desk,
        matter,
        kind,
        text=(*matter.newest.key, digest),
        round_=matter.round + 1,
        words=_words(said, points),
        codes={"answers": {code: said.answers[code].answer for code in points}},
    )
    await assign_by_rule(desk.tx, [decision_id], "proposed", matter.now)
    row = await settle(desk, matter)
    _tell(desk, matter, row, step_id, kind)


async def supplement(desk: Desk, decision_id: str, said: Submission) -> None:
    """Hand in what was missing. A clock that stood still runs on from tomorrow.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        NotNow: nothing was asked for.
    """
    matter = await take(desk, "review.submit", decision_id)
    refuse_unless(matter, "supplemented", said.seen)
    source, event_id, digest = text_under_review(matter)
    if matter.newest.draft_sha256 == digest:  # the words may have been mended, the text is one
        source, event_id = matter.newest.key
    step_id, _ = await add(
        desk,
        matter,
        "supplemented",
        text=(source, event_id, digest),
        round_=matter.round,
        words=_words(said),
    )
    if matter.review["state"] == "incomplete":  # nobody took it on yet
        await assign_by_rule(desk.tx, [decision_id], "proposed", matter.now)
    row = await settle(desk, matter)
    _tell(desk, matter, row, step_id, "supplemented")


def _refuse_unanswered(points: Sequence[str], said: Submission) -> None:
    given = said.answers
    missing = [
        code
        for code in points
        if code not in given
        or given[code].answer not in ANSWERS
        or (given[code].answer != "adopted" and not given[code].note)
    ]
    if missing:
        raise InvalidInput(
            f"上一轮审核意见的{numbered(missing)}没有逐项回应。",
            "请逐项选明是否改正；部分改正或者未采纳的，写明理由。",
        )


def _words(said: Submission, points: Sequence[str] = ()) -> dict[str, Any]:
    answers = [{"check": code, **asdict(said.answers[code])} for code in points]
    return {"salt": secrets.token_hex(16), "note": said.note, "answers": answers}


def _tell(desk: Desk, matter: Matter, row: Mapping[str, Any], step_id: str, kind: str) -> None:
    common: dict[str, Any] = {
        "case_number": CaseNumber(row["case_number"]),
        "review_id": ReviewId(row["review_id"]),
        "decision_id": DecisionId(row["decision_id"]),
        "round": row["round"],
        "draft_sha256": Sha256(row["proposed_sha256"]),
        "decide_by": row["due_on"],
        "provisional": row["due_provisional"] if row["due_on"] else None,
        "by": PoliceNumber(desk.officer.number),
    }
    event = (
        ReviewResubmitted(**common)
        if kind == "resubmitted"
        else ReviewSubmitted(kind="first" if kind == "submitted" else "supplement", **common)
    )
    cause = matter.cause if kind == "supplemented" else matter.caused_by(matter.newest.key)
    outbox.add(desk.tx, [Outgoing(event, cause, step_id, matter.now)])
