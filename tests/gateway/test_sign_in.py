"""Signing in: who may, who may not, and what ends it."""

import re
from time import monotonic

import pytest

from mingjing_gateway.acts.account import HASHER, make_first_administrator, set_first_password
from mingjing_gateway.acts.session import TRIES_PER_MINUTE
from mingjing_gateway.rules.session import FAILURES_MAX, address_of_link
from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Conflict, InvalidInput
from support.chromium import a_chromium
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


async def locked(browser, number="034001"):
    """The last answer of as many wrong passwords as lock an account."""
    for _try in range(FAILURES_MAX):
        answer = await browser().sign_in(number, "not the right one")
    return answer


async def the_lock_is_over(database):
    async with database.transaction() as tx:
        await tx.execute("UPDATE accounts SET locked_until = :now", now=machine_now())


def said(answer, number):
    """What an answer says, without what was typed and the request's own id."""
    return answer.status_code, re.sub(r"<code>.*?</code>", "", answer.text).replace(number, "")


async def test_unknown_wrong_locked_and_closed_are_answered_alike(browser, database):
    for number in ("034001", "034002"):
        await an_administrator(database, number)
    unknown = said(await browser().sign_in("034999", PASSWORD), "034999")
    assert "暂停登录 15 分钟，请届时再试" in unknown[1]
    assert "忘记密码" in unknown[1]
    assert said(await browser().sign_in("034001", "not the right one"), "034001") == unknown
    assert said(await locked(browser), "034001") == unknown
    for password in (PASSWORD, "not the right one"):
        assert said(await browser().sign_in("034001", password), "034001") == unknown
    async with database.transaction() as tx:
        await tx.execute("UPDATE accounts SET is_open = false WHERE police_number = '034002'")
    assert said(await browser().sign_in("034002", PASSWORD), "034002") == unknown


async def test_a_locked_account_and_an_unknown_one_cost_a_hash_as_well(browser, database):
    await an_administrator(database, "034001")
    await locked(browser)
    kept = HASHER.hash(PASSWORD)
    await browser().sign_in("034999", PASSWORD)  # the first one makes what is compared with

    async def shortest(what):
        took = []
        for _try in range(5):
            began = monotonic()
            await what()
            took.append(monotonic() - began)
        return min(took)

    async def the_hash_alone():
        HASHER.verify(kept, PASSWORD)

    hashing = await shortest(the_hash_alone)
    for number in ("034001", "034999"):
        asked = await shortest(lambda number=number: browser().sign_in(number, PASSWORD))
        assert asked > hashing / 2


async def test_after_five_wrong_passwords_the_right_one_does_not_open_either(browser, database):
    await an_administrator(database, "034001")
    await locked(browser)
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 401
    await the_lock_is_over(database)
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 303


async def test_a_lock_is_told_to_the_owner_at_the_next_sign_in_and_once(browser, database):
    await an_administrator(database, "034001")
    await locked(browser)
    await the_lock_is_over(database)
    await browser().sign_in("034001", "not the right one")  # in between: it is still to be told
    person = browser()
    answer = await person.sign_in("034001", PASSWORD, to="/admin/")
    assert answer.headers["location"] == "/my/log?done=locked&next=/admin/"
    told = (await person.get(answer.headers["location"])).text
    assert "曾暂停登录" in told
    assert 'href="/admin/">继续' in told
    log = (await person.get("/gateway/fragments/log")).text
    assert "连续 5 次不正确，暂停登录 15 分钟" in log
    again = await browser().sign_in("034001", PASSWORD, to="/admin/")
    assert again.headers["location"] == "/admin/"
    forged = await person.get("/my/log?done=locked&next=//evil.example/")
    assert "evil" not in forged.text


async def test_a_lock_is_told_to_administrators(browser, database):
    for number in ("034001", "034002"):
        await an_administrator(database, number)
    other = browser()
    await other.sign_in("034002", PASSWORD)
    await locked(browser)
    assert "暂停登录" in (await other.get("/admin/")).text
    assert "暂停登录至" in (await other.get("/admin/accounts/034001")).text


async def test_who_holds_a_session_cannot_guess_its_password(browser, database):
    await an_administrator(database, "034001")
    person = browser()
    await person.sign_in("034001", PASSWORD)
    await person.get("/my/account")
    new = {"password": "quite another one 9", "again": "quite another one 9"}
    for _try in range(FAILURES_MAX):
        wrong = await person.post("/my/password", old="a guess", **new)
        assert (wrong.status_code, "原密码不正确" in wrong.text) == (400, True)
    right = await person.post("/my/password", old=PASSWORD, **new)
    assert said(right, "034001")[0] == 400
    assert "原密码不正确，或因多次不正确已暂停核对" in right.text
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 401
    rows = await database.all("SELECT reason FROM audit WHERE outcome = 'refused' ORDER BY number")
    assert [row.reason for row in rows] == [
        *["wrong-password"] * (FAILURES_MAX - 1),
        "locked",
        "while-locked",
        "while-locked",
    ]
    await the_lock_is_over(database)
    assert (await person.post("/my/password", old=PASSWORD, **new)).status_code == 303


async def test_changing_a_password_counts_among_the_tries_of_a_place(browser, database):
    await an_administrator(database, "034001")
    person = browser()
    await person.sign_in("034001", PASSWORD)
    await person.get("/my/account")
    for _try in range(TRIES_PER_MINUTE):  # differ: refused before anything is hashed
        await person.post("/my/password", old=PASSWORD, password="one", again="other")
    answer = await person.post("/my/password", old=PASSWORD, password="one", again="other")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert (await browser().sign_in("034001", PASSWORD)).status_code == 429


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


async def test_the_code_of_a_link_is_in_no_address_that_is_asked_for(browser, database):
    for number in ("034001", "034002"):
        await an_administrator(database, number)
    person = browser()
    await person.sign_in("034001", PASSWORD)
    await person.get("/admin/")
    made = await person.post("/admin/new-account", number="034300", name="民警", unit=CITY)
    [address] = re.findall(r"/session/first-password[^<]*", made.text)
    path, _, code = address.partition("#")
    assert path == "/session/first-password"
    page = (await browser().get(f"{path}?link={code}")).text
    assert code not in page
    assert '<label for="link">一次性代码' in page
    assert "<script>" not in page
    pasted = {"link": f" {code}\n", "password": PASSWORD, "again": PASSWORD}
    assert (await browser().post(path, **pasted)).status_code == 303


async def test_a_browser_puts_the_code_into_the_form_and_out_of_the_address(client, database):
    async with database.transaction() as tx:
        code = await make_first_administrator(tx, police_number="034001", name="管理员", unit=CITY)
    asked = []

    async def served(route):
        """What the browser asks for goes to the application, without a socket."""
        asked.append((route.request.url, await route.request.all_headers()))
        got = await client.request(
            route.request.method,
            route.request.url.removeprefix("http://front"),
            content=route.request.post_data_buffer,
            headers={"content-type": "application/x-www-form-urlencoded"},
        )
        await route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.content)

    async with a_chromium() as chromium:
        page = await chromium.new_page()
        await page.route("**/*", served)
        for address in (address_of_link("an-earlier-one"), address_of_link(code)):
            await page.goto(f"http://front{address}")  # the second one while the page is open
        assert await page.input_value("#link") == code
        assert page.url == "http://front/session/first-password"
        assert asked
        assert code not in str(asked)
        await page.fill("#password", PASSWORD)
        await page.fill("#again", PASSWORD)
        await page.get_by_role("button", name="设置密码").click()
        await page.get_by_text("密码已设置，请登录").wait_for()
    assert code not in str(asked)


async def test_the_third_administrator_is_not_made_at_the_keyboard(database):
    await an_administrator(database, "034001")
    await an_administrator(database, "034002")
    with pytest.raises(Conflict, match="已有两名"):
        await an_administrator(database, "034003")


async def test_an_account_needs_a_number_and_a_unit_that_can_be(database):
    with pytest.raises(InvalidInput, match="警号应为 6 位"):
        await an_administrator(database, "12")


async def test_a_try_with_a_number_that_has_no_account_stands_in_the_audit_what_else_is_typed_not(
    browser, database
):
    for typed in ("034999", "a password, typed into the wrong field", "03499", "０３４９９９"):
        assert (await browser().sign_in(typed, PASSWORD)).status_code == 401
    rows = await database.all("SELECT officer, act, outcome, reason FROM audit")
    assert [tuple(row) for row in rows] == [("034999", "gateway.sign_in", "refused", "unknown")]


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
    for said in ("登录", "被拒绝", "密码不正确", "管理本人账号", "生成的链接设置密码"):
        assert said in own
    assert "link made" not in own
    assert "wrong-password" not in own
