"""What officers do in a hearing: record, accept or refuse, call, hold, report."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import uuid_utils

from mingjing_review.acts.matter import about, subject_of
from mingjing_review.errors import ConflictOfInterest, NotNow, Overtaken, Unknown
from mingjing_review.rules.hearing import Deed, Hearing, hearing_of, hindrance, interest_in
from mingjing_review.store.hearing import (
    HearingStep,
    add_hearing_steps,
    hearing_steps,
    hearings,
)
from mingjing_review.store.people import Details, details_of_cases, investigators_of
from mingjing_review.store.review import reviews
from mingjing_review.store.sealed import HEARING_WORDS
from mingjing_review.store.settle_terms import settle_terms
from mingjing_review.store.text import texts_of
from mingjing_review.store.wording import sealed_for
from mingjing_shared.clock import legal_now, local_date
from mingjing_shared.errors import InvalidInput
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.officer import HeldRole

ACT_OF = {
    "told": "review.hearing_record",
    "requested": "review.hearing_record",
    "waived": "review.hearing_record",
    "withdrawn": "review.hearing_record",
    "accepted": "review.hearing_decide",
    "refused": "review.hearing_decide",
    "noticed": "review.hearing_notice",
    "held": "review.hearing_hold",
    "no_show": "review.hearing_hold",
    "reported": "review.hearing_report",
}
"""By which act of the table of permissions a step is taken."""

_NEEDS_WORDS = {
    "refused": ("reason", "不予受理的理由"),
    "noticed": ("place", "听证的地点"),
    "held": ("record", "听证笔录的主要内容"),
    "no_show": ("reason", "通知和等候的情况"),
    "reported": ("finding", "听证报告的处理意见和建议"),
}
_DECIDED = "听证应当在作出决定之前进行；如决定有误，请在办案系统变更或撤销。"


@dataclass(frozen=True, slots=True)
class Said:
    """A step as it was filled in.

    Attributes:
        words: what was written, by field: place, reason, record, finding.
        seen: how many steps had been taken when the page was read.
    """

    kind: str
    on: date
    seen: int
    words: Mapping[str, str] = field(default_factory=dict)
    planned_on: date | None = None
    chair: str | None = None
    recorder: str | None = None
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A hearing as an act finds it, locked."""

    review: Mapping[str, Any]
    steps: Sequence[HearingStep]
    now: Hearing
    role: HeldRole
    at: datetime


async def take_step(desk: Desk, decision_id: str, said: Said) -> None:
    """Take one step of a hearing.

    Raises:
        Unknown: there is no such decision, or it gives no right to a hearing.
        NotAllowed: none of the officer's roles reaches that far.
        ConflictOfInterest: who handled or investigated the case does not hold its hearing.
        Overtaken: another step was taken since the page was read.
        NotNow: the state, a term or a day does not allow it.
        InvalidInput: something is not written that must be.
    """
    held = await _take(desk, decision_id, ACT_OF[said.kind])
    deed = _deed(desk, said)
    await _refuse_interest(desk, held, deed)
    _refuse_stale(held, said)
    need = _NEEDS_WORDS.get(said.kind)
    if need is not None and not said.words.get(need[0]):
        raise InvalidInput(f"没有写明{need[1]}。", "请填写后再提交；已填内容保留在页上。")
    if held.review["made_on"] is not None:
        raise NotNow(f"决定已于 {held.review['made_on']} 作出。", _DECIDED)
    try:
        hindered = hindrance(held.now, deed, local_date(held.at), published_calendar())
    except LawError as error:
        hindered = error.message
    if hindered is not None:
        raise NotNow(hindered, "请核对日期和最新状态；已填内容保留在页上。")
    await _write(desk, held, deed, said)
    await settle_terms(desk.tx, decisions=[decision_id])


async def _take(desk: Desk, decision_id: str, act: str) -> _Held:
    await desk.tx.lock([f"decision/{decision_id}"])
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown("没有这个决定。", "请核对地址，或回到听证清单。")
    role = await desk.permit(act, subject_of(review), about(review))
    row = (await hearings(desk.tx, [decision_id])).get(decision_id)
    if row is None:
        raise Unknown("这个拟作决定没有听证事项。", "不属于应当告知听证权利的处罚，请核对。")
    steps = (await hearing_steps(desk.tx, [decision_id])).get(decision_id, [])
    return _Held(review, steps, _as_it_stands(row, steps), role, legal_now())


def _as_it_stands(row: Mapping[str, Any], steps: Sequence[HearingStep]) -> Hearing:
    """What casework told is in the row: the same days lead to the same state."""
    by_officer = {step.kind for step in steps}
    held = row["held_on"] if "held" not in by_officer else None
    return hearing_of([step.deed for step in steps], told_on=row["told_on"], held_on=held)


def _deed(desk: Desk, said: Said) -> Deed:
    return Deed(
        kind=said.kind,
        on=said.on,
        officer=desk.officer.number,
        planned_on=said.planned_on,
        chair=said.chair,
        recorder=said.recorder,
        postponed=bool(said.words.get("postponed")),
        closed=said.closed,
    )


async def _refuse_interest(desk: Desk, held: _Held, deed: Deed) -> None:
    review = held.review
    key = review["case_key"]
    details = (await details_of_cases(desk.tx, [key])).get(key, Details())
    texts = await texts_of(desk.tx, review["decision_id"], key)
    proposers = {text.proposed_by for text in texts if text.proposed_by}
    involved = details.ever | proposers | (await investigators_of(desk.tx, [key])).get(key, set())
    acting = [one for one in (desk.officer.number, held.role.instead_of) if one]
    reason = interest_in(deed, acting, involved)
    if reason is not None:
        raise ConflictOfInterest(
            f"{reason}（办案与听证应当分开）。", "请由没有参加本案调查的法制人员办理听证。"
        )


def _refuse_stale(held: _Held, said: Said) -> None:
    noted = [step for step in held.steps if step.place is not None]
    if said.seen != len(noted):
        last = noted[-1] if noted else None
        raise Overtaken(
            f"您打开本页之后，{last.officer if last else '他人'}已办理了下一步，本次操作没有执行。",
            "请查看最新状态后再决定是否继续；已填内容保留在页上。",
        )


async def _write(desk: Desk, held: _Held, deed: Deed, said: Said) -> None:
    step_id = str(uuid_utils.uuid7())
    words = {"salt": secrets.token_hex(16), **{k: v for k, v in said.words.items() if v}}
    sealed, digest = sealed_for(desk.tx, HEARING_WORDS, words, step_id=step_id)
    row = {
        "step_id": step_id,
        "decision_id": held.review["decision_id"],
        "place": sum(step.place is not None for step in held.steps) + 1,
        "case_key": held.review["case_key"],
        "kind": deed.kind,
        "day": deed.on,
        "at": held.at,
        "officer": desk.officer.number,
        "role": held.role.code,
        "unit": held.role.unit,
        "instead_of": held.role.instead_of,
        "planned_on": deed.planned_on,
        "chair": deed.chair,
        "recorder": deed.recorder,
        "postponed": deed.postponed,
        "closed": deed.closed,
        "words": sealed,
        "words_sha256": digest,
    }
    await add_hearing_steps(desk.tx, [row])
