"""What an officer owes here: open steps that the officer may take, the first due first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.store.feedback import open_feedback
from mingjing_shared.web.counting import OF_FIGURES
from mingjing_shared.web.permissions import About, allowing_role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_shared.database import Database
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.reach import Reach

COUNTED_MAX = 500
FEEDBACK = "disclosure.feedback"
PROMISE = "门户对公众承诺及时受理。"
_DUE = "coalesce(due_on, 'infinity'::date)"
_NOT_MINE = (
    "NOT EXISTS (SELECT FROM publications AS p WHERE p.decision_id = items.decision_id AND {who})"
)
_EDITED = "p.editors ?| CAST(:persons AS text[])"
_CHECKED = "p.checkers ?| CAST(:persons AS text[])"
STEPS = {  # step: by which right it is done, by which day, which items
    "to_mask": ("disclosure.edit", _DUE, "state = 'to_mask'"),
    "to_check": (
        "disclosure.check",
        _DUE,
        f"state = 'to_check' AND {_NOT_MINE.format(who=_EDITED)}",
    ),
    "to_approve": (
        "disclosure.approve",
        _DUE,
        f"state = 'to_approve' AND {_NOT_MINE.format(who=f'({_EDITED} OR {_CHECKED})')}",
    ),
    "must_withdraw": (
        "disclosure.withdraw",
        "coalesce(withdraw_by, '-infinity'::date)",  # no day: at once
        "must_withdraw",
    ),
    "must_correct": (
        "disclosure.correct",
        "coalesce(correct_by, 'infinity'::date)",
        "must_correct AND state IN ('published', 'corrected')",
    ),
}
RIGHTS = frozenset(act for act, _, _ in STEPS.values())


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: where, which step, by when and why."""

    address: str
    step: str
    title: str
    document_number: str
    case_number: str
    due_on: date | None
    why: str
    overdue: bool
    provisional: bool
    at_once: bool = False


async def duties(
    database: Database, officer: Officer, reaches: Mapping[str, Reach], limit: int
) -> list[Duty]:
    """The officer's open duties in disclosure, by the day they are due.

    ``reaches`` says for each of ``RIGHTS`` how far the officer reaches with it.
    What the officer edited is not the officer's to check, what the officer edited or checked
    not the officer's to approve.
    """
    values: dict[str, Any] = {"limit": limit}
    parts = _open_steps(officer, reaches, values)
    found: list[Duty] = []
    if parts:
        rows = await database.all(
            f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS steps ORDER BY by_day, decision_id"  # noqa: S608 - our own conditions
            " LIMIT :limit",
            **values,
        )
        found = [_duty(row) for row in rows]
    if allowing_role(officer, FEEDBACK, About()) is not None:
        found += [_feedback(row) for row in await open_feedback(database, limit)]
    return sorted(found, key=_urgency)[:limit]


def _urgency(duty: Duty) -> tuple[date, str]:
    """What must be done at once comes first, what has no day last."""
    if duty.at_once:
        return date.min, duty.address
    return duty.due_on or date.max, duty.address


async def count_duties(database: Database, officer: Officer, reaches: Mapping[str, Reach]) -> int:
    """How many duties the officer has, each step counted up to ``COUNTED_MAX``."""
    values: dict[str, Any] = {"limit": COUNTED_MAX}
    parts = _open_steps(officer, reaches, values)
    count = 0
    if parts:
        rows = await database.all(
            f"SELECT count(*) AS found FROM ({' UNION ALL '.join(parts)}) AS steps",  # noqa: S608 - our own conditions
            **values,
        )
        count = rows[0].found
    if allowing_role(officer, FEEDBACK, About()) is not None:
        count += len(await open_feedback(database, COUNTED_MAX))
    return count


def _open_steps(
    officer: Officer, reaches: Mapping[str, Reach], values: dict[str, Any]
) -> list[str]:
    """One query a step, each along an index of its own: they cost the same for any number."""
    parts = []
    for step, (act, day, condition) in STEPS.items():
        reach = reaches[act]
        if not reach.is_nothing:
            within, wanted = reach.condition("unit", officers="handlers", name=step)
            values |= wanted
            parts.append(
                f"(SELECT items.*, {day} AS by_day, '{step}' AS step FROM items"  # noqa: S608 - our own conditions
                f" WHERE {condition} AND {within}"
                f" AND items.{OF_FIGURES}"
                f" ORDER BY {day}, decision_id LIMIT :limit)"
            )
    if any(":persons" in part for part in parts):
        deputised = {role.instead_of for role in officer.roles if role.instead_of}
        values["persons"] = sorted({officer.number, *deputised})
    return parts


def _duty(row: Any) -> Duty:
    due_on, why = {
        "must_withdraw": (row.withdraw_by, row.withdraw_says),
        "must_correct": (row.correct_by, row.correct_says),
    }.get(row.step, (row.due_on, row.says))
    return Duty(
        address=f"/disclosure/items/{row.item_id}",
        step=row.step,
        title=row.cause or "",
        document_number=row.document_number,
        case_number=row.case_number,
        due_on=due_on,
        why=why or "",
        overdue=row.overdue_at is not None,
        provisional=row.provisional,
        at_once=row.step == "must_withdraw" and due_on is None,
    )


def _feedback(row: Any) -> Duty:
    return Duty(
        address=f"/disclosure/feedback#{row.feedback_id}",
        step=f"feedback_{row.kind}",
        title="",
        document_number="",
        case_number="",
        due_on=row.due_on,
        why=PROMISE,
        overdue=False,
        provisional=False,
    )
