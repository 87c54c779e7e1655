"""The handling unit hands in, supplements, and hands in again (送审、补正、再次送审)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
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
from mingjing_review.store.assigning import assign_by_rule
from mingjing_shared.events.review import ReviewResubmitted, ReviewSubmitted
from mingjing_shared.events.values import CaseNumber, DecisionId, PoliceNumber, ReviewId, Sha256
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mingjing_shared.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Submission:
    """What the unit says with what it hands in. ``seen``: steps taken when the page was read."""

    note: str
    seen: int


async def submit(desk: Desk, decision_id: str, said: Submission) -> None:
    """Hand the newest proposed text in for review; the first time, or anew as a further round.

    When the act returns, the text waits for the legal department and its term runs from today,
    should the material prove complete.

    Raises:
        Unknown, NotAllowed, Overtaken: as every act.
        NotNow: it is not the unit's turn, the text needs no review, or its case is not known.
    """
    matter = await take(desk, "review.submit", decision_id)
    kind = "resubmitted" if matter.steps else "submitted"
    refuse_unless(matter, kind, said.seen)
    digest = matter.newest.draft_sha256 if matter.texts else None
    if digest is None:
        raise NotNow("没有可以送审的文本：尚未收到本案的受案信息。", "请先由办案系统报送受案信息。")
    step_id, _ = await add(
        desk,
        matter,
        kind,
        text=(*matter.newest.key, digest),
        round_=matter.round + 1,
        words=_words(said),
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


def _words(said: Submission) -> dict[str, Any]:
    return {"salt": secrets.token_hex(16), "note": said.note}


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
