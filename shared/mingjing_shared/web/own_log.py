"""我的操作记录 of one department: what an officer did, saw and was refused here, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from starlette.responses import HTMLResponse

from mingjing_shared.audit.note import own_entries
from mingjing_shared.audit.purpose import in_words
from mingjing_shared.trust.proving import COVERED, ERASED, PENDING, standing_of
from mingjing_shared.web.lists import Word
from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.permissions import acts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Row

    from mingjing_shared.database import Database
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.shell import Shell

OUTCOMES = {
    "done": Word("已办理"),
    "seen": Word("已查看"),
    "refused": Word("被拒绝", "late"),
}
STANDINGS = {
    COVERED: Word("已存证", "good"),
    PENDING: Word("待存证"),
    ERASED: Word("已依法删除"),
}
"""How an entry of the transparency log stands, on every page that shows it."""

REFUSALS = {
    "invalid-input": "填写有误",
    "not-allowed": "不在权限之内",
    "conflict": "与现状不符",
    "too-much": "超过上限",
    "unavailable": "暂时不可用",
    "cannot-reach-store": "存储暂时不可用",
    "misconfigured": "系统故障",
    "not-found": "没有找到",
}


class SubjectKind(NamedTuple):
    """What an act was about, in words, and the address of its page.

    ``address`` may name ``{id}`` and ``{case_ref}``; without one there is no page of it.
    """

    name: str
    address: str = ""
    shows_id: bool = True


COMMON = {
    "audit": SubjectKind("审计记录", shows_id=False),
    "page": SubjectKind("页面"),
    "receipt": SubjectKind("存证凭证"),
}
"""What is looked at in every department."""

COMMON_ACTS = {
    "purpose.state": "填写查看事由",
    "receipt.download": "下载存证凭证",
    "web.request": "访问",
}
"""What is done in every department, and is not in the table of permissions."""


def _no_word(_: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class LogWords:
    """How a department tells of what was done there.

    Attributes:
        heading: the department's name.
        hint: what its acts are about.
        subjects: each kind of subject in its audit.
        acts: names of acts that are not in the table of permissions.
        reason: the word for a reason in its audit; none where it has no word for it.
    """

    heading: str
    hint: str
    subjects: Mapping[str, SubjectKind]
    acts: Mapping[str, str] = field(default_factory=dict)
    reason: Callable[[str], str | None] = _no_word

    def shown(self, row: Row[Any]) -> dict[str, Any]:
        """A line of the audit in words."""
        kind = {**COMMON, **self.subjects}.get(row.subject_kind) or SubjectKind(row.subject_kind)
        act = acts().get(row.act)
        reason = row.reason and (
            self.reason(row.reason)
            or REFUSALS.get(row.reason)
            or in_words(row.reason)
            or row.reason
        )
        address = kind.address.format(
            id=quote(row.subject, safe=""), case_ref=quote(row.case_ref or "", safe="")
        )
        return {
            "at": row.at,
            "act": act.name if act else {**COMMON_ACTS, **self.acts}.get(row.act, row.act),
            "role": ROLES.get(row.role or ""),
            "unit": row.unit,
            "instead_of": row.instead_of,
            "approved_by": row.approved_by,
            "outcome": OUTCOMES[row.outcome],
            "reason": reason,
            "subject": f"{kind.name} {row.subject}" if kind.shows_id else kind.name,
            "address": address if row.case_ref or "{case_ref}" not in kind.address else "",
            "id": str(row.id),
        }


async def own_log(
    shell: Shell, database: Database, officer: Officer, words: LogWords
) -> HTMLResponse:
    """The officer's own newest lines of this service's audit, as a part of a page."""
    entries = await own_entries(database, officer.number)
    standing = await standing_of(database, [row.id for row in entries])
    rows = [
        {**words.shown(row), "standing": STANDINGS[standing.get(str(row.id), PENDING)]}
        for row in entries
    ]
    return HTMLResponse(shell.text("own_log.html", words=words, rows=rows, service=shell.service))
