"""Roles are granted by two people; what is handed over ends by itself."""

from datetime import timedelta

import pytest
from gateway.test_sign_in import PASSWORD, an_administrator

from mingjing_gateway.acts.account import HASHER
from mingjing_shared.clock import legal_today, machine_now
from support.door import DoorHouse
from support.front import Browser
from support.officers import CITY, STATION
from support.web import text_of


@pytest.fixture
async def world(stack):
    fresh = await stack.world()
    yield fresh
    await fresh.close()


@pytest.fixture
async def database(world):
    return await world.database("gateway")


@pytest.fixture
async def people(world, database):
    """Two administrators, an officer and a head, each before a browser of their own."""
    for number in ("034001", "034002"):
        await an_administrator(database, number)
    async with database.transaction() as tx:
        for number in ("034211", "034300"):
            await tx.execute(
                "INSERT INTO accounts (police_number, name, unit, password_hash, is_open, failures,"
                " session_epoch, made_at, made_by)"
                " VALUES (:n, '民警', :u, :p, true, 0, 0, :now, '034001')",
                n=number,
                u=STATION,
                p=HASHER.hash(PASSWORD),
                now=machine_now(),
            )
    async with DoorHouse(world, database, await world.settings("gateway")).served() as client:
        found = {}
        for number in ("034001", "034002", "034211", "034300"):
            found[number] = Browser(client)
            await found[number].sign_in(number, PASSWORD)
        yield found


async def propose(person, number="034211", role="legal_reviewer", unit=CITY, what="grant"):
    return await person.post(
        f"/admin/accounts/{number}/roles/propose", role=role, unit=unit, what=what, why="岗位需要"
    )


async def decide(person, database, whether="approve"):
    [change] = await database.all("SELECT change_id FROM role_changes WHERE approved IS NULL")
    return await person.post(f"/admin/changes/{change.change_id}/{whether}")


async def test_who_is_no_administrator_sees_no_administration_and_changes_nothing(people, database):
    officer = people["034211"]
    assert (await officer.get("/admin/")).status_code == 403
    assert (await propose(officer)).status_code == 403
    rows = await database.all("SELECT outcome FROM audit WHERE act = 'gateway.propose_role'")
    assert [row.outcome for row in rows] == ["refused"]


async def test_who_proposed_a_role_cannot_approve_it(people, database):
    assert (await propose(people["034001"])).status_code == 303
    answer = await decide(people["034001"], database)
    assert (answer.status_code, "不能批准自己的提请" in answer.text) == (409, True)


async def test_nobody_decides_about_himself(people, database):
    await propose(people["034001"], number="034002", role="inspector")
    answer = await decide(people["034002"], database)
    assert (answer.status_code, "涉及自己" in answer.text) == (409, True)


async def test_a_role_proposed_by_one_and_approved_by_another_holds_at_once(people, database):
    await propose(people["034001"])
    assert "尚未授予角色" in (await people["034211"].get("/")).text
    assert (await decide(people["034002"], database)).status_code == 303
    assert "法制审核员" in (await people["034211"].get("/")).text


async def test_what_was_refused_is_not_held_and_is_proposed_anew(people, database):
    await propose(people["034001"])
    twice = await propose(people["034002"])
    assert (twice.status_code, "已提请" in twice.text) == (409, True)
    await decide(people["034002"], database, "refuse")
    assert "法制审核员" not in text_of(await people["034211"].get("/"))
    assert (await propose(people["034002"])).status_code == 303


async def test_a_role_is_withdrawn_by_two_as_well(people, database):
    await propose(people["034001"])
    await decide(people["034002"], database)
    again = await propose(people["034001"])
    assert (again.status_code, "该民警已有" in again.text) == (409, True)
    await propose(people["034001"], what="withdraw")
    await decide(people["034002"], database)
    assert "法制审核员" not in text_of(await people["034211"].get("/"))


async def test_a_refused_form_keeps_what_was_typed(people):
    answer = await people["034001"].post(
        "/admin/accounts/034211/roles/propose", role="no", unit=CITY, what="grant", why="岗位需要"
    )
    assert answer.status_code == 400
    assert "请选择角色" in answer.text
    assert "岗位需要" in answer.text


async def test_a_head_hands_a_role_over_for_some_days_and_takes_it_back(people, database):
    await propose(people["034001"], number="034300", role="unit_head", unit=STATION)
    await decide(people["034002"], database)
    head, deputy = people["034300"], people["034211"]
    today = legal_today()
    given = {
        "role": f"unit_head@{STATION}",
        "taker": "034211",
        "from_on": today.isoformat(),
        "until_on": (today + timedelta(days=3)).isoformat(),
        "why": "出差",
    }
    await head.get("/my/delegations")
    refused = await head.post("/my/delegations", **(given | {"taker": "034300"}))
    assert (refused.status_code, "不能授权自己代行" in refused.text) == (409, True)
    assert "出差" in refused.text
    long = await head.post("/my/delegations", **(given | {"until_on": "2030-01-01"}))
    assert (long.status_code, "最长 90 天" in long.text) == (400, True)
    assert (await head.post("/my/delegations", **given)).status_code == 303
    assert "代行 034300" in (await deputy.get("/my/account")).text
    [row] = await database.all("SELECT delegation_id FROM delegations")
    assert (await deputy.post(f"/my/delegations/{row.delegation_id}/end")).status_code == 400
    assert (await head.post(f"/my/delegations/{row.delegation_id}/end")).status_code == 303
    assert "代行 034300" not in (await deputy.get("/my/account")).text


async def test_a_closed_account_is_out_at_once(people):
    assert (await people["034001"].post("/admin/accounts/034211/close")).status_code == 303
    assert (await people["034211"].get("/my/account")).status_code == 303
    own = await people["034001"].post("/admin/accounts/034001/close")
    assert (own.status_code, "自己的账号" in own.text) == (409, True)


async def test_a_link_for_an_account_with_a_role_needs_two_administrators(people, database):
    """Whoever has the link can be that officer."""
    one, other = people["034001"], people["034002"]
    await propose(one)
    await decide(other, database)
    own = await one.post("/admin/accounts/034001/link")
    assert (own.status_code, "自己的账号" in own.text) == (409, True)
    for _again in range(2):
        asked = await one.post("/admin/accounts/034211/link")
        assert asked.status_code == 303
        assert "first-password#" not in text_of(await one.get("/admin/accounts/034211"))
    made = await other.post("/admin/accounts/034211/link")
    assert "first-password#" in made.text
    assert await database.all("SELECT 1 FROM link_requests") == []


async def test_who_left_the_service_is_out_and_stays_out(people, database):
    from mingjing_gateway.handlers import HANDLERS
    from mingjing_shared.events.directory import OfficerDescribed
    from support.events import received

    version = {
        "valid_from": "2020-01-01", "name": "民警", "unit": STATION, "posts": ["民警"],
        "active": False,
    }  # fmt: skip
    said = received(
        OfficerDescribed,
        police_number="034211",
        versions=[version],
        about={"source": "/mingjing/gateway"},
    )
    async with database.transaction() as tx:
        await HANDLERS[OfficerDescribed]([said], tx)
    assert (await people["034300"].get("/my/account")).status_code == 200
    again = await Browser(people["034300"]._client).sign_in("034211", PASSWORD)
    assert (again.status_code, "账号未启用" in again.text) == (401, True)
