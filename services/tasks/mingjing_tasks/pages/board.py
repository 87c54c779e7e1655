"""The board of tasks as pages and fragments read it: every task, how it stands, its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_today
from mingjing_tasks.acts.reach import scope_of_figures
from mingjing_tasks.rules.catalogue import Task, tasks_on
from mingjing_tasks.rules.due import read_due
from mingjing_tasks.rules.indicator import indicators_on, year_of
from mingjing_tasks.rules.task import Figure, TaskAct, may_wait, state_of
from mingjing_tasks.rules.unit_names import units_in
from mingjing_tasks.store import indicator as indicators
from mingjing_tasks.store import notice as notices
from mingjing_tasks.store import task as store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Row

    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_tasks.rules.indicator import IndicatorVersion, Period


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One task on the board."""

    task: Task
    wording: Any
    state: str
    overdue: bool
    indicator: tuple[str, IndicatorVersion] | None
    figure: Figure | None
    ahead: int
    share: int | None
    claimed: bool
    signed: frozenset[str]
    checked: str | None

    @property
    def percent(self) -> str:
        """The share of the figure, one place, never rounded up to all; a dash for none."""
        return percent_of(self.figure)


@dataclass(frozen=True, slots=True)
class Board:
    """All tasks, by number, and the notice they follow."""

    rows: Sequence[BoardRow]
    notice: Any
    period: Period
    scope: str
    counts: Mapping[str, int]
    leads: Sequence[str]
    parts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The tasks that are owed today, by number, with the notice they follow and its wordings."""

    tasks: Sequence[Task]
    notice: Any
    worded: Mapping[int, Any]


async def catalogue(desk: Desk) -> Catalogue:
    """The tasks of the notice in force; without one, those of our own catalogue."""
    notice = await notices.notice_in_force(desk.tx)
    worded = await notices.wordings(desk.tx) if notice is not None else {}
    return Catalogue(_tasks(worded, notice, legal_today()), notice, worded)


async def rows_that_may_wait(desk: Desk) -> Sequence[BoardRow]:
    """Those rows of the board for which somebody may have to do something, and no others.

    They are said to be done, or were found to be, or the day of the notice passed. Figures are
    read only where one of them is measured.
    """
    today = legal_today()
    known = await catalogue(desk)
    acts = await store.short_acts(desk.tx)
    tasks = [
        task
        for task in known.tasks
        if may_wait(
            None if known.notice is None else task.due, _acts(acts.get(task.number, ())), today
        )
    ]
    if not tasks:
        return ()
    units, _ = await scope_of_figures(desk)
    return await _rows(desk, replace(known, tasks=tasks), acts, units)


async def _rows(
    desk: Desk,
    known: Catalogue,
    acts: Mapping[int, Sequence[Row[Any]]],
    units: Sequence[str] | None,
) -> list[BoardRow]:
    today = legal_today()
    measured = {v.task: (code, v) for code, v in indicators_on(today).items()}
    figures: Mapping[str, Row[Any]] = {}
    if any(task.number in measured for task in known.tasks):
        figures = await indicators.figures(desk.tx, year_of(today), today, units)
    rows = []
    for task in known.tasks:
        indicator = measured.get(task.number)
        measure = (indicator, figures.get(indicator[1].duty) if indicator else None)
        kept = acts.get(task.number, ())
        rows.append(_row(task, known.worded.get(task.number), kept, measure, today))
    return rows


async def board(desk: Desk) -> Board:
    """The tasks as they stand today; the figures are of this year and of what the officer sees."""
    known = await catalogue(desk)
    units, scope = await scope_of_figures(desk)
    rows = await _rows(desk, known, await store.short_acts(desk.tx), units)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state] = counts.get(row.state, 0) + 1
    return Board(
        rows=rows,
        notice=known.notice,
        period=year_of(legal_today()),
        scope=scope,
        counts=counts,
        leads=list(dict.fromkeys(name for task in known.tasks for name in task.lead)),
        parts=list(dict.fromkeys(task.part for task in known.tasks)),
    )


def figure_of(counted: Row[Any] | None, percent_asked: int) -> Figure:
    """A figure from what was counted; nothing counted is nought of nought."""
    return Figure(
        counted=counted.counted if counted else 0,
        met=counted.met if counted else 0,
        percent_asked=percent_asked,
    )


def percent_of(figure: Figure | None) -> str:
    """The share of a figure in percent, one place, never rounded up to all; a dash for none."""
    if figure is None or not figure.counted:
        return "—"
    tenths = figure.met * 1000 // figure.counted
    return f"{tenths // 10}.{tenths % 10}%"


def sorted_units(acts: Sequence[Row[Any]], tree: UnitTree) -> list[dict[str, Any]]:
    """What each unit says last of a task, by the unit's name; ``acts`` newest first."""
    last: dict[str, Row[Any]] = {}
    for act in acts:
        if act.what in ("accepted", "reported"):
            known = last.get(act.unit)
            if known is None or (known.what == "accepted" and act.what == "reported"):
                last[act.unit] = act
    named = [{"unit": tree.name_of(code), "act": act} for code, act in last.items()]
    return sorted(named, key=lambda row: str(row["unit"]))


def _tasks(worded: Mapping[int, Any], notice: Any, today: date) -> list[Task]:
    ours = tasks_on(today)
    if notice is None:
        return list(ours.values())
    return [_worded(wording, ours.get(number), notice) for number, wording in worded.items()]


def _worded(wording: Any, ours: Task | None, notice: Any) -> Task:
    """A task with the facts of the notice; our title where it is the same task."""
    due = read_due(wording.due_text) or read_due("")
    same = ours is not None and (ours.part, ours.project) == (wording.part, wording.project)
    known = ours if same else None
    if due is None:
        raise ValueError(wording.due_text)  # refused when it was imported
    return Task(
        number=wording.task,
        title=known.title if known else _first_words(wording.text),
        part=wording.part,
        project=wording.project,
        lead=units_in(wording.lead_text),
        responsible=units_in(wording.responsible_text),
        due=due,
        by=known.by if known else ("manual",),
        department=known.department if known else "tasks",
        source=notice.document_number,
    )


def _first_words(text: str) -> str:
    """The first clause of a wording, short: its title where we have none of our own."""
    for mark in "，。；：":
        text = text.partition(mark)[0]
    return text if len(text) <= 24 else f"{text[:24]}…"


def _acts(kept: Sequence[Row[Any]]) -> list[TaskAct]:
    return [TaskAct(act.what, done=act.done) for act in kept]


def _row(
    task: Task,
    wording: Any,
    kept: Sequence[Row[Any]],
    measure: tuple[tuple[str, IndicatorVersion] | None, Row[Any] | None],
    today: date,
) -> BoardRow:
    indicator, counted = measure
    figure = None
    if indicator is not None:
        figure = figure_of(counted, indicator[1].percent_asked)
    acts = _acts(kept)
    reports = [act for act in kept if act.what == "reported"]
    last = next((act for act in reversed(kept) if act.what != "accepted"), None)
    return BoardRow(
        task=task,
        wording=wording,
        state=state_of(task.due, acts, figure, today),
        overdue=task.due.on is not None and task.due.on < today,
        indicator=indicator,
        figure=figure,
        ahead=counted.ahead if counted else 0,
        share=reports[-1].share if reports else None,
        claimed=bool(reports and reports[-1].done),
        signed=frozenset(act.unit for act in kept),
        checked=last.what if last is not None and last.what in ("verified", "rejected") else None,
    )
