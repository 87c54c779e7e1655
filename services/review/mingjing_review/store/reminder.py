"""Reminders: raised once, shown to whom they are for until he has looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_review.tables import REMINDERS
from mingjing_shared.web.counting import COUNTED_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.officer import Officer
    from mingjing_shared.web.reach import Reach

SHOWN_MAX = 20
_HEADS = frozenset({"unit_head", "bureau_leader"})
_COLUMNS = (
    "r.reminder_id, r.kind AS why, t.term_id, t.kind, t.task, t.decision_id, t.case_number,"
    " t.case_ref, t.unit, t.due_on, t.due_at, t.says"
)


@dataclass(frozen=True, slots=True)
class ForWhom:
    """Whom reminders are shown to: the officer, whom he stands in for, what he may review.

    Attributes:
        number: the officer's own police number.
        headed: units of which the officer is head or leader.
    """

    number: str
    numbers: tuple[str, ...]
    reviews: Reach
    headed: tuple[str, ...]


def for_whom(officer: Officer, reviews: Reach) -> ForWhom:
    """The reminders that concern an officer."""
    stood_in = {role.instead_of for role in officer.roles if role.instead_of}
    headed = {role.unit for role in officer.roles if role.code in _HEADS}
    numbers = tuple(sorted({officer.number, *stood_in}))
    return ForWhom(officer.number, numbers, reviews, tuple(sorted(headed)))


async def running_terms(tx: Transaction, clocks: Sequence[str]) -> Sequence[Mapping[str, Any]]:
    """The terms for which these clocks run now; of one that was moved there is none."""
    rows = await tx.all(
        "SELECT * FROM terms WHERE binding AND clock = ANY(CAST(:clocks AS text[]))"
        " ORDER BY term_id",
        clocks=list(clocks),
    )
    return [row._asdict() for row in rows]


async def raise_reminders(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write reminders; one that was raised before is left as it is."""
    await tx.insert_new(REMINDERS, rows)


async def open_reminders(
    source: Database | Transaction, whom: ForWhom
) -> Sequence[Mapping[str, Any]]:
    """The reminders of terms that still run, at which the officer has not looked."""
    condition, values = _open(whom)
    rows = await source.all(
        f"SELECT {_COLUMNS} FROM reminders AS r JOIN terms AS t"  # noqa: S608 - our own words
        f" ON t.term_id = r.term_id AND t.clock = r.clock WHERE {condition}"
        " ORDER BY t.sorts_at, r.reminder_id LIMIT :limit",
        limit=SHOWN_MAX,
        **values,
    )
    return [row._asdict() for row in rows]


async def count_open(source: Database | Transaction, whom: ForWhom) -> int:
    """How many there are, counted up to a limit."""
    condition, values = _open(whom)
    rows = await source.all(
        "SELECT count(*) AS found FROM (SELECT FROM reminders AS r JOIN terms AS t"  # noqa: S608 - our own words
        f" ON t.term_id = r.term_id AND t.clock = r.clock WHERE {condition} LIMIT :most) AS few",
        most=COUNTED_MAX,
        **values,
    )
    return int(rows[0].found)


async def reminder_of(tx: Transaction, reminder_id: str) -> dict[str, Any] | None:
    """A reminder with the term it is about; none once that is done."""
    rows = await tx.all(
        f"SELECT {_COLUMNS}, t.handlers FROM reminders AS r JOIN terms AS t"  # noqa: S608 - our own words
        " ON t.term_id = r.term_id WHERE r.reminder_id = :id",
        id=reminder_id,
    )
    return rows[0]._asdict() if rows else None


async def look_at(tx: Transaction, reminder_id: str, number: str) -> None:
    """Note that an officer looked: it is not shown to him again."""
    await tx.execute(
        "UPDATE reminders SET seen_by = seen_by || CAST(:me AS jsonb)"
        " WHERE reminder_id = :id AND NOT seen_by @> CAST(:me AS jsonb)",
        id=reminder_id,
        me=orjson.dumps([number]).decode(),
    )


def _open(whom: ForWhom) -> tuple[str, dict[str, Any]]:
    condition, values = _for(whom)
    values["myself"] = orjson.dumps([whom.number]).decode()
    return f"NOT r.seen_by @> CAST(:myself AS jsonb) AND {condition}", values


def _for(whom: ForWhom) -> tuple[str, dict[str, Any]]:
    """Named, or of those who may take on what nobody has taken on yet."""
    mine = [f"r.officers @> CAST(:who_{place} AS jsonb)" for place, _ in enumerate(whom.numbers)]
    own = " OR ".join(f"t.handlers @> CAST(:who_{place} AS jsonb)" for place, _ in enumerate(mine))
    within, values = whom.reviews.condition("t.unit", officers="t.handlers", name="reviews")
    values |= {f"who_{n}": orjson.dumps([one]).decode() for n, one in enumerate(whom.numbers)}
    values["headed"] = list(whom.headed)
    condition = (
        f"({' OR '.join(mine)} OR (r.officers = '[]' AND ("
        f"(r.role = 'legal_reviewer' AND {within} AND NOT ({own}))"
        " OR (r.role <> 'legal_reviewer' AND r.to_unit = ANY(CAST(:headed AS text[]))))))"
    )
    return condition, values
