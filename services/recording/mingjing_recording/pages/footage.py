"""音视频: recordings, whether their files are held, which acts they show; and playing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from mingjing_recording.acts.access import REQUEST
from mingjing_recording.acts.link import ACT as LINK
from mingjing_recording.acts.link import decide_link
from mingjing_recording.acts.upload import ACT as UPLOAD
from mingjing_recording.acts.viewing import look_here
from mingjing_recording.pages import words
from mingjing_recording.pages.access import refused
from mingjing_recording.pages.action import VIEWS, of_act
from mingjing_recording.pages.sight import SEE, reach_here, refuse_unless_allowed
from mingjing_recording.pages.upload import may_bring_anything
from mingjing_recording.rules.media import FOOTAGE, PLAYED_BY_BROWSERS
from mingjing_recording.store.blob import lookers
from mingjing_recording.store.page.counting import counts_by_state
from mingjing_recording.store.page.footage import (
    ListedFootage,
    acts_it_may_show,
    acts_shown_by,
    footage_of,
    newest_footage,
)
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.audit.purpose import STATED, in_words
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import MingjingError, NotAllowed
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import Form, read_form
from mingjing_shared.web.lists import Word, asked_state, tiles, word_of
from mingjing_shared.web.permissions import About, allowing_role
from mingjing_shared.web.problems import NotFound

if TYPE_CHECKING:
    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

HELD = {"yes": Word("已入库"), "no": Word("待上传")}


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list, the page of one recording, and saying what it shows."""
    router = APIRouter(include_in_schema=False)

    @router.get("/recording/footage")
    async def footage(
        request: Request,
        state: str | None = None,
        file: str | None = None,
        after: str | None = None,
    ) -> Response:
        chosen, held = asked_state(state, words.FOOTAGE_STATES), asked_state(file, HELD)
        reach = await reach_here(request, database)
        is_held = None if held is None else held == "yes"
        page = await newest_footage(database, reach, state=chosen, held=is_held, after=after)
        counts = await counts_by_state(database, "footage", words.FOOTAGE_STATES, reach)
        return shell.page(
            request,
            "footage_list.html",
            views=VIEWS,
            tiles=tiles(words.FOOTAGE_STATES, counts),
            count_max=COUNTED_MAX,
            files=HELD,
            may_upload=may_bring_anything(officer_of(request)),
            asked={"state": chosen, "file": held},
            after=after,
            next=page.next,
            rows=[shown(one, database) for one in page.rows],
        )

    @router.get("/recording/footage/{footage_id}")
    async def one(request: Request, footage_id: str) -> Response:
        try:
            return await _page(request, shell, database, footage_id)
        except NotAllowed as error:
            if allowing_role(officer_of(request), REQUEST, About()) is None:
                raise
            return await refused(request, shell, database, footage_id, error)

    @router.post("/recording/footage/{footage_id}/links")
    async def link(request: Request, footage_id: str) -> Response:
        back = f"/recording/footage/{footage_id}"
        try:
            form = await read_form(request)
            is_linked = form.choice("what", "关联或取消", {"link": 1, "unlink": 1}) == "link"
            action_id = form.text("action_id", "执法行为编号", chars_max=64)
            if form.values.get("from") == "action":
                back = f"/recording/actions/{action_id}"
            form.refuse_if_wrong()
            async with at_desk(request, database) as desk:
                await decide_link(desk, footage_id, action_id, is_linked=is_linked)
        except MingjingError as error:
            return await _page(request, shell, database, footage_id, error)
        return RedirectResponse(f"{back}?done={'linked' if is_linked else 'unlinked'}", 303)

    return router


async def _page(
    request: Request,
    shell: Shell,
    database: Database,
    footage_id: str,
    error: MingjingError | None = None,
) -> Response:
    row = await footage_of(database, footage_id)
    if row is None:
        raise NotFound("没有这段音视频。", "请从音视频清单进入。")
    subject, what = Subject("footage", footage_id, row.case_number), about(row)
    tree = await refuse_unless_allowed(request, database, SEE, subject, what)
    officer = officer_of(request)
    async with at_desk(request, database) as desk:
        look = await look_here(desk, subject, what)
    return shell.page(
        request,
        "footage.html",
        status=200 if error is None else error.status,
        row=row,
        case_ref=_ref(row.case_number, database),
        state=word_of(row.state, words.FOOTAGE_STATES),
        media=FOOTAGE.get(row.media_type or "", "—"),
        plays=row.media_type in PLAYED_BY_BROWSERS,
        is_sound=(row.media_type or "").startswith("audio/"),
        unit=tree.name_of(row.unit),
        acts=[of_act(act) for act in await acts_shown_by(database, footage_id)],
        suggested=[
            of_act(act)
            for act in await acts_it_may_show(database, row, row.officer)
            if allowing_role(officer, LINK, about(act), tree) is not None
        ],
        lookers=await lookers(database, footage_id),
        may={
            act: allowing_role(officer, act, what, tree) is not None
            for act in (LINK, UPLOAD, REQUEST)
        },
        look=look,
        purpose_words=in_words(look.purpose.said) if look and look.purpose else None,
        purposes=STATED,
        form=Form(),
        now=machine_now(),
        words=words,
        error=error,
        done=words.DONE.get(request.query_params.get("done", "")),
    )


def shown(footage: ListedFootage, database: Database) -> dict[str, Any]:
    """A recording in words."""
    return {
        "case_ref": _ref(footage.case_number, database),
        "footage": footage,
        "state": word_of(footage.state, words.FOOTAGE_STATES),
        "media": FOOTAGE.get(footage.media_type or "", "—"),
        "size": words.size_of(footage.size),
        "plays": footage.media_type in PLAYED_BY_BROWSERS,
        "length": words.length_of(int((footage.ended_at - footage.started_at).total_seconds())),
        "mode": None if footage.mode == "live" else word_of(footage.mode, words.MODES).name,
    }


def _ref(number: str | None, database: Database) -> str | None:
    return database.installation.references.case(number) if number else None
