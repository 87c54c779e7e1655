"""An indicator: what is counted, the figure with its query, and every duty behind it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.paging import Page
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.reach import Reach
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import may_see, reach_if_any, scope_of_figures
from mingjing_tasks.pages.board import figure_of, percent_of
from mingjing_tasks.pages.words import DUTY_STATES, PARTS, PARTS_OF_UNITS, label_of
from mingjing_tasks.rules.indicator import Period, indicators_on, month_of, read_period, year_of
from mingjing_tasks.store.indicator import (
    duties_counted,
    figures,
    query_of,
    types_of,
    units_counted,
)
from mingjing_tasks.store.staffing import MET, units_measured

MONTHS_SHOWN = 5


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of an indicator."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/indicators/{code}")
    async def one(
        request: Request,
        code: str,
        *,
        period: str | None = None,
        unit: str | None = None,
        part: str = "counted",
        after: str | None = None,
    ) -> Response:
        today = legal_today()
        indicator = indicators_on(today).get(code)
        if indicator is None:
            raise NotFound("没有这个指标。", "请从任务清单进入。")
        over, part = _period(period), _part(part)
        async with at_desk(request, database) as desk:
            await may_see(desk, "tasks.see")
            reach = await reach_if_any(desk, "tasks.case")
            own, scope = await scope_of_figures(desk)
            tree = await desk.tree()
            units = [u for u in tree.within(unit) if own is None or u in own] if unit else own
            counted = (await figures(desk.tx, over, today, units)).get(indicator.duty)
            page, rows = await _behind(
                desk, indicator.duty, part, over, reach=reach, units=units, after=after
            )
            known = await units_counted(desk.tx, over)
        figure = figure_of(counted, indicator.percent_asked)
        return shell.page(
            request,
            "indicator.html",
            code=code,
            indicator=indicator,
            figure=figure,
            sees_cases=not reach.is_nothing,
            percent=percent_of(figure),
            ahead=counted.ahead if counted else 0,
            query=query_of(indicator.duty),
            of_units=indicator.duty in MET,
            scope=tree.name_of(unit) if unit else scope,
            period=over,
            periods=[year_of(today), month_of(today), *_months_before(today)],
            units=[(u, tree.name_of(u)) for u in known if own is None or u in own],
            unit=unit,
            part=part,
            parts=PARTS_OF_UNITS if indicator.duty in MET else PARTS,
            after=after,
            next=page.next,
            rows=rows,
        )

    return router


async def _behind(
    desk: Desk,
    kind: str,
    part: str,
    over: Period,
    *,
    reach: Reach,
    units: Sequence[str] | None,
    after: str | None,
) -> tuple[Page[Any], list[dict[str, Any]]]:
    """What stands behind a part of a figure: units that were measured, or duties of cases."""
    if kind in MET:
        measured = await units_measured(desk.tx, kind, part, over, units=units, after=after)
        tree = await desk.tree()
        return measured, [
            {"measured": row, "name": tree.name_of(row.unit)} for row in measured.rows
        ]
    page = await duties_counted(
        desk.tx, kind, part, over, legal_today(), reach=reach, units=units, after=after
    )
    named = [name for row in page.rows for name in (row.due_by, row.done_by) if name]
    types = await types_of(desk.tx, named)
    references = desk.tx.installation.references
    return page, [_shown(row, types, references.case(row.case_key)) for row in page.rows]


def _shown(row: Any, types: dict[str, str], case_ref: str) -> dict[str, Any]:
    events = [label_of(types[name]) for name in (row.due_by, row.done_by) if name and name in types]
    return {
        "duty": row,
        "case_ref": case_ref,
        "events": events,
        "state": word_of(row.state, DUTY_STATES),
    }


def _period(name: str | None) -> Period:
    if not name:
        return year_of(legal_today())
    found = read_period(name)
    if found is None:
        raise InvalidInput(f"期间“{name[:20]}”不能识别。", "写法如 2026 或 2026-11。")
    return found


def _part(name: str) -> str:
    if name not in PARTS:
        raise InvalidInput("没有所要的部分。", f"可用的部分：{'、'.join(PARTS.values())}。")
    return name


def _months_before(day: date) -> list[Period]:
    """The five months before a day's own, the newest first."""
    found: list[Period] = []
    first = month_of(day).first
    while len(found) < MONTHS_SHOWN:
        found.append(month_of(first - timedelta(days=1)))
        first = found[-1].first
    return found
