"""案件全景: one case, everything that happened in it; and the list of cases."""

from typing import Any

from fastapi import APIRouter, Request, Response

from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import legal_now, machine_now
from mingjing_shared.database import Database
from mingjing_shared.directory.tree import UnitTree
from mingjing_shared.errors import InvalidInput
from mingjing_shared.web.desk import Desk, at_desk
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.permissions import About
from mingjing_shared.web.problems import NotFound
from mingjing_shared.web.shell import Shell
from mingjing_tasks.acts.reach import reach_of, see_case
from mingjing_tasks.pages.panorama import TABS, Known, panorama, timeline_csv
from mingjing_tasks.pages.warning import shown_warning
from mingjing_tasks.pages.words import CASE_KINDS, PROCEDURES
from mingjing_tasks.store.case import case_by_ref
from mingjing_tasks.store.duty import duties_of_cases
from mingjing_tasks.store.listing import newest_cases
from mingjing_tasks.store.page import ENTRIES_MAX, events_of_case, listed_warning
from mingjing_tasks.store.panorama import decisions_of_case
from mingjing_tasks.store.warning import acts_of, warnings_of_case

EMBEDDED = (
    ("review", "法制审核", "审核"),
    ("recording", "记录与案卷", "记录"),
    ("disclosure", "公示", "公示"),
)


def routes(shell: Shell, database: Database, traces_url: str) -> APIRouter:
    """The page of a case, and the list of those that an officer may see.

    ``traces_url`` is where the trace store shows a case, ``CASE_REF`` in place of its reference
    and ``NOW_MS`` in place of this moment; empty when there is no such place.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/tasks/cases")
    async def cases(
        request: Request, after: str | None = None, handler: str | None = None
    ) -> Response:
        async with at_desk(request, database) as desk:
            reach = await reach_of(desk, "tasks.case")
            page = await newest_cases(desk.tx, after, reach=reach, handler=handler or None)
            tree = await desk.tree()
        rows = [_listed(row, tree) for row in page.rows]
        return shell.page(
            request,
            "cases.html",
            rows=rows,
            after=after,
            next=page.next,
            handler=handler,
        )

    @router.get("/tasks/cases/{case_ref}")
    async def case(request: Request, case_ref: str, show: str = "all") -> Response:
        if show not in TABS:
            raise InvalidInput("没有所要的分类。", f"可用的分类：{'、'.join(TABS.values())}。")
        async with at_desk(request, database) as desk:
            known = await known_case(desk, case_ref)
            tree = known.tree
            warnings = await _warnings(desk, known)
        return shell.page(
            request,
            "case.html",
            case=known.case,
            kind=word_of(known.case.kind, CASE_KINDS).name,
            procedure=word_of(known.case.procedure, PROCEDURES).name,
            unit=tree.name_of(known.case.unit),
            cut=len(known.events) == ENTRIES_MAX,
            show=show,
            embedded=EMBEDDED,
            warnings=warnings,
            traces=traces_of(traces_url, case_ref),
            **panorama(known, legal_now(), show),
        )

    @router.get("/tasks/cases/{case_ref}/timeline.csv")
    async def exported(request: Request, case_ref: str) -> Response:
        async with at_desk(request, database) as desk:
            known = await known_case(desk, case_ref, kind="timeline")
        head = {"Content-Disposition": f'attachment; filename="{case_ref}.csv"'}
        return Response(timeline_csv(known), media_type="text/csv; charset=utf-8", headers=head)

    return router


async def _warnings(desk: Desk, known: Known) -> list[dict[str, Any]]:
    """The case's warnings in words, with how far people are with each."""
    acted = await acts_of(desk.tx, [row.warning_id for row in known.warnings])
    return [
        shown_warning(listed_warning(row, desk.tx), known.tree, acted.get(row.warning_id, ()))
        for row in known.warnings
    ]


def traces_of(url: str, case_ref: str) -> str:
    """Where the trace store shows a case up to now: told no end, Zipkin does not search."""
    now_ms = round(machine_now().timestamp() * 1000)
    return url.replace("CASE_REF", case_ref).replace("NOW_MS", str(now_ms))


def _listed(row: Any, tree: UnitTree) -> dict[str, Any]:
    return {
        "case": row,
        "kind": word_of(row.kind, CASE_KINDS).name,
        "procedure": word_of(row.procedure, PROCEDURES).name,
        "unit": tree.name_of(row.unit),
    }


async def known_case(desk: Desk, case_ref: str, kind: str = "case") -> Known:
    """All that is known of a case that the officer may see; the look or export is noted.

    Raises:
        NotFound: nothing is known under this reference.
        NotAllowed: the case is beyond the officer's roles.
    """
    found: Any = await case_by_ref(desk.tx, case_ref)
    if found is None:
        raise NotFound("没有这个案件的时间线。", "案件可能尚未受案，或地址不完整。")
    about = About(unit=found.unit, handlers=frozenset(found.handlers))
    await see_case(desk, Subject(kind, case_ref, found.case_number), about)
    return Known(
        case=found,
        events=await events_of_case(desk.tx, found.case_key),
        duties=await duties_of_cases(desk.tx, [found.case_key]),
        warnings=await warnings_of_case(desk.tx, found.case_key),
        decisions=await decisions_of_case(desk.tx, found.case_key),
        tree=await desk.tree(),
    )
