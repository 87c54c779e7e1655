"""Reviewers: what the directory, exams, steps and records say of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.reviewer import (
    ENTRY,
    NAMED,
    Before,
    Person,
    is_named_reviewer,
    person_of,
)
from mingjing_shared.clock import SHANGHAI, local_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database, Transaction

_BY_REVIEWERS = "kind IN ('accepted', 'incomplete', 'returned', 'opinion', 're_reviewed')"
# Each reviewer once, found by as many steps in the index review_steps_reviewer as there are.
_ACTED = f"""
    WITH RECURSIVE who (officer) AS (
        (SELECT officer FROM review_steps WHERE {_BY_REVIEWERS} ORDER BY officer LIMIT 1)
        UNION ALL
        SELECT (SELECT s.officer FROM review_steps AS s WHERE s.{_BY_REVIEWERS}
                  AND s.officer > who.officer ORDER BY s.officer LIMIT 1)
          FROM who WHERE who.officer IS NOT NULL
    )
    SELECT who.officer, last.unit, last.role, last.at FROM who CROSS JOIN LATERAL (
        SELECT unit, role, at FROM review_steps AS s WHERE s.{_BY_REVIEWERS}
           AND s.officer = who.officer ORDER BY at DESC LIMIT 1
    ) AS last WHERE who.officer IS NOT NULL
"""  # noqa: S608 - our own words
_NOT_CORRECTED = (
    "NOT EXISTS (SELECT FROM exam_facts AS c WHERE c.corrects IS NOT NULL AND c.source = f.source"
    " AND c.corrects = f.event_id) AND f.mode NOT IN ('synthetic', 'replay')"
)
_EXAMS = (
    "SELECT jsonb_agg(jsonb_build_array(f.level, f.passed_on, f.valid_until)"  # noqa: S608 - our own words
    " ORDER BY f.passed_on NULLS FIRST, f.event_id) FROM exam_facts AS f"
    f" WHERE f.officer = o.police_number AND {_NOT_CORRECTED}"
)


@dataclass(frozen=True, slots=True)
class Acted:
    """When and for which unit somebody last acted as a reviewer."""

    unit: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who reviews: named so by a post, or known to have acted so."""

    number: str
    person: Person | None
    acted: Acted | None
    named: bool


async def people_on(
    source: Transaction | Database, day: date, numbers: Iterable[str] | None = None
) -> dict[str, Person]:
    """The officers of a day whom the directory knows; all of them, or these."""
    wanted = None if numbers is None else sorted(set(numbers))
    condition = "" if wanted is None else " WHERE o.police_number = ANY(CAST(:numbers AS text[]))"
    rows = await source.all(
        f"SELECT o.police_number, o.versions, ({_EXAMS}) AS exams"  # noqa: S608 - our own words
        f" FROM directory_officers AS o{condition} ORDER BY o.police_number",
        **({} if wanted is None else {"numbers": wanted}),
    )
    found = (
        person_of(row.police_number, row.versions, day, [_exam(one) for one in row.exams or ()])
        for row in rows
    )
    return {person.number: person for person in found if person is not None}


def _exam(told: Sequence[str | None]) -> tuple[str | None, date | None, date | None]:
    level, on, until = told
    return (
        level,
        date.fromisoformat(on) if on else None,
        date.fromisoformat(until) if until else None,
    )


async def exams_of(
    source: Transaction | Database, number: str
) -> list[tuple[str | None, date | None, date | None]]:
    """The exams that an officer passed: level, day, last day; oldest first."""
    rows = await source.all(
        "SELECT f.level, f.passed_on, f.valid_until FROM exam_facts AS f"  # noqa: S608 - our own words
        f" WHERE f.officer = :number AND {_NOT_CORRECTED}"
        " ORDER BY f.passed_on NULLS FIRST, f.event_id",
        number=number,
    )
    return [(row.level, row.passed_on, row.valid_until) for row in rows]


async def reviewers_on(source: Transaction | Database, day: date) -> dict[str, Reviewer]:
    """The reviewers of a day: in service by the directory, or unknown to it and seen at work."""
    rows = await source.all(
        f"{_ACTED} UNION ALL SELECT o.police_number, NULL, NULL, NULL"  # noqa: S608 - our own words
        " FROM directory_officers AS o WHERE EXISTS (SELECT FROM"
        " jsonb_array_elements(o.versions) AS v"
        " WHERE v->>'posts' LIKE ANY(CAST(:words AS text[])))",
        words=[f"%{word}%" for word in NAMED["post"].in_force_on(day).words],
    )
    acted = {row.officer: Acted(row.unit, row.role, row.at) for row in rows if row.at}
    people = await people_on(source, day, {row.officer for row in rows})
    found = {}
    for number in sorted(set(people) | set(acted)):
        person = people.get(number)
        named = person is not None and is_named_reviewer(person.posts, day)
        if (person is None or person.active) and (named or number in acted):
            found[number] = Reviewer(number, person, acted.get(number), named)
    return found


async def before_of(
    source: Transaction | Database, numbers: Iterable[str], kind: str
) -> dict[str, Before]:
    """What is known of the earlier reviewing of these officers, of one kind of decision.

    Only opinions from before the rule began are looked for: no others tell anything.
    """
    rule = ENTRY.get(kind)
    if rule is None:
        return {}
    rows = await source.all(
        "SELECT n.officer, (SELECT min(s.at) FROM review_steps AS s JOIN reviews AS r"
        " ON r.decision_id = s.decision_id WHERE s.officer = n.officer AND s.kind = 'opinion'"
        " AND s.at < :begun AND r.kind = :kind) AS first_at, EXISTS (SELECT FROM"
        " earlier_reviewers AS e WHERE e.officer = n.officer) AS registered"
        " FROM unnest(CAST(:numbers AS text[])) AS n(officer)",
        numbers=sorted(set(numbers)),
        kind=kind,
        begun=datetime.combine(rule.versions[0].valid_from, time(), SHANGHAI),
    )
    return {
        row.officer: Before(
            None if row.first_at is None else local_date(row.first_at), row.registered
        )
        for row in rows
    }


async def desks_on(
    source: Transaction | Database, numbers: Iterable[str], urgent_until: date
) -> Mapping[str, tuple[int, int]]:
    """How many open reviews lie on each of these desks, and how many of them are urgent."""
    rows: Sequence[Any] = await source.all(
        "SELECT assignee, count(*) AS open, count(*) FILTER (WHERE due_on <= :until) AS urgent"
        " FROM reviews WHERE waits_for = 'reviewer' AND mode NOT IN ('synthetic', 'replay')"
        " AND assignee = ANY(CAST(:numbers AS text[])) GROUP BY assignee",
        numbers=sorted(set(numbers)),
        until=urgent_until,
    )
    return {row.assignee: (row.open, row.urgent) for row in rows}
