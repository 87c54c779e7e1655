"""What happens to tasks by the clock: a day passes, a month ends."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from mingjing_shared.clock import legal_now, legal_today, local_date
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.events.tasks import IndicatorMeasured, TaskDowngraded, TaskOverdue
from mingjing_shared.events.values import TaskId, UnitCode
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import Clock, set_clocks
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_tasks.rules.due import read_due
from mingjing_tasks.rules.indicator import indicators_on, month_of, read_period
from mingjing_tasks.rules.task import Figure, TaskAct, is_settled, state_of, task_id_of
from mingjing_tasks.store import indicator as indicators
from mingjing_tasks.store import notice as notices
from mingjing_tasks.store import task as store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_tasks.rules.indicator import IndicatorVersion, Period

MEASURE = "measure"
RULE = "indicators by month"


async def tell_overdue(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Tell of tasks whose day has passed and of which no check found that they are done."""
    acts = await store.short_acts(tx)
    worded = await notices.wordings(tx)
    outgoing = []
    for number in sorted(int(clock.subject.partition(".")[2]) for clock in clocks):
        wording = worded.get(number)
        due = read_due(wording.due_text) if wording is not None else None
        if due is not None and due.on is not None and not is_settled(acts_told(acts, number)):
            event = TaskOverdue(task_id=TaskId(task_id_of(number)), task=number, due_on=due.on)
            outgoing.append(Outgoing(event))
    outbox.add(tx, outgoing)


async def measure_months(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Keep and tell the indicators of months that ended; the next month's clock starts."""
    today = legal_today()
    tree = await unit_tree(tx, today)
    for period in filter(None, (read_period(clock.subject) for clock in clocks)):
        rows = await indicators.figures_by_unit(tx, period, today)
        for code, indicator in indicators_on(period.last).items():
            counts = _by_unit(tree, (row for row in rows if row.kind == indicator.duty))
            await _keep(tx, code, indicator, period, counts)
        await set_clocks(tx, [clock_of(month_of(local_date(period.end)))])


def clock_of(month: Period) -> Clock:
    """The clock that fires when a month is over."""
    return Clock(MEASURE, month.name, month.end, RULE)


def acts_told(acts: Mapping[int, Sequence[Row[Any]]], number: int) -> list[TaskAct]:
    """The kept acts of a task as rules see them."""
    return [TaskAct(act.what, done=act.done) for act in acts.get(number, ())]


def _by_unit(tree: UnitTree, rows: Iterable[Row[Any]]) -> dict[str, tuple[int, int]]:
    """What counts and what met of each unit, with those below it."""
    counted: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for row in rows:
        for unit in tree.above(row.unit):
            counted[unit] += row.counted
            met[unit] += row.met
    return {unit: (counted[unit], met[unit]) for unit in sorted(counted) if counted[unit]}


async def _keep(
    tx: Transaction,
    code: str,
    indicator: IndicatorVersion,
    period: Period,
    counts: Mapping[str, tuple[int, int]],
) -> None:
    common = {
        "indicator": code,
        "period": period.name,
        "query": indicators.query_of(indicator.duty),
    }
    at = legal_now()
    rows: list[dict[str, Any]] = [
        {**common, "unit": unit, "counted": counted, "met": met, "measured_at": at}
        for unit, (counted, met) in counts.items()
    ]
    new = {row.unit for row in await indicators.add_measurements(tx, rows)}
    outbox.add(
        tx,
        [
            Outgoing(
                IndicatorMeasured(
                    indicator=code,
                    task=indicator.task or 0,
                    unit=UnitCode(row["unit"]),
                    period=period.name,
                    value=row["met"] / row["counted"],
                    query=row["query"],
                )
            )
            for row in rows
            if row["unit"] in new
        ],
    )
    if new:
        await _downgrade(tx, code, indicator, period, counts)


async def _downgrade(
    tx: Transaction,
    code: str,
    indicator: IndicatorVersion,
    period: Period,
    counts: Mapping[str, tuple[int, int]],
) -> None:
    """Tell when data contradict what was called done: the month's figure is not what is asked."""
    number = indicator.task or 0
    kept = (await store.short_acts(tx)).get(number, [])
    worst = min(counts.values(), key=lambda pair: pair[1] / pair[0])
    figure = Figure(worst[0], worst[1], indicator.percent_asked)
    due = read_due("")
    acts = [TaskAct(act.what, done=act.done) for act in kept]
    if due is None or state_of(due, acts, figure, legal_today()) != "downgraded":
        return
    event = TaskDowngraded(
        task_id=TaskId(task_id_of(number)),
        task=number,
        unit=UnitCode(kept[-1].unit),
        caused_by=(f"{code}.{period.name}",),
    )
    outbox.add(tx, [Outgoing(event)])
