"""预警: what is wrong, whose it is, and since when."""

from fastapi import APIRouter, Request, Response

from mingjing_shared.database import Database
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.shell import Shell
from mingjing_tasks.pages.words import MODES, SEVERITIES, WARNING_KINDS, WARNING_STATES
from mingjing_tasks.store.page import ListedWarning, newest_warnings, warnings_by_state


def routes(shell: Shell, database: Database) -> APIRouter:
    """The plain list; until there is sign-in it names nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/warnings")
    async def warnings(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, WARNING_STATES)
        page = await newest_warnings(database, chosen, after)
        return shell.page(
            request,
            "warnings.html",
            tiles=tiles(WARNING_STATES, await warnings_by_state(database)),
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[_shown(warning) for warning in page.rows],
        )

    return router


def _shown(warning: ListedWarning) -> dict[str, object]:
    return {
        "warning": warning,
        "kind": word_of(warning.kind, WARNING_KINDS).name,
        "severity": word_of(warning.severity, SEVERITIES).name,
        "state": word_of(warning.state, WARNING_STATES),
        "mode": None if warning.mode == "live" else word_of(warning.mode, MODES).name,
    }
