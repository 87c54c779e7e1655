"""The legal department takes a submission, or says what is missing (受理、材料不齐、退回补正)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_review.acts.matter import (
    Matter,
    add,
    refuse_interest,
    refuse_unless,
    settle,
    take,
    text_under_review,
)
from mingjing_review.errors import NotNow
from mingjing_shared.errors import InvalidInput
from mingjing_shared.events.review import ReviewAssigned, ReviewReturned
from mingjing_shared.events.values import CaseNumber, DecisionId, PoliceNumber, ReviewId
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mingjing_shared.web.desk import Desk

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing: items of the list by code, and in words, with what else there is to say.

    ``seen``: how many steps had been taken when the page was read.
    """

    codes: tuple[str, ...]
    note: str
    seen: int


async def accept(desk: Desk, decision_id: str, seen: int) -> None:
    """Find the material complete and take the review on.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken, NotNow: as every act of a reviewer.
    """
    matter = await take(desk, "review.accept", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "accepted", seen)
    step_id, _ = await add(
        desk,
        matter,
        "accepted",
        text=text_under_review(matter),
        round_=matter.round,
        words={"salt": secrets.token_hex(16)},
    )
    row = await settle(desk, matter)
    event = ReviewAssigned(
        case_number=CaseNumber(row["case_number"]),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(decision_id),
        reviewer=PoliceNumber(desk.officer.number),
        round=row["round"],
    )
    outbox.add(desk.tx, [Outgoing(event, matter.cause, step_id, matter.now)])


async def find_incomplete(desk: Desk, decision_id: str, missing: Missing) -> None:
    """Say that the material is incomplete; the term begins only when it is complete.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken, NotNow: as every act of a reviewer.
        InvalidInput: nothing is named as missing.
    """
    matter = await take(desk, "review.accept", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "incomplete", missing.seen)
    await _hand_back(desk, matter, "incomplete", missing)


async def return_for_supplement(desk: Desk, decision_id: str, missing: Missing) -> None:
    """Return the material once for a supplement, with all that is missing; the clock stops.

    Raises:
        Unknown, NotAllowed, ConflictOfInterest, Overtaken: as every act of a reviewer.
        NotNow: it is not under review, or was returned once before in this round.
        InvalidInput: nothing is named as missing.
    """
    matter = await take(desk, "review.return", decision_id)
    refuse_interest(desk, matter)
    refuse_unless(matter, "returned", missing.seen)
    progress = matter.progress
    if progress is not None and progress.returns:
        raise NotNow(
            "本轮已经退回补正过一次；需要补正的内容应当一次性告知，不能再次停表。",
            "请根据现有材料出具审核意见；材料仍不足的，出具“纠正”意见并写明理由。",
        )
    await _hand_back(desk, matter, "returned", missing)


async def _hand_back(desk: Desk, matter: Matter, kind: str, missing: Missing) -> None:
    if not missing.codes and not missing.note:
        raise InvalidInput(
            "没有写明缺少什么。", "请勾选缺少的材料，或在“其他”中逐项写明，一次性告知。"
        )
    codes = [*missing.codes, *([OTHER] if missing.note else [])]
    step_id, _ = await add(
        desk,
        matter,
        kind,
        text=text_under_review(matter),
        round_=matter.round,
        words={"salt": secrets.token_hex(16), "note": missing.note},
        codes={"missing": codes},
    )
    row = await settle(desk, matter)
    event = _returned(desk, row, kind, codes)
    outbox.add(desk.tx, [Outgoing(event, matter.cause, step_id, matter.now)])


def _returned(desk: Desk, row: Mapping[str, Any], kind: str, codes: list[str]) -> ReviewReturned:
    return ReviewReturned(
        case_number=CaseNumber(row["case_number"]),
        review_id=ReviewId(row["review_id"]),
        decision_id=DecisionId(row["decision_id"]),
        round=row["round"],
        missing=tuple(codes),
        effect="not_started" if kind == "incomplete" else "stopped",
        by=PoliceNumber(desk.officer.number),
    )
