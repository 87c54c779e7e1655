"""A term in words: what is to be done, since when, by what, what is left, where it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mingjing_review.pages.words import MODES
from mingjing_review.rules.term import KIND_NAMES, TASK_NAMES
from mingjing_review.store.board import Waiting
from mingjing_shared.clock import legal_now, legal_today
from mingjing_shared.web.lists import Word, word_of
from mingjing_shared.web.reach import reaches

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mingjing_review.store.board import ListedTerm
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.web.officer import Officer

WAITS_FOR = {
    "unit": "承办单位",
    "reviewer": "法制部门",
    "head": "单位负责人",
    "leader": "局领导",
    "party": "当事人",
}
KINDS = {code: Word(name) for code, name in KIND_NAMES.items()}
_SOON_DAYS = 2
_ONE_HOUR = timedelta(hours=1)


async def waiting_of(source: Database | Transaction, officer: Officer) -> Waiting:
    """What may wait for this officer."""
    asked = ("review.submit", "review.opinion", "review.approve_transfer", "review.discuss")
    found = await reaches(source, officer, asked)
    return Waiting(officer.number, *(found[act] for act in asked))


def address_of(kind: str, task: str, decision_id: str | None, case_ref: str) -> str:
    """The page on which the term is worked off."""
    name = quote(decision_id or "", safe="")
    if kind == "limit":
        return f"/review/limits/{quote(case_ref, safe='')}"
    if kind in {"hearing", "transfer"}:
        return f"/review/{kind}s/{name}"
    if task in {"submit", "supplement", "correct"}:
        return f"/review/cases/{name}/submit"
    return f"/review/cases/{name}"


def left_of(due_on: date | None, due_at: datetime | None, *, binding: bool) -> Word:
    """What is left of a term: 剩 3 天, 今天到期, 逾期 2 天; for one of hours the hours."""
    if due_on is None or due_at is None:
        return Word("不计期限")
    now, today = legal_now(), legal_today()
    if not binding:
        return Word("暂算")
    if now >= due_at:
        days = (today - due_on).days
        return Word(f"逾期 {days} 天" if days > 0 else "已逾期", "late")
    if due_at - now < timedelta(days=1) and (due_at.minute or due_at.second):
        return Word(f"剩 {int((due_at - now) / _ONE_HOUR)} 小时", "soon")
    days = (due_on - today).days
    if days == 0:
        return Word("今天到期", "soon")
    return Word(f"剩 {days} 天", "soon" if days <= _SOON_DAYS else "")


def shown_term(term: ListedTerm, tree: UnitTree) -> dict[str, Any]:
    """A row of the board in words."""
    left = left_of(term.due_on, term.due_at, binding=term.binding)
    return {
        "term": term,
        "kind": KIND_NAMES.get(term.kind, term.kind),
        "task": TASK_NAMES.get(term.task, term.task),
        "unit": tree.name_of(term.unit),
        "who": WAITS_FOR.get(term.waits_for, term.waits_for),
        "left": left,
        "overdue": left.tone == "late",
        "href": address_of(term.kind, term.task, term.decision_id, term.case_ref),
        "mode": None if term.mode == "live" else word_of(term.mode, MODES).name,
    }


def shown_reminder(row: Mapping[str, Any], tree: UnitTree) -> dict[str, Any]:
    """A reminder in words."""
    return {
        "id": row["reminder_id"],
        "why": "期限已过，请督办" if row["why"] == "passed" else "期限将到",
        "tone": "late" if row["why"] == "passed" else "soon",
        "kind": KIND_NAMES.get(row["kind"], row["kind"]),
        "task": TASK_NAMES.get(row["task"], row["task"]),
        "case_number": row["case_number"],
        "unit": tree.name_of(row["unit"]),
        "due_on": row["due_on"],
        "says": row["says"],
    }
