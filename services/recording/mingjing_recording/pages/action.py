"""执法行为: what must be recorded, what footage covers of it, and what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_recording.acts.gap import ACT as EXPLAIN
from mingjing_recording.acts.gap import explain_gap
from mingjing_recording.acts.link import ACT as LINK
from mingjing_recording.acts.upload import ACT as UPLOAD
from mingjing_recording.acts.viewing import read_words
from mingjing_recording.pages import words
from mingjing_recording.pages.ruler import ruler_of
from mingjing_recording.pages.sight import SEE, reach_here, refuse_unless_allowed
from mingjing_recording.rules.gap import EXPLANATIONS
from mingjing_recording.store.footage import shots_of
from mingjing_recording.store.page.action import (
    ListedAction,
    action_of,
    footage_that_may_show,
    newest_actions,
    officers_of_action,
)
from mingjing_recording.store.page.counting import counts_by_state
from mingjing_recording.store.reach import about
from mingjing_recording.store.record import explanations
from mingjing_recording.store.sealed import GAP_WORDS
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import STATED
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.web.permissions import About
    from mingjing_shared.web.purpose import Look
    from mingjing_shared.web.shell import Shell

VIEWS = (
    ("/recording/", "执法行为"),
    ("/recording/footage", "音视频"),
    ("/recording/casefiles", "案卷"),
    ("/recording/access", "调阅申请"),
)


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list, the page of one act, and explaining its gap."""
    router = APIRouter(include_in_schema=False)

    @router.get("/recording/")
    async def actions(
        request: Request,
        state: str | None = None,
        level: str | None = None,
        after: str | None = None,
    ) -> Response:
        chosen, need = asked_state(state, words.RECORD_STATES), asked_state(level, words.LEVELS)
        reach = await reach_here(request, database)
        page = await newest_actions(database, reach, state=chosen, level=need, after=after)
        counts = await counts_by_state(database, "records", words.RECORD_STATES, reach)
        return shell.page(
            request,
            "actions.html",
            views=VIEWS,
            tiles=tiles(words.RECORD_STATES, counts),
            count_max=COUNTED_MAX,
            levels=words.LEVELS,
            asked={"state": chosen, "level": need},
            after=after,
            next=page.next,
            rows=[shown(action, database) for action in page.rows],
        )

    @router.get("/recording/actions/{action_id}")
    async def action(request: Request, action_id: str) -> Response:
        return await _page(request, shell, database, action_id)

    @router.post("/recording/actions/{action_id}/explanations")
    async def explain(request: Request, action_id: str) -> Response:
        form = Form()
        try:
            form = await read_form(request)
            reason = form.choice("reason", "缺录原因", EXPLANATIONS)
            said = form.text("words", "情况说明")
            form.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                await explain_gap(desk, action_id, reason_code=reason, words=said)
        except MingjingError as error:
            return await _page(request, shell, database, action_id, form=form, error=error)
        return RedirectResponse(f"/recording/actions/{action_id}?done=explained", 303)

    return router


async def _page(
    request: Request,
    shell: Shell,
    database: Database,
    action_id: str,
    *,
    form: Form | None = None,
    error: MingjingError | None = None,
) -> Response:
    row = await action_of(database, action_id)
    if row is None:
        raise NotFound("没有这次执法行为。", "请从执法行为清单进入。")
    subject, what = Subject("action", action_id, row.case_number), about(row)
    tree = await refuse_unless_allowed(request, database, SEE, subject, what)
    officer = officer_of(request)
    officers = await officers_of_action(database, action_id)
    suggested = [
        shot
        for shot in await footage_that_may_show(database, row, officers)
        if allowing_role(officer, LINK, about(shot), tree) is not None
    ]
    explained, look = await _explanations(request, database, subject, what)
    return shell.page(
        request,
        "action.html",
        status=200 if error is None else error.status,
        **shown(ListedAction(**{name: getattr(row, name) for name in _FIELDS}), database),
        row=row,
        officers=officers,
        unit=tree.name_of(row.unit),
        shots=await shots_of(database, [action_id]),
        suggested=suggested,
        explanations=explained,
        must_say_why=look is not None and look.purpose is None,
        purposes=STATED,
        may={
            act: allowing_role(officer, act, what, tree) is not None
            for act in (EXPLAIN, LINK, UPLOAD)
        },
        reasons=EXPLANATIONS,
        words=words,
        form=form or Form(),
        error=error,
        done=words.DONE.get(request.query_params.get("done", "")),
    )


async def _explanations(
    request: Request, database: Database, subject: Subject, what: About
) -> tuple[list[tuple[Row[Any], str | None]], Look | None]:
    """Why the act is not wholly recorded; in words for who may read them, which is noted."""
    rows = await explanations(database, [subject.id])
    if not rows:
        return [], None
    async with at_desk(request, database) as desk:
        look = await read_words(desk, subject, what)
    if look is None or look.purpose is None:
        return [(row, None) for row in rows], look
    keys = database.installation.keys
    said: list[tuple[Row[Any], str | None]] = [
        (row, keys.open_text(row.words, GAP_WORDS.place(explanation_id=row.explanation_id)))
        for row in rows
    ]
    return said, look


_FIELDS = tuple(ListedAction.__dataclass_fields__)


def shown(action: ListedAction, database: Database) -> dict[str, Any]:
    """An act in words, with its ruler."""
    return {
        "case_ref": database.installation.references.case(action.case_number),
        "action": action,
        "kind": word_of(action.kind, words.ACTIONS).name,
        "place": word_of(action.place_kind, words.PLACES).name,
        "level": word_of(action.level, words.LEVELS),
        "state": word_of(action.state, words.RECORD_STATES),
        "effect": word_of(action.gap_effect, words.GAP_EFFECTS),
        "gap": word_of(action.gap_kind, words.GAP_KINDS).name,
        "mode": None if action.mode == "live" else word_of(action.mode, words.MODES).name,
        "ruler": _ruler(action),
    }


def _ruler(action: ListedAction) -> Any:
    if action.level == "nothing":
        return None
    return ruler_of(
        action.started_at,
        action.ended_at,
        action.covered,
        is_wanted_whole=action.level == "full",
    )


def of_act(row: Row[Any]) -> dict[str, Any]:
    """An act that a recording shows or may show, in words."""
    return {
        "row": row,
        "kind": word_of(row.kind, words.ACTIONS).name,
        "place": word_of(row.place_kind, words.PLACES).name,
        "state": word_of(row.state, words.RECORD_STATES),
    }
