"""What every act begins with: the decision locked, who asks, what stands there, may it be now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.errors import ConflictOfInterest, NotNow, Overtaken, Unknown
from mingjing_review.rules.interest import HANDED_IN, interest_of
from mingjing_review.rules.progress import MAY_FOLLOW, STEP_NAMES, progress_of
from mingjing_review.rules.state import STATE_NAMES
from mingjing_review.store import review as store
from mingjing_review.store.clearance import clearances
from mingjing_review.store.people import Details, details_of_cases, investigators_of
from mingjing_review.store.sealed import STEP_WORDS
from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.store.standing import settle_reviews
from mingjing_review.store.step import Taken, add_step, steps_of
from mingjing_review.store.text import texts_of
from mingjing_review.store.wording import sealed_for
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, local_date
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.messaging.received import Cause
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mingjing_review.rules.progress import Progress
    from mingjing_review.rules.standing import Clearance
    from mingjing_review.store.text import ProposedText
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole


@dataclass(frozen=True, slots=True)
class Matter:
    """A decision's review as an act finds it, locked.

    Attributes:
        texts: every proposed text, newest first.
        investigators: who took part in an act of the case.
        expired: the text was cleared, and the clearance is over.
        role: the role by which the officer acts.
    """

    review: Mapping[str, Any]
    steps: Sequence[Taken]
    texts: Sequence[ProposedText]
    details: Details
    investigators: frozenset[str]
    expired: bool
    role: HeldRole
    now: datetime

    @property
    def newest(self) -> ProposedText:
        """The text that is proposed now."""
        return self.texts[0]

    @property
    def round(self) -> int:
        """The present round."""
        return self.steps[-1].round if self.steps else 0

    @property
    def progress(self) -> Progress | None:
        """Where the steps taken so far lead to."""
        return progress_of([step.as_rule for step in self.steps], published_calendar())

    @property
    def cause(self) -> Cause:
        """The text that the round is about, as the cause of what is told."""
        return self.caused_by(self.steps[-1].text if self.steps else self.newest.key)

    def caused_by(self, text: tuple[str, str]) -> Cause:
        """A proposed text (source, event) as the cause of what is told."""
        return Cause(*text, mode=self.review["mode"])


def subject_of(review: Mapping[str, Any]) -> Subject:
    """A review as the audit names it."""
    return Subject("decision", review["decision_id"], review["case_number"])


def about(review: Mapping[str, Any]) -> About:
    """Whose unit and whose case a review is."""
    return About(review["unit"], frozenset(review["handlers"] or ()))


async def take(desk: Desk, act: str, decision_id: str) -> Matter:
    """Lock the decision and load its review for an act of the table of permissions.

    Raises:
        Unknown: there is no such decision.
        NotAllowed: none of the officer's roles reaches that far.
    """
    await desk.tx.lock([f"decision/{decision_id}"])
    review = (await store.reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown(
            f"没有收到决定 {decision_id} 的提请或作出信息。",
            "请核对决定编号；刚从办案系统提请的，请稍后再试。",
        )
    role = await desk.permit(act, subject_of(review), about(review))
    steps = (await steps_of(desk.tx, [decision_id])).get(decision_id, [])
    details = await details_of_cases(desk.tx, [review["case_key"]])
    acting = await investigators_of(desk.tx, [review["case_key"]])
    held = (await clearances(desk.tx, [decision_id])).get(decision_id, [])
    now = legal_now()
    return Matter(
        review=review,
        steps=steps,
        texts=await texts_of(desk.tx, decision_id, review["case_key"]),
        details=details.get(review["case_key"], Details()),
        investigators=frozenset(acting.get(review["case_key"], ())),
        expired=_is_expired(review, held, local_date(now)),
        role=role,
        now=now,
    )


def _is_expired(review: Mapping[str, Any], held: Sequence[Clearance], today: date) -> bool:
    if review["state"] != "cleared":
        return False
    mine = [one for one in held if one.draft_sha256 == review["proposed_sha256"]]
    return not any(one.valid_until is None or today <= one.valid_until for one in mine)


def refuse_unless(matter: Matter, kind: str, seen: int) -> None:
    """Go on only when the step may be taken now, by somebody who saw the newest state.

    Raises:
        Overtaken: another step was taken since the page was read.
        NotNow: the state does not allow the step.
    """
    if seen != len(matter.steps):
        last = matter.steps[-1] if matter.steps else None
        what = f"{last.officer} 已{STEP_NAMES[last.kind]}" if last else "审核已有变化"
        raise Overtaken(
            f"您打开本页之后，{what}，本次操作没有执行。",
            "请查看最新状态后再决定是否继续；已填内容保留在页上。",
        )
    review = matter.review
    if review["made_on"] is not None:
        raise NotNow(
            f"决定已于 {review['made_on']} 作出，不能再{STEP_NAMES[kind]}。",
            "审核应当在作出决定之前进行；如决定有误，请在办案系统变更或撤销。",
        )
    anew = kind == "resubmitted" and (review["changed"] or matter.expired)
    if anew or (review["state"] in MAY_FOLLOW[kind] and not review["changed"]):
        return
    if review["changed"]:
        raise NotNow(
            f"送审之后拟作决定又换了文本，不能对原文本{STEP_NAMES[kind]}。",
            "请承办单位以新的文本重新送审。",
        )
    raise NotNow(
        f"现在的状态是“{STATE_NAMES.get(review['state'], review['state'])}”，"
        f"不能{STEP_NAMES[kind]}。",
        review["says"],
    )


def refuse_interest(desk: Desk, matter: Matter) -> None:
    """Go on only when the officer does not handle what is reviewed.

    Raises:
        ConflictOfInterest: the officer does; says how.
    """
    reason = interest_of(
        desk.officer.number,
        matter.role.instead_of,
        handlers=matter.details.ever,
        investigators=matter.investigators,
        proposers=[text.proposed_by for text in matter.texts if text.proposed_by],
        submitters=[step.officer for step in matter.steps if step.kind in HANDED_IN],
    )
    if reason is not None:
        raise ConflictOfInterest(
            f"{reason}，不能审核本案（审核人员与办案人员应当分开）。",
            "请由本单位其他法制审核员或上级法制部门审核。",
        )


async def add(
    desk: Desk,
    matter: Matter,
    kind: str,
    *,
    text: tuple[str, str, str],
    round_: int,
    words: Mapping[str, Any],
    codes: Mapping[str, Any] | None = None,
    opinion: str | None = None,
    outcome: str | None = None,
) -> tuple[str, str]:
    """Write a step on a text (source, event, digest); its id and the digest of its words."""
    step_id = str(uuid_utils.uuid7())
    sealed, digest = sealed_for(desk.tx, STEP_WORDS, words, step_id=step_id)
    await add_step(
        desk.tx,
        {
            "step_id": step_id,
            "decision_id": matter.review["decision_id"],
            "place": len(matter.steps) + 1,
            "case_key": matter.review["case_key"],
            "round": round_,
            "kind": kind,
            "at": matter.now,
            "officer": desk.officer.number,
            "role": matter.role.code,
            "unit": matter.role.unit,
            "instead_of": matter.role.instead_of,
            "text_source": text[0],
            "text_event_id": text[1],
            "draft_sha256": text[2],
            "opinion": opinion,
            "outcome": outcome,
            "codes": dict(codes or {}),
            "words": sealed,
            "words_sha256": digest,
        },
    )
    return step_id, digest


async def settle(desk: Desk, matter: Matter) -> Mapping[str, Any]:
    """Bring the review to where the step leads; its row as it now stands."""
    decision_id = matter.review["decision_id"]
    await settle_reviews(desk.tx, [decision_id])
    await settle_terms(desk.tx, decisions=[decision_id])
    return (await store.reviews(desk.tx, [decision_id]))[decision_id]


def text_under_review(matter: Matter) -> tuple[str, str, str]:
    """The text of the present round: source, event, digest."""
    last = matter.steps[-1]
    return last.text_source, last.text_event_id, last.draft_sha256
