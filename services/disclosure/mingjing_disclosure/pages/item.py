"""待公示队列 and 不予公开登记: what must be public, by when and why; what not, and why not."""

from fastapi import APIRouter, Request, Response

from mingjing_disclosure.pages.words import (
    KINDS,
    MODES,
    REASONS,
    RULES,
    SHOWN_ALWAYS,
    STATES,
    VIEWS,
)
from mingjing_disclosure.rules.progress import OPEN_STATES
from mingjing_disclosure.rules.publication import working_days_between
from mingjing_disclosure.store.catalogue import newest_catalogues
from mingjing_disclosure.store.duty import STEPS
from mingjing_disclosure.store.page import (
    ListedItem,
    counts_by_state,
    listed_items,
)
from mingjing_shared.clock import legal_today
from mingjing_shared.database import Database
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.directory.tree import UnitTree
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.web.counting import COUNTED_MAX
from mingjing_shared.web.desk import officer_of
from mingjing_shared.web.lists import Tile, asked_state, word_of
from mingjing_shared.web.permissions import acts
from mingjing_shared.web.reach import Reach, reach_of, refuse_nothing
from mingjing_shared.web.shell import Shell

COUNTED_VIEWS = ("overdue", "must_withdraw", "must_correct")
_RUNNING = ("to_mask", "to_check", "to_approve", "publishing")
LINKS = (
    ("/disclosure/", "待公示队列"),
    ("/disclosure/withheld", "不予公开登记"),
    ("/disclosure/feedback", "群众纠错与举报"),
    ("/disclosure/catalogues", "审核目录"),
)


def routes(shell: Shell, database: Database) -> APIRouter:
    """The lists; everybody sees what their roles reach."""
    router = APIRouter(include_in_schema=False)

    @router.get("/disclosure/")
    async def items(
        request: Request, state: str | None = None, after: str | None = None
    ) -> Response:
        chosen = asked_state(state, {**STATES, **VIEWS}) or "open"
        reach, tree = await sight(request, database)
        page = await listed_items(database, reach, chosen, after)
        counts = await counts_by_state(database, reach, [*COUNTED_VIEWS, *STATES])
        return shell.page(
            request,
            "items.html",
            links=LINKS,
            here="/disclosure/",
            tiles=_tiles(counts),
            counted_max=COUNTED_MAX,
            chosen=chosen,
            after=after,
            next=page.next,
            rows=[shown(item, tree) for item in page.rows],
        )

    @router.get("/disclosure/withheld")
    async def withheld(request: Request, after: str | None = None) -> Response:
        reach, tree = await sight(request, database)
        page = await listed_items(database, reach, "withheld", after)
        return shell.page(
            request,
            "withheld.html",
            links=LINKS,
            here="/disclosure/withheld",
            after=after,
            next=page.next,
            rows=[shown(item, tree) for item in page.rows],
        )

    @router.get("/disclosure/catalogues")
    async def catalogues(request: Request, after: str | None = None) -> Response:
        _, tree = await sight(request, database)
        page = await newest_catalogues(database, after)
        return shell.page(
            request,
            "catalogues.html",
            links=LINKS,
            here="/disclosure/catalogues",
            after=after,
            next=page.next,
            rows=[(one, tree.name_of(one.unit)) for one in page.rows],
        )

    return router


async def sight(request: Request, database: Database) -> tuple[Reach, UnitTree]:
    """How far the signed-in officer sees, and the units of today.

    Raises:
        NotAllowed: nobody is signed in, or none of the officer's roles sees anything here.
    """
    officer = officer_of(request)
    tree = await unit_tree(database, legal_today())
    reach = reach_of(officer, "disclosure.see", tree)
    refuse_nothing(officer, "disclosure.see", reach)
    return reach, tree


def shown(item: ListedItem, tree: UnitTree) -> dict[str, object]:
    """A row of a list, in words."""
    overdue = item.overdue and item.state not in ("published", "corrected", "withdrawn")
    late = overdue or item.must_withdraw or item.must_correct
    return {
        "item": item,
        "state": word_of(item.state, STATES),
        "tone": "late" if late else word_of(item.state, STATES).tone,
        "kind": word_of(item.kind, KINDS).name,
        "mode": None if item.mode == "live" else word_of(item.mode, MODES).name,
        "unit": tree.name_of(item.unit),
        "why": (item.must_withdraw and item.withdraw_says)
        or (item.must_correct and item.correct_says)
        or item.says,
        "reason": REASONS.get(item.reason_code or "", item.reason_code),
        "overdue": overdue,
        "left": _left(item),
        "waits_for": _waits_for(item.state),
        "by_rule": _rule_of(item.decided_by or ""),
    }


def _waits_for(state: str) -> str | None:
    """Who may take the step that an item in this state waits for."""
    step = STEPS.get(state)
    return acts()[step[0]].who if step else None


def _rule_of(decided_by: str) -> str | None:
    """The rule that withholds an item, in words; none where a person does."""
    kind, _, rule = decided_by.partition(":")
    return RULES.get(rule, rule) if kind == "rule" else None


def _left(item: ListedItem) -> str | None:
    """How much time is left, in words: never said of a provisional day."""
    if item.due_on is None or item.provisional or item.state not in _RUNNING:
        return None
    today = legal_today()
    if today > item.due_on:
        return "已逾期"
    left = working_days_between(today, item.due_on, published_calendar())
    return f"剩 {left} 个工作日" if left else "今天到期"


def _tiles(counts: dict[str, int]) -> list[Tile]:
    words = {**VIEWS, **STATES}
    counts |= {
        "open": sum(counts.get(state, 0) for state in OPEN_STATES),
        "all": sum(counts.get(state, 0) for state in STATES),
    }
    return [
        Tile(code, words[code].name, words[code].tone, counts.get(code, 0))
        for code in words
        if code in SHOWN_ALWAYS or code in VIEWS or counts.get(code)
    ]
