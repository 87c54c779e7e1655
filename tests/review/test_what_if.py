"""What another law or another catalogue would have said of past proposals; nothing is written."""

import asyncio
import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mingjing_review.acts.what_if import ask
from mingjing_review.command import what_if
from mingjing_review.rules.item import Item
from mingjing_review.rules.what_if import Past, Summary, World, compare
from mingjing_review.rules.what_if_change import changed_world
from mingjing_review.store import what_if as store
from mingjing_shared.events.values import Outcome
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.command import law
from mingjing_shared.law.errors import BadLawFile
from mingjing_shared.web.reach import Reach
from support.cataloguing import Catalogues, the_county_head, the_drafter
from support.officers import CITY, COUNTY, STATION
from support.review import FINE_IN_CATALOGUE, a_case, a_proposal
from support.reviewing import a_reviewer_elsewhere, the_directory, the_handler

CALENDAR = published_calendar()
ALL = Reach(everything=True)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
HEARING = """
prefix = "hearing.fine"
["public_security.person"]
title = "治安案件个人罚款听证数额"
unit = "yuan"
[["public_security.person".version]]
valid_from = 2018-12-05
at_least = "3000"
source = "假设的修订"
confidence = "assumed"
["public_security.organisation"]
title = "治安案件单位罚款听证数额"
unit = "yuan"
[["public_security.organisation".version]]
valid_from = 2018-12-05
at_least = "10000"
source = "公安机关办理行政案件程序规定§123"
confidence = "verified"
["other.person"]
title = "其他案件个人罚款听证数额"
unit = "yuan"
[["other.person".version]]
valid_from = 2018-12-05
at_least = "2000"
source = "参照公安机关办理行政案件程序规定§123"
confidence = "assumed"
["other.organisation"]
title = "其他案件单位罚款听证数额"
unit = "yuan"
[["other.organisation".version]]
valid_from = 2018-12-05
at_least = "10000"
source = "参照公安机关办理行政案件程序规定§123"
confidence = "assumed"
"""
PERIODS = """
prefix = ""
["review.opinion"]
title = "重大执法决定法制审核"
unit = "working_day"
start_event = "review.submitted"
[["review.opinion".version]]
valid_from = 2018-12-05
count = 3
source = "假设的省级规定"
confidence = "assumed"
"""
DRAFT = {
    "unit": COUNTY,
    "items": [
        {"code": "seized", "title": "没收", "source": "本局规定", "confiscated": "1000"},
    ],
}


def past(decision_id="D1", on=date(2026, 9, 18), **changes):
    given = {
        "decision_id": decision_id,
        "case_number": "田公（网）2026-01183",
        "unit": STATION,
        "on": on,
        "kind": "penalty",
        "case_kind": "public_security",
        "party_kinds": frozenset({"person"}),
        "outcome": Outcome(kinds=("fine",), fine="3000"),
        "flags": frozenset(),
        "counted_from": on,
    }
    return Past(**{**given, **changes})


def effects(pasts, name, text):
    summary = Summary()
    now = World()
    return compare(pasts, now, changed_world(name, text, now), CALENDAR, summary), summary


def test_another_threshold_brings_fines_into_review_and_moves_hearings():
    fines = [
        past(f"D{amount}", outcome=Outcome(kinds=("fine",), fine=amount))
        for amount in ("2999.99", "3000", "3000.01", "4000")
    ]
    found, summary = effects(fines, "hearing.toml", HEARING)
    assert [(one.past.decision_id, one.kinds) for one in found] == [
        ("D2999.99", ("other_threshold",)),
        ("D3000", ("newly", "other_threshold")),
        ("D3000.01", ("newly", "other_threshold")),
        ("D4000", ("other_threshold",)),
    ]
    assert (found[1].before.threshold, found[1].after.threshold) == ("4000", "3000")
    assert (found[1].before.hearing, found[1].after.hearing) == (False, True)
    assert (summary.looked_at, summary.by_kind["newly"]) == (4, 2)
    assert (summary.now["罚款达到听证数额"], summary.then["罚款达到听证数额"]) == (1, 3)


def test_another_period_moves_last_days_of_what_is_reviewed():
    required = past(outcome=Outcome(kinds=("fine",), fine="4000"))
    found, _ = effects([required, past("D2")], "periods.toml", PERIODS)
    (one,) = found
    assert one.kinds == ("other_day",)
    assert (one.before.due_on, one.after.due_on) == (date(2026, 9, 24), date(2026, 9, 22))


def test_a_draft_is_of_its_unit():
    seized = {"outcome": Outcome(kinds=("confiscation_of_goods",), confiscated="1000")}
    mine, other = past(unit=COUNTY, **seized), past("D2", unit=CITY, **seized)
    found, _ = effects([mine, other], "draft.json", json.dumps(DRAFT))
    assert [(one.past.decision_id, one.kinds) for one in found] == [("D1", ("newly",))]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("hearing.toml", "[a", "不能读取"),
        ("draft.json", "[1]", "应为一个对象"),
        ("draft.json", '{"unit": "1", "items": [{}]}', "不是可用的目录草案"),
        ("unknown.toml", "a = 1", "不是审核所用的规则文件"),
        ("hearing.toml", HEARING[: HEARING.index('["other.person"]')], "缺少 other.organisation"),
        ("periods.toml", 'prefix = ""', "缺少 review.opinion"),
    ],
)
def test_what_is_no_change_is_refused_in_words(name, text, said):
    with pytest.raises(BadLawFile, match=said):
        changed_world(name, text, World())


@given(st.lists(st.sampled_from(["0", "2999.99", "3000", "4000"]), max_size=6))
def test_without_a_change_nothing_differs(amounts):
    fines = [past(outcome=Outcome(kinds=("fine",), fine=amount)) for amount in amounts]
    summary = Summary()
    assert compare(fines, World(), World(), CALENDAR, summary) == []
    assert summary.looked_at == len(amounts)
    assert summary.now == summary.then


@pytest.fixture
async def proposed(bench):
    """Five texts of the station and of its county, one of them in the first catalogue."""
    seized = {"kinds": ["confiscation_of_goods"], "confiscated": "6000"}
    texts = [
        a_proposal(decision_id="D1", unit=STATION, outcome=seized),
        a_proposal(decision_id="D2", unit=COUNTY, outcome={**seized, "confiscated": "5000"}),
        a_proposal(decision_id="D3", unit=COUNTY, outcome={**seized, "confiscated": "4999.99"}),
        a_proposal(decision_id="D4", unit=CITY, outcome=seized),
        a_proposal(decision_id="D5", unit=STATION, outcome=FINE_IN_CATALOGUE),
    ]
    await bench.review.apply(*the_directory(), a_case(), *texts)
    return bench


async def answer(bench, change, period=YEAR, reach=ALL):
    return await ask(bench.review.database, change, period, reach)


def drafted(now):
    item = Item(code="seized", title="没收", source="本局规定", confiscated="5000")
    return now.with_catalogue(COUNTY, [item], date.min)


async def test_the_same_question_has_the_same_answer_in_chunks_of_any_size(proposed, monkeypatch):
    whole = await answer(proposed, drafted)
    assert [(one.past.decision_id, one.kinds) for one in whole.effects] == [
        ("D1", ("newly",)),
        ("D2", ("newly",)),
        ("D5", ("no_longer",)),
    ]
    monkeypatch.setattr(store, "CHUNK", 2)
    assert (await answer(proposed, drafted)).as_json() == whole.as_json()


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ((date(2026, 9, 17), date(2026, 9, 17)), 0),
        ((date(2026, 9, 18), date(2026, 9, 18)), 3),
        ((date(2026, 9, 19), date(2026, 9, 30)), 0),
    ],
)
async def test_a_what_if_is_of_the_days_that_are_asked_about(proposed, period, found):
    assert len((await answer(proposed, drafted, period)).effects) == found


async def test_it_shows_what_is_within_reach_and_writes_nothing(proposed):
    before = await proposed.review.database.all("SELECT * FROM reviews ORDER BY decision_id")
    only = await answer(proposed, drafted, reach=Reach(units=(STATION,)))
    assert [one.past.decision_id for one in only.effects] == ["D1", "D5"]
    after = await proposed.review.database.all("SELECT * FROM reviews ORDER BY decision_id")
    assert before == after


async def test_the_page_lists_what_a_draft_would_change_before_it_is_approved(proposed):
    catalogue = Catalogues(proposed)
    await catalogue.to("guided")
    page = await proposed.get(the_county_head, f"{catalogue.base}/what-if")
    assert page.status_code == 200
    assert page.text.count("将须审核</td>") == 2
    assert '<td>较大数额没收</td><td class="num">0</td><td class="num">2</td>' in page.text
    assert "审批同意" in page.text
    drafter = await proposed.get(the_drafter, f"{catalogue.base}/what-if")
    assert "审批同意" not in drafter.text
    for stranger in (a_reviewer_elsewhere, the_handler):
        refused = await proposed.get(stranger, f"{catalogue.base}/what-if")
        assert refused.status_code == 403


async def test_what_was_shown_is_kept_with_the_approval(proposed):
    catalogue = Catalogues(proposed)
    await catalogue.to("guided")
    shown = await catalogue.shown(the_county_head)
    assert (await catalogue.approve()).status_code == 303
    rows = await proposed.review.database.all(
        "SELECT codes FROM catalogue_steps WHERE kind = 'approved'"
    )
    assert rows[0].codes == shown


@pytest.mark.parametrize(
    "query", [{"since": "gestern"}, {"since": "2026-09-02", "until": "2026-09-01"}, {"after": "x"}]
)
async def test_a_period_that_is_none_is_refused_in_words(proposed, query):
    catalogue = Catalogues(proposed)
    await catalogue.to("drafted")
    refused = await proposed.get(the_drafter, f"{catalogue.base}/what-if", **query)
    assert refused.status_code == 400


async def test_the_list_has_fifty_rows_a_page(bench):
    texts = [
        a_proposal(
            decision_id=f"D{number:03}",
            unit=COUNTY,
            outcome={"kinds": ["confiscation_of_goods"], "confiscated": "9000"},
        )
        for number in range(60)
    ]
    await bench.review.apply(*the_directory(), a_case(), *texts)
    catalogue = Catalogues(bench)
    await catalogue.to("guided")
    first = await bench.get(the_county_head, f"{catalogue.base}/what-if")
    assert first.text.count("将须审核</td>") == 50
    mark = first.text.split("after=", 1)[1].split('"', 1)[0]
    second = await bench.get(the_county_head, f"{catalogue.base}/what-if", after=mark)
    assert second.text.count("将须审核</td>") == 10
    assert "没有更多了" in second.text


@pytest.fixture
def command(review_world, proposed, tmp_path):
    async def run(name, text, *arguments):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        told = review_world.environment("review", 0)
        runner = CliRunner(env={name: str(value) for name, value in told.items()})
        words = ["--change", str(file), *arguments]
        return await asyncio.to_thread(runner.invoke, what_if, words)

    return run


async def test_the_command_lists_what_would_differ_and_sums_it_up(command):
    period = ("--since", "2026-09-01", "--until", "2026-09-30")
    done = await command("hearing.toml", HEARING.replace('"3000"', '"5000"'), *period)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert "D5 2026-09-18 不再须审核、听证数额不同" in lines[0]
    assert lines[-1] == (
        "2026-09-01 至 2026-09-30：共 5 个拟作决定，1 个会不同（不再须审核 1，听证数额不同 1）。"
    )


async def test_the_command_gives_the_whole_answer_as_json_and_the_same_twice(command):
    words = ("draft.json", json.dumps(DRAFT), "--since", "2026-09-01", "--until", "2026-09-30")
    first, second = await command(*words, "--json"), await command(*words, "--json")
    told = json.loads(first.stdout)
    assert told == json.loads(second.stdout)
    assert (told["since"], told["until"]) == ("2026-09-01", "2026-09-30")
    assert [one["decision_id"] for one in told["decisions"]] == ["D1", "D2", "D3", "D5"]
    assert told["summary"]["by_kind"]["newly"] == 3
    assert told["summary"]["by_item"]["没收"] == [0, 3]


async def test_the_command_refuses_what_is_no_change_in_one_sentence(command):
    done = await command("simple.toml", "a = 1", "--since", "2026-09-01")
    assert done.exit_code == 2
    assert "不是审核所用的规则文件" in done.output


def test_the_command_is_one_of_those_of_the_law():
    assert law.get_command(None, "what-if") is what_if
    assert "what-if" in law.list_commands(None)
