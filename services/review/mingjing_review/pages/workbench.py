"""案件审核: the draft, the materials, the eight checks, the rounds; and what may be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from mingjing_review.acts.checks import findings_of
from mingjing_review.acts.intake import accept
from mingjing_review.acts.matter import about, subject_of
from mingjing_review.acts.opinion import Opinion, issue_opinion
from mingjing_review.errors import Unknown
from mingjing_review.pages.review import desks_of
from mingjing_review.pages.view import next_waiting, view_of
from mingjing_review.pages.words import DONE, OPINIONS, RESULTS
from mingjing_review.rules.checks import CODES
from mingjing_review.rules.duty import BY_REVIEWERS, duty_to_read
from mingjing_review.store.page import waiting_for
from mingjing_review.store.review import reviews
from mingjing_review.store.sheet import Sheet, sheet_of
from mingjing_shared.errors import InvalidInput, MingjingError
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.problems import PurposeNeeded, ask_purpose
from mingjing_shared.web.purpose import DutyOf, look_of, state_purpose, then_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.acts.signing import Signer
    from mingjing_review.store.page import ListedReview
    from mingjing_review.store.step import Taken
    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

READ = "review.read"
NOT_YOURS = "这件审核现在不由您办理"
NOTE_CHARS_MAX = 2000
REASONS_CHARS_MAX = 20_000


def routes(shell: Shell, database: Database, signer: Signer | None, address: str) -> APIRouter:
    """The reviewer's desk, and the two acts that are done on it.

    ``address`` is where officers reach the platform: it stands on papers.
    """
    router = APIRouter(include_in_schema=False)

    async def page(
        request: Request, decision_id: str, form: Form, error: MingjingError | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            sheet = await opened(desk, decision_id, error)
            values = await view_of(desk, sheet)
            done = DONE.get(request.query_params.get("done", ""))
            waiting: Sequence[ListedReview] = ()
            if done:
                waiting = await waiting_for(desk.tx, await desks_of(desk.tx, desk.officer))
        clearance = sheet.clearance
        return shell.page(
            request,
            "workbench.html",
            status=error.status if error else 200,
            form=form,
            error=error,
            done=done,
            next_id=next_waiting(waiting, decision_id),
            signed=signer.sign(decision_id, clearance) if signer and clearance else None,
            **values,
        )

    @router.get("/review/cases/{decision_id}")
    async def show(request: Request, decision_id: str) -> Response:
        return await page(request, decision_id, Form())

    @router.post("/review/cases/{decision_id}/accept")
    async def accepting(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                await accept(desk, decision_id, seen_in(form))
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return back(decision_id, "accepted")

    @router.post("/review/cases/{decision_id}/opinion")
    async def opinion(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            async with at_desk(request, database) as desk:
                said = await _opinion_in(desk, decision_id, form)
                await issue_opinion(desk, decision_id, said, address)
        except MingjingError as error:
            return await page(request, decision_id, form, error)
        return back(decision_id, form.values["opinion"])

    _purposes(router, shell, database)
    return router


def _purposes(router: APIRouter, shell: Shell, database: Database) -> None:
    @router.post("/review/cases/{decision_id}/purpose")
    async def purpose(request: Request, decision_id: str) -> Response:
        form = await read_form(request)
        try:
            then = await _state_purpose(request, database, decision_id, form)
        except InvalidInput as error:
            needed = PurposeNeeded(NOT_YOURS, request.url.path)
            return ask_purpose(shell, request, needed, form, error)
        return RedirectResponse(then, 303)


async def opened(desk: Desk, decision_id: str, error: MingjingError | None = None) -> Sheet:
    """The review with all its words; the look is noted, with its purpose.

    ``error`` is why an act was refused, if one was: the page says it to who may look at once.

    Raises:
        Unknown: there is no such decision.
        NotAllowed: the officer may not see it.
        PurposeNeeded: the officer is to say why first.
    """
    sheet = await sheet_of(desk.tx, decision_id)
    if sheet is None:
        raise _unknown()
    await look_at(desk, sheet.review, sheet.steps, error)
    return sheet


async def look_at(
    desk: Desk,
    review: Mapping[str, Any],
    steps: Sequence[Taken],
    error: MingjingError | None = None,
) -> None:
    """Note the look at what is sealed of a review, with its purpose.

    Raises:
        NotAllowed: the officer may not see it.
        PurposeNeeded: the officer is to say why first; ``error`` instead, where there is one.
    """
    subject, whose = subject_of(review), about(review)
    look = await look_of(desk, READ, subject, whose, _duty_with(desk, review, steps))
    if look is not None and look.purpose is None:
        action = f"/review/cases/{quote(review['decision_id'], safe='')}/purpose"
        raise error or PurposeNeeded(NOT_YOURS, action)
    purpose = look.purpose if look else None
    await desk.saw(
        READ, subject, whose, purpose.said if purpose else "", by=look.role if look else None
    )


async def refuse_who_may_not(desk: Desk, act: str, decision_id: str) -> None:
    """Refuse an act to who has no right to it, before anything is asked or shown.

    Raises:
        Unknown: there is no such decision.
        NotAllowed: none of the officer's roles reaches that far.
    """
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise _unknown()
    await desk.permit(act, subject_of(review), about(review))
    desk.settle()  # noted as done by the act itself


def _duty_with(desk: Desk, review: Mapping[str, Any], steps: Sequence[Taken]) -> DutyOf:
    """By what duty a role of the officer reads this review."""
    me = desk.officer.number
    took_it_on = {step.officer for step in steps if step.kind in BY_REVIEWERS}
    return lambda role: duty_to_read(
        role.code,
        review["state"],
        waits_for=review["waits_for"],
        is_asked=review["asked"] is not None,
        is_reviewer=not took_it_on.isdisjoint({me, role.instead_of}),
        is_decided=review["made_on"] is not None,
    )


def _unknown() -> Unknown:
    return Unknown("没有这个决定的审核。", "请核对地址，或回到待审清单。")


async def _state_purpose(request: Request, database: Database, decision_id: str, form: Form) -> str:
    """Note why the officer will look; where to go then.

    Raises:
        Unknown: there is no such decision.
        NotAllowed: the officer may not see it.
        InvalidInput: what is stated is no purpose.
    """
    async with at_desk(request, database) as desk:
        review = (await reviews(desk.tx, [decision_id])).get(decision_id)
        if review is None:
            raise _unknown()
        await state_purpose(desk, READ, subject_of(review), about(review), form)
    return then_in(form, f"/review/cases/{quote(decision_id, safe='')}")


def seen_in(form: Form) -> int:
    """How many steps had been taken when the form's page was read."""
    text = form.values.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1


def back(decision_id: str, done: str) -> Response:
    """To the page of the review, which says what was done."""
    return RedirectResponse(f"/review/cases/{quote(decision_id, safe='')}?done={done}", 303)


async def _opinion_in(desk: Desk, decision_id: str, form: Form) -> Opinion:
    """The opinion as it was filled in, beside what the data suggest now.

    Raises:
        InvalidInput: it is none of the three, or a text is too long.
    """
    chosen: Any = form.choice("opinion", "审核意见", OPINIONS)
    results: dict[str, Any] = {}
    notes = {}
    for code in CODES:
        result = form.values.get(f"check-{code}", "")
        if result in RESULTS:
            results[code] = result
        notes[code] = form.text(
            f"note-{code}", "该项的情况", required=False, chars_max=NOTE_CHARS_MAX
        )
    reasons = form.text("reasons", "意见理由", required=False, chars_max=REASONS_CHARS_MAX)
    form.refuse_if_wrong()
    sheet = await sheet_of(desk.tx, decision_id)
    suggested = findings_of(sheet, await desk.tree()).suggested if sheet else {}
    return Opinion(chosen, results, notes, reasons, suggested, seen_in(form))
