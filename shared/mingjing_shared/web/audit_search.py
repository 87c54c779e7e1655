"""审计检索 of one department, for the inspectorate: who did, saw or was refused what.

Each search is itself noted, with what was looked for and why, before anything is shown; so is a
search that is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from mingjing_shared.audit.note import Subject
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.law.errors import BadCaseNumber
from mingjing_shared.trust.proving import PENDING, standing_of
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.own_log import OUTCOMES, STANDINGS
from mingjing_shared.web.permissions import About, allowing_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.desk import Desk
    from mingjing_shared.web.forms import Form
    from mingjing_shared.web.own_log import LogWords
    from mingjing_shared.web.shell import Shell

ACT = "audit.search"
ROWS_MAX = 200
_NUMBER_CHARS = 6
_COLUMNS = (
    "id, at, officer, role, unit, act, outcome, reason, instead_of, approved_by, subject_kind,"
    " subject, case_ref"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; at least an officer or a case, and why."""

    officer: str = ""
    case_number: str = ""
    outcome: str = ""
    first: date | None = None
    last: date | None = None
    why: str = ""

    @property
    def subject(self) -> str:
        """The search in one line, as it is noted; the case stands beside it as a reference."""
        parts = [self.officer, self.outcome, *(str(day) for day in (self.first, self.last) if day)]
        return " ".join(filter(None, parts)) or "case"


async def let_in(desk: Desk) -> None:
    """Go on if the officer may search at all, whatever the form says; a refusal is noted.

    Raises:
        NotAllowed: the officer may not.
    """
    if allowing_role(desk.officer, ACT, About()) is None:
        await desk.permit(ACT, Subject("audit", "page"), About())


def wanted_of(form: Form) -> Wanted:
    """What a form looks for.

    Raises:
        InvalidInput: it names neither officer nor case, gives no purpose, or is written wrongly.
    """
    officer = form.text("officer", "警号", required=False, chars_max=_NUMBER_CHARS)
    number = form.text("case_number", "案号", required=False, chars_max=80)
    if not officer and not number:
        form.problems["officer"] = "请填写警号或案号。"
    elif officer and not (officer.isdecimal() and len(officer) == _NUMBER_CHARS):
        form.problems["officer"] = "警号为 6 位数字。"
    outcome = form.values.get("outcome", "")
    if outcome and outcome not in OUTCOMES:
        form.problems["outcome"] = "请选择结果。"
    first, last = _day(form, "first"), _day(form, "last")
    why = form.text("why", "检索事由", chars_max=200)
    form.refuse_if_wrong()
    return Wanted(officer, number, outcome, first, last, why)


def routes(shell: Shell, database: Database, words: LogWords) -> APIRouter:
    """``/<service>/fragments/audit``."""
    router = APIRouter(include_in_schema=False)

    @router.post(f"/{shell.service}/fragments/audit")
    async def search(request: Request) -> Response:
        form = await read_form(request)
        async with at_desk(request, database) as desk:
            await let_in(desk)
            wanted = wanted_of(form)
            subject = Subject("audit", wanted.subject, wanted.case_number or None)
            await desk.saw(ACT, subject, About(), wanted.why)
            entries = await _found(desk.tx, wanted)
            standing = await standing_of(desk.tx, [row.id for row in entries])
        rows = [
            {
                **words.shown(row),
                "officer": row.officer,
                "standing": STANDINGS[standing.get(str(row.id), PENDING)],
            }
            for row in entries
        ]
        return HTMLResponse(
            shell.text(
                "audit_found.html",
                words=words,
                rows=rows,
                most=ROWS_MAX,
                service=shell.service,
            )
        )

    return router


async def _found(tx: Transaction, wanted: Wanted) -> Sequence[Row[Any]]:
    """The newest lines that fit."""
    conditions, values = ["true"], dict[str, Any]()
    if wanted.officer:
        conditions.append("officer = :officer")
        values["officer"] = wanted.officer
    if wanted.case_number:
        conditions.append("case_ref = :case_ref")
        try:
            values["case_ref"] = tx.installation.references.case(wanted.case_number)
        except BadCaseNumber:
            return []
    if wanted.outcome:
        conditions.append("outcome = :outcome")
        values["outcome"] = wanted.outcome
    if wanted.first:
        conditions.append("at >= :first")
        values["first"] = datetime.combine(wanted.first, time(), SHANGHAI)
    if wanted.last:
        conditions.append("at < :until")
        values["until"] = datetime.combine(wanted.last + timedelta(days=1), time(), SHANGHAI)
    return await tx.all(
        f"SELECT {_COLUMNS} FROM audit WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own conditions
        " ORDER BY number DESC LIMIT :limit",
        limit=ROWS_MAX,
        **values,
    )


def _day(form: Form, name: str) -> date | None:
    typed = form.values.get(name, "").strip()
    if not typed:
        return None
    try:
        return date.fromisoformat(typed)
    except ValueError:
        form.problems[name] = "日期写作 2026-11-27。"
        return None
