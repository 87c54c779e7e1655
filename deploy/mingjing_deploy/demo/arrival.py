"""Before a month: its units, officers with accounts and roles, and three more publishers.

Everything by the ways that are there for it: personnel's events, two administrators' forms, the
operator's command. Whoever came once stays: a second month finds them in accounts.json.
"""

import asyncio
import contextlib
import hashlib
import json
import re
import secrets
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import httpx

from mingjing_deploy.credentials import write_private
from mingjing_deploy.demo import lawyers
from mingjing_deploy.demo.forms import Page
from mingjing_deploy.demo.happenings import Told
from mingjing_deploy.demo.office import AlreadySo, Office, Seat, heard
from mingjing_deploy.demo.senders import Account, ByDoor
from mingjing_deploy.demo.units import Made, people
from mingjing_deploy.errors import DeployError
from mingjing_deploy.home import Home
from mingjing_shared.clock import SHANGHAI, machine_now

SINCE = "2019-01-01"
MORE_PUBLISHERS = {"licensing": "licensing", "property": "property", "finance": "finance"}
_LINK = re.compile(r"/session/first-password\#([A-Za-z0-9_.-]+)")
_PASSWORD_BYTES = 12
_AT_ONCE = 3


def read_accounts(home: Home) -> dict[str, Any]:
    """What accounts.json says.

    Raises:
        DeployError: there is none: the platform was started without demo accounts.
    """
    if not home.accounts.exists():
        raise DeployError(
            f"{home.accounts} is missing: the platform runs without demo accounts (DEMO=0)."
            " A demo month is for a platform that was started with them."
        )
    told: dict[str, Any] = json.loads(home.accounts.read_text(encoding="utf-8"))
    return told


def add_accounts(home: Home, group: str, new: Sequence[dict[str, Any]]) -> None:
    """Write further accounts into accounts.json, beside those that are there."""
    told = read_accounts(home)
    told[group] = [*told[group], *new]
    write_private(home.accounts, json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def publishers_of(home: Home) -> dict[str, Account]:
    """Every publisher of accounts.json."""
    return {
        one["name"]: Account(one["name"], one["key"], one.get("kafka_password"))
        for one in read_accounts(home)["publishers"]
    }


async def bring_people(home: Home, front: str, acting: Collection[str]) -> int:
    """Have the demonstration's units and officers, and accounts for those who will act.

    Gives how many accounts are new.
    """
    units, officers, made = people()
    units += lawyers.units()
    officers += lawyers.officers(machine_now().astimezone(SHANGHAI).date())
    personnel = ByDoor(front, publishers_of(home)["personnel"])
    try:
        await personnel.send([_event("unit.changed", one["code"], one) for one in units])
        await personnel.send(
            [_event("officer.changed", one["police_number"], _officer(one)) for one in officers]
        )
    finally:
        await personnel.close()
    known = {one["username"] for one in read_accounts(home)["officers"]}
    new = [one for one in made if one.number in acting and one.number not in known]
    if not new:
        return 0
    office = Office(front, read_accounts(home)["officers"])
    try:
        administrators = await _administrators(office, home)
        gate, accounts = asyncio.Semaphore(_AT_ONCE), list[dict[str, Any]]()

        async def come(one: Made) -> None:
            async with gate:
                accounts.append(await _account(front, administrators, one))
                await _propose(administrators[0], one)

        async with asyncio.TaskGroup() as group:
            for one in new:
                group.create_task(come(one))
        await _approve(administrators[1], {one.number for one in new})
        add_accounts(
            home, "officers", accounts
        )  # now they have all: a run that broke off begins anew
    finally:
        await office.close()
    return len(new)


async def bring_publishers(home: Home, command: Path) -> None:
    """Have the month's further publishers, registered as an operator registers one."""
    known = publishers_of(home)
    missing = [name for name in MORE_PUBLISHERS if name not in known]
    await asyncio.gather(*(_register(home, command, name) for name in missing))


def _event(kind: str, name: object, data: dict[str, Any]) -> Told:
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:8]
    event = {
        "specversion": "1.0",
        "id": f"demo-month-{kind}-{name}-{digest}",  # told otherwise, it is another event
        "source": "/huainan/personnel",
        "type": f"cn.mingjing.{kind}",
        "time": f"{SINCE}T08:00:00+08:00",
        "data": {**data, "valid_from": SINCE},
    }
    return Told(0, "personnel", event)


def _officer(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "enforcement_certificate": f"皖D{one['police_number']}",
        "qualification_level": "basic",
        "qualification_valid_until": "2030-12-31",
        "active": True,
        **one,
    }


async def _administrators(office: Office, home: Home) -> tuple[Seat, Seat]:
    numbers = [
        one["username"]
        for one in read_accounts(home)["officers"]
        if "administrator" in one["roles"]
    ]
    return await office.seat(numbers[0]), await office.seat(numbers[1])


async def _account(front: str, administrators: tuple[Seat, Seat], one: Made) -> dict[str, Any]:
    """Make an account and set its password by the link."""
    link = await _link(administrators, one)
    password = secrets.token_urlsafe(_PASSWORD_BYTES)
    typed = {"link": link, "password": password, "again": password}
    async with httpx.AsyncClient(base_url=front, headers={"Origin": front}, timeout=60) as browser:
        answer = await heard(browser, "/session/first-password", typed)
        if answer.status_code != httpx.codes.SEE_OTHER:  # it may have been set, and not answered
            answer = await heard(
                browser, "/session/sign-in", {"number": one.number, "password": password}
            )
    if answer.status_code != httpx.codes.SEE_OTHER:
        said = Page(answer.text).refused
        raise DeployError(f"{one.number} could not set a password: {said}")
    return {"username": one.number, "password": password, "roles": [one.role], "unit": one.unit}


async def _link(administrators: tuple[Seat, Seat], one: Made) -> str:
    """The one-time link of a new account, or of one that an earlier month left without password.

    Raises:
        DeployError: no administrator was given one.
    """
    first, second = administrators
    typed = {"number": one.number, "name": one.name, "unit": one.unit}
    own = f"/admin/accounts/{one.number}"
    for administrator, address, ending, given in (
        (first, "/admin/new-account", "/new-account", typed),
        (first, own, "/link", {}),
        (second, own, "/link", {}),
    ):
        try:
            answer = await administrator.sends(address, ending, given)
        except AlreadySo:
            continue
        if found := _LINK.search(answer.text):
            return found.group(1)
    raise DeployError(f"No link was given for {one.number}.")


async def _propose(administrator: Seat, one: Made) -> None:
    """One administrator proposes the role, unless it is held or proposed."""
    typed = {"what": "grant", "role": one.role, "unit": one.unit, "why": "演示"}
    with contextlib.suppress(AlreadySo):
        await administrator.sends(f"/admin/accounts/{one.number}", "/propose", typed)


async def _approve(administrator: Seat, numbers: set[str]) -> None:
    """Another one approves what was proposed: each change by its own button."""
    for number in sorted(numbers):
        page = await administrator.client.get("/admin/")
        rows = [row for row in page.text.split("<tr") if f'/admin/accounts/{number}"' in row]
        forms = [form for row in rows for form in Page(row).forms]
        for form in forms:
            if form.action.endswith("/approve"):
                await administrator.client.post(form.action, data=form.values)


async def _register(home: Home, command: Path, name: str) -> None:
    """Register a publisher, or give a new key to one whose key a broken run lost; note its key."""
    types = MORE_PUBLISHERS[name]
    wrong, said = await _publisher(command, "add", name, "--way", "door", "--types", types)
    if wrong:
        wrong_too, said = await _publisher(command, "rotate", name)
        if wrong_too:
            raise DeployError(f"{name} was not registered: {wrong[-500:]}")
    key = next(line.split()[1] for line in said.splitlines() if line.split()[:1] == ["key"])
    account = {"name": name, "source": f"/huainan/{name}", "key": key}
    add_accounts(home, "publishers", [{**account, "kafka_username": None, "kafka_password": None}])


async def _publisher(command: Path, *words: str) -> tuple[str, str]:
    """What `mingjing publisher` says is wrong, if anything, and what it says."""
    running = await asyncio.create_subprocess_exec(
        str(command),
        "publisher",
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, wrong = await running.communicate()
    return (wrong.decode() or "no reason") if running.returncode else "", said.decode()
