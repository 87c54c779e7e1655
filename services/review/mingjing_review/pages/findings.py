"""矛盾清单: what contradicts itself over all cases, and what people say of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.finding import (
    VERDICTS,
    Verdict,
    about,
    judge_finding,
    no_finding,
    subject_of,
)
from mingjing_review.pages.contradiction import FINDING_STATES, shown
from mingjing_review.pages.workbench import NOTE_CHARS_MAX, seen_in
from mingjing_review.rules.contradiction.finding import KINDS
from mingjing_review.store.finding import finding_of
from mingjing_review.store.finding_page import counts_of, judgements_of, newest_findings
from mingjing_review.store.page import reviews_of_case
from mingjing_shared.audit.purpose import LEGAL_REVIEW
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import officer_names, unit_tree
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, tiles
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.reach import reach_of, refuse_nothing

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

PATH = "/review/contradictions"


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list over cases, and the page of one finding."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def contradictions(
        request: Request,
        state: str | None = None,
        kind: str | None = None,
        after: str | None = None,
    ) -> Response:
        officer = officer_of(request)
        chosen = asked_state(state, FINDING_STATES)
        of_kind = kind if kind in KINDS else None
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer, "review.see", tree)
        refuse_nothing(officer, "review.see", reach)
        page = await newest_findings(database, reach, state=chosen, kind=of_kind, after=after)
        by_kind = await counts_of(database, reach, "kind", KINDS)
        return shell.page(
            request,
            "contradictions.html",
            tiles=tiles(FINDING_STATES, await counts_of(database, reach, "state", FINDING_STATES)),
            kinds=[
                (code, KINDS[code].versions[-1].title, count)
                for code, count in by_kind.items()
                if count or code == of_kind
            ],
            counted_max=COUNTED_MAX,
            chosen=chosen,
            kind=of_kind,
            after=after,
            next=page.next,
            rows=[(one, shown(one), tree.name_of(one.unit)) for one in page.rows],
        )

    _one(router, shell, database)
    return router


def _one(router: APIRouter, shell: Shell, database: Database) -> None:
    async def page(
        request: Request, finding_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _values(desk, finding_id)
        status = error.status if error else 200
        return shell.page(
            request, "contradiction.html", status=status, form=form, error=error, **values
        )

    @router.get(PATH + "/{finding_id}")
    async def show(request: Request, finding_id: str) -> Response:
        return await page(request, finding_id, Form())

    @router.post(PATH + "/{finding_id}")
    async def judge(request: Request, finding_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await judge_finding(desk, finding_id, _verdict_in(form))
        except MingjingError as error:
            return await page(request, finding_id, form, error)
        return RedirectResponse(f"{PATH}/{finding_id}", 303)


async def _values(desk: Desk, finding_id: str) -> dict[str, Any]:
    finding = await finding_of(desk.tx, finding_id)
    if finding is None:
        raise no_finding()
    await desk.permit("review.see", subject_of(finding), about(finding))
    desk.settle()
    tree = await desk.tree()
    role = allowing_role(desk.officer, "review.judge_finding", about(finding), tree)
    if role is not None:  # the words stay in the legal department, and the look is noted
        await desk.saw("review.see", subject_of(finding), about(finding), LEGAL_REVIEW, by=role)
    judgements = await judgements_of(desk.tx, finding_id, opened=role is not None)
    numbers = {one.officer for one in judgements} | set(finding.handlers)
    return {
        "finding": finding,
        "shown": shown(finding),
        "unit": tree.name_of(finding.unit),
        "judgements": judgements,
        "verdicts": VERDICTS,
        "names": await officer_names(desk.tx, numbers, legal_today()),
        "reviews": await reviews_of_case(desk.tx, finding.case_ref),
        "may_judge": role is not None and desk.officer.number not in finding.handlers,
    }


def _verdict_in(form: Form) -> Verdict:
    verdict = form.choice("verdict", "是否成立", VERDICTS)
    note = form.text("note", "认定的理由", chars_max=NOTE_CHARS_MAX)
    form.refuse_if_wrong()
    return Verdict(verdict, note, seen_in(form))
