"""Recordings: what was told of them, their files, which acts they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_recording.tables import (
    FOOTAGE,
    FOOTAGE_FACTS,
    FOOTAGE_FILES,
    FOOTAGE_LINKS,
    LINK_DECISIONS,
)
from mingjing_shared.facts.store import holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_IDS = "footage_id = ANY(CAST(:ids AS text[]))"


async def footage_that_holds(tx: Transaction, footage_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The fact that holds for each recording."""
    return await holding(tx, FOOTAGE_FACTS, "footage_id", footage_ids)


async def footage(tx: Transaction, footage_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """These recordings, as they stand."""
    rows = await tx.all(
        f"SELECT * FROM footage WHERE {_IDS}",  # noqa: S608 - our own condition
        ids=sorted(set(footage_ids)),
    )
    return {row.footage_id: row for row in rows}


async def keep_footage(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Write recordings as they now stand."""
    await tx.upsert(FOOTAGE, rows)


async def remove_footage(tx: Transaction, footage_ids: Sequence[str]) -> None:
    """Take away recordings of which no fact holds any more and that have no file."""
    if footage_ids:
        await tx.execute(
            f"DELETE FROM footage WHERE {_IDS}",  # noqa: S608 - our own condition
            ids=list(footage_ids),
        )


async def cases_of(tx: Transaction, footage_ids: Iterable[str]) -> set[str]:
    """The cases in which any fact, file or link places these recordings."""
    wanted = sorted(set(footage_ids))
    if not wanted:
        return set()
    rows = await tx.all(
        f"SELECT case_key FROM footage_facts WHERE {_IDS} AND case_key IS NOT NULL"  # noqa: S608 - our own condition
        f" UNION SELECT case_key FROM footage_files WHERE {_IDS} AND case_key IS NOT NULL"
        f" UNION SELECT case_key FROM footage WHERE {_IDS} AND case_key IS NOT NULL"
        f" UNION SELECT a.case_key FROM link_decisions JOIN actions AS a USING (action_id)"
        f" WHERE {_IDS}",
        ids=wanted,
    )
    return {row.case_key for row in rows}


async def ids_of_cases(tx: Transaction, case_keys: Iterable[str]) -> set[str]:
    """The recordings that any fact, file or link places in these cases."""
    rows = await tx.all(
        "SELECT footage_id FROM footage_facts WHERE case_key = ANY(CAST(:keys AS text[]))"
        " UNION SELECT footage_id FROM footage_files WHERE case_key = ANY(CAST(:keys AS text[]))"
        " UNION SELECT footage_id FROM footage WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=sorted(set(case_keys)),
    )
    return {row.footage_id for row in rows}


async def ids_of_officers(tx: Transaction, numbers: Iterable[str]) -> set[str]:
    """The recordings of these officers that belong to no case."""
    rows = await tx.all(
        "SELECT footage_id FROM footage WHERE case_key IS NULL"
        " AND officer = ANY(CAST(:numbers AS text[]))",
        numbers=sorted(set(numbers)),
    )
    return {row.footage_id for row in rows}


async def ids_decided_for(tx: Transaction, action_ids: Iterable[str]) -> set[str]:
    """The recordings about which officers decided whether they show these acts."""
    rows = await tx.all(
        "SELECT footage_id FROM link_decisions WHERE action_id = ANY(CAST(:ids AS text[]))",
        ids=sorted(set(action_ids)),
    )
    return {row.footage_id for row in rows}


async def files_that_hold(tx: Transaction, footage_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """The newest file of each recording, with what it is."""
    rows = await tx.all(
        "SELECT DISTINCT ON (footage_id) f.*, b.size, b.tree_root, b.media_type, b.duration_ms"  # noqa: S608 - our own condition
        f" FROM footage_files AS f JOIN blobs AS b USING (sha256) WHERE {_IDS}"
        " ORDER BY footage_id, kept_at DESC, sha256",
        ids=sorted(set(footage_ids)),
    )
    return {row.footage_id: row for row in rows}


async def add_file(tx: Transaction, row: dict[str, Any]) -> bool:
    """Note whose file it is; whether that is new."""
    return bool(await tx.insert_new(FOOTAGE_FILES, [row], returning=["footage_id"]))


async def decisions(tx: Transaction, footage_ids: Iterable[str]) -> Sequence[Row[Any]]:
    """What officers decided about these recordings."""
    return await tx.all(
        f"SELECT * FROM link_decisions WHERE {_IDS}",  # noqa: S608 - our own condition
        ids=sorted(set(footage_ids)),
    )


async def decide(tx: Transaction, row: dict[str, Any]) -> None:
    """Keep what an officer decided about a recording and an act; the last word holds."""
    await tx.upsert(LINK_DECISIONS, [row])


async def acts_to_link(
    tx: Transaction, case_keys: Iterable[str], action_ids: Iterable[str]
) -> Sequence[Row[Any]]:
    """The acts of these cases, and these acts."""
    return await tx.all(
        "SELECT action_id, case_key, case_number, started_at, ended_at FROM actions"
        " WHERE case_key = ANY(CAST(:keys AS text[])) OR action_id = ANY(CAST(:ids AS text[]))",
        keys=sorted(set(case_keys)),
        ids=sorted(set(action_ids)),
    )


async def links(tx: Transaction, footage_ids: Iterable[str]) -> dict[tuple[str, str], str]:
    """By whom these recordings are linked to which act."""
    rows = await tx.all(
        f"SELECT * FROM footage_links WHERE {_IDS}",  # noqa: S608 - our own condition
        ids=sorted(set(footage_ids)),
    )
    return {(row.footage_id, row.action_id): row.linked_by for row in rows}


async def keep_links(
    tx: Transaction, kept: dict[tuple[str, str], str], gone: Iterable[tuple[str, str]]
) -> None:
    """Write links, and take away those that no longer hold."""
    pairs = list(gone)
    if pairs:
        await tx.execute(
            "DELETE FROM footage_links USING unnest(CAST(:footage AS text[]),"
            " CAST(:acts AS text[])) AS gone(footage_id, action_id)"
            " WHERE footage_links.footage_id = gone.footage_id"
            " AND footage_links.action_id = gone.action_id",
            footage=[footage_id for footage_id, _ in pairs],
            acts=[action_id for _, action_id in pairs],
        )
    await tx.upsert(
        FOOTAGE_LINKS,
        [
            {"footage_id": footage_id, "action_id": action_id, "linked_by": by}
            for (footage_id, action_id), by in kept.items()
        ],
    )


async def shots_of(source: Database | Transaction, action_ids: Iterable[str]) -> Sequence[Row[Any]]:
    """The recordings linked to these acts, oldest first."""
    return await source.all(
        "SELECT l.action_id, l.linked_by, f.*, b.media_type, b.duration_ms, b.size"
        " FROM footage_links AS l JOIN footage AS f USING (footage_id)"
        " LEFT JOIN blobs AS b ON b.sha256 = f.sha256"
        " WHERE l.action_id = ANY(CAST(:ids AS text[]))"
        " ORDER BY l.action_id, f.started_at, f.footage_id",
        ids=sorted(set(action_ids)),
    )


async def officers_units(tx: Transaction, numbers: Iterable[str]) -> dict[str, list[Any]]:
    """All versions of these officers in the directory, by police number."""
    rows = await tx.all(
        "SELECT police_number, versions FROM directory_officers"
        " WHERE police_number = ANY(CAST(:numbers AS text[]))",
        numbers=sorted(set(numbers)),
    )
    return {row.police_number: row.versions for row in rows}
