"""Officers at the keyboard: the first two administrators, and the people of the demonstration."""

import asyncio
import secrets
import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import click
import httpx

from mingjing_deploy.errors import DeployError
from mingjing_deploy.gateway import gateway_settings, running_copy
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_gateway.acts.account import (
    make_account,
    make_first_administrator,
    renew_link,
    set_first_password,
)
from mingjing_gateway.acts.role import decide_change, propose_change
from mingjing_gateway.acts.session import password_fits
from mingjing_gateway.rules.role import held_by
from mingjing_gateway.rules.session import address_of_link
from mingjing_gateway.store.account import listed_account
from mingjing_gateway.store.role import approved_changes, open_changes
from mingjing_shared.database import Database, Transaction
from mingjing_shared.errors import MingjingError
from mingjing_shared.messaging.opening import open_database
from mingjing_shared.web.desk import Desk
from mingjing_shared.web.officer import HeldRole, Officer

_TYPES = {"units": "cn.mingjing.unit.changed", "officers": "cn.mingjing.officer.changed"}
_SINCE = "2019-01-01"


def ensure_demo_officers(
    home: Home, known: Mapping[str, Mapping[str, Any]], personnel_key: str
) -> list[dict[str, Any]]:
    """Have units, officers, accounts and roles of the demonstration; those known stay.

    Passwords stand in accounts.json alone: who is missing there gets a new one.
    """
    people = tomllib.loads(
        files("mingjing_deploy").joinpath("demo_people.toml").read_text(encoding="utf-8")
    )
    copy = running_copy(home)
    _tell_personnel(copy, people, personnel_key)
    return asyncio.run(_ensure(copy, people["officers"], known))


def _tell_personnel(copy: Copy, people: Mapping[str, Any], key: str) -> None:
    """Send units and officers through the door, as a personnel system does; always the same."""
    events = [_event("units", unit["code"], dict(unit)) for unit in people["units"]]
    events += [_event("officers", one["number"], _officer(one)) for one in people["officers"]]
    port = copy.place.port("gateway-web", "http")
    answer = httpx.post(
        f"http://127.0.0.1:{port}/intake/events",
        json=events,
        headers={
            "Authorization": f"Bearer {key}",
            "Content-Type": "application/cloudevents-batch+json",
        },
        timeout=30,
    )
    if answer.status_code != httpx.codes.ACCEPTED:
        raise DeployError(f"The demonstration's people were not taken: {answer.text[:500]}")


def _event(group: str, name: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"demo-{group}-{name}",
        "source": "/huainan/personnel",
        "type": _TYPES[group],
        "time": f"{_SINCE}T08:00:00+08:00",
        "data": {**data, "valid_from": _SINCE},
    }


def _officer(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "police_number": one["number"],
        "name": one["name"],
        "unit": one["unit"],
        "posts": one["posts"],
        "enforcement_certificate": f"皖D{one['number']}",
        "qualification_level": "basic",
        "qualification_valid_until": "2030-12-31",
        "legal_qualification": one.get("legal", False),
        "active": True,
    }


async def _ensure(
    copy: Copy, officers: Sequence[Mapping[str, Any]], known: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    database = open_database(gateway_settings(copy))
    try:
        first, second = (one for one in officers if _is_administrator(one))
        administrators = [_as_officer(first), _as_officer(second)]
        accounts = [await _account(database, administrators, one, known) for one in officers]
        for one in officers:
            await _grant(database, administrators, one)
    finally:
        await database.close()
    return accounts


async def _account(
    database: Database,
    administrators: Sequence[Officer],
    one: Mapping[str, Any],
    known: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    number = one["number"]
    password = str(known.get(number, {}).get("password", ""))
    if not password or not await password_fits(database, number, password):
        password = secrets.token_urlsafe(12)
        exists = await listed_account(database, number) is not None
        async with database.transaction() as tx:
            desk = Desk(tx, administrators[0])
            if exists:
                link = await _renewed(tx, administrators, one)
            elif _is_administrator(one):
                link = await make_first_administrator(
                    tx, police_number=number, name=one["name"], unit=one["unit"]
                )
            else:
                link = await make_account(desk, number, one["name"], one["unit"])
            await set_first_password(tx, link, password)
            await desk.end_well()
    return {
        "username": number,
        "password": password,
        "roles": [role for role, _unit in one["roles"]],
        "unit": one["unit"],
    }


async def _renewed(
    tx: Transaction, administrators: Sequence[Officer], one: Mapping[str, Any]
) -> str:
    """A link for an account that is there: asked for by one administrator, made by the other."""
    if _is_administrator(one):
        return await make_first_administrator(
            tx, police_number=one["number"], name=one["name"], unit=one["unit"]
        )
    for administrator in administrators:
        desk = Desk(tx, administrator)
        link = await renew_link(desk, one["number"])
        await desk.end_well()
        if link is not None:
            return link
    raise DeployError(f"No link could be made for {one['number']}.")


async def _grant(
    database: Database, administrators: Sequence[Officer], one: Mapping[str, Any]
) -> None:
    proposer, approver = administrators
    number = one["number"]
    held = held_by(await approved_changes(database, [number]), number)
    for role, unit in one["roles"]:
        if HeldRole(role, unit) in held:
            continue
        async with database.transaction() as tx:
            desk = Desk(tx, proposer)
            await propose_change(
                desk, police_number=number, role=role, unit=unit, what="grant", why="演示"
            )
            await desk.end_well()
        for change in await open_changes(database):
            if change.police_number == number and change.role == role:
                async with database.transaction() as tx:
                    desk = Desk(tx, approver)
                    await decide_change(desk, str(change.change_id), approved=True)
                    await desk.end_well()


def _is_administrator(one: Mapping[str, Any]) -> bool:
    return any(role == "administrator" for role, _unit in one["roles"])


def _as_officer(one: Mapping[str, Any]) -> Officer:
    """A demonstration's administrator, who acts while the demonstration is set up."""
    return Officer(
        number=one["number"],
        name=one["name"],
        unit=one["unit"],
        unit_name="",
        roles=tuple(HeldRole(role, unit) for role, unit in one["roles"]),
        csrf="",
    )


@click.group()
def admin() -> None:
    """The first two administrators of an installation."""


@admin.command()
@click.argument("police_number")
@click.option("--name", required=True, help="The officer's name.")
@click.option("--unit", required=True, help="12-digit code of the officer's unit.")
def create(police_number: str, name: str, unit: str) -> None:
    """Make one of the first two administrators; prints a link that sets the password once.

    From the third on, administrators are made in the web by two others.
    """
    copy = running_copy(Home.current())

    async def run() -> str:
        database = open_database(gateway_settings(copy))
        try:
            async with database.transaction() as tx:
                return await make_first_administrator(
                    tx, police_number=police_number, name=name, unit=unit
                )
        finally:
            await database.close()

    try:
        link = asyncio.run(run())
    except MingjingError as error:
        raise DeployError(error.message + error.way_out) from error
    front = f"http://127.0.0.1:{copy.place.port('front', 'http')}"
    click.echo(f"Administrator {police_number}. Open once, within 24 hours, and set a password:")
    click.echo(f"  {front}{address_of_link(link)}")
    click.echo(
        "What follows the # is the code: it reaches no log, and can be pasted into the form."
    )
