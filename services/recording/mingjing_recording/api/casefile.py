"""Case files as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from mingjing_recording.store.page import ListedCasefile, casefiles_by_state, newest_casefiles
from mingjing_shared.database import Database

State = Literal["overdue", "warned", "open", "no_clock"]


@dataclass(frozen=True)
class CasefileList:
    """Up to 50 case files, newest first; ``next`` is the ``after`` of the following ones."""

    counts: dict[str, int]
    casefiles: Sequence[ListedCasefile]
    next: str | None


def routes(database: Database) -> APIRouter:
    """What the plain list shows, for machines."""
    router = APIRouter(prefix="/recording/api", tags=["casefiles"])

    @router.get("/casefiles", summary="案卷")
    async def casefiles(state: State | None = None, after: str | None = None) -> CasefileList:
        page = await newest_casefiles(database, state, after)
        return CasefileList(await casefiles_by_state(database), page.rows, page.next)

    return router
