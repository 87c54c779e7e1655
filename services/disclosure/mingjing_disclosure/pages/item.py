"""公示清单: what must be public, by when and why."""

from fastapi import APIRouter, Request, Response

from mingjing_disclosure.pages.words import KINDS, MODES, STATES, WITHHELD_SAYS
from mingjing_disclosure.store.page import ListedItem, counts_by_state, newest_items
from mingjing_shared.database import Database
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The plain list; until there is sign-in it names nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get("/disclosure/")
    async def items(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, STATES)
        page = await newest_items(database, chosen, after)
        counts = await counts_by_state(database)
        return shell.page(
            request,
            "items.html",
            tiles=tiles(STATES, counts),
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[_shown(item, database) for item in page.rows],
        )

    return router


def _shown(item: ListedItem, database: Database) -> dict[str, object]:
    return {
        "case_ref": database.installation.references.case(item.case_number),
        "item": item,
        "state": word_of(item.state, STATES),
        "kind": word_of(item.kind, KINDS).name,
        "mode": None if item.mode == "live" else word_of(item.mode, MODES).name,
        "why": item.says or WITHHELD_SAYS,
    }
