"""`mingjing letters` at the keyboard: one record, in every service that holds it."""

import asyncio
import json

import orjson
import pytest
from click.testing import CliRunner

from mingjing_disclosure.handlers import HANDLERS as DISCLOSURE
from mingjing_review.handlers import HANDLERS as REVIEW
from mingjing_shared.events import example
from mingjing_shared.events.casework import CaseAccepted, DecisionMade
from mingjing_shared.messaging.command import letters
from mingjing_shared.messaging.envelope import to_headers
from support.events import received
from support.letters import a_record, saying, settled
from support.running import register

BOTH = ("--service", "disclosure", "--service", "review")
SIGNED = ("--by", "034211", "--why", "核对后处理")
PLACE = "inbound.casework/0/7"
NAME = "王小明"
GOOD = {
    **example(DecisionMade, case_number="甲1", decision_id="D1", made_on="2026-09-18"),
    "parties": [{"kind": "person", "name": NAME, "resident_id": "11010519491231002X"}],
}
ABOUT = {
    "specversion": "1.0",
    "id": "d1",
    "source": "/huainan/casework",
    "type": DecisionMade.type,
    "time": "2026-09-18T09:30:00+08:00",
}


@pytest.fixture
async def mingjing(world, monkeypatch):
    """Runs the command as on a platform that is up: its variables are lent per service."""
    monkeypatch.delenv("MINGJING_DATABASE_PASSWORD_FILE", raising=False)
    known = {name: await world.settings(name) for name in ("disclosure", "review")}
    for name in known:
        await register(world, name, "casework")

    def lend(service):
        values = known[service].model_dump().items()
        return {f"MINGJING_{name.upper()}": str(value) for name, value in values}

    async def run(*arguments):
        return await asyncio.to_thread(CliRunner().invoke, letters, arguments, obj=lend)

    return run


@pytest.fixture
async def databases(world):
    return {
        "disclosure": (await world.database("disclosure"), DISCLOSURE),
        "review": (await world.database("review"), REVIEW),
    }


@pytest.fixture
async def held_by_both(mingjing, databases):
    """One record with data against the schema, put aside by two services."""
    case = received(CaseAccepted, case_number="甲1", kind="traffic")
    bad = orjson.dumps({**GOOD, "made_on": "昨天"})
    for database, handlers in databases.values():
        await settled(database, handlers, saying(case, offset=1))
        await settled(database, handlers, a_record(bad, to_headers(ABOUT), offset=7))
    return databases


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("replay", PLACE, *BOTH), "须写明经办人"),
        (("replay", PLACE, *BOTH, "--by", "034211"), "须写明理由"),
        (("replay", *BOTH, *SIGNED), "--stack"),
        (("discard", *BOTH, *SIGNED), "写明死信的位置"),
        (("discard", "casework", *BOTH, *SIGNED), "主题/分区/偏移量"),
        (("show", PLACE, *BOTH, "--open"), "须写明经办人"),
        (("show", PLACE, *BOTH), f"没有服务持有 {PLACE} 的死信"),
        (("discard", PLACE, *BOTH, *SIGNED), f"没有服务持有 {PLACE} 的死信"),
    ],
)
async def test_what_cannot_be_done_is_said_in_chinese(mingjing, arguments, says):
    result = await mingjing(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output


async def test_what_lies_there_is_listed_without_its_content(mingjing, held_by_both):
    result = await mingjing("list", *BOTH)
    assert result.exit_code == 0
    assert result.stdout.count(PLACE) == 2
    assert "不符合事件约定" in result.stdout
    assert result.stdout.endswith("共 2 封（disclosure 1、review 1），出自 1 条记录。\n")
    listed = json.loads((await mingjing("list", *BOTH, "--json")).stdout)
    assert [(row["service"], row["place"]) for row in listed] == [
        ("disclosure", PLACE),
        ("review", PLACE),
    ]
    assert NAME not in result.stdout + json.dumps(listed, ensure_ascii=False)


async def test_the_content_is_shown_only_when_opened_with_name_and_reason(mingjing, held_by_both):
    closed = await mingjing("show", PLACE, "--service", "review")
    assert NAME not in closed.stdout
    opened = await mingjing("show", PLACE, "--service", "review", "--open", *SIGNED)
    assert NAME in opened.stdout
    assert "ce_id: d1" in opened.stdout
    database, _handlers = held_by_both["review"]
    assert len(await database.all("SELECT 1 FROM letter_views")) == 1


async def test_one_mend_acts_in_every_service_that_holds_the_record(
    mingjing, held_by_both, tmp_path
):
    file = tmp_path / "mended.json"
    file.write_bytes(orjson.dumps({**GOOD, "unit": "3404"}))
    refused = await mingjing("mend", PLACE, str(file), *BOTH, *SIGNED)
    assert refused.exit_code == 2
    assert refused.stderr.count("unit：") == 2
    file.write_bytes(orjson.dumps(GOOD))
    result = await mingjing("mend", PLACE, str(file), *BOTH, *SIGNED)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"disclosure：{PLACE} 已按修补后的内容处理。",
        f"review：{PLACE} 已按修补后的内容处理。",
    ]
    for database, _handlers in held_by_both.values():
        assert len(await database.all("SELECT 1 FROM decision_facts")) == 1
    again = await mingjing("mend", PLACE, str(file), *BOTH, *SIGNED)
    assert again.exit_code == 2
    assert again.stderr.count("已重放") == 2


async def test_what_one_service_cannot_do_does_not_undo_what_another_did(mingjing, held_by_both):
    first = await mingjing("discard", PLACE, "--service", "review", *SIGNED)
    assert first.exit_code == 0
    both = await mingjing("discard", PLACE, *BOTH, *SIGNED)
    assert both.exit_code == 2
    assert both.stdout == f"disclosure：{PLACE} 已丢弃。\n"
    assert both.stderr.startswith("review：")


async def test_all_letters_of_one_failure_are_replayed_after_its_repair(mingjing, databases):
    async def fails(_received, _tx):
        raise ValueError("planted fault")

    database, handlers = databases["disclosure"]
    cases = [received(CaseAccepted, case_number=f"乙{n}", kind="traffic") for n in range(3)]
    for offset, case in enumerate(cases):
        await settled(database, {**handlers, CaseAccepted: fails}, saying(case, offset=offset))
    [row] = await database.all("SELECT DISTINCT stack_digest FROM dead_letters")
    result = await mingjing("replay", "--stack", row.stack_digest, *BOTH, *SIGNED)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("已重放") == 3
    assert len(await database.all("SELECT 1 FROM case_facts")) == 3


async def test_with_another_key_ring_nothing_is_opened(world, mingjing, held_by_both, tmp_path):
    ring = tmp_path / "ring.json"
    ring.write_text(json.dumps({"current": "k1", "keys": {"k1": "A" * 43 + "="}}))
    other = (await world.settings("review")).model_copy(update={"key_ring_file": ring})

    def lend(_service):
        return {f"MINGJING_{k.upper()}": str(v) for k, v in other.model_dump().items()}

    await mingjing("list", "--service", "review")  # the proof of the right keys is kept
    arguments = ["show", PLACE, "--service", "review", "--open", *SIGNED]
    result = await asyncio.to_thread(CliRunner().invoke, letters, arguments, obj=lend)
    assert result.exit_code == 2
    assert "密钥环打不开本库的数据" in result.stderr
