"""Nobody comes in without a token, whatever the address; a refusal and a look are noted."""

from datetime import timedelta

import jwt
import pytest
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse

from mingjing_shared.audit.note import Subject, own_entries
from mingjing_shared.audit.purpose import CASE_HANDLING
from mingjing_shared.clock import machine_now
from mingjing_shared.directory.noting import note_officers
from mingjing_shared.errors import Conflict
from mingjing_shared.events.directory import OfficerDescribed
from mingjing_shared.web.application import Access, new_app
from mingjing_shared.web.desk import at_desk
from mingjing_shared.web.forms import read_form
from mingjing_shared.web.permissions import About
from mingjing_shared.web.shell import Shell
from mingjing_shared.web.signed_in import Openings
from mingjing_shared.web.token import HEADER, BadToken, TokenReader
from support.events import received
from support.officers import CSRF, MAKER, STATION, TOKEN_KEY, an_officer, calling, signed_in
from support.web import browsing

HANDLER = an_officer("case_handler")


@pytest.fixture
async def database(world):
    return await world.database("review")


@pytest.fixture
async def browse(database):
    shell = Shell("review", "mingjing_review")
    tokens = TokenReader(TOKEN_KEY.public_key())
    openings = Openings(to_all=("/review/open",), to_callers=("/review/api/gate",))
    app = new_app(shell, database, title="测试", access=Access(database, tokens, openings))
    router = APIRouter()

    @router.get("/review/open")
    @router.get("/review/closed")
    @router.get("/review/api/closed")
    @router.post("/review/api/gate")
    async def say(request: Request):
        who = request.state.who
        return PlainTextResponse(getattr(who, "number", None) or getattr(who, "name", "nobody"))

    @router.post("/review/act")
    async def act(request: Request):
        form = await read_form(request)
        async with at_desk(request, database) as desk:
            handlers = frozenset(form.values.get("handlers", "").split())
            subject = Subject("decision", "D1", "淮公（交）2026-1")
            await desk.permit("review.submit", subject, About(STATION, handlers))
            if form.values.get("fault"):
                raise Conflict("与现有内容不符。", "请刷新。")
        return PlainTextResponse("done")

    @router.get("/review/look")
    async def look(request: Request):
        async with at_desk(request, database) as desk:
            about = About(STATION, frozenset({HANDLER.number}))
            await desk.saw("review.see", Subject("decision", "D1"), about, CASE_HANDLING)
        return PlainTextResponse("seen")

    app.include_router(router)
    async with browsing(app) as client:
        yield client


async def audit(database):
    rows = await database.all("SELECT act, outcome, reason, role FROM audit ORDER BY number")
    return [tuple(row) for row in rows]


async def test_without_a_token_a_page_leads_to_the_sign_in_and_back(browse):
    answer = await browse.get("/review/closed?state=due&after=1")
    assert answer.status_code == 303
    wanted = "/session/sign-in?next=/review/closed%3Fstate%3Ddue%26after%3D1"
    assert answer.headers["location"] == wanted


async def test_without_a_token_a_machine_and_a_form_are_told(browse):
    answer = await browse.get("/review/api/closed")
    assert (answer.status_code, answer.json()["type"][-13:]) == (401, "not-signed-in")
    assert (await browse.post("/review/act")).status_code == 401
    assert (await browse.get("/review/nothing-here")).status_code == 303


async def test_what_is_open_to_all_needs_no_token_and_knows_who_has_one(browse):
    assert (await browse.get("/review/open")).text == "nobody"
    assert (await browse.get("/review/open", headers=signed_in(HANDLER))).text == HANDLER.number


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x.y.z",
        jwt.encode({"sub": "034211"}, "another key that is long enough for it", "HS256"),
        MAKER.for_officer(HANDLER)[:-3] + "abc",
        jwt.encode(
            {"iss": "/mingjing/gateway", "iat": 0, "exp": machine_now() - timedelta(seconds=1)},
            TOKEN_KEY,
            "EdDSA",
        ),
        jwt.encode({"iss": "/mingjing/review", "iat": 0, "exp": 2**33}, TOKEN_KEY, "EdDSA"),
    ],
)
async def test_a_token_that_is_foreign_changed_or_over_opens_nothing(browse, token):
    answer = await browse.get("/review/api/closed", headers={HEADER: token})
    assert answer.status_code == 401
    with pytest.raises(BadToken):
        TokenReader(TOKEN_KEY.public_key()).read(token)


async def test_a_token_of_a_session_that_was_ended_everywhere_is_void(browse, database):
    said = received(
        OfficerDescribed,
        police_number=HANDLER.number,
        versions=[],
        session_epoch=1,
        about={"source": "/mingjing/gateway"},
    )
    async with database.transaction() as tx:
        await note_officers([said], tx)
    answer = await browse.get("/review/api/closed", headers=signed_in(HANDLER))
    assert (answer.status_code, "退出全部会话" in answer.json()["detail"]) == (401, True)


async def test_a_publishers_system_comes_to_the_gate_and_nowhere_else(browse):
    assert (await browse.get("/review/api/closed", headers=calling())).status_code == 403
    assert (await browse.get("/review/closed", headers=calling())).status_code == 403
    assert (await browse.post("/review/api/gate", headers=calling())).text == "casework"


async def test_a_change_asked_for_by_another_sites_page_is_refused(browse):
    form = {"csrf": CSRF, "handlers": HANDLER.number}
    for foreign in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        headers = {**signed_in(HANDLER), **foreign}
        answer = await browse.post("/review/act", headers=headers, data=form)
        assert (answer.status_code, "其他网站" in answer.text) == (403, True)
    headers = {**signed_in(HANDLER), "origin": "http://front", "sec-fetch-site": "same-origin"}
    assert (await browse.post("/review/act", headers=headers, data=form)).status_code == 200


async def test_a_form_without_the_sessions_mark_changes_nothing(browse, database):
    form = {"handlers": HANDLER.number}
    answer = await browse.post("/review/act", headers=signed_in(HANDLER), data=form)
    assert (answer.status_code, "不属于当前会话" in answer.text) == (403, True)
    assert await audit(database) == [("web.request", "refused", "not-allowed", None)]


async def test_an_act_a_refusal_and_a_look_stand_in_the_audit(browse, database):
    headers = signed_in(HANDLER)
    for form in (
        {"handlers": "034999"},
        {"handlers": HANDLER.number, "fault": "1"},
        {"handlers": HANDLER.number},
    ):
        await browse.post("/review/act", headers=headers, data={"csrf": CSRF, **form})
    await browse.get("/review/look", headers=headers)
    assert await audit(database) == [
        ("review.submit", "refused", "not-allowed", None),
        ("review.submit", "refused", "conflict", "case_handler"),
        ("review.submit", "done", None, "case_handler"),
        ("review.see", "seen", CASE_HANDLING, "case_handler"),
    ]
    rows = await own_entries(database, HANDLER.number)
    assert [row.outcome for row in rows] == ["seen", "done", "refused", "refused"]
    assert rows[1].case_ref.startswith("c_")
    assert await own_entries(database, "034999") == []


@pytest.mark.parametrize("service", ["gateway", "disclosure", "recording", "review", "tasks"])
@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET act = 'x'", "DELETE FROM audit", "TRUNCATE audit"]
)
async def test_the_audit_of_a_service_is_only_added_to(world, service, statement):
    database = await world.database(service)
    with pytest.raises(Exception, match="permission denied"):
        async with database.transaction() as tx:
            await tx.execute(statement)
