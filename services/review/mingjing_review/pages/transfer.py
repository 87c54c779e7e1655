"""移送: what may be a crime, the head's decision, and the hours for handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.matter import about, subject_of
from mingjing_review.acts.transfer import Decided, decide_transfer
from mingjing_review.errors import Unknown
from mingjing_review.pages.limit import STEPS, flow_of, reason_in
from mingjing_review.pages.sight import note_look
from mingjing_review.pages.terms import left_of
from mingjing_review.pages.words import TRANSFER_STATES
from mingjing_review.pages.workbench import seen_in
from mingjing_review.rules.transfer import MAY_FOLLOW
from mingjing_review.store.board import terms_of_case
from mingjing_review.store.case_step import case_steps
from mingjing_review.store.limit import transfer_of_decision
from mingjing_review.store.review import reviews
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import Word, word_of
from mingjing_shared.web.permissions import allowing_role

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

_NOTHING = Word("未提出涉嫌犯罪")


def routes(shell: Shell, database: Database) -> APIRouter:
    """The page of a transfer, and the two acts on it."""
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, decision_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            values = await _view(desk, decision_id, error)
        status = error.status if error else 200
        done = STEPS.get(request.query_params.get("done", ""))
        return shell.page(
            request, "transfer.html", status=status, form=form, error=error, done=done, **values
        )

    @router.get("/review/transfers/{decision_id}")
    async def show(request: Request, decision_id: str) -> Response:
        return await page(request, decision_id, Form())

    async def taken(request: Request, decision_id: str, kinds: tuple[str, ...]) -> Response:
        form = await read_form(request)
        try:
            kind = form.values.get("decision", "") if len(kinds) > 1 else kinds[0]
            async with at_desk(request, database) as desk:
                said = Decided(kind, reason_in(form), seen_in(form))
                await decide_transfer(desk, decision_id, said)
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        address = f"/review/transfers/{quote(decision_id, safe='')}?done={kind}"
        return RedirectResponse(address, 303)

    @router.post("/review/transfers/{decision_id}/crime")
    async def crime(request: Request, decision_id: str) -> Response:
        return await taken(request, decision_id, ("acknowledged",))

    @router.post("/review/transfers/{decision_id}/decide")
    async def decide(request: Request, decision_id: str) -> Response:
        return await taken(request, decision_id, ("approved", "declined"))

    return router


async def _view(desk: Desk, decision_id: str, error: MingjingError | None) -> dict[str, Any]:
    """Everything the page of a transfer knows.

    Raises:
        Unknown: there is no such decision.
        NotAllowed: the officer may not see it.
        PurposeNeeded: the officer is to say why first.
    """
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown("没有这个决定。", "请核对地址，或回到期限看板。")
    subject = f"transfer/{decision_id}"
    steps = (await case_steps(desk.tx, [subject])).get(subject, [])
    row = await transfer_of_decision(desk.tx, decision_id)
    term = (await terms_of_case(desk.tx, review["case_key"])).get(subject)
    await note_look(
        desk,
        subject_of(review),
        about(review),
        waits_for=[term.waits_for if term else None],
        took_part=[review["reviewer"], *(step.officer for step in steps)],
        decision_id=decision_id,
        error=error,
    )
    tree = await desk.tree()
    state = row["state"] if row else None

    def may(act: str, kind: str) -> bool:
        role = allowing_role(desk.officer, act, about(review), tree)
        return role is not None and state in MAY_FOLLOW[kind]

    return {
        "review": review,
        "transfer": row,
        "state": word_of(state, TRANSFER_STATES) if state else _NOTHING,
        "unit": tree.name_of(review["unit"]),
        "term": term,
        "left": left_of(term.due_on, term.due_at, binding=term.binding) if term else None,
        "seen": len(steps),
        "may_name": may("review.name_crime", "acknowledged"),
        "may_decide": may("review.approve_transfer", "approved"),
        "flow": await flow_of(desk, steps, shows=True),
    }
