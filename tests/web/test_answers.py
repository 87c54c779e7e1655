"""What every web process answers: errors in Chinese, headers, health, static files."""

import json
import re

import pytest
from fastapi import APIRouter

from mingjing_shared.errors import NotAllowed, TooMuch
from mingjing_shared.web.application import new_app
from mingjing_shared.web.shell import Shell
from support.web import browsing

SECRET = "欧阳查无此人"


class Answering:
    """A database that answers."""

    broken: Exception | None = None

    async def all(self, _statement):
        if self.broken:
            raise self.broken
        return [(1,)]

    async def close(self):
        self.closed = True


@pytest.fixture
def database():
    return Answering()


@pytest.fixture
async def browse(database):
    app = new_app(Shell("review", "mingjing_shared.web"), database, title="测试")
    router = APIRouter()

    @router.get("/review/api/broken")
    @router.get("/review/broken")
    async def broken():
        raise RuntimeError(f"secret {SECRET}")

    @router.get("/review/api/away")
    async def away():
        raise ConnectionRefusedError(SECRET)

    @router.get("/review/api/refused")
    async def refused():
        raise NotAllowed("没有这项权限。", "请联系管理员。", act="approve")

    @router.get("/review/api/slow-down")
    async def slow_down():
        raise TooMuch("太多了。", "稍后再试。", retry_after_seconds=7)

    @router.get("/review/api/count/{number}")
    async def count(number: int):
        return number

    app.include_router(router)
    async with browsing(app) as client:
        yield client


async def test_an_unknown_address_is_a_chinese_page_with_the_request_id(browse):
    answer = await browse.get(f"/review/{SECRET}")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert SECRET not in answer.text


@pytest.mark.parametrize("path", ["/review/api/nothing", "/intake/nothing", "/api/nothing"])
async def test_an_unknown_address_of_an_api_is_a_problem_document(browse, path):
    answer = await browse.get(path)
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    body = answer.json()
    assert (body["status"], body["type"]) == (404, "urn:mingjing:problem:not-found")
    assert body["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"


async def test_a_wrong_method_is_refused_and_the_right_one_named(browse):
    answer = await browse.post("/review/api/refused")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.json()["title"] == "不支持的操作"


@pytest.mark.parametrize("path", ["/review/broken", "/review/api/broken"])
async def test_our_own_failure_shows_no_trace_of_what_failed(browse, path, capsys):
    answer = await browse.get(path)
    assert answer.status_code == 500
    assert "系统内部出错" in answer.text
    said = answer.text + capsys.readouterr().out
    assert SECRET not in said
    assert "Traceback" not in said
    assert "RuntimeError" not in answer.text


async def test_while_the_database_is_away_the_asker_is_told_when_to_come_back(browse):
    answer = await browse.get("/review/api/away")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


async def test_a_refusal_says_the_rule_the_way_out_and_its_details(browse):
    answer = await browse.get("/review/api/refused")
    body = answer.json()
    assert answer.status_code == 403
    assert body["detail"] == "没有这项权限。请联系管理员。"
    assert body["act"] == "approve"


async def test_a_refusal_for_a_while_carries_retry_after(browse):
    assert (await browse.get("/review/api/slow-down")).headers["retry-after"] == "7"


async def test_a_parameter_of_the_wrong_form_is_named_and_not_repeated(browse):
    answer = await browse.get(f"/review/api/count/{SECRET}")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"path": "number", "message": "应为整数。", "rule": "int_parsing"}
    ]
    assert SECRET not in json.dumps(answer.json(), ensure_ascii=False)


@pytest.mark.parametrize("path", ["/review/nothing", "/review/api/refused", "/healthz"])
async def test_every_answer_carries_the_headers(browse, path):
    headers = (await browse.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"


async def test_a_page_asks_for_nothing_from_outside_and_holds_no_inline_style_or_script(browse):
    text = (await browse.get("/review/nothing")).text
    assert not re.findall(r"""(?:href|src|action)=["'](?:https?:)?//""", text)
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=", text)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", text)


async def test_static_files_may_be_kept_for_ever_under_the_name_of_their_content(browse):
    page = (await browse.get("/review/nothing")).text
    address = re.search(r'href="(/review/static/mingjing\.css\?v=[0-9a-f]+)"', page)[1]
    answer = await browse.get(address)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    again = await browse.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_static_file_under_another_name_must_be_asked_for_again(browse):
    answer = await browse.get("/review/static/mingjing.css?v=000000000000")
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["nothing.css", "..%2fshell.py", "%2e%2e%2fshell.py"])
async def test_nothing_but_static_files_is_served_as_one(browse, name):
    assert (await browse.get(f"/review/static/{name}")).status_code == 404


async def test_a_process_is_ready_only_while_its_database_answers(browse, database):
    assert (await browse.get("/readyz")).json() == {"ready": True, "reason": None}
    database.broken = OSError("refused")
    answer = await browse.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reason": "数据库不可用（OSError）。"}
    assert (await browse.get("/healthz")).text == "ok"


async def test_a_further_check_says_why_the_process_is_not_ready(database):
    async def broker():
        return "消息系统不可用。"

    shell = Shell("gateway", "mingjing_shared.web")
    async with browsing(new_app(shell, database, title="测试", checks=[broker])) as client:
        assert (await client.get("/readyz")).json()["reason"] == "消息系统不可用。"


async def test_figures_and_log_name_routes_not_addresses(browse, capsys):
    await browse.get("/review/api/count/471147114711")
    metrics = (await browse.get("/metrics")).text
    assert 'http_route="/review/api/count/{number}"' in metrics
    assert "471147114711" not in metrics
    log = capsys.readouterr().out
    assert "/review/api/count/{number}" in log
    assert "471147114711" not in log


async def test_an_unknown_address_leaves_no_trace_of_itself(browse, capsys):
    await browse.get("/review/%E6%AC%A7%E9%98%B3?name=secret")
    assert not [word for word in ("欧阳", "%E6", "secret") if word in capsys.readouterr().out]


async def test_an_application_closes_its_database_after_its_own_life(database):
    lived = []

    class Life:
        async def __aenter__(self):
            lived.append("up")

        async def __aexit__(self, *_):
            lived.append(hasattr(database, "closed"))

    app = new_app(
        Shell("review", "mingjing_shared.web"), database, title="测试", lifespan=lambda _: Life()
    )
    async with app.router.lifespan_context(app):
        pass
    assert lived == ["up", False]
    assert database.closed
