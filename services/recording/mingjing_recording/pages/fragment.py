"""What the front page, the search, the bell and other departments show of recording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from mingjing_recording.acts.access import DECIDE
from mingjing_recording.acts.gap import ACT as EXPLAIN
from mingjing_recording.acts.viewing import look_here, read_words
from mingjing_recording.pages import words
from mingjing_recording.pages.action import shown as shown_action
from mingjing_recording.pages.casefile import shown_document
from mingjing_recording.pages.footage import shown as shown_footage
from mingjing_recording.pages.sight import SEE, reach_here, refuse_unless_allowed
from mingjing_recording.store.access import waiting_requests
from mingjing_recording.store.case import case_by_ref
from mingjing_recording.store.document import documents_of_case
from mingjing_recording.store.page.action import actions_of_case
from mingjing_recording.store.page.duty import COUNT_MAX, Duty, count_of_duties, duties_of
from mingjing_recording.store.page.footage import footage_of_case
from mingjing_recording.store.page.search import HITS_MAX, Hit, find
from mingjing_recording.store.reach import about
from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.errors import InvalidInput
from mingjing_shared.law.case_number import case_key
from mingjing_shared.web.desk import at_desk, officer_of
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.own_log import own_log
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.reach import reach_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.web.shell import Shell

SEARCH_CHARS_MIN = 2


def routes(shell: Shell, database: Database) -> APIRouter:
    """``/recording/fragments/…``."""
    router = APIRouter(prefix="/recording/fragments", include_in_schema=False)

    @router.get("/todo")
    async def todo(request: Request) -> Response:
        reach = await reach_here(request, database, EXPLAIN)
        rows = [_duty(one, database) for one in await duties_of(database, reach)]
        asked = await _waiting(request, database)
        return shell.page(request, "fragment_todo.html", rows=rows, asked=asked, now=legal_now())

    @router.get("/bell")
    async def bell(request: Request) -> Response:
        reach = await reach_here(request, database, EXPLAIN)
        count = await count_of_duties(database, reach)
        count += len(await _waiting(request, database))
        return PlainTextResponse(f"{count}+" if count >= COUNT_MAX else str(count))

    @router.post("/search")
    async def search(request: Request) -> Response:
        form = await read_form(request)
        text = form.text("q", "要找的内容", chars_max=80)
        if len(text) < SEARCH_CHARS_MIN:
            raise InvalidInput(f"“{text}”太短。", "至少输入两个字符。")
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), SEE, tree)
        units = [unit.code for unit in tree.units.values() if text in (unit.code, unit.name)]
        hits = await find(database, reach, text=text, key=case_key(text), units=units)
        rows = [_hit(hit, database) for hit in hits]
        return shell.page(request, "fragment_search.html", rows=rows, max=HITS_MAX)

    @router.get("/log")
    async def log(request: Request) -> Response:
        return await own_log(shell, database, officer_of(request), words.LOG)

    @router.get("/case")
    async def case(request: Request, case_ref: str) -> Response:
        return await _case(request, shell, database, case_ref)

    return router


async def _waiting(request: Request, database: Database) -> Sequence[Row[Any]]:
    """Requests to look at footage that wait for this officer's decision."""
    reach = await reach_here(request, database, DECIDE)
    return await waiting_requests(database, reach, officer_of(request).number)


async def _case(request: Request, shell: Shell, database: Database, case_ref: str) -> Response:
    found = await case_by_ref(database, case_ref)
    if found is None:
        raise NotFound("记录部门还没有这个案件的材料。", "受案信息到达后显示。")
    key, what = found.case_key, about(found)
    subject = Subject("casefile", found.case_number, found.case_number)
    await refuse_unless_allowed(request, database, SEE, subject, what)
    documents = await documents_of_case(database, key)
    async with at_desk(request, database) as desk:
        look = await (read_words if documents else look_here)(desk, subject, what)
    reads = look is not None and look.purpose is not None
    return shell.page(
        request,
        "fragment_case.html",
        case=found,
        acts=[shown_action(one, database) for one in await actions_of_case(database, key)],
        footage=[shown_footage(one, database) for one in await footage_of_case(database, key)],
        documents=[shown_document(one, database, reads=reads) for one in documents],
        may_view=reads,
        must_say_why=look is not None and not reads,
    )


def _duty(duty: Duty, database: Database) -> dict[str, Any]:
    """A duty as a row: where it leads, what it is, why."""
    references = database.installation.references
    ref = references.case(duty.case_number) if duty.case_number else ""
    act = word_of(duty.what, words.ACTIONS).name
    address, what, why = {
        "gap": (f"/recording/actions/{duty.id}", f"缺录待说明：{act}", "上传期限已过，录像不全"),
        "footage": (f"/recording/actions/{duty.id}", f"上传录像：{act}", "须全程记录，录像不全"),
        "document": (
            f"/recording/casefiles/{ref}",
            f"上传文书：{duty.id}",
            words.DOCUMENT_STATES.get(duty.state, word_of(duty.state, {})).name,
        ),
        "link": (f"/recording/footage/{duty.id}", f"关联音视频：{duty.id}", "未关联到执法行为"),
        "casefile": (
            f"/recording/casefiles/{ref}",
            "案卷归档",
            word_of(duty.state, words.CASEFILE_STATES).name,
        ),
    }[duty.kind]
    return {"duty": duty, "address": address, "what": what, "why": why}


def _hit(hit: Hit, database: Database) -> dict[str, Any]:
    ref = hit.case_ref or ""
    if not ref and hit.case_number:
        ref = database.installation.references.case(hit.case_number)
    states = {
        "action": words.RECORD_STATES,
        "footage": words.FOOTAGE_STATES,
        "document": words.DOCUMENT_STATES,
    }
    kind, address = {
        "case": ("案卷", f"/recording/casefiles/{ref}"),
        "action": ("执法行为", f"/recording/actions/{hit.id}"),
        "footage": ("音视频", f"/recording/footage/{hit.id}"),
        "document": ("文书", f"/recording/casefiles/{ref}"),
    }[hit.kind]
    state = word_of(hit.state, states[hit.kind]) if hit.kind in states else None
    return {"hit": hit, "kind": kind, "address": address, "state": state}
