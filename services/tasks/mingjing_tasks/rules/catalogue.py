"""The catalogue of tasks: what a notice gave to whom, by when, as dated data with its source.

Titles are our own short words. ``law/tasks.toml`` holds the facts of 淮公通〔2019〕395号; the
official wording is no part of the product, it is imported into the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from mingjing_shared.law.rules import Version, load_dated
from mingjing_tasks.rules.due import read_due
from mingjing_tasks.rules.task import task_id_of

if TYPE_CHECKING:
    from datetime import date

    from mingjing_tasks.rules.due import Due
    from mingjing_tasks.rules.notice import NoticeTask

Way = Literal["data", "workflow", "registry", "manual"]
Department = Literal["disclosure", "recording", "review", "tasks"]
_Names = Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class TaskVersion(Version, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False):
    """A task as one notice gave it."""

    part: str
    project: str
    lead: _Names
    responsible: _Names
    due: str
    by: tuple[Way, ...]
    department: Department

    def __post_init__(self) -> None:
        """Refuse a due text that nobody can read, and a task without its number."""
        if read_due(self.due) is None or self.task is None:
            raise ValueError(f"due {self.due!r} or task {self.task!r} cannot be used")


TASKS = load_dated("mingjing_tasks", "tasks", TaskVersion)


@dataclass(frozen=True, slots=True)
class Task:
    """One task in force: its facts, and what we call it."""

    number: int
    title: str
    part: str
    project: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    due: Due
    by: tuple[Way, ...]
    department: Department
    source: str

    @property
    def task_id(self) -> str:
        """The id that events carry."""
        return task_id_of(self.number)


def tasks_on(day: date) -> dict[int, Task]:
    """The tasks in force on a day, by number in order."""
    held = [fact.in_force_on(day) for fact in TASKS.values() if fact.is_in_force_on(day)]
    return {task.number: task for task in sorted(map(_task, held), key=lambda t: t.number)}


def differences(task: Task | None, said: NoticeTask) -> list[str]:
    """The names of the facts in which a notice's task is not the catalogue's."""
    if task is None:
        return ["number"]
    pairs = {
        "part": (task.part, said.part),
        "project": (task.project, said.project),
        "lead": (task.lead, said.lead),
        "responsible": (task.responsible, said.responsible),
        "due": (task.due, said.due),
    }
    return [name for name, (ours, theirs) in pairs.items() if ours != theirs]


def _task(version: TaskVersion) -> Task:
    due = read_due(version.due)
    if due is None or version.task is None:
        raise ValueError(f"{version.id}: cannot be used")  # refused when it was loaded
    return Task(
        number=version.task,
        title=version.title,
        part=version.part,
        project=version.project,
        lead=version.lead,
        responsible=version.responsible,
        due=due,
        by=version.by,
        department=version.department,
        source=version.source,
    )
