"""A notice is imported: its official wording is kept, its tasks are given, their clocks start."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from mingjing_shared.clock import SHANGHAI, legal_today, machine_now
from mingjing_shared.events.tasks import TaskAssigned
from mingjing_shared.events.values import TaskId
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_tasks.errors import DamagedNotice
from mingjing_tasks.rules.catalogue import differences, tasks_on
from mingjing_tasks.rules.notice import read_notice
from mingjing_tasks.rules.task import task_id_of
from mingjing_tasks.store import notice as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Transaction
    from mingjing_tasks.rules.catalogue import Task
    from mingjing_tasks.rules.notice import Notice, NoticeTask

CLOCK = "task_due"
FACTS = {
    "number": "序号",
    "part": "制度",
    "project": "重点项目",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "due": "进度要求",
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a notice: whether it is new, and where it is not as the catalogue says."""

    notice: Notice
    sha256: str
    is_new: bool
    differing: dict[int, list[str]] = field(default_factory=dict)
    missing: tuple[int, ...] = ()


async def import_notice(tx: Transaction, text: str, by: str) -> Imported:
    """Put a notice in force: all of it, or nothing.

    The same notice once more changes nothing. Another one replaces it; the earlier wording stays.

    Raises:
        DamagedNotice: the text is no whole notice, or is of the notice that the catalogue follows
            and says something else; the lines are named.
    """
    notice = read_notice(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    catalogue = tasks_on(legal_today())
    _refuse_if_damaged(notice, catalogue)
    differing = {
        task.number: names
        for task in notice.tasks
        if (names := differences(catalogue.get(task.number), task))
    }
    missing = tuple(sorted(catalogue.keys() - {task.number for task in notice.tasks}))
    await tx.lock(["notice"])
    held = await store.notice_in_force(tx)
    is_new = held is None or held.sha256 != digest
    if is_new:
        await store.add_notice(
            tx, _row(notice, digest, by), [_task_row(digest, task) for task in notice.tasks]
        )
        await _start_clocks(tx, notice)
        outbox.add(tx, [Outgoing(_assigned(task)) for task in notice.tasks])
    return Imported(notice, digest, is_new, differing, missing)


def _refuse_if_damaged(notice: Notice, catalogue: Mapping[int, Task]) -> None:
    """The facts of the catalogue's own notice are known: where its text differs, it was changed."""
    known = {n: t for n, t in catalogue.items() if t.source.startswith(notice.document_number)}
    if not known:
        return
    problems = [
        (task.line, f"第 {task.number} 项的{'、'.join(FACTS[name] for name in names)}与该通知不符")
        for task in notice.tasks
        if (names := differences(known.get(task.number), task))
    ]
    missing = sorted(known.keys() - {task.number for task in notice.tasks})
    if missing:
        line = notice.tasks[-1].line
        problems.append((line, f"其后缺少任务 {'、'.join(map(str, missing))}"))
    if problems:
        raise DamagedNotice(problems)


async def _start_clocks(tx: Transaction, notice: Notice) -> None:
    """A day that is over already is told at once: the task was late when it came."""
    await stop_clocks(
        tx, CLOCK, [task_id_of(task.number) for task in notice.tasks if task.due.on is None]
    )
    await set_clocks(
        tx,
        [
            Clock(
                kind=CLOCK,
                subject=task_id_of(task.number),
                due_at=datetime.combine(task.due.on + timedelta(days=1), time(), SHANGHAI),
                rule=f"{notice.document_number} {task.due.text}",
            )
            for task in notice.tasks
            if task.due.on is not None
        ],
    )


def _assigned(task: NoticeTask) -> TaskAssigned:
    name = TaskId(task_id_of(task.number))
    return TaskAssigned(task_id=name, task=task.number, due_on=task.due.on)


def _row(notice: Notice, digest: str, by: str) -> dict[str, object]:
    return {
        "sha256": digest,
        "title": notice.title,
        "document_number": notice.document_number,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on,
        "tasks": len(notice.tasks),
        "imported_at": machine_now(),
        "imported_by": by,
    }


def _task_row(digest: str, task: NoticeTask) -> dict[str, object]:
    return {
        "sha256": digest,
        "task": task.number,
        "part": task.part,
        "project": task.project,
        "text": task.text,
        "lead_text": task.lead_text,
        "responsible_text": task.responsible_text,
        "due_text": task.due.text,
        "line": task.line,
    }
