"""Accounts, the links that set a password, and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_gateway.tables import ACCOUNTS, LINK_REQUESTS, SESSIONS, SIGN_IN_LINKS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction

_COLUMNS = (
    "police_number, name, unit, password_hash, password_at, is_open, failures, locked_until,"
    " session_epoch, made_at, made_by"
)


_LISTED = "police_number, name, unit, is_open, locked_until, password_at, made_at"


async def account_of(tx: Transaction, police_number: str) -> Row[Any] | None:
    """An account, held until the transaction ends."""
    return await tx.first(
        f"SELECT {_COLUMNS} FROM accounts WHERE police_number = :number FOR UPDATE",  # noqa: S608 - our own columns
        number=police_number,
    )


async def listed_account(database: Database, police_number: str) -> Row[Any] | None:
    """One account as lists show it."""
    rows = await database.all(
        f"SELECT {_LISTED} FROM accounts WHERE police_number = :number",  # noqa: S608 - our own columns
        number=police_number,
    )
    return rows[0] if rows else None


async def versions_of(tx: Transaction, police_number: str) -> list[dict[str, Any]]:
    """What the directory holds of an officer; nothing when it does not know the officer."""
    row = await tx.first(
        "SELECT versions FROM directory_officers WHERE police_number = :number",
        number=police_number,
    )
    return list(row.versions) if row else []


async def all_accounts(database: Database, after: str, limit: int) -> Sequence[Row[Any]]:
    """Accounts by police number, after one of them."""
    return await database.all(
        f"SELECT {_LISTED} FROM accounts"  # noqa: S608 - our own columns
        " WHERE police_number > :after ORDER BY police_number LIMIT :limit",
        after=after,
        limit=limit,
    )


async def keep_account(tx: Transaction, row: dict[str, Any]) -> bool:
    """Write a new account; False when the officer has one."""
    return bool(await tx.insert_new(ACCOUNTS, [row], returning=("police_number",)))


async def note_failure(
    tx: Transaction, police_number: str, failures: int, locked_until: datetime | None
) -> None:
    """Note a wrong password."""
    await tx.execute(
        "UPDATE accounts SET failures = :failures, locked_until = :until"
        " WHERE police_number = :number",
        number=police_number,
        failures=failures,
        until=locked_until,
    )


async def set_password(
    tx: Transaction, police_number: str, password_hash: str, at: datetime
) -> None:
    """Put another password in place; the account is no longer locked."""
    await tx.execute(
        "UPDATE accounts SET password_hash = :hash, password_at = :at, failures = 0,"
        " locked_until = NULL WHERE police_number = :number",
        number=police_number,
        hash=password_hash,
        at=at,
    )


async def next_epoch(tx: Transaction, police_number: str) -> None:
    """Make every token given so far void."""
    await tx.execute(
        "UPDATE accounts SET session_epoch = session_epoch + 1 WHERE police_number = :number",
        number=police_number,
    )


async def open_or_close(tx: Transaction, police_number: str, *, is_open: bool) -> None:
    """Let an officer sign in, or not."""
    await tx.execute(
        "UPDATE accounts SET is_open = :open, failures = 0, locked_until = NULL"
        " WHERE police_number = :number",
        number=police_number,
        open=is_open,
    )


async def keep_link(tx: Transaction, row: dict[str, Any]) -> None:
    """Write a link that sets a password; earlier ones of the officer open nothing any more."""
    await tx.execute(
        "UPDATE sign_in_links SET ends_at = :now WHERE police_number = :number"
        " AND used_at IS NULL AND ends_at > :now",
        number=row["police_number"],
        now=row["made_at"],
    )
    await tx.insert(SIGN_IN_LINKS, [row])


async def ask_for_link(tx: Transaction, police_number: str, by: str, at: datetime) -> None:
    """Note that an administrator asks for a link; an earlier request gives way."""
    await tx.upsert(
        LINK_REQUESTS, [{"police_number": police_number, "asked_by": by, "asked_at": at}]
    )


async def link_request(source: Database | Transaction, police_number: str) -> Row[Any] | None:
    """Who asked for a link for this account and when, if it was not made yet."""
    rows = await source.all(
        "SELECT asked_by, asked_at FROM link_requests WHERE police_number = :number",
        number=police_number,
    )
    return rows[0] if rows else None


async def forget_link_request(tx: Transaction, police_number: str) -> None:
    """The link that was asked for was made."""
    await tx.execute(
        "DELETE FROM link_requests WHERE police_number = :number", number=police_number
    )


async def link_of(tx: Transaction, link_hash: bytes) -> Row[Any] | None:
    """A link, held until the transaction ends."""
    return await tx.first(
        "SELECT police_number, made_by, ends_at, used_at FROM sign_in_links WHERE link_hash = :hash"
        " FOR UPDATE",
        hash=link_hash,
    )


async def use_link(tx: Transaction, link_hash: bytes, at: datetime) -> None:
    """Note that a link was used."""
    await tx.execute(
        "UPDATE sign_in_links SET used_at = :at WHERE link_hash = :hash", hash=link_hash, at=at
    )


async def keep_session(tx: Transaction, row: dict[str, Any]) -> None:
    """Write a session that begins."""
    await tx.insert(SESSIONS, [row])


async def session_with_account(database: Database, session_hash: bytes) -> Row[Any] | None:
    """A session that was not ended, with the account it belongs to."""
    rows = await database.all(
        "SELECT s.police_number, s.csrf, s.seen_at, s.ends_at, a.name, a.unit, a.session_epoch,"
        " d.versions FROM sessions AS s JOIN accounts AS a USING (police_number)"
        " LEFT JOIN directory_officers AS d USING (police_number)"
        " WHERE s.session_hash = :hash AND s.ended_at IS NULL AND a.is_open",
        hash=session_hash,
    )
    return rows[0] if rows else None


async def sessions_of(database: Database, police_number: str) -> Sequence[Row[Any]]:
    """An officer's sessions that were not ended, newest first."""
    return await database.all(
        "SELECT begun_at, seen_at, ends_at FROM sessions"
        " WHERE police_number = :number AND ended_at IS NULL ORDER BY begun_at DESC LIMIT 20",
        number=police_number,
    )


async def see_session(tx: Transaction, session_hash: bytes, at: datetime) -> None:
    """Note that a session was used."""
    await tx.execute(
        "UPDATE sessions SET seen_at = :at WHERE session_hash = :hash", hash=session_hash, at=at
    )


async def end_session(tx: Transaction, session_hash: bytes, at: datetime) -> None:
    """End one session."""
    await tx.execute(
        "UPDATE sessions SET ended_at = :at WHERE session_hash = :hash AND ended_at IS NULL",
        hash=session_hash,
        at=at,
    )


async def end_sessions(tx: Transaction, police_number: str, at: datetime) -> None:
    """End all sessions of an officer."""
    await tx.execute(
        "UPDATE sessions SET ended_at = :at WHERE police_number = :number AND ended_at IS NULL",
        number=police_number,
        at=at,
    )
