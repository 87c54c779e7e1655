"""Case files as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Request

from mingjing_recording.store.page.casefile import ListedCasefile, newest_casefiles
from mingjing_recording.store.page.counting import counts_by_state
from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.reach import reach_of

State = Literal["overdue", "warned", "open", "archived", "no_clock"]


@dataclass(frozen=True)
class CasefileList:
    """Up to 50 case files, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    casefiles: Sequence[ListedCasefile]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the list shows to the officer who asks, for machines."""
    router = APIRouter(prefix="/recording/api", tags=["casefiles"])

    @router.get("/casefiles", summary="案卷")
    async def casefiles(
        request: Request, state: State | None = None, after: str | None = None
    ) -> CasefileList:
        tree = await unit_tree(database, legal_today())
        reach = reach_of(officer_of(request), "recording.see", tree)
        page = await newest_casefiles(database, reach, state=state, after=after)
        counts = await counts_by_state(database, "casefiles", State.__args__, reach)  # type: ignore[attr-defined]
        return CasefileList(counts, page.rows, page.next)

    return router
