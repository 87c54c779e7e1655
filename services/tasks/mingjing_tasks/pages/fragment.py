"""What the front door composes from every department: todo, bell, search, own log."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, PlainTextResponse

from mingjing_shared.clock import legal_today, local_date
from mingjing_shared.database import Database
from mingjing_shared.directory.tree import version_on
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.desk import Desk, at_desk, officer_of
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.own_log import own_log
from mingjing_shared.web.reach import Reach
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import reach_if_any, units_for
from mingjing_tasks.acts.warning import take_act
from mingjing_tasks.pages.board import rows_that_may_wait
from mingjing_tasks.pages.words import LOG, WARNING_KINDS, about_of
from mingjing_tasks.rules.search import SEARCH_CHARS_MAX, SEARCH_CHARS_MIN
from mingjing_tasks.rules.warning import ALL_KINDS
from mingjing_tasks.store.listing import search
from mingjing_tasks.store.todo import (
    ROWS_MAX,
    count_waiting,
    explained_warnings,
    waiting_warnings,
)

COUNTED_MAX = 99


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits: where, what, by when, and why."""

    address: str
    what: str
    about: str
    due_on: date | None
    why: str


def routes(shell: Shell, database: Database) -> APIRouter:
    """Parts of pages without the shell; each shows only what this officer may see."""
    router = APIRouter(prefix="/tasks/fragments", include_in_schema=False)

    @router.get("/todo")
    async def todo(request: Request) -> Response:
        async with at_desk(request, database) as desk:
            rows = await _todo(desk)
        return HTMLResponse(shell.text("fragment_todo.html", rows=rows[:ROWS_MAX]))

    @router.get("/bell")
    async def bell(request: Request) -> Response:
        async with at_desk(request, database) as desk:
            waiting = await count_waiting(desk.tx, await _addressed(desk), COUNTED_MAX)
            others = await _of_others(desk)
        return PlainTextResponse(str(waiting + len(others)))

    @router.post("/search")
    async def searched(request: Request) -> Response:
        form = await read_form(request)
        text = form.values.get("q", "").strip()
        if not SEARCH_CHARS_MIN <= len(text) <= SEARCH_CHARS_MAX:
            span = f"{SEARCH_CHARS_MIN} 到 {SEARCH_CHARS_MAX} 个字"
            raise InvalidInput(
                f"搜索内容应为 {span}，现为 {len(text)} 个。",
                "请输入案号、文书号、警号或单位中相连的两个字以上。",
            )
        async with at_desk(request, database) as desk:
            reach = await reach_if_any(desk, "tasks.case")
            found = await search(desk.tx, text, reach)
            tree = await desk.tree()
        today = legal_today()
        units = [(row.code, version_on(row.versions, today)) for row in found.units]
        return HTMLResponse(
            shell.text(
                "fragment_search.html",
                q=text,
                cases=[(row, tree.name_of(row.unit)) for row in found.cases],
                documents=found.documents,
                units=[(code, held["name"]) for code, held in units if held is not None],
                is_number=len(text) == 6 and text.isdecimal(),
            )
        )

    @router.get("/log")
    async def log(request: Request) -> Response:
        return await own_log(shell, database, officer_of(request), LOG)

    return router


async def _addressed(desk: Desk) -> dict[str, Reach]:
    """For each role that warnings are addressed to, how far this officer answers for it.

    Only roles that the officer holds: who may take a warning for others is not rung for it.
    """
    found = {}
    for role in sorted({kind.owner_role for kind in ALL_KINDS.values()}):
        if desk.officer.has(role):
            found[role] = await reach_if_any(desk, take_act(role))
    return found


async def _todo(desk: Desk) -> list[Todo]:
    """What waits for the officer here, the first due on top."""
    waiting = await waiting_warnings(desk.tx, await _addressed(desk))
    rows = [_of_warning(warning, "请签收并说明") for warning in waiting]
    rows += await _of_others(desk)
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.address))


async def _of_others(desk: Desk) -> list[Todo]:
    """What waits besides warnings to be explained: warnings to be closed, and tasks."""
    rows = []
    if units_for(desk.officer, "tasks.close"):
        explained = await explained_warnings(desk.tx, desk.officer.number)
        rows += [_of_warning(warning, "已说明，待核销") for warning in explained]
    if units_for(desk.officer, "tasks.report") or desk.officer.has("inspector"):
        rows += await _of_tasks(desk)
    return rows


def _of_warning(warning: Any, what: str) -> Todo:
    kind = word_of(warning.kind, WARNING_KINDS).name
    since = local_date(warning.since)
    return Todo(
        address=f"/tasks/warnings/{warning.warning_id}",
        what=f"{kind}预警",
        about=warning.case_number or about_of(warning.kind, warning.subject),
        due_on=warning.due_on or since,
        why=f"{since.strftime('%m-%d')} 发现，{what}",
    )


async def _of_tasks(desk: Desk) -> list[Todo]:
    """Tasks that the officer checks, coordinates, or signed for, as far as something waits."""
    own = set(units_for(desk.officer, "tasks.report"))
    found = []
    for row in await rows_that_may_wait(desk):
        is_own = desk.officer.has("case_manager") or bool(own & row.signed)
        why = None
        if row.state == "to_verify" and desk.officer.has("inspector"):
            why = "责任单位已报告完成，待核验"
        elif is_own and row.state == "downgraded":
            why = "数据与所报不符，请核实"
        elif is_own and row.state == "overdue":
            why = f"进度要求“{row.task.due.text}”已过，尚无完成报告"
        if why:
            found.append(
                Todo(
                    address=f"/tasks/task/{row.task.number}",
                    what=f"任务 {row.task.number}",
                    about=row.task.title,
                    due_on=row.task.due.on,
                    why=why,
                )
            )
    return found
