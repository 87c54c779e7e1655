"""What happened last, and what happened in one case."""

from fastapi import APIRouter, Request, Response

from mingjing_shared.database import Database
from mingjing_shared.web.lists import tiles, word_of
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.shell import Shell
from mingjing_tasks.pages.words import (
    CASE_KINDS,
    MODES,
    PROCEDURES,
    WARNING_STATES,
    label_of,
    said,
    source_of,
)
from mingjing_tasks.store.page import (
    ENTRIES_MAX,
    ListedEvent,
    case_of,
    events_of_case,
    newest_events,
    warnings_by_state,
)


def routes(shell: Shell, database: Database) -> APIRouter:
    """The plain lists; until there is sign-in they name nobody."""
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/")
    async def events(request: Request, after: str | None = None) -> Response:
        page = await newest_events(database, after)
        return shell.page(
            request,
            "events.html",
            tiles=tiles(WARNING_STATES, await warnings_by_state(database)),
            after=after,
            next=page.next,
            rows=[shown(event) for event in page.rows],
        )

    @router.get("/tasks/cases/{case_ref}")
    async def case(request: Request, case_ref: str) -> Response:
        found = await case_of(database, case_ref)
        if found is None:
            raise NotFound("没有这个案件的时间线。", "案件可能尚未受案，或地址不完整。")
        key, known = found
        events = await events_of_case(database, key)
        labels: dict[str | None, str] = {
            event.event_id: label_of(event.type).name for event in events
        }
        return shell.page(
            request,
            "case.html",
            case_key=key,
            known=known,
            kind=word_of(known.kind, CASE_KINDS).name if known else None,
            procedure=word_of(known.procedure, PROCEDURES).name if known else None,
            cut=len(events) == ENTRIES_MAX,
            rows=[{**shown(event), "cause": labels.get(event.causation_id)} for event in events],
        )

    return router


def shown(event: ListedEvent) -> dict[str, object]:
    """An event in words."""
    return {
        "event": event,
        "label": label_of(event.type),
        "source": source_of(event.source),
        "said": said(event.type, event.codes),
        "mode": None if event.mode == "live" else word_of(event.mode, MODES).name,
    }
