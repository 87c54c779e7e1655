"""实时态势: who may look on, what the page says when there is nothing to say, and what it shows."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import uvicorn
from tasks.given import NUMBER, a_decision

from mingjing_deploy.local.ports import free_port
from mingjing_shared.clock import machine_now
from mingjing_shared.directory.tree import Unit, UnitTree
from mingjing_shared.web.officer import ROLES
from mingjing_shared.web.reach import Reach
from mingjing_tasks.app import build
from mingjing_tasks.pages.live_figures import curve, picture_of
from mingjing_tasks.rules.live import Arrival, What
from mingjing_tasks.settings import TasksSettings
from mingjing_tasks.stream.face import face
from mingjing_tasks.stream.places import Places
from mingjing_tasks.stream.watch import Watch
from support.events import record_of
from support.officers import CITY, COUNTY, ELSEWHERE, STATION, an_officer, calling, signed_in
from support.running import register, until
from support.web import browsing

PAGES = ("/tasks/live", "/tasks/live/stream")
ALLOWED = {"case_manager", "inspector", "bureau_leader", "operator"}
ACCEPTED = "cn.mingjing.case.accepted"


class Message:
    """A record as the stream gets it."""

    def __init__(self, item, offset, topic):
        self.topic, self.partition, self.offset = topic, 0, offset
        self.key, self.value, self.headers = record_of(item)
        self.timestamp = machine_now().timestamp()


@pytest.fixture
async def settings(world, directory):
    known = (await world.settings("tasks")).model_dump()
    return TasksSettings(**known, live_hours=3, live_stream_seconds=0.2)


@pytest.fixture
async def watch(world, tasks, settings):
    """What the process of live oversight holds: one decision of a registered publisher."""
    await register(world, "tasks", "casework")
    await register(world, "tasks", "quiet")
    found = Watch(settings, tasks, Places(0))
    await found.refresh()
    topic = f"{world.prefix}inbound.casework"
    found.places.assigned({(topic, 0): 0}, {(topic, 0): 1})
    await found.take([Message(a_decision(unit=STATION), 0, topic)])
    return found


async def _is_started(server):
    return server.started


@asynccontextmanager
async def served(watch):
    """The process's own port, as the web process asks it."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(face(watch), port=port, log_config=None, lifespan="off"))
    task = asyncio.create_task(server._serve())
    await until(lambda: _is_started(server))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def looking(settings, role, url="", unit=CITY):
    app = build(settings.model_copy(update={"live_url": url}))
    async with browsing(app) as client:
        if role:
            client.headers.update(signed_in(an_officer(role, unit=unit)))
        client.app = app
        yield client
    await app.state.database.close()


@pytest.mark.parametrize("address", PAGES)
async def test_nobody_looks_on_without_signing_in(settings, address):
    async with looking(settings, None) as client:
        assert (await client.get(address)).status_code == 303
        assert (await client.get(address, headers=calling())).status_code == 403


@pytest.mark.parametrize("role", ROLES)
async def test_only_those_who_oversee_or_run_the_platform_look_on(settings, role):
    async with looking(settings, role) as client:
        for address in PAGES:
            answer = await client.get(address)
            assert answer.status_code == (200 if role in ALLOWED else 403), (role, address)
            if role not in ALLOWED:
                assert "“查看实时态势”不在您的权限之内" in answer.text


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
async def test_the_page_says_that_the_process_does_not_answer(settings, url):
    async with looking(settings, "operator", url) as client:
        answer = await client.get("/tasks/live")
    assert answer.status_code == 200
    assert "实时进程没有应答" in answer.text
    assert "不受影响" in answer.text


async def test_the_page_says_how_far_the_process_has_read_again(settings, watch):
    watch.places.assigned({("more", 0): 0}, {**watch.places.ends, ("more", 0): 3})
    async with served(watch) as url, looking(settings, "operator", url) as client:
        text = (await client.get("/tasks/live")).text
    assert "正在重建" in text
    assert "已读 25%" in text


async def test_the_page_shows_counts_and_codes_and_no_case_and_nobody(settings, watch):
    await watch.judge()
    async with served(watch) as url, looking(settings, "inspector", url) as client:
        text = (await client.get("/tasks/live")).text
        narrow = (await client.get("/tasks/live?publisher=quiet")).text
        unknown = (await client.get("/tasks/live?publisher=nobody")).text
    for shown in (
        "实时</b>",
        "casework",
        "从未上报",
        "积累中",
        "作出决定",
        "大通派出所",
        "<b>1 / 2</b>",
    ):
        assert shown in text
    for hidden in (NUMBER, "D1", "034211"):
        assert hidden not in text.split('id="live"')[1]
    assert "只看 <b>quiet</b>" in narrow
    assert "作出决定" not in narrow
    assert "作出决定" in unknown


async def test_the_stream_tells_the_same_and_ends_so_that_rights_are_asked_anew(settings, watch):
    async with served(watch) as url, looking(settings, "operator", url) as client:
        answer = await client.get("/tasks/live/stream")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.startswith("retry: ")
    told = [line for line in answer.text.splitlines() if line.startswith("data: ")]
    assert any("casework" in line for line in told)


async def test_a_stream_ends_when_the_process_stops(settings):
    endless = settings.model_copy(update={"live_stream_seconds": 600.0})
    async with looking(endless, "operator") as client:
        client.app.state.stopping.set()
        answer = await asyncio.wait_for(client.get("/tasks/live/stream"), 20)
    assert answer.status_code == 200


TREE = UnitTree(
    {
        CITY: Unit(CITY, "市局", "city", None, None),
        COUNTY: Unit(COUNTY, "分局", "county", CITY, None),
        ELSEWHERE: Unit(ELSEWHERE, "另一分局", "county", CITY, None),
    }
)


def test_units_out_of_reach_are_not_named(watch):
    for number, unit in enumerate([COUNTY, ELSEWHERE, None]):
        what = What("casework", ACCEPTED, unit)
        watch.window.note(Arrival(machine_now().timestamp(), f"s#{number}", what))
    figures = watch.figures()
    whole = picture_of(figures, Reach(everything=True), TREE, None)["units"]
    assert {name for name, _ in whole} == {"分局", "另一分局", STATION, "未注明单位"}
    part = picture_of(figures, Reach(units=(COUNTY,)), TREE, None)["units"]
    assert dict(part) == {"分局": 1, "其他单位": 2, "未注明单位": 1}


def test_a_curve_has_a_column_for_each_minute_in_which_something_came():
    assert curve([0, 0]) == ""
    assert curve([1, 0, 100]).count("M") == 2
