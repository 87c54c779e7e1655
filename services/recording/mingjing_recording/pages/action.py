"""执法行为: what must be recorded, by which rule, and by when it must be in."""

from fastapi import APIRouter, Request, Response

from mingjing_recording.pages.words import ACTIONS, LEVELS, MODES, PLACES
from mingjing_recording.store.page import ListedAction, actions_by_level, newest_actions
from mingjing_shared.database import Database
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The plain list; until there is sign-in it names nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get("/recording/")
    async def actions(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, LEVELS)
        page = await newest_actions(database, chosen, after)
        return shell.page(
            request,
            "actions.html",
            tiles=tiles(LEVELS, await actions_by_level(database)),
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[_shown(action, database) for action in page.rows],
        )

    return router


def _shown(action: ListedAction, database: Database) -> dict[str, object]:
    return {
        "case_ref": database.installation.references.case(action.case_number),
        "action": action,
        "kind": word_of(action.kind, ACTIONS).name,
        "place": word_of(action.place_kind, PLACES).name,
        "level": word_of(action.level, LEVELS),
        "mode": None if action.mode == "live" else word_of(action.mode, MODES).name,
    }
