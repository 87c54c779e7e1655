"""隔离消息: this service's own dead letters, to be read; settling them stays with the command."""

from fastapi import APIRouter, Request, Response

from mingjing_shared.database import Database
from mingjing_shared.messaging.refusals import Reason
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.lists import asked_state, tiles, word_of
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import may_see
from mingjing_tasks.pages.words import LETTER_STATES, label_of
from mingjing_tasks.store.letters import COUNTED_MAX, letters_by_state, newest_letters


def routes(shell: Shell, database: Database) -> APIRouter:
    """The list of dead letters: where, which type, why; never what was in them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/letters")
    async def letters(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, LETTER_STATES)
        async with at_desk(request, database) as desk:
            await may_see(desk, "tasks.letters")
            page = await newest_letters(desk.tx, chosen, after)
            counts = await letters_by_state(desk.tx)
        return shell.page(
            request,
            "letters.html",
            tiles=tiles(LETTER_STATES, counts),
            counted_max=COUNTED_MAX,
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[
                {
                    "letter": row,
                    "reason": Reason(row.reason).chinese,
                    "label": label_of(row.event_type) if row.event_type else None,
                    "state": word_of(row.state, LETTER_STATES),
                }
                for row in page.rows
            ],
        )

    return router
