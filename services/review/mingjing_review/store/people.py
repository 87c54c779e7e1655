"""Who has to do with a case: its handlers, in every version, and who proposed texts of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingjing_shared.directory.tree import version_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a case beyond its facts.

    Attributes:
        handlers: who handles it by the newest version.
        ever: whoever handled it by any version, also a corrected one.
    """

    handlers: tuple[str, ...] = ()
    ever: frozenset[str] = frozenset()
    cause: str | None = None


async def details_of_cases(
    source: Transaction | Database, case_keys: Iterable[str]
) -> dict[str, Details]:
    """The details of each of these cases, as far as any are known."""
    wanted = sorted(set(case_keys))
    if not wanted:
        return {}
    rows = await source.all(
        "SELECT f.case_key, f.handlers, f.cause, EXISTS (SELECT FROM case_details AS c"
        " WHERE c.corrects IS NOT NULL AND c.source = f.source AND c.corrects = f.event_id)"
        " AS corrected FROM case_details AS f WHERE case_key = ANY(CAST(:keys AS text[]))"
        " ORDER BY happened_at DESC, event_id DESC, source DESC",
        keys=wanted,
    )
    found: dict[str, Details] = {}
    for row in rows:
        before = found.get(row.case_key, Details())
        ever = before.ever | set(row.handlers)
        if row.corrected or before.handlers:
            found[row.case_key] = Details(before.handlers, ever, before.cause)
        else:
            found[row.case_key] = Details(tuple(row.handlers), ever, row.cause)
    return found


async def forget_details(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete the details of those of these cases of which any version is classified."""
    await tx.execute(
        "DELETE FROM case_details AS d WHERE case_key = ANY(CAST(:keys AS text[])) AND EXISTS"
        " (SELECT FROM case_facts AS s WHERE s.case_key = d.case_key AND s.classified)",
        keys=list(case_keys),
    )


async def officers_on(
    source: Transaction | Database, numbers: Iterable[str], day: date
) -> list[tuple[str, Mapping[str, Any] | None]]:
    """Each officer with the directory's version of a day; none where it knows nobody."""
    wanted = sorted(set(numbers))
    rows = await source.all(
        "SELECT police_number, versions FROM directory_officers"
        " WHERE police_number = ANY(CAST(:numbers AS text[]))",
        numbers=wanted,
    )
    known = {row.police_number: version_on(row.versions, day) for row in rows}
    return [(number, known.get(number)) for number in wanted]


async def versions_of_officers(
    source: Transaction | Database, numbers: Iterable[str]
) -> dict[str, Sequence[Mapping[str, Any]]]:
    """What the directory says of each of these officers, in every version."""
    rows = await source.all(
        "SELECT police_number, versions FROM directory_officers"
        " WHERE police_number = ANY(CAST(:numbers AS text[]))",
        numbers=sorted(set(numbers)),
    )
    return {row.police_number: row.versions for row in rows}


_INVESTIGATED = (
    "SELECT DISTINCT e.case_key AS key, o.officer, false AS proposed FROM told_events AS e"
    " JOIN told_officers AS o USING (source, event_id)"
    " WHERE e.case_key = ANY(CAST(:keys AS text[])) AND e.data->>'kind' IS NOT NULL"
    " AND e.data->>'kind' NOT IN ('hearing', 'notice') AND e.data->>'kind' NOT LIKE 'service%'"
)
_PROPOSED = (
    "SELECT DISTINCT decision_id AS key, proposed_by AS officer, true AS proposed"
    " FROM proposal_facts WHERE decision_id = ANY(CAST(:ids AS text[]))"
    " AND proposed_by IS NOT NULL"
)


async def investigators_of(
    source: Transaction | Database, case_keys: Iterable[str]
) -> dict[str, set[str]]:
    """Who took part in any act of each of these cases but its hearing, telling and serving."""
    rows = await source.all(_INVESTIGATED, keys=sorted(set(case_keys)))
    return _by_key(rows)


async def investigators_and_proposers(
    source: Transaction | Database, case_keys: Iterable[str], decision_ids: Iterable[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who investigated each of these cases, and who proposed a text of each of these decisions."""
    rows = await source.all(
        f"{_INVESTIGATED} UNION ALL {_PROPOSED}",
        keys=sorted(set(case_keys)),
        ids=sorted(set(decision_ids)),
    )
    investigated = _by_key([row for row in rows if not row.proposed])
    return investigated, _by_key([row for row in rows if row.proposed])


def _by_key(rows: Iterable[Row[Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row.key, set()).add(row.officer)
    return found
