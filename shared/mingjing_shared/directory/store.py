"""Asking the directory as it is held here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_shared.directory.tree import UnitTree, tree_on, version_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from mingjing_shared.database import Database, Transaction


_TREES_MAX = 16
_DIGEST = "SELECT md5(string_agg(code || versions::text, ' ' ORDER BY code)) FROM directory_units"
_trees: dict[tuple[str, date], UnitTree] = {}


async def unit_tree(source: Database | Transaction, day: date) -> UnitTree:
    """The units as they stood on a day.

    Read and built anew only when the directory holds something else than before: asked is the
    digest of what it holds, so that a tree can never be older than its rows.
    """
    (held,) = await source.all(f"SELECT ({_DIGEST}) AS digest")
    tree = _trees.get((held.digest, day))
    if tree is None:
        rows = await source.all(
            f"SELECT code, versions, ({_DIGEST}) AS digest FROM directory_units"  # noqa: S608 - as above
        )
        tree = tree_on(day, [(row.code, row.versions) for row in rows])
        if len(_trees) >= _TREES_MAX:
            _trees.clear()
        if rows:
            _trees[rows[0].digest, day] = tree
    return tree


async def directory_digest(source: Database | Transaction) -> str:
    """The digest of what the directory holds of units: with another one, trees are others."""
    (held,) = await source.all(f"SELECT ({_DIGEST}) AS digest")
    return held.digest or ""


async def unit_versions(
    source: Database | Transaction,
) -> list[tuple[str, Sequence[Mapping[str, Any]]]]:
    """Every unit with all its versions, as ``tree_on`` takes them."""
    rows = await source.all("SELECT code, versions FROM directory_units ORDER BY code")
    return [(row.code, row.versions) for row in rows]


async def officer_names(
    source: Database | Transaction, numbers: Iterable[str], day: date
) -> dict[str, str]:
    """The names of officers on a day, by police number; those not known are left out."""
    rows = await source.all(
        "SELECT police_number, versions FROM directory_officers"
        " WHERE police_number = ANY(CAST(:numbers AS text[]))",
        numbers=sorted(set(numbers)),
    )
    found = {row.police_number: version_on(row.versions, day) for row in rows}
    return {number: version["name"] for number, version in found.items() if version is not None}


async def session_epoch(source: Database | Transaction, number: str) -> int:
    """The officer's session epoch as last told; 0 when the directory does not know the officer."""
    rows = await source.all(
        "SELECT session_epoch FROM directory_officers WHERE police_number = :number", number=number
    )
    return int(rows[0].session_epoch) if rows else 0
