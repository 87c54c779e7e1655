"""43 项任务: who owes what by when, by a unit's word, by data, by a check; one task in full."""

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import officer_names
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, word_of
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.shell import DEPARTMENTS, Shell
from mingjing_tasks.acts.reach import may_see, units_for
from mingjing_tasks.acts.task import Report, accept, report, verify
from mingjing_tasks.pages.board import Board, board, catalogue, sorted_units
from mingjing_tasks.pages.words import TASK_ACTS, TASK_STATES, WAYS
from mingjing_tasks.rules.catalogue import Task
from mingjing_tasks.rules.evidence import EVIDENCE_MAX, read_evidence
from mingjing_tasks.rules.task import SHARE_MAX
from mingjing_tasks.store.task import acts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DONE = {
    "accept": "已签收。",
    "report": "进展已上报。",
    "verify": "核验结论已记录。",
    "import": "通知已导入，任务清单以它为准。",
}
YES = {"yes": "通过", "no": "退回"}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The board of tasks, a task, and what may be done about it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/")
    async def listed(
        request: Request,
        state: str | None = None,
        lead: str | None = None,
        part: str | None = None,
        done: str | None = None,
    ) -> Response:
        chosen = asked_state(state, TASK_STATES)
        async with at_desk(request, database) as desk:
            await may_see(desk, "tasks.see")
            shown = await board(desk)
        rows = [
            row
            for row in shown.rows
            if (chosen is None or row.state == chosen)
            and (not lead or lead in row.task.lead)
            and (not part or row.task.part == part)
        ]
        return shell.page(
            request,
            "board.html",
            board=shown,
            rows=rows,
            chosen=chosen,
            lead=lead,
            part=part,
            states=TASK_STATES,
            counts=shown.counts,
            done=DONE["import"] if done == "import" else None,
        )

    @router.get("/tasks/task/{number}")
    async def one(request: Request, number: int, done: str | None = None) -> Response:
        async with at_desk(request, database) as desk:
            await may_see(desk, "tasks.see")
            return await _page(shell, request, desk, number, done=DONE.get(done or ""))

    @router.post("/tasks/task/{number}/{act}")
    async def acted(request: Request, number: int, act: str) -> Response:
        form = Form()
        try:
            form = await read_form(request)
            async with at_desk(request, database) as desk:
                _refuse_unknown((await catalogue(desk)).tasks, number)
                await _act(desk, number, act, form)
        except MingjingError as error:
            async with at_desk(request, database) as desk:
                await may_see(desk, "tasks.see")
                return await _page(shell, request, desk, number, form=form, error=error)
        return RedirectResponse(f"/tasks/task/{number}?done={act}", 303)

    return router


async def _act(desk: Desk, number: int, act: str, form: Form) -> None:
    if act == "accept":
        await accept(desk, number, form.text("unit", "单位", chars_max=12))
    elif act == "report":
        unit, said = form.text("unit", "单位", chars_max=12), _report(form)
        form.refuse_if_wrong()
        await report(desk, number, unit, said)
    elif act == "verify":
        passed = form.choice("passed", "核验结论", YES) == "yes"
        words = form.text("finding", "核验意见", required=not passed)
        form.refuse_if_wrong()
        await verify(desk, number, passed=passed, words=words)
    else:
        raise NotFound("没有这个操作。", "请从任务页面上操作。")


def _report(form: Form) -> Report:
    words = form.text("words", "进展情况")
    text = form.text("share", "完成比例", chars_max=3)
    if "share" not in form.problems and not (text.isdecimal() and int(text) <= SHARE_MAX):
        form.problems["share"] = f"完成比例“{text}”应为 0 到 {SHARE_MAX} 的整数。"
    evidence, wrong = read_evidence(form.text("evidence", "依据", required=False, chars_max=8000))
    if wrong:
        form.problems["evidence"] = (
            f"依据“{wrong[0][:40]}”不能识别：每行一个 64 位 SHA-256 摘要，或一个网址。"
        )
    elif len(evidence) > EVIDENCE_MAX:
        form.problems["evidence"] = f"依据最多 {EVIDENCE_MAX} 个，现有 {len(evidence)} 个。"
    share = int(text) if text.isdecimal() else 0
    return Report(words, share, form.values.get("done") == "yes", evidence)


async def _page(
    shell: Shell,
    request: Request,
    desk: Desk,
    number: int,
    *,
    done: str | None = None,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    """One task: facts, official wording, figures, what units say, what may be done now."""
    shown = await board(desk)
    _refuse_unknown([row.task for row in shown.rows], number)
    row = next(row for row in shown.rows if row.task.number == number)
    acts = await acts_of(desk.tx, number)
    tree = await desk.tree()
    names = await officer_names(desk.tx, [act.officer for act in acts], legal_today())
    own = units_for(desk.officer, "tasks.report")
    last = next((act for act in acts if act.what != "accepted"), None)
    waits = last is not None and last.what == "reported" and last.done
    return shell.page(
        request,
        "task.html",
        status=error.status if error else 200,
        done=done,
        form=form or Form(),
        error=error,
        board=shown,
        row=row,
        around=_around(shown, number),
        state=word_of(row.state, TASK_STATES),
        ways=[WAYS[way] for way in row.task.by],
        department=next((d for d in DEPARTMENTS if d.code == row.task.department), None),
        history=[
            {
                "act": act,
                "what": word_of(act.what, TASK_ACTS),
                "unit": tree.name_of(act.unit),
                "name": names.get(act.officer, ""),
            }
            for act in acts
        ],
        units=[(code, tree.name_of(code)) for code in own],
        signed={act.unit for act in acts},
        says=sorted_units(acts, tree),
        waits=waits,
        may_report=bool(own),
        may_verify=desk.officer.has("inspector"),
        results=YES,
    )


def _refuse_unknown(tasks: "Sequence[Task]", number: int) -> None:
    numbers = [task.number for task in tasks]
    if number in numbers:
        return
    raise NotFound(f"没有第 {number} 项任务。", f"现有任务 {min(numbers)} 至 {max(numbers)}。")


def _around(shown: Board, number: int) -> tuple[Task | None, Task | None]:
    """The task before and the one after."""
    tasks: Mapping[int, Task] = {row.task.number: row.task for row in shown.rows}
    order: Sequence[int] = sorted(tasks)
    place = order.index(number)
    before = tasks[order[place - 1]] if place else None
    return before, tasks[order[place + 1]] if place + 1 < len(order) else None
