"""Signing in: who may, who may not, and what ends it."""

import pytest

from mingjing_gateway.acts.account import make_first_administrator, set_first_password
from mingjing_gateway.acts.session import TRIES_PER_MINUTE, Attempts, TooOften
from mingjing_gateway.rules.session import FAILURES_MAX
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from support.front import Browser
from support.officers import CITY

PASSWORD = "a long enough one 8"


@pytest.fixture
async def world(stack):
    fresh = await stack.world()
    yield fresh
    await fresh.close()


@pytest.fixture
async def database(world):
    return await world.database("gateway")


@pytest.fixture
async def client(world, database):
    from support.door import DoorHouse

    async with DoorHouse(world, database, await world.settings("gateway")).served() as served:
        yield served


@pytest.fixture
def browser(client):
    return lambda: Browser(client)


async def an_administrator(database, number, password=PASSWORD):
    async with database.transaction() as tx:
        link = await make_first_administrator(tx, police_number=number, name="管理员", unit=CITY)
    async with database.transaction() as tx:
        await set_first_password(tx, link, password)


async def test_nobody_without_an_account_comes_in_and_is_not_told_that_there_is_none(browser):
    answer = await browser().sign_in("034211", PASSWORD)
    assert answer.status_code == 401
    assert "警号或密码不正确" in answer.text
    assert 'value="034211"' in answer.text
    assert PASSWORD not in answer.text


async def test_a_wrong_password_is_refused_with_the_same_words(browser, database):
    await an_administrator(database, "034001")
    answer = await browser().sign_in("034001", "not the right one")
    assert answer.status_code == 401
    assert "警号或密码不正确" in answer.text


async def test_after_five_wrong_passwords_the_right_one_does_not_open_either(browser, database):
    await an_administrator(database, "034001")
    for _try in range(FAILURES_MAX):
        answer = await browser().sign_in("034001", "not the right one")
    assert "暂停登录，还有 15 分钟" in answer.text
    assert "暂停登录" in (await browser().sign_in("034001", PASSWORD)).text
    async with database.transaction() as tx:
        await tx.execute("UPDATE accounts SET locked_until = :now", now=machine_now())
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 303


async def test_guessing_from_one_place_is_slowed_whatever_the_numbers(browser):
    attempts = Attempts()
    for _try in range(TRIES_PER_MINUTE):
        attempts.note("10.1.2.3")
    attempts.note("10.1.2.4")
    with pytest.raises(TooOften, match="超过 30 次"):
        attempts.note("10.1.2.3")


async def test_a_closed_account_opens_nothing(browser, database):
    await an_administrator(database, "034001")
    async with database.transaction() as tx:
        await tx.execute("UPDATE accounts SET is_open = false")
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 401


async def test_signed_in_one_sees_what_one_owes_and_from_every_department(browser, database):
    await an_administrator(database, "034001")
    person = browser()
    assert (await person.sign_in("034001", PASSWORD)).status_code == 303
    home = (await person.get("/")).text
    assert "系统管理员" in home
    for department in ("disclosure", "recording", "review", "tasks"):
        assert f'hx-get="/{department}/fragments/todo"' in home


async def test_one_returns_to_where_one_wanted_to_go_and_never_to_another_site(browser, database):
    await an_administrator(database, "034001")
    person = browser()
    answer = await person.get("/admin/")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/session/sign-in?next=/admin/"
    answer = await person.sign_in("034001", PASSWORD, to="/admin/")
    assert answer.headers["location"] == "/admin/"
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        answer = await browser().sign_in("034001", PASSWORD, to=elsewhere)
        assert answer.headers["location"] == "/"


async def test_signing_out_ends_this_browser_and_no_other(browser, database):
    await an_administrator(database, "034001")
    one, other = browser(), browser()
    await one.sign_in("034001", PASSWORD)
    await other.sign_in("034001", PASSWORD)
    kept = dict(one.cookies)
    assert (await one.post("/session/sign-out")).status_code == 303
    assert one.cookies == {}
    one.cookies = kept
    assert "登录" in (await one.get("/")).text
    assert (await one.get("/admin/")).status_code == 303
    assert (await other.get("/admin/")).status_code == 200


async def test_signing_out_everywhere_ends_every_browser_and_tells_the_directory(browser, database):
    await an_administrator(database, "034001")
    one, other = browser(), browser()
    await one.sign_in("034001", PASSWORD)
    await other.sign_in("034001", PASSWORD)
    await one.get("/my/account")
    assert (await one.post("/my/sign-out-everywhere")).status_code == 303
    assert (await other.get("/admin/")).status_code == 303
    rows = await database.all(
        "SELECT convert_from(value, 'UTF8')::jsonb AS said FROM outbox"
        " WHERE attributes->>'type' = 'cn.mingjing.officer.described' ORDER BY position"
    )
    [account] = await database.all("SELECT session_epoch FROM accounts")
    assert rows[-1].said["session_epoch"] == account.session_epoch > 0


async def test_a_form_without_the_mark_of_the_session_does_nothing(browser, database):
    await an_administrator(database, "034001")
    person = browser()
    await person.sign_in("034001", PASSWORD)
    person.csrf = "another"
    assert (await person.post("/session/sign-out")).status_code == 403
    assert (await person.get("/admin/")).status_code == 200


async def test_a_password_is_changed_by_who_knows_the_old_one_and_typed_twice_alike(
    browser, database
):
    await an_administrator(database, "034001")
    person = browser()
    await person.sign_in("034001", PASSWORD)
    await person.get("/my/account")
    new = "quite another one 9"
    wrong = await person.post("/my/password", old="no", password=new, again=new)
    assert (wrong.status_code, "原密码不正确" in wrong.text) == (400, True)
    differ = await person.post("/my/password", old=PASSWORD, password=new, again=new + "!")
    assert "两次输入的新密码不一致" in differ.text
    short = await person.post("/my/password", old=PASSWORD, password="short", again="short")
    assert "至少 10 个字符，现有 5 个" in short.text
    changed = await person.post("/my/password", old=PASSWORD, password=new, again=new)
    assert changed.status_code == 303
    assert (await person.get("/admin/")).status_code == 303
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 401
    assert (await browser().sign_in("034001", new)).status_code == 303


async def test_a_link_sets_a_password_once(browser, database):
    async with database.transaction() as tx:
        link = await make_first_administrator(tx, police_number="034001", name="管理员", unit=CITY)
    path, fields = (
        "/session/first-password",
        {"link": link, "password": PASSWORD, "again": PASSWORD},
    )
    assert (await browser().post(path, **(fields | {"link": "x"}))).status_code == 400
    assert (await browser().post(path, **fields)).status_code == 303
    again = await browser().post(path, **fields)
    assert (again.status_code, "已用过" in again.text) == (400, True)


async def test_the_third_administrator_is_not_made_at_the_keyboard(database):
    await an_administrator(database, "034001")
    await an_administrator(database, "034002")
    with pytest.raises(Conflict, match="已有两名"):
        await an_administrator(database, "034003")


async def test_an_account_needs_a_number_and_a_unit_that_can_be(database):
    with pytest.raises(InvalidInput, match="警号应为 6 位"):
        await an_administrator(database, "12")


async def test_every_sign_in_stands_in_the_audit_and_its_owner_sees_it(browser, database):
    await an_administrator(database, "034001")
    await browser().sign_in("034001", "not the right one")
    person = browser()
    await person.sign_in("034001", PASSWORD)
    rows = await database.all("SELECT act, outcome FROM audit ORDER BY number")
    assert [(row.act, row.outcome) for row in rows] == [
        ("gateway.own_account", "done"),  # the first password was set
        ("gateway.sign_in", "refused"),
        ("gateway.sign_in", "done"),
    ]
    own = (await person.get("/gateway/fragments/log")).text
    for said in ("登录", "被拒绝", "警号或密码不正确", "管理本人账号", "生成的链接设置密码"):
        assert said in own
    assert "link made" not in own
    assert "wrong-sign-in" not in own
