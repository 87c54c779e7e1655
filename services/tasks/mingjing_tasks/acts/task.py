"""What officers do about a task: sign for it, report progress, check what is called done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.errors import Conflict, InvalidInput, NotAllowed
from mingjing_shared.events.tasks import TaskCompleted, TaskProgressed
from mingjing_shared.events.values import TaskId, UnitCode
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import About
from mingjing_tasks.rules.task import SHARE_MAX, task_id_of
from mingjing_tasks.store import task as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.web.desk import Desk
    from mingjing_tasks.rules.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Report:
    """What a unit says of a task: how much is done, in words, and what shows it."""

    words: str
    share: int
    done: bool
    evidence: Sequence[Evidence]


async def accept(desk: Desk, number: int, unit: str) -> None:
    """A unit signs for a task: it knows of it and works on it.

    Raises:
        NotAllowed: the officer may not report for that unit.
        Conflict: the unit signed for it before.
    """
    acts = await _opened(desk, number)
    await desk.permit("tasks.report", Subject("task", task_id_of(number)), About(unit=unit))
    if any(act.unit == unit for act in acts):
        raise Conflict("本单位已经签收这项任务。", "可直接上报进展。")
    await store.add_act(desk.tx, _row(desk, number, "accepted", unit))


async def report(desk: Desk, number: int, unit: str, said: Report) -> None:
    """A unit reports progress; what is called done must be shown by something.

    Raises:
        NotAllowed: the officer may not report for that unit.
        InvalidInput: done without evidence, or a share that is none.
    """
    await _opened(desk, number)
    await desk.permit("tasks.report", Subject("task", task_id_of(number)), About(unit=unit))
    if said.done and not said.evidence:
        raise InvalidInput(
            "报告“已完成”必须附依据：文件摘要或网址，每行一个。",
            "附上依据，或改为上报进展；数据能够证明的任务不必报告完成。",
        )
    if not 0 <= said.share <= SHARE_MAX or (said.done and said.share != SHARE_MAX):
        raise InvalidInput(
            f"完成比例 {said.share} 不合要求：应为 0 到 {SHARE_MAX}，完成时为 {SHARE_MAX}。",
            "改正比例后重新上报。",
        )
    row = _row(desk, number, "reported", unit)
    row |= {"share": said.share, "done": said.done, "words": said.words}
    await store.add_act(desk.tx, row | {"evidence": list(said.evidence)})
    event = TaskProgressed(
        task_id=TaskId(task_id_of(number)),
        task=number,
        unit=UnitCode(unit),
        share=said.share / SHARE_MAX,
    )
    outbox.add(desk.tx, [Outgoing(event)])


async def verify(desk: Desk, number: int, *, passed: bool, words: str) -> None:
    """An inspector checks what was called done; not who reported it.

    Raises:
        NotAllowed: the officer may not check, or reported it.
        Conflict: nothing is called done that was not checked yet.
    """
    acts = await _opened(desk, number)
    await desk.permit("tasks.verify", Subject("task", task_id_of(number)), About())
    last = next((act for act in acts if act.what != "accepted"), None)
    if last is None or last.what != "reported" or not last.done:
        raise Conflict("这项任务没有待核验的完成报告。", "等责任单位报告完成并附依据后再核验。")
    if desk.officer.number == last.officer:
        raise NotAllowed("不能核验本人上报的完成情况。", "由其他督察人员核验。")
    row = _row(desk, number, "verified" if passed else "rejected", last.unit)
    await store.add_act(desk.tx, row | {"words": words or None})
    if passed:
        event = TaskCompleted(
            task_id=TaskId(task_id_of(number)),
            task=number,
            unit=UnitCode(last.unit),
            completed_on=legal_today(),
        )
        outbox.add(desk.tx, [Outgoing(event)])


async def _opened(desk: Desk, number: int) -> Sequence[Any]:
    """The acts about a task, newest first; nobody else adds one until this transaction ends."""
    await desk.tx.lock([f"task/{number}"])
    return await store.acts_of(desk.tx, number)


def _row(desk: Desk, number: int, what: str, unit: str) -> dict[str, Any]:
    return {
        "task": number,
        "what": what,
        "unit": unit,
        "officer": desk.officer.number,
        "share": None,
        "done": False,
        "words": None,
        "evidence": [],
        "at": legal_now(),
    }
