"""案卷: which case files must be made, and how far their terms have run."""

from fastapi import APIRouter, Request, Response

from mingjing_recording.pages.words import CASEFILE_STATES, END_REASONS, MODES
from mingjing_recording.store.page import ListedCasefile, casefiles_by_state, newest_casefiles
from mingjing_shared.database import Database
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.shell import Shell


def routes(shell: Shell, database: Database) -> APIRouter:
    """The plain list; until there is sign-in it names nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get("/recording/casefiles")
    async def casefiles(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, CASEFILE_STATES)
        page = await newest_casefiles(database, chosen, after)
        return shell.page(
            request,
            "casefiles.html",
            tiles=tiles(CASEFILE_STATES, await casefiles_by_state(database)),
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[_shown(casefile, database) for casefile in page.rows],
        )

    return router


def _shown(casefile: ListedCasefile, database: Database) -> dict[str, object]:
    return {
        "case_ref": database.installation.references.case(casefile.case_number),
        "file": casefile,
        "state": word_of(casefile.state, CASEFILE_STATES),
        "reason": word_of(casefile.reason, END_REASONS).name,
        "mode": None if casefile.mode == "live" else word_of(casefile.mode, MODES).name,
    }
