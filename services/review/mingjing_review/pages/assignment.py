"""分派与咨询: on whose desk a review lies and why; reassigning it; asking an adviser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.assignment import ASSIGN, Reassignment, reassign
from mingjing_review.acts.engagement import ENGAGE, OPEN, Answer, Question, engage, record_answer
from mingjing_review.acts.matter import about
from mingjing_review.errors import Unknown
from mingjing_review.pages.people import given_of, person
from mingjing_review.pages.words import ADVICE, ADVISER_KINDS, DONE, KINDS, STATES
from mingjing_review.pages.workbench import NOTE_CHARS_MAX, look_at, refuse_who_may_not, seen_in
from mingjing_review.rules.assignment import LEFT_OUT, choose
from mingjing_review.rules.reviewer import heads_legal_department
from mingjing_review.store.adviser import advisers
from mingjing_review.store.assigning import as_matters, team_for
from mingjing_review.store.review import reviews
from mingjing_review.store.step import steps_of
from mingjing_shared.clock import legal_today
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.permissions import allowing_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.store.adviser import Adviser
    from mingjing_review.store.step import Taken
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

QUESTION_CHARS_MAX = 20_000


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page, and what is done on it."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, decision_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _values(desk, decision_id, error)
        return shell.page(
            request,
            "people.html",
            status=error.status if error else 200,
            form=form,
            error=error,
            done=DONE.get(request.query_params.get("done", "")),
            **values,
        )

    @router.get("/review/cases/{decision_id}/people")
    async def show(request: Request, decision_id: str) -> Response:
        return await page(request, decision_id, Form())

    @router.post("/review/cases/{decision_id}/assign")
    async def assigning(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await refuse_who_may_not(desk, ASSIGN, decision_id)
                await reassign(desk, decision_id, _reassignment_in(form))
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return _back(decision_id, "reassigned")

    @router.post("/review/cases/{decision_id}/engagements")
    async def engaging(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await refuse_who_may_not(desk, ENGAGE, decision_id)
                await engage(desk, decision_id, _question_in(form))
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return _back(decision_id, "engaged")

    @router.post("/review/cases/{decision_id}/engagements/{engagement_id}")
    async def answering(request: Request, decision_id: str, engagement_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await refuse_who_may_not(desk, ENGAGE, decision_id)
                await record_answer(
                    desk, decision_id, engagement_id, _answer_in(form, engagement_id)
                )
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return _back(decision_id, "answered")

    return router


def _back(decision_id: str, done: str) -> Response:
    return RedirectResponse(f"/review/cases/{quote(decision_id, safe='')}/people?done={done}", 303)


async def _values(desk: Desk, decision_id: str, error: MingjingError | None) -> dict[str, Any]:
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown("没有这个决定的审核。", "请核对地址，或回到待审清单。")
    steps = (await steps_of(desk.tx, [decision_id])).get(decision_id, [])
    await look_at(desk, review, steps, error)
    tree = await desk.tree()
    may_assign = await _may_assign(desk, review)
    may_engage = (
        allowing_role(desk.officer, ENGAGE, about(review), tree) is not None
        and review["made_on"] is None
    )
    pool = await advisers(desk.tx) if may_engage else None
    given = await given_of(desk, review, pool)
    choices: dict[str, str] = {}
    if may_assign:
        choices = await _choices(desk, review, steps, given["names"])
    return {
        "review": review,
        "state": word_of(review["state"], STATES),
        "kind": word_of(review["kind"], KINDS).name,
        "unit": tree.name_of(review["unit"]),
        "given": given,
        "may_assign": may_assign,
        "may_engage": may_engage and review["state"] in OPEN,
        "may_answer": may_engage,
        "choices": choices,
        "advisers": await _engaged(desk, pool or {}),
        "advice": ADVICE,
    }


async def _may_assign(desk: Desk, review: Mapping[str, Any]) -> bool:
    tree = await desk.tree()
    role = allowing_role(desk.officer, ASSIGN, about(review), tree)
    if role is None or review["waits_for"] != "reviewer" or review["made_on"] is not None:
        return False
    leader = role.instead_of or desk.officer.number
    return role.code == "case_manager" or heads_legal_department(leader, tree, legal_today())


async def _choices(
    desk: Desk, review: Mapping[str, Any], steps: Sequence[Taken], names: Mapping[str, str]
) -> dict[str, str]:
    """Every reviewer with what speaks for or against, those who may take it first."""
    decision_id = review["decision_id"]
    submissions = await as_matters(desk.tx, {decision_id: review}, {decision_id: steps})
    submission = submissions[decision_id]
    team = await team_for(desk.tx, [submission.kind], legal_today(), await desk.tree())
    known = {n: one.person.name for n, one in team.reviewers.items() if one.person} | dict(names)
    return {
        one.number: person(one.number, known)
        + (
            f"（不能：{LEFT_OUT[one.left_out]}）"
            if one.left_out
            else f"（在手 {one.open} 件，紧急 {one.urgent} 件）"
        )
        for one in choose(team.candidates(submission), legal_today()).considered
    }


async def _engaged(desk: Desk, pool: Mapping[str, Adviser]) -> dict[str, str]:
    """Those of the pool whose contract holds today, in words."""
    tree, today = await desk.tree(), legal_today()
    return {
        ref: f"{one.name}（{ADVISER_KINDS.get(one.kind or '', '类别未载明')}，"
        f"{tree.name_of(one.unit)}聘）"
        for ref, one in pool.items()
        if one.is_engaged_on(today)
    }


def _count_in(form: Form, name: str) -> int:
    return seen_in(Form({"seen": form.values.get(name, "")}))


def _reassignment_in(form: Form) -> Reassignment:
    to = form.text("to", "改派给谁", chars_max=20)
    reason = form.text("reason", "改派理由", chars_max=NOTE_CHARS_MAX)
    form.refuse_if_wrong()
    return Reassignment(to, reason, seen_in(form), _count_in(form, "assigned"))


def _question_in(form: Form) -> Question:
    ref = form.text("adviser", "咨询谁", chars_max=80)
    text = form.text("question", "咨询的问题", chars_max=QUESTION_CHARS_MAX)
    form.refuse_if_wrong()
    return Question(ref, text, _count_in(form, "asked"))


def _answer_in(form: Form, engagement_id: str) -> Answer:
    """What was answered; the fields carry the engagement, for several may stand on the page."""
    advice: Any = form.choice(f"advice-{engagement_id}", "答复意见", ADVICE)
    text = form.text(f"answer-{engagement_id}", "答复内容", chars_max=QUESTION_CHARS_MAX)
    form.refuse_if_wrong()
    return Answer(advice, text)
