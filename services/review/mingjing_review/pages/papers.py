"""文书: the papers of reviews as they were issued, with what shows that they are unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from mingjing_review.acts.paper import TITLES
from mingjing_review.errors import Unknown
from mingjing_review.pages.workbench import look_at
from mingjing_review.store.paper import Issued, file_of, paper_of
from mingjing_review.store.review import reviews
from mingjing_review.store.step import steps_of
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import officer_names
from mingjing_shared.web.desk import at_desk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Database
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.shell import Shell

PATH = "/review/papers/{paper_id}"


def routes(shell: Shell, database: Database) -> APIRouter:
    """A paper's page, where its printed code leads, and the file."""
    router = APIRouter(include_in_schema=False)

    @router.get(PATH)
    async def show(request: Request, paper_id: str) -> Response:
        async with at_desk(request, database) as desk:
            paper, review = await _looked_at(desk, paper_id)
            names = await officer_names(desk.tx, [paper.made_by], legal_today())
            tree = await desk.tree()
        return shell.page(
            request,
            "paper.html",
            paper=paper,
            title=TITLES[paper.kind],
            review=review,
            unit=tree.name_of(paper.unit),
            maker=f"{names.get(paper.made_by, '')} {paper.made_by}".strip(),
        )

    @router.get(PATH + "/file")
    async def file(request: Request, paper_id: str) -> Response:
        async with at_desk(request, database) as desk:
            paper, _ = await _looked_at(desk, paper_id)
            raw = await file_of(desk.tx, paper_id)
        name = quote(f"{paper.number}.pdf")
        headers = {
            "Content-Disposition": f"inline; filename*=UTF-8''{name}",
            "Cache-Control": "no-store",
        }
        return Response(raw, media_type="application/pdf", headers=headers)

    return router


async def _looked_at(desk: Desk, paper_id: str) -> tuple[Issued, Mapping[str, Any]]:
    """A paper and its review; the look is noted, with its purpose.

    Raises:
        Unknown: there is no such paper.
        NotAllowed, PurposeNeeded: as for the review.
    """
    paper = await paper_of(desk.tx, paper_id)
    if paper is None:
        raise Unknown("没有这份文书。", "请核对编号；案件依法不保存的，文书已一并清除。")
    decision_id = paper.decision_id
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if review is None:
        raise Unknown("这份文书所说的决定已不在审核之列。", "请核对编号。")
    steps = (await steps_of(desk.tx, [decision_id])).get(decision_id, [])
    await look_at(desk, review, steps)
    return paper, review
