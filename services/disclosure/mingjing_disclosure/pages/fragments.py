"""What other pages embed of disclosure: duties, their number, hits of a search, own log, a case."""

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse, PlainTextResponse

from mingjing_disclosure.pages.item import shown, sight
from mingjing_disclosure.pages.words import DUTIES, LOG
from mingjing_disclosure.store.duty import RIGHTS, count_duties, duties
from mingjing_disclosure.store.page import found_items, items_of_case, items_of_units
from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.directory.tree import UnitTree
from mingjing_shared.law.case_number import case_key
from mingjing_shared.law.document_number import normalise_document_number
from mingjing_shared.law.errors import BadCaseNumber
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.own_log import own_log
from mingjing_shared.web.reach import reach_of, reaches
from mingjing_shared.web.shell import Shell

ROWS_MAX = 20
SIGNS_MIN = 2


def routes(shell: Shell, database: Database) -> APIRouter:
    """Parts of pages, each showing only what this officer may see."""
    router = APIRouter(prefix="/disclosure/fragments", include_in_schema=False)

    @router.get("/todo")
    async def todo(request: Request) -> Response:
        officer = officer_of(request)
        reached = await reaches(database, officer, RIGHTS)
        rows = await duties(database, officer, reached, ROWS_MAX)
        return HTMLResponse(shell.text("fragments/todo.html", rows=rows, words=DUTIES))

    @router.get("/bell")
    async def bell(request: Request) -> Response:
        officer = officer_of(request)
        reached = await reaches(database, officer, RIGHTS)
        return PlainTextResponse(str(await count_duties(database, officer, reached)))

    @router.post("/search")
    async def search(request: Request) -> Response:
        form = await read_form(request)
        wanted = form.values.get("q", "").strip()
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), "disclosure.see", tree)
        rows = []
        if len(wanted) >= SIGNS_MIN and not reach.is_nothing:
            number = normalise_document_number(wanted)
            rows = await found_items(database, reach, number, _key(wanted), ROWS_MAX)
            if not rows and (units := _units(wanted, tree)):
                rows = await items_of_units(database, reach, units, ROWS_MAX)
        return HTMLResponse(
            shell.text("fragments/search.html", rows=[shown(row, tree) for row in rows])
        )

    @router.get("/log")
    async def log(request: Request) -> Response:
        return await own_log(shell, database, officer_of(request), LOG)

    @router.get("/case")
    async def case(request: Request, case_ref: str) -> Response:
        reach, tree = await sight(request, database)
        rows = await items_of_case(database, reach, case_ref)
        return HTMLResponse(
            shell.text("fragments/case.html", rows=[shown(row, tree) for row in rows])
        )

    return router


def _units(wanted: str, tree: UnitTree) -> list[str]:
    """The units whose name holds these words, or whose code begins with them."""
    return [
        code
        for code, unit in tree.units.items()
        if wanted in unit.name or (wanted.isdigit() and code.startswith(wanted))
    ]


def _key(wanted: str) -> str:
    try:
        return case_key(wanted)
    except BadCaseNumber:
        return wanted
