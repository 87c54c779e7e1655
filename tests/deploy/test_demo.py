"""The made-up month: what it must hold, that a seed tells it, that nothing of it is real."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing_deploy.accounts import with_others
from mingjing_deploy.demo.acts import ACTS
from mingjing_deploy.demo.arrival import MORE_PUBLISHERS, add_accounts, read_accounts
from mingjing_deploy.demo.clock import LegalClock
from mingjing_deploy.demo.command import demo
from mingjing_deploy.demo.files import document, document_of
from mingjing_deploy.demo.forms import Page
from mingjing_deploy.demo.happenings import Damaged, Told
from mingjing_deploy.demo.names import credit_code, resident_id
from mingjing_deploy.demo.plots import DAYS, FIRST_OF_ALL, IN_A_DAY, PLOTS
from mingjing_deploy.demo.story import CASES, CASES_MIN, kinds_told, month, workday
from mingjing_deploy.demo.tally import Counted, refuse_poor, table
from mingjing_deploy.demo.units import UNITS, people
from mingjing_deploy.errors import DeployError, NotReady
from mingjing_deploy.home import Home
from mingjing_deploy.publisher import DEMO, types_of_group
from mingjing_shared.clock import SHANGHAI, machine_now
from mingjing_shared.events import event_class
from mingjing_shared.events.plausible import implausible
from mingjing_shared.events.problems import explain
from mingjing_shared.law.identity import is_resident_id, is_social_credit_code

FIRST = date(2026, 10, 22)
MONTH = month(1, 1, FIRST)
FAULTS = {
    "footage_late", "footage_never", "bypassed", "published_late", "publication_overdue",
    "casefile_overdue", "sealed", "minor", "classified", "withdrawn", "corrected_public",
    "contradicted", "review_overdue", "withdrawal_overdue", "document_missing",
}  # fmt: skip


def told(one):
    return [item for day in one.days for item in day.told if isinstance(item, Told)]


def acts(one):
    return [act for day in one.days for thread in day.threads for act in thread]


@pytest.mark.parametrize("count", [CASES_MIN - 1, 0, 1001])
def test_a_month_of_too_few_or_too_many_cases_is_refused(count):
    with pytest.raises(ValueError, match="a month has 12 to 1000"):
        month(1, 1, FIRST, count)


def test_a_month_has_sixty_cases_of_eight_kinds_in_ten_units():
    assert len(MONTH.cases) >= 60
    assert len(kinds_told(MONTH)) >= 8
    assert {case.unit.code for case in MONTH.cases} == {unit.code for unit in UNITS}
    assert len(UNITS) == 10


def test_every_way_a_case_may_go_is_gone_at_least_once():
    assert set(MONTH.plots) == set(PLOTS)
    assert set(PLOTS) >= FAULTS


def test_six_publishers_tell_and_some_of_them_write_what_nobody_can_take():
    assert len({item.publisher for item in told(MONTH)}) >= 6
    assert [item for day in MONTH.days for item in day.told if isinstance(item, Damaged)]
    foreign = [i for i in told(MONTH) if i.event["source"] != f"/huainan/{i.publisher}"]
    assert len(foreign) == 1


def test_a_publisher_falls_silent_before_the_month_is_over():
    last = max(day.number for day in MONTH.days for i in day.told if i.publisher == "property")
    assert last < DAYS / 2 + 2


@pytest.mark.parametrize("seed", [1, 7])
def test_the_same_seed_tells_the_same_month(seed):
    assert month(seed, 1, FIRST) == month(seed, 1, FIRST)


def test_another_seed_tells_another_month():
    assert told(month(1, 1, FIRST)) != told(month(2, 1, FIRST))


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(CASES_MIN, CASES), shift=st.integers(0, 400))
def test_every_month_can_be_told_at_the_door(seed, count, shift):
    first = FIRST + timedelta(days=shift)
    end = datetime.combine(first + timedelta(days=DAYS), datetime.min.time(), UTC)
    allowed = {wanted.name: set(wanted.types) for wanted in DEMO}
    allowed |= {name: set(types_of_group(group)) for name, group in MORE_PUBLISHERS.items()}
    for item in told(month(seed, 3, first, count)):
        event, damaged = item.event, str(item.event["data"].get("ended_on")) == "昨天"
        cls = event_class(event["type"])
        data = json.loads(json.dumps(event["data"]))
        assert event["type"] in allowed[item.publisher]
        assert bool(explain(cls, data)) == damaged, (event["type"], data)
        assert damaged or not implausible(cls, data, end), data


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 5))
def test_nothing_of_two_months_has_the_same_number(number, other, seed):
    one, two = month(seed, number, FIRST, 20), month(seed, other + 50, FIRST, 20)
    assert not {i.event["id"] for i in told(one)} & {i.event["id"] for i in told(two)}
    assert not {c.number for c in one.cases} & {c.number for c in two.cases}


def test_nothing_is_told_twice_within_a_month_and_nobody_is_real():
    ids = [(item.event["source"], item.event["id"]) for item in told(MONTH)]
    assert len(ids) == len(set(ids))
    numbers = {p.get("resident_id") for case in MONTH.cases for p in case.parties} - {None}
    assert all(number.startswith("340499") for number in numbers)  # a district that is nowhere


def test_events_of_a_day_are_told_in_the_order_in_which_they_happened():
    for day in MONTH.days:
        times = [item.event["time"] for item in day.told if isinstance(item, Told)]
        assert times == sorted(times)
        on = (FIRST + timedelta(days=day.number)).isoformat()
        late = [at for at in times if at[:10] > on]
        assert late == []


def test_every_act_is_one_that_somebody_can_do():
    numbers = {made.number for made in people()[2]} | {"034211", "034200"}
    for act in acts(MONTH):
        assert act.what in ACTS
        assert act.who in numbers or not act.who.isdecimal(), act.who


def test_a_small_month_has_what_every_list_needs_first():
    assert month(1, 1, FIRST, CASES_MIN).plots == FIRST_OF_ALL
    assert len(PLOTS) < CASES


def test_a_day_is_told_within_its_hours_and_each_case_in_order():
    began = datetime(2026, 11, 26, 9, tzinfo=SHANGHAI)
    threads = workday(1, 4, began, timedelta(minutes=60), 24)
    assert threads == workday(1, 4, began, timedelta(minutes=60), 24)
    assert {thread.plot for thread in threads} == set(IN_A_DAY)
    for thread in threads:
        moments = [when for when, _told, _acts in thread.steps]
        assert moments == sorted(moments)
        assert began <= moments[0]
        assert moments[-1] <= began + timedelta(minutes=60)
        for when, items, _acts in thread.steps:
            assert all(datetime.fromisoformat(i.event["time"]) <= when for i in items)


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2020, 12, 31)), st.integers(1, 999))
def test_a_made_up_number_has_the_check_digit_that_real_ones_have(born, sequence):
    assert is_resident_id(resident_id(born, sequence))
    assert is_social_credit_code(credit_code(f"91340499{sequence:09}"))


def test_a_form_is_sent_with_what_stands_in_it_and_what_was_typed():
    page = Page(
        '<nav class="mj-counts"><a href="/x"><b>1,200</b><span>已公示</span></a></nav>'
        '<div class="mj-refused"><b>没有完成：太长</b></div>'
        '<form action="/a/text"><input type="hidden" name="csrf" value="k"><textarea name="body">'
        '旧</textarea><input type="checkbox" name="no" value="1"><select name="why"><option '
        'value="a">甲</option><option value="b" selected>乙</option></select></form>'
    )
    form = page.form("/text")
    assert form.filled({"body": "新"}) == {"csrf": ["k"], "body": ["新"], "why": ["b"]}
    assert form.filled({"why": None})["body"] == ["旧"]
    assert page.refused == "没有完成：太长"
    assert page.tiles == {"已公示": 1200}


def test_a_document_is_a_file_that_readers_open():
    content = document("Made up: 31001")
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    assert content.startswith(b"%PDF-")
    assert content[start:].startswith(b"xref\n0 6")


def test_a_list_with_rows_in_too_few_states_is_named():
    poor = Counted("review", "/review/", {"cleared": 4, "in_review": 1, "returned": 0})
    good = Counted("tasks", "/tasks/", {"a": 1, "b": 1, "c": 2})
    refuse_poor([good])
    with pytest.raises(DeployError, match="/review/ has rows in 2 state"):
        refuse_poor([good, poor])
    assert "TOO FEW" in table([good, poor])


async def test_a_clock_that_no_worker_follows_is_said_so(tmp_path):
    said = []
    clock = LegalClock(tmp_path / "clock.json", {"review-worker": 1}, said.append, seconds_max=0.1)
    past = machine_now() - timedelta(days=3)
    with pytest.raises(NotReady, match="review-worker"):
        await clock.move_to(past, "day 1")
    moved = json.loads((tmp_path / "clock.json").read_text())["offset_seconds"]
    assert -3 * 86_400 - 5 < moved < -3 * 86_400 + 5
    assert len(said) == 1
    await clock.close()


def test_a_clock_that_a_killed_month_left_in_the_past_is_put_back(tmp_path, monkeypatch):
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path))
    (tmp_path / "clock.json").write_text('{"offset_seconds": -864000}')
    said = CliRunner().invoke(demo, ["now"])
    assert "back at now" in said.output
    assert json.loads((tmp_path / "clock.json").read_text()) == {"offset_seconds": 0.0}


def test_what_a_unit_reports_is_proved_by_a_file_that_the_month_brings():
    reports = [act.given for act in acts(MONTH) if act.what == "report_task" and act.given["done"]]
    brought = {
        hashlib.sha256(document_of(act.given["document_number"])).hexdigest()
        for act in acts(MONTH)
        if act.what == "upload_document"
    }
    assert reports
    assert {given["evidence"] for given in reports} <= brought


def test_accounts_that_a_month_brought_stay_when_the_platform_starts_again(tmp_path):
    home = Home(tmp_path)
    home.ensure()
    home.accounts.write_text(json.dumps({"officers": [], "publishers": [{"name": "casework"}]}))
    add_accounts(home, "publishers", [{"name": "licensing", "key": "k"}])
    add_accounts(home, "officers", [{"username": "031711", "password": "p"}])
    written = read_accounts(home)
    assert written["officers"] == [{"username": "031711", "password": "p"}]
    again = with_others([{"name": "casework", "key": "new"}], written["publishers"], "name")
    assert again == [{"name": "casework", "key": "new"}, {"name": "licensing", "key": "k"}]


def test_a_platform_without_demo_accounts_is_told_what_to_do(tmp_path):
    with pytest.raises(DeployError, match="DEMO=0"):
        read_accounts(Home(tmp_path))
