"""Accounts: made, opened and closed, their passwords set."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from typing import TYPE_CHECKING

import msgspec
from argon2 import PasswordHasher

from mingjing_gateway.rules.password import password_fault
from mingjing_gateway.rules.role import held_by
from mingjing_gateway.rules.session import LINK_LIFE
from mingjing_gateway.store import account as store
from mingjing_gateway.store import role as roles
from mingjing_gateway.store.directory import officers_described
from mingjing_gateway.tables import ROLE_CHANGES
from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from mingjing_shared.events.values import PoliceNumber, UnitCode
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing
from mingjing_shared.web.permissions import About

if TYPE_CHECKING:
    from mingjing_shared.database import Transaction
    from mingjing_shared.web.desk import Desk

HASHER = PasswordHasher()  # argon2id, RFC 9106's second recommended parameters
ACT = "gateway.manage_account"
KEYBOARD = "keyboard"
LINK_MADE_BY = "link made by "
_LINK_BYTES = 32
FIRST_ADMINISTRATORS = 2


async def make_first_administrator(
    tx: Transaction, *, police_number: str, name: str, unit: str
) -> str:
    """Make one of the first two administrators, at the keyboard; the secret of a one-time link.

    From the third on an administrator is made in the web by two others.

    Raises:
        Conflict: there are two administrators already.
        InvalidInput: number, name or unit cannot be.
    """
    await tx.lock(["first administrators"])
    changes = await roles.holders_of(tx, "administrator")
    numbers = {change.police_number for change in changes}
    held = {number for number in numbers if held_by(changes, number)}
    if len(held - {police_number}) >= FIRST_ADMINISTRATORS:
        raise Conflict(
            "已有两名系统管理员。", "此后的管理员请由现有两名管理员在“系统管理”中提请并批准。"
        )
    await _make(tx, police_number, name, unit, KEYBOARD)
    now = machine_now()
    if police_number not in held:
        await tx.insert(
            ROLE_CHANGES,
            [
                {
                    "change_id": secrets.token_hex(16),
                    "police_number": police_number,
                    "role": "administrator",
                    "unit": unit,
                    "what": "grant",
                    "why": "首批系统管理员，由安装人员在服务器上建立",
                    "proposed_by": KEYBOARD,
                    "proposed_at": now,
                    "decided_by": "installation",
                    "decided_at": now,
                    "approved": True,
                }
            ],
        )
    return await _new_link(tx, police_number, KEYBOARD)


async def make_account(desk: Desk, police_number: str, name: str, unit: str) -> str:
    """Make an account without roles; the secret of the one-time link that sets its password.

    Raises:
        NotAllowed: the officer is no administrator.
        Conflict: the officer has an account.
        InvalidInput: number, name or unit cannot be.
    """
    await desk.permit(ACT, Subject("account", police_number), About())
    if await store.account_of(desk.tx, police_number) is not None:
        raise Conflict(f"警号 {police_number} 已有账号。", "可在账号页重新生成设置密码的链接。")
    await _make(desk.tx, police_number, name, unit, desk.officer.number)
    return await _new_link(desk.tx, police_number, desk.officer.number)


async def renew_link(desk: Desk, police_number: str) -> str | None:
    """A new one-time link for an officer who forgot the password; the old one stays until then.

    For an account that holds a role one administrator asks and another makes it, since whoever
    has the link can be that officer: nothing is given back for having asked.

    Raises:
        NotAllowed: the officer is no administrator.
        InvalidInput: nobody has this account.
        Conflict: it is the administrator's own account.
    """
    await desk.permit(ACT, Subject("account", police_number), About())
    if police_number == desk.officer.number:
        raise Conflict("不能为自己的账号生成链接。", "请由另外两名管理员办理，或在账号页更改密码。")
    await _known(desk.tx, police_number)
    held = held_by(await roles.approved_changes(desk.tx, [police_number]), police_number)
    asked = await store.link_request(desk.tx, police_number)
    if held and (asked is None or asked.asked_by == desk.officer.number):
        await store.ask_for_link(desk.tx, police_number, desk.officer.number, machine_now())
        return None
    await store.forget_link_request(desk.tx, police_number)
    return await _new_link(desk.tx, police_number, desk.officer.number)


async def open_or_close_account(desk: Desk, police_number: str, *, is_open: bool) -> None:
    """Let an officer sign in again, or end all sessions and let nobody in.

    Raises:
        NotAllowed: the officer is no administrator.
        InvalidInput: nobody has this account.
        Conflict: it is the administrator's own account.
    """
    await desk.permit(ACT, Subject("account", police_number), About())
    if police_number == desk.officer.number:
        raise Conflict("不能停用或启用自己的账号。", "请由另一名管理员办理。")
    await _known(desk.tx, police_number)
    await store.open_or_close(desk.tx, police_number, is_open=is_open)
    if not is_open:
        await end_all_sessions(desk.tx, police_number)


async def set_first_password(tx: Transaction, link: str, password: str) -> str:
    """Set a password by a one-time link; the police number it belongs to.

    Raises:
        InvalidInput: the link opens nothing, or the password cannot be taken.
    """
    hashed = link_hash(link)
    found = await store.link_of(tx, hashed)
    now = machine_now()
    if found is None or found.used_at is not None or found.ends_at <= now:
        raise InvalidInput("该链接无效、已用过或已过期。", "请联系系统管理员重新生成。")
    _refuse_bad_password(password, found.police_number)
    await store.set_password(tx, found.police_number, await _hashed(password), now)
    await store.use_link(tx, hashed, now)
    await end_all_sessions(tx, found.police_number)
    await note_own(tx, found.police_number, f"{LINK_MADE_BY}{found.made_by}", None)
    return str(found.police_number)


async def change_password(desk: Desk, password: str) -> None:
    """Set another password for who proved to know the old one; every session of theirs ends.

    Raises:
        InvalidInput: the new password cannot be taken.
    """
    number = desk.officer.number
    _refuse_bad_password(password, number)
    await store.set_password(desk.tx, number, await _hashed(password), machine_now())
    await end_all_sessions(desk.tx, number)
    await note_own(desk.tx, number, "password changed", desk.request_id)


async def end_all_sessions(tx: Transaction, police_number: str) -> None:
    """End every session of an officer, also where tokens are still held: the directory tells."""
    await store.end_sessions(tx, police_number, machine_now())
    await store.next_epoch(tx, police_number)
    outbox.add(tx, [Outgoing(said) for said in await officers_described(tx, [police_number])])


async def note_own(tx: Transaction, number: str, what: str, request_id: str | None) -> None:
    """Note in the audit what an officer did with the own account or session."""
    entry = Entry(
        officer=number,
        act="gateway.own_account",
        outcome="done",
        subject=Subject("account", number),
        reason=what,
        request_id=request_id,
    )
    await note(tx, [entry])


def link_hash(link: str) -> bytes:
    """What is kept of a link's or a session's secret: 256 random bits need one round."""
    return hashlib.sha256(link.encode()).digest()


async def _hashed(password: str) -> str:
    """Its argon2id; it takes long, and the others who are served meanwhile do not wait."""
    return await asyncio.to_thread(HASHER.hash, password)


def _refuse_bad_password(password: str, police_number: str) -> None:
    if (fault := password_fault(password, police_number)) is not None:
        raise InvalidInput(fault, "请另设一个。")


async def _known(tx: Transaction, police_number: str) -> None:
    if await store.account_of(tx, police_number) is None:
        raise InvalidInput(f"警号 {police_number} 没有账号。", "请先建立账号。")


async def _make(tx: Transaction, police_number: str, name: str, unit: str, by: str) -> None:
    if not name.strip():
        raise InvalidInput("请填写姓名。", "")
    try:
        msgspec.convert(police_number, PoliceNumber)
        msgspec.convert(unit, UnitCode)
    except msgspec.ValidationError:
        raise InvalidInput(
            f"警号应为 6 位数字，单位编码应为 12 位数字；收到 {police_number[:20]}、{unit[:20]}。",
            "请核对后重填。",
        ) from None
    await store.keep_account(
        tx,
        {
            "police_number": police_number,
            "name": name.strip(),
            "unit": unit,
            "is_open": True,
            "failures": 0,
            "session_epoch": 0,
            "made_at": machine_now(),
            "made_by": by,
        },
    )


async def _new_link(tx: Transaction, police_number: str, by: str) -> str:
    secret = secrets.token_urlsafe(_LINK_BYTES)
    now = machine_now()
    await store.keep_link(
        tx,
        {
            "link_hash": link_hash(secret),
            "police_number": police_number,
            "made_at": now,
            "made_by": by,
            "ends_at": now + LINK_LIFE,
        },
    )
    return secret
