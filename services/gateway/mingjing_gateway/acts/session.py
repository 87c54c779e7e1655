"""Signing in and out, and who a session's browser is: the token for one request."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from dataclasses import dataclass
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING, Any

from argon2.exceptions import InvalidHashError, VerificationError

from mingjing_gateway.acts.account import HASHER, end_all_sessions, link_hash, note_own
from mingjing_gateway.rules.role import handed_over, held_by
from mingjing_gateway.rules.session import (
    FAILURES_MAX,
    LIFE,
    LOCK_MINUTES,
    SEEN_STEP,
    is_alive,
    lock_after,
)
from mingjing_gateway.store import account as store
from mingjing_gateway.store import role as roles
from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.clock import legal_today, machine_now
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.directory.tree import version_on
from mingjing_shared.errors import (
    InvalidInput,
    MingjingError,
    NotAllowed,
    TooMuch,
    Unavailable,
)
from mingjing_shared.web.officer import Officer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from mingjing_shared.audit.note import Outcome
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.desk import Desk

_SIGN_IN, _OWN = "gateway.sign_in", "gateway.own_account"
_NUMBER = re.compile(r"[0-9]{6}")
_COOKIE_BYTES = 32
KNOWN_SECONDS = 10.0
_KNOWN_MAX = 5_000
TRIES_PER_MINUTE = 30


class WrongSignIn(NotAllowed):
    """Number and password do not fit, or the account is locked or closed."""

    status = 401
    code = "wrong-sign-in"


class TooOften(TooMuch):
    """Too many attempts from one place."""

    status = 429
    code = "too-often"


@dataclass(slots=True)
class Attempts:
    """How often one place was wrong at signing in within the minute; per process.

    What succeeds does not count: a whole bureau may come in by one address in the morning. Nor
    does what got no answer, as while the database is away: nobody learnt anything by it.
    """

    _since: float = 0.0
    _count: dict[str, int] | None = None

    @contextlib.contextmanager
    def trying(self, place: str) -> Iterator[None]:
        """Count what is tried in the block from its begin on, afterwards only if it was refused.

        Raises:
            TooOften: more than people at keyboards get wrong.
        """
        if self._count is None or monotonic() - self._since > 60:
            self._since, self._count = monotonic(), {}
        count = self._count
        if count.get(place, 0) >= TRIES_PER_MINUTE:
            raise TooOften(
                f"从这个网络地址登录，一分钟内不成功超过 {TRIES_PER_MINUTE} 次。",
                "请一分钟后再试；自己没有多次输错的，请告诉信息通信部门：可能有人在试密码。",
                retry_after_seconds=60,
            )
        count[place] = count.get(place, 0) + 1
        was_wrong = False
        try:
            yield
        except MingjingError as error:
            was_wrong = error.status < Unavailable.status
            raise
        finally:
            count[place] -= not was_wrong


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that began.

    Attributes:
        secret: for the browser's cookie.
        was_locked: whether wrong passwords had stopped signing in since the officer last did.
    """

    secret: str
    was_locked: bool


async def sign_in(database: Database, police_number: str, password: str, request_id: str) -> Begun:
    """Begin a session.

    Whether an account exists, is locked or closed is not told, neither by words nor by time; a
    lock is told to its owner, in the log and at the next sign-in, and to administrators.

    Raises:
        WrongSignIn: number and password do not fit, or the account is locked or closed.
    """
    async with database.transaction() as tx:
        account = await _proven(tx, police_number, password, _SIGN_IN, request_id)
        if account is not None:
            secret = await _begin(tx, account.police_number)
            await _note(tx, _SIGN_IN, police_number, "done", reason=None, request_id=request_id)
            return Begun(secret, account.locked_until is not None)
    raise WrongSignIn(
        "警号或密码不正确，或账号未启用、已暂停登录。",
        f"请核对后重试；连续 {FAILURES_MAX} 次不正确将暂停登录 {LOCK_MINUTES} 分钟，请届时再试。"
        "忘记密码，或确认密码无误仍不能登录的，请联系系统管理员。",
    )


async def prove_again(
    database: Database, police_number: str, password: str, request_id: str
) -> None:
    """Go on only when whoever holds a session knows its password; a wrong one counts as at sign-in.

    A session that was taken is thus no machine to guess the password with.

    Raises:
        InvalidInput: it is wrong, or the account is locked; which of both is not told.
    """
    async with database.transaction() as tx:
        account = await _proven(tx, police_number, password, _OWN, request_id)
    if account is None:
        raise InvalidInput(
            "原密码不正确，或因多次不正确已暂停核对。",
            f"请重新输入；连续 {FAILURES_MAX} 次不正确将暂停登录和更改密码 {LOCK_MINUTES} 分钟，"
            "请届时再试。忘记密码请联系系统管理员。",
        )


async def sign_out(desk: Desk, secret: str) -> None:
    """End the session of one browser."""
    await store.end_session(desk.tx, link_hash(secret), machine_now())
    await note_own(desk.tx, desk.officer.number, "signed out", desk.request_id)


async def sign_out_everywhere(desk: Desk) -> None:
    """End every session of the officer; tokens that are still held are void within seconds."""
    await end_all_sessions(desk.tx, desk.officer.number)
    await note_own(desk.tx, desk.officer.number, "signed out everywhere", desk.request_id)


async def password_fits(database: Database, police_number: str, password: str) -> bool:
    """Whether this is the officer's password now: for the operator, nothing is counted."""
    async with database.transaction() as tx:
        account = await store.account_of(tx, police_number)
    return await _fits(account.password_hash if account else None, password)


class Sessions:
    """Who holds a session, remembered for seconds, so that a page's many requests cost one look."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[bytes, tuple[float, Officer]] = {}

    async def officer_of(self, secret: str) -> Officer | None:
        """The officer whose session this secret opens; nothing when it opens none."""
        hashed = link_hash(secret)
        known = self._known.get(hashed)
        if known is not None and monotonic() - known[0] < KNOWN_SECONDS:
            return known[1]
        self._known.pop(hashed, None)
        row = await store.session_with_account(self._database, hashed)
        now = machine_now()
        if row is None or not is_alive(seen_at=row.seen_at, ends_at=row.ends_at, now=now):
            return None
        if now - row.seen_at > SEEN_STEP:
            async with self._database.transaction() as tx:
                await store.see_session(tx, hashed, now)
        officer = await self._officer(row)
        if officer is None:
            return None
        if len(self._known) >= _KNOWN_MAX:
            self._known.clear()
        self._known[hashed] = (monotonic(), officer)
        return officer

    def forget(self, secret: str) -> None:
        """A session was ended: it is looked up anew."""
        self._known.pop(link_hash(secret), None)

    def forget_all(self) -> None:
        """Sessions or roles changed: all are looked up anew."""
        self._known.clear()

    async def _officer(self, row: Any) -> Officer | None:
        today = legal_today()
        version = version_on(row.versions or [], today) or {"name": row.name, "unit": row.unit}
        if version.get("active") is False:
            return None
        number = row.police_number
        given = await roles.delegations_to(self._database, number, today)
        changes = await roles.approved_changes(
            self._database, [number, *(one.giver for one in given)]
        )
        tree = await unit_tree(self._database, today)
        return Officer(
            number=number,
            name=version["name"],
            unit=version["unit"],
            unit_name=tree.name_of(version["unit"]),
            roles=(*held_by(changes, number), *handed_over(given, changes, number, today)),
            csrf=row.csrf,
            epoch=row.session_epoch,
        )


async def _has_left(tx: Transaction, police_number: str) -> bool:
    """Whether the directory says that the officer is no longer active today."""
    version = version_on(await store.versions_of(tx, police_number), legal_today())
    return version is not None and version.get("active") is False


async def _proven(
    tx: Transaction, police_number: str, password: str, act: str, request_id: str
) -> Any | None:
    """The account when the password is its own and it may be used now; else counted and noted.

    The password is hashed in every case, so that the time does not tell which case it is.
    """
    account = await store.account_of(tx, police_number)
    fits = await _fits(account.password_hash if account else None, password)
    if account is None:
        if _NUMBER.fullmatch(police_number):  # what else is typed there may be a password
            await _note(tx, act, police_number, "refused", reason="unknown", request_id=request_id)
        return None
    now = machine_now()
    if account.locked_until is not None and account.locked_until > now:
        why = "while-locked"
    elif not fits:
        why = await _counted(tx, account, now)
    elif not account.is_open or await _has_left(tx, police_number):
        why = "not-open"
    else:
        return account
    await _note(tx, act, police_number, "refused", reason=why, request_id=request_id)
    return None


async def _counted(tx: Transaction, account: Any, now: datetime) -> str:
    """Count a wrong password; what it led to, as the log says it.

    That an account was locked is kept until its owner has come in, and so was told.
    """
    failures = account.failures + 1
    until = lock_after(failures, now)
    await store.note_failure(
        tx, account.police_number, 0 if until else failures, until or account.locked_until
    )
    return "locked" if until else "wrong-password"


async def _fits(password_hash: str | None, password: str) -> bool:
    fits = await asyncio.to_thread(_verified, password_hash, password)
    return fits and password_hash is not None


def _verified(password_hash: str | None, password: str) -> bool:
    with contextlib.suppress(VerificationError, InvalidHashError):
        return HASHER.verify(password_hash or _nobody(), password)
    return False


@cache
def _nobody() -> str:
    """What is verified where there is no account: it takes the same time."""
    return HASHER.hash(secrets.token_urlsafe(16))


async def _begin(tx: Transaction, police_number: str) -> str:
    now = machine_now()
    secret = secrets.token_urlsafe(_COOKIE_BYTES)
    await store.note_failure(tx, police_number, 0, None)
    await store.keep_session(
        tx,
        {
            "session_hash": link_hash(secret),
            "police_number": police_number,
            "csrf": secrets.token_urlsafe(16),
            "begun_at": now,
            "seen_at": now,
            "ends_at": now + LIFE,
        },
    )
    return secret


async def _note(
    tx: Transaction, act: str, number: str, outcome: Outcome, *, reason: str | None, request_id: str
) -> None:
    entry = Entry(
        officer=number,
        act=act,
        outcome=outcome,
        subject=Subject("account", number),
        reason=reason,
        request_id=request_id,
    )
    await note(tx, [entry])
