"""听证: the list of hearings by state, one hearing with its flow, and its documents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.hearing import ACT_OF, Said, take_step
from mingjing_review.acts.matter import about, subject_of
from mingjing_review.errors import Unknown
from mingjing_review.pages.hearing_view import hearing_view, paper_of
from mingjing_review.pages.terms import WAITS_FOR, left_of
from mingjing_review.pages.words import HEARING_STATES, MODES
from mingjing_review.pages.workbench import seen_in
from mingjing_review.rules.hearing import CLOSED_BECAUSE, STEP_NAMES
from mingjing_review.rules.hearing_papers import CONCLUSIONS
from mingjing_review.rules.term import TASK_NAMES, end_of
from mingjing_review.store.board import ListedHearing, counts_of_hearings, newest_hearings
from mingjing_review.store.review import reviews
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.reach import reach_of, refuse_nothing

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

WORDS_CHARS_MAX = 20_000
ROUTES = {
    "record": ("told", "requested", "waived", "withdrawn"),
    "decide": ("accepted", "refused"),
    "notice": ("noticed",),
    "hold": ("held", "no_show"),
    "report": ("reported",),
}
"""Which steps each address takes: those of one act of the table of permissions."""
_WORDS = ("note", "reason", "time", "place", "postponed", "present", "record", "facts", "finding")


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list, the page, the documents, and one address for each act."""
    router = APIRouter(include_in_schema=False)

    _list(router, shell, database)

    async def page(
        request: Request, decision_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        chosen = form.values.get("step") or request.query_params.get("step", "")
        async with at_desk(request, database) as desk:
            values = await hearing_view(desk, decision_id, chosen, error)
        status = error.status if error else 200
        done = STEP_NAMES.get(request.query_params.get("done", ""))
        return shell.page(
            request, "hearing.html", status=status, form=form, error=error, done=done, **values
        )

    @router.get("/review/hearings/{decision_id}")
    async def show(request: Request, decision_id: str) -> Response:
        return await page(request, decision_id, Form())

    @router.get("/review/hearings/{decision_id}/papers/{paper}")
    async def paper(request: Request, decision_id: str, paper: str) -> Response:
        async with at_desk(request, database) as desk:
            made = await paper_of(desk, decision_id, paper)
        return shell.page(request, "hearing_paper.html", paper=made, decision_id=decision_id)

    def taking(name: str) -> None:
        @router.post(f"/review/hearings/{{decision_id}}/{name}", name=name)
        async def take(request: Request, decision_id: str) -> Response:
            form = await read_form(request)
            try:
                async with at_desk(request, database) as desk:
                    await _refuse_who_may_not(desk, decision_id, ROUTES[name][0])
                    said = _said(form, name)
                    await take_step(desk, decision_id, said)
            except MingjingError as error:
                return await page(request, decision_id, form, error)
            return RedirectResponse(
                f"/review/hearings/{quote(decision_id, safe='')}?done={said.kind}", 303
            )

    for name in ROUTES:
        taking(name)
    return router


def _list(router: APIRouter, shell: Shell, database: Database) -> None:
    @router.get("/review/hearings")
    async def listed(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        officer = officer_of(request)
        chosen = asked_state(state, HEARING_STATES)
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer, "review.see", tree)
        refuse_nothing(officer, "review.see", reach)
        page = await newest_hearings(database, reach, chosen, after)
        counts = await counts_of_hearings(database, reach, HEARING_STATES)
        return shell.page(
            request,
            "hearings.html",
            tiles=tiles(HEARING_STATES, counts),
            counted_max=COUNTED_MAX,
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[_shown(row, tree) for row in page.rows],
        )


async def _refuse_who_may_not(desk: Desk, decision_id: str, kind: str) -> None:
    """Refuse who has no right to the act, before the form is read.

    Raises:
        Unknown: there is no such decision.
        NotAllowed: none of the officer's roles reaches that far.
    """
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown("没有这个决定。", "请核对地址，或回到听证清单。")
    await desk.permit(ACT_OF[kind], subject_of(review), about(review))
    desk.settle()  # noted as done by the act itself


def _said(form: Form, route: str) -> Said:
    """The step as it was filled in.

    Raises:
        InvalidInput: what is typed is no day, no choice, or too long.
    """
    kind = form.choice("step", "步骤", dict.fromkeys(ROUTES[route]))
    on = _day(form, "on", "日期")
    planned_on = _day(form, "planned_on", "听证日期") if kind == "noticed" else None
    words = {
        name: form.text(name, "该项", required=False, chars_max=WORDS_CHARS_MAX) for name in _WORDS
    }
    if kind == "reported":
        words["conclusion"] = form.choice("conclusion", "听证结论", CONCLUSIONS)
    closed = form.values.get("closed") or None
    if closed is not None:
        closed = form.choice("closed", "不公开的理由", CLOSED_BECAUSE)
    chair = recorder = None
    if kind == "noticed":
        chair = form.text("chair", "主持人警号", chars_max=20)
        recorder = form.text("recorder", "记录员警号", chars_max=20)
    form.refuse_if_wrong()
    assert on is not None
    return Said(kind, on, seen_in(form), words, planned_on, chair, recorder, closed)


def _day(form: Form, name: str, label: str) -> date | None:
    text = form.text(name, label, chars_max=20)
    try:
        return date.fromisoformat(text)
    except ValueError:
        form.problems.setdefault(name, f"{label}应为日期，如 2026-09-21。")
        return None


def _shown(row: ListedHearing, tree: UnitTree) -> dict[str, Any]:
    """A row of the list in words."""
    due = row.due_on
    left = left_of(due, end_of(due), binding=not row.provisional) if due else None
    return {
        "hearing": row,
        "unit": tree.name_of(row.unit),
        "state": word_of(row.state, HEARING_STATES),
        "task": TASK_NAMES.get(row.task or "", ""),
        "who": WAITS_FOR.get(row.waits_for or "", ""),
        "left": left,
        "mode": None if row.mode == "live" else word_of(row.mode, MODES).name,
    }
