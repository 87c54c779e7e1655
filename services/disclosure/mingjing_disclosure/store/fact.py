"""What happened to decisions after they were made: served, undone, remedies; and their cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.effect import Remedy, Undone, first_undoing
from mingjing_disclosure.tables import CASE_NOTES
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction

_HELD = (
    "NOT EXISTS (SELECT FROM {table} AS c WHERE c.corrects IS NOT NULL"
    " AND c.source = f.source AND c.corrects = f.event_id)"
)
_ALL = " UNION ALL ".join(
    f"SELECT decision_id, '{what}' AS what, jsonb_build_object({picks}) AS said, happened_at,"  # noqa: S608 - our own words
    f" event_id, source FROM {table} AS f WHERE decision_id = ANY(CAST(:ids AS text[]))"
    f" AND {_HELD.format(table=table)}"
    for what, table, picks in (
        ("served", "served_facts", "'on', served_on"),
        (
            "undone",
            "undone_facts",
            "'kind', kind, 'on', on_day, 'by', by_body, 'replaced_by', replaced_by",
        ),
        (
            "remedy",
            "remedy_facts",
            "'kind', kind, 'filed_on', filed_on, 'result', result, 'result_on', result_on",
        ),
    )
)


@dataclass(slots=True)
class Circumstances:
    """What holds of a decision besides itself."""

    served_on: date | None = None
    undone: list[Undone] = field(default_factory=list)
    remedies: dict[tuple[str, date], Remedy] = field(default_factory=dict)

    @property
    def first_undone(self) -> Undone | None:
        """What undid the decision first, if anything did."""
        return first_undoing(self.undone)


async def circumstances(tx: Transaction, decision_ids: Collection[str]) -> dict[str, Circumstances]:
    """The circumstances of decisions, one round trip; only those that have some."""
    if not decision_ids:
        return {}
    rows = await tx.all(
        f"SELECT * FROM ({_ALL}) AS told ORDER BY happened_at, event_id, source",  # noqa: S608 - our own words
        ids=sorted(decision_ids),
    )
    found: dict[str, Circumstances] = {}
    for row in rows:
        _tell(found.setdefault(row.decision_id, Circumstances()), row.what, row.said)
    return found


def _tell(known: Circumstances, what: str, said: dict[str, Any]) -> None:
    """The later of two tellings wins: a service, and what became of one remedy."""
    if what == "served":
        known.served_on = date.fromisoformat(said["on"])
    elif what == "undone":
        on_day = date.fromisoformat(said["on"])
        known.undone.append(Undone(said["kind"], on_day, said["by"], said["replaced_by"]))
    else:
        filed_on = date.fromisoformat(said["filed_on"])
        ended = said["result_on"]
        known.remedies[said["kind"], filed_on] = Remedy(
            said["kind"], filed_on, said["result"], date.fromisoformat(ended) if ended else None
        )


async def case_notes(tx: Transaction, case_keys: Iterable[str]) -> dict[str, Row[Any]]:
    """What is noted of these cases besides the shared facts, by key."""
    return await holding(
        tx, CASE_NOTES, "case_key", case_keys, "case_key, cause, handlers, sensitive, happened_at"
    )


async def told_by(tx: Transaction, source: str, decision_ids: Iterable[str]) -> dict[str, str]:
    """Which of these decisions a source told and did not correct away, with the case's number."""
    rows = await tx.all(
        "SELECT DISTINCT decision_id, case_number FROM decision_facts AS f"  # noqa: S608 - our own words
        " WHERE source = :source AND decision_id = ANY(CAST(:ids AS text[]))"
        f" AND {_HELD.format(table='decision_facts')}",
        source=source,
        ids=sorted(set(decision_ids)),
    )
    return {row.decision_id: row.case_number for row in rows}


async def forget_classified(tx: Transaction, case_keys: Iterable[str]) -> None:
    """Take away cause, handlers and identities of cases of which one version is classified."""
    for statement in (
        "UPDATE case_notes AS n SET cause = NULL, handlers = '[]', sensitive = '[]'",
        "DELETE FROM party_identities AS n",
    ):
        await tx.execute(
            f"{statement} WHERE n.case_key = ANY(CAST(:keys AS text[])) AND EXISTS (SELECT"
            " FROM case_facts AS s WHERE s.case_key = n.case_key AND s.classified)",
            keys=sorted(set(case_keys)),
        )


async def forget_work(tx: Transaction, decision_ids: Collection[str]) -> None:
    """Take away what was prepared for the public of decisions of classified cases.

    What the public has seen, and what is in a bundle and will be seen, is kept until it is
    withdrawn; a withdrawal that is under way goes on.
    """
    ids = sorted(decision_ids)
    await tx.execute(
        "DELETE FROM deliveries AS d WHERE d.decision_id = ANY(CAST(:ids AS text[]))"
        " AND bundle IS NULL AND what <> 'withdraw'",
        ids=ids,
    )
    await tx.execute(
        "DELETE FROM public_texts AS t WHERE t.decision_id = ANY(CAST(:ids AS text[]))"
        " AND seen_public_at IS NULL AND NOT EXISTS (SELECT FROM deliveries AS d"
        " WHERE d.decision_id = t.decision_id AND d.version = t.version)",
        ids=ids,
    )
    await tx.execute(
        "UPDATE publications AS p SET stage = CASE WHEN public_version IS NULL THEN 'none'"
        " ELSE 'public' END, version = coalesce(public_version, 0), editors = '[]',"
        " checkers = '[]' WHERE p.decision_id = ANY(CAST(:ids AS text[]))"
        " AND stage IN ('drafting', 'to_check', 'to_approve', 'approved')"
        " AND NOT EXISTS (SELECT FROM public_texts AS t WHERE t.decision_id = p.decision_id"
        " AND t.version = p.version)",
        ids=ids,
    )
