"""Cases as pages find and show them, and what must go altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.facts.cases import known_cases
from mingjing_tasks.store.fact import handlings
from mingjing_tasks.tables import CASES_HERE, DOCUMENT_REFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_DERIVED = (
    "timeline",
    "decision_facts",
    "review_facts",
    "publication_facts",
    "casefile_facts",
    "gap_facts",
    "annulment_facts",
    "handling_facts",
    "cases",
    "document_refs",
)


async def add_cases(tx: Transaction, case_keys: Iterable[str]) -> None:
    """Know these cases, of which something happened, where they were not known."""
    wanted = sorted(set(case_keys))
    if not wanted:
        return
    rows = await tx.all(
        "SELECT case_key FROM cases WHERE case_key = ANY(CAST(:keys AS text[]))", keys=wanted
    )
    known = {row.case_key for row in rows}
    new = [_bare(tx, key) for key in wanted if key not in known]
    await tx.insert_new(CASES_HERE, new)


async def describe_cases(tx: Transaction, case_keys: Iterable[str]) -> None:
    """Bring these cases to what the facts that hold say of them."""
    wanted = sorted(set(case_keys))
    if not wanted:
        return
    known = await known_cases(tx, wanted)
    handled = await handlings(tx, wanted)
    rows = []
    for key in wanted:
        row = _bare(tx, key)
        if (case := known.get(key)) is not None:
            row |= {
                "case_number": case.case_number,
                "unit": case.unit,
                "kind": case.kind,
                "procedure": case.procedure,
                "accepted_at": case.accepted_at,
            }
        if (handling := handled.get(key)) is not None:
            row |= {"handlers": handling.handlers, "cause": handling.cause}
        rows.append(row)
    await tx.upsert(CASES_HERE, rows)


async def add_documents(tx: Transaction, numbers: Iterable[tuple[str, str]]) -> None:
    """Know in which cases document numbers were told: pairs of number and case key."""
    rows = [{"number_key": number, "case_key": key} for number, key in sorted(set(numbers))]
    await tx.insert_new(DOCUMENT_REFS, rows)


async def classified_among(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """Those of these cases that any version of their acceptance calls classified."""
    rows = await tx.all(
        "SELECT DISTINCT case_key FROM case_facts"
        " WHERE classified AND case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.case_key for row in rows}


async def case_by_ref(source: Database | Transaction, case_ref: str) -> Row[Any] | None:
    """The case that a reference stands for."""
    rows = await source.all("SELECT * FROM cases WHERE case_ref = :ref", ref=case_ref)
    return rows[0] if rows else None


async def own_case_keys(source: Database | Transaction, handlers: Iterable[str]) -> list[str]:
    """The cases that these officers handle: few, whatever the number of cases."""
    rows = await source.all(
        "SELECT DISTINCT c.case_key FROM unnest(CAST(:handlers AS text[])) AS h(number)"
        " JOIN cases AS c ON c.handlers @> jsonb_build_array(h.number) ORDER BY 1",
        handlers=sorted(set(handlers)),
    )
    return [row.case_key for row in rows]


async def forget_derived(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete what was derived of classified cases; the events themselves were counted."""
    await tx.execute(
        "DELETE FROM warning_acts USING warnings"
        " WHERE warning_acts.warning_id = warnings.warning_id"
        " AND warnings.case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )
    for table in _DERIVED:
        await tx.execute(
            f"DELETE FROM {table} WHERE case_key = ANY(CAST(:keys AS text[]))",  # noqa: S608 - names of our own tables
            keys=list(case_keys),
        )


def _bare(tx: Transaction, key: str) -> dict[str, Any]:
    return {
        "case_key": key,
        "case_ref": tx.installation.references.case(key),
        "case_number": key,
        "unit": None,
        "kind": None,
        "procedure": None,
        "cause": None,
        "accepted_at": None,
        "handlers": [],
    }
