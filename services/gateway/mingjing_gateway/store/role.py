"""Roles: the changes two people made, and the delegations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_gateway.rules.role import Change, Delegation
from mingjing_gateway.tables import DELEGATIONS, ROLE_CHANGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_CHANGE = (
    "change_id, police_number, role, unit, what, why, proposed_by, proposed_at, decided_by,"
    " decided_at, approved"
)


async def approved_changes(
    source: Database | Transaction, police_numbers: Sequence[str]
) -> list[Change]:
    """The approved changes of these officers' roles."""
    rows = await source.all(
        "SELECT police_number, role, unit, what, decided_at FROM role_changes"
        " WHERE approved AND police_number = ANY(CAST(:numbers AS text[]))",
        numbers=list(police_numbers),
    )
    return [Change(row.police_number, row.role, row.unit, row.what, row.decided_at) for row in rows]


async def holders_of(tx: Transaction, role: str) -> list[Change]:
    """All approved changes of one role, whoever's."""
    rows = await tx.all(
        "SELECT police_number, role, unit, what, decided_at FROM role_changes"
        " WHERE approved AND role = :role",
        role=role,
    )
    return [Change(row.police_number, row.role, row.unit, row.what, row.decided_at) for row in rows]


async def delegations_to(source: Database | Transaction, taker: str, day: date) -> list[Delegation]:
    """What was handed over to an officer and is in force on a day."""
    rows = await source.all(
        "SELECT giver, taker, role, unit, from_on, until_on FROM delegations"
        " WHERE taker = :taker AND ended_at IS NULL AND :day BETWEEN from_on AND until_on",
        taker=taker,
        day=day,
    )
    return [
        Delegation(row.giver, row.taker, row.role, row.unit, row.from_on, row.until_on)
        for row in rows
    ]


async def keep_change(tx: Transaction, row: dict[str, Any]) -> bool:
    """Write a proposed change; False when the same is proposed already."""
    return bool(await tx.insert_new(ROLE_CHANGES, [row], returning=("change_id",)))


async def change_of(tx: Transaction, change_id: str) -> Row[Any] | None:
    """A change, held until the transaction ends."""
    return await tx.first(
        f"SELECT {_CHANGE} FROM role_changes WHERE change_id = CAST(:id AS uuid) FOR UPDATE",  # noqa: S608 - our own columns
        id=change_id,
    )


async def decide_change(
    tx: Transaction, change_id: str, *, by: str, at: datetime, approved: bool
) -> None:
    """Note what was decided on a proposed change."""
    await tx.execute(
        "UPDATE role_changes SET decided_by = :by, decided_at = :at, approved = :approved"
        " WHERE change_id = CAST(:id AS uuid)",
        id=change_id,
        by=by,
        at=at,
        approved=approved,
    )


async def open_changes(database: Database) -> Sequence[Row[Any]]:
    """Proposed changes that nobody decided on, oldest first."""
    return await database.all(
        f"SELECT {_CHANGE} FROM role_changes WHERE approved IS NULL"  # noqa: S608 - our own columns
        " ORDER BY proposed_at LIMIT 200"
    )


async def changes_of(database: Database, police_number: str) -> Sequence[Row[Any]]:
    """The history of an officer's roles, newest first."""
    return await database.all(
        f"SELECT {_CHANGE} FROM role_changes WHERE police_number = :number"  # noqa: S608 - our own columns
        " ORDER BY proposed_at DESC LIMIT 100",
        number=police_number,
    )


async def keep_delegation(tx: Transaction, row: dict[str, Any]) -> None:
    """Write a delegation."""
    await tx.insert(DELEGATIONS, [row])


async def delegation_of(tx: Transaction, delegation_id: str) -> Row[Any] | None:
    """A delegation, held until the transaction ends."""
    return await tx.first(
        "SELECT delegation_id, giver, taker, role, unit, until_on, ended_at FROM delegations"
        " WHERE delegation_id = CAST(:id AS uuid) FOR UPDATE",
        id=delegation_id,
    )


async def end_delegation(tx: Transaction, delegation_id: str, at: datetime) -> None:
    """Take a delegation back."""
    await tx.execute(
        "UPDATE delegations SET ended_at = :at WHERE delegation_id = CAST(:id AS uuid)",
        id=delegation_id,
        at=at,
    )


async def delegations_of(database: Database, police_number: str) -> Sequence[Row[Any]]:
    """What an officer handed over or was handed, newest first."""
    return await database.all(
        "SELECT delegation_id, giver, taker, role, unit, from_on, until_on, why, given_at, ended_at"
        " FROM delegations WHERE giver = :number OR taker = :number"
        " ORDER BY given_at DESC LIMIT 100",
        number=police_number,
    )
