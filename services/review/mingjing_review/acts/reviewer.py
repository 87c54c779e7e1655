"""The register of reviewers: absences, and who reviewed before (不在岗、此前已从事审核)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from mingjing_review.errors import NotForThisDesk, NotNow, Unknown
from mingjing_review.store import absence as store
from mingjing_review.store.assigning import reassign_of_absent
from mingjing_review.store.reviewer import people_on, reviewers_on
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import SHANGHAI, legal_now, local_date
from mingjing_shared.errors import InvalidInput
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from mingjing_shared.web.desk import Desk

ABSENCE = "review.absence"
REGISTER = "review.register"
CLOCK = "absence"


@dataclass(frozen=True, slots=True)
class Away:
    """From when until when somebody is away, and why."""

    since: date
    until: date | None
    reason: str


def subject_of(number: str) -> Subject:
    """A reviewer as the audit names one."""
    return Subject("reviewer", number)


async def note_absence(desk: Desk, number: str, away: Away) -> None:
    """Note that a reviewer is absent; what lies on the desk and was not taken on is given anew.

    At once when the absence has begun, else with its first day.

    Raises:
        NotAllowed: the officer's roles do not reach so far.
        NotForThisDesk: somebody else's absence, noted by who is no case manager.
        Unknown: there is no such reviewer.
        InvalidInput: it ends before it begins, lies in the past, or has no reason.
    """
    now = legal_now()
    today = local_date(now)
    await _permit_about(desk, number, today)
    await _refuse_unknown(desk, number, today)
    if away.until is not None and away.until < max(away.since, today):
        raise InvalidInput(
            f"不在岗至 {away.until}，早于{'起始日' if away.until < away.since else '今天'}。",
            "请核对起止日期；尚不知道何时返岗的，截止日可以不填。",
        )
    if not away.reason:
        raise InvalidInput("没有写明不在岗的原因。", "请填写，例如：出差、休假、培训。")
    absence_id = await store.keep_absence(
        desk.tx,
        officer=number,
        since=away.since,
        until=away.until,
        noted_at=now,
        noted_by=desk.officer.number,
        reason=away.reason,
    )
    begins = max(now, datetime.combine(away.since, time(), SHANGHAI))
    await set_clocks(desk.tx, [Clock(CLOCK, absence_id, begins, "review.assignment.load")])
    if away.since <= today:
        await reassign_of_absent(desk.tx, number, now)


async def come_back(desk: Desk, number: str, absence_id: str) -> None:
    """Note that a reviewer is back from today on.

    Raises:
        NotAllowed, NotForThisDesk: as for noting it.
        Unknown: there is no such absence of this officer.
        NotNow: it is over already.
    """
    today = local_date(legal_now())
    await _permit_about(desk, number, today)
    held = await store.absence(desk.tx, absence_id)
    if held is None or held.officer != number:
        raise Unknown("没有这条不在岗登记。", "请回到审核人员页面核对。")
    if not held.is_ahead(today):
        raise NotNow("这段不在岗已经结束。", "无需再办。")
    await store.end_absence(desk.tx, absence_id, today, desk.officer.number)
    await stop_clocks(desk.tx, CLOCK, [absence_id])


async def register_earlier(desk: Desk, number: str, reason: str) -> None:
    """Note that an officer reviewed penalties before, and so does not begin now.

    Raises:
        NotAllowed: only the case manager may.
        Unknown: the directory does not know the officer.
        InvalidInput: what it rests on is not said.
        NotNow: it is noted already.
        NotForThisDesk: the officer would note it of themselves.
    """
    now = legal_now()
    people = await people_on(desk.tx, local_date(now), [number])
    person = people.get(number)
    await desk.permit(REGISTER, subject_of(number), About(person.unit if person else None))
    if person is None:
        raise Unknown(f"人员名录中没有警号 {number}。", "请核对警号，或请人事部门补报。")
    if number == desk.officer.number:
        raise NotForThisDesk("不能为自己登记。", "请由其他案管人员核实后登记。")
    if not reason:
        raise InvalidInput("没有写明登记的依据。", "请写明此前何时、何单位从事审核，依据什么材料。")
    if not await store.keep_earlier(
        desk.tx, officer=number, noted_at=now, noted_by=desk.officer.number, reason=reason
    ):
        raise NotNow(f"{number} 已经登记过。", "无需再办。")


async def _permit_about(desk: Desk, number: str, today: date) -> None:
    """Whoever it is about may note it, and a case manager of anybody."""
    person = (await people_on(desk.tx, today, [number])).get(number)
    own = number == desk.officer.number
    unit = desk.officer.unit if own else (person.unit if person else None)
    role = await desk.permit(ABSENCE, subject_of(number), About(unit))
    if not own and role.code != "case_manager":
        raise NotForThisDesk(
            "只能登记本人不在岗；他人的由法制支队案管登记。", "请联系本人，或法制支队案管。"
        )


async def _refuse_unknown(desk: Desk, number: str, today: date) -> None:
    if number not in await reviewers_on(desk.tx, today) and number != desk.officer.number:
        raise Unknown(f"审核人员中没有 {number}。", "请从审核人员清单进入。")
