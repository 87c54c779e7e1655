"""What the data fill in of the eight checks, and what an opinion needs of them."""

from dataclasses import replace
from datetime import date

import pytest

from mingjing_review.rules.checks import CODES, Known, conditions, hindrance, prefilled
from mingjing_review.rules.interest import interest_of
from mingjing_review.rules.materials import wanted_materials
from mingjing_shared.events.values import Outcome
from mingjing_shared.law.calendar import published_calendar

CALENDAR = published_calendar().until(2026)
QUALIFIED = {"enforcement_certificate": "皖公执001", "valid_from": "2018-01-01"}
DAY = date(2026, 9, 18)
KNOWN = Known(
    on=DAY,
    case_kind="public_security",
    procedure="ordinary",
    unit_name="测试分局",
    unit_level="district_branch",
    officers=[("034211", QUALIFIED), ("034388", QUALIFIED)],
    outcome=Outcome(kinds=("fine",), fine="500"),
    party_kinds=frozenset({"person"}),
    hearing_requested=None,
    hearing_held=None,
    crime_suspected=False,
    offence_from=date(2026, 9, 1),
    accepted_on=date(2026, 9, 2),
    materials=(),
    pieces=3,
    pieces_with_hash=2,
)


def found(code, **changes):
    checks = {one.code: one for one in prefilled(replace(KNOWN, **changes), CALENDAR)}
    return checks[code].result, checks[code].says


def test_all_eight_stand_in_their_order_with_their_source():
    checks = prefilled(KNOWN, CALENDAR)
    assert [one.title for one in checks] == [
        "主体合法",
        "人员资格",
        "程序合法",
        "事实清楚、证据合法充分",
        "适用法律、裁量适当",
        "未超越权限",
        "文书完备规范",
        "不涉嫌犯罪",
    ]
    assert all(one.source and one.says for one in checks)


@pytest.mark.parametrize(
    ("code", "changes", "result", "says"),
    [
        ("subject", {}, "passed", "测试分局"),
        ("subject", {"unit_name": None}, None, "机构名录中没有提请单位"),
        ("officers", {}, "passed", "2 名（034211、034388）"),
        ("officers", {"officers": []}, None, "没有承办人"),
        ("officers", {"officers": [("034211", QUALIFIED)]}, "failed", "少于 2 人"),
        (
            "officers",
            {"officers": [("034211", QUALIFIED)], "procedure": "simple"},
            None,
            "一人执法",
        ),
        (
            "officers",
            {"officers": [("034211", QUALIFIED), ("034388", None)]},
            None,
            "人员名录中没有 034388",
        ),
        (
            "officers",
            {"officers": [("034211", QUALIFIED), ("034388", {"active": True})]},
            "failed",
            "没有有效执法资格：034388",
        ),
        ("procedure", {}, "passed", "普通程序"),
        ("procedure", {"hearing_requested": True}, "failed", "未见举行"),
        ("procedure", {"hearing_requested": True, "hearing_held": True}, "passed", "已举行听证"),
        ("procedure", {"procedure": None}, None, "程序未载明"),
        (
            "procedure",
            {"outcome": Outcome(kinds=("fine",), fine="4000")},
            None,
            "达到听证数额 4000 元",
        ),
        ("evidence", {}, None, "材料 3 件，其中 2 件有内容摘要"),
        ("law", {}, None, "未达听证数额"),
        ("law", {"outcome": Outcome(kinds=("warning",))}, None, "裁量基准请认定"),
        ("powers", {}, "passed", "县级以上公安机关可以作出"),
        ("crime", {}, "passed", "不涉嫌犯罪"),
        ("crime", {"crime_suspected": None}, None, "未说明"),
        ("crime", {"crime_suspected": True}, "failed", "应当移送"),
    ],
)
def test_what_the_data_show_is_filled_in_and_what_they_do_not_stays_open(
    code, changes, result, says
):
    assert found(code, **changes)[0] == result
    assert says in found(code, **changes)[1]


@pytest.mark.parametrize(
    ("day", "fine", "result"),
    [
        (date(2025, 12, 31), "500", "passed"),
        (date(2025, 12, 31), "500.01", None),
        (date(2026, 1, 1), "500.01", "passed"),
        (date(2026, 1, 1), "1000", "passed"),
        (date(2026, 1, 1), "1000.01", None),
    ],
)
def test_what_a_station_may_decide_moved_with_the_law(day, fine, result):
    changes = {
        "on": day,
        "unit_name": "测试派出所",
        "unit_level": "police_station",
        "outcome": Outcome(kinds=("fine",), fine=fine),
    }
    assert found("powers", **changes)[0] == result


@pytest.mark.parametrize(
    ("kind", "accepted_on", "late"),
    [
        ("public_security", date(2026, 8, 31), False),
        ("public_security", date(2026, 9, 1), False),
        ("public_security", date(2026, 9, 2), True),
        ("traffic", date(2028, 3, 1), False),
        ("traffic", date(2028, 3, 2), True),
    ],
)
def test_after_the_time_limit_a_person_must_look(kind, accepted_on, late):
    changes = {"case_kind": kind, "offence_from": date(2026, 3, 1), "accepted_on": accepted_on}
    result, says = found("procedure", **changes)
    assert ("是否连续或继续状态" in says) is late
    assert (result is None) is late


@pytest.mark.parametrize(
    ("until", "result"), [("2026-09-17", "failed"), ("2026-09-18", "passed"), (None, "passed")]
)
def test_a_qualification_counts_to_its_last_day(until, result):
    officer = {**QUALIFIED, "qualification_valid_until": until}
    assert found("officers", officers=[("034211", officer), ("034388", QUALIFIED)])[0] == result


ALL_PASSED = dict.fromkeys(CODES, "passed")


@pytest.mark.parametrize(
    ("opinion", "changes", "says"),
    [
        ("agree", {}, None),
        ("agree", {"law": "not_applicable"}, None),
        ("agree", {"law": "failed"}, "第5项“适用法律、裁量适当”不符合"),
        ("agree", {"law": None}, "第5项“适用法律、裁量适当”未认定"),
        ("correct", {"law": "failed"}, None),
        ("correct", {}, "八项均符合"),
        ("correct", {"law": "failed", "crime": None}, "第8项“不涉嫌犯罪”未认定"),
        ("transfer", {"crime": "failed"}, None),
        ("transfer", {"powers": "failed"}, None),
        ("transfer", {"documents": "failed"}, "移送应当有依据"),
    ],
)
def test_an_opinion_needs_the_checks_that_carry_it(opinion, changes, says):
    results = {k: v for k, v in {**ALL_PASSED, **changes}.items() if v is not None}
    hindered = hindrance(opinion, results)
    assert (hindered is None) if says is None else says in hindered


def materials(applies=(), kinds=(), has_draft=False, on=DAY):
    wanted = wanted_materials(applies=applies, kinds=kinds, has_draft=has_draft, on=on)
    return {one.code: one.there for one in wanted}


def test_the_list_of_materials_follows_the_case():
    assert materials() == {"draft": False, "evidence": False}
    assert materials(has_draft=True) == {"draft": True, "evidence": False}
    assert materials(["hearing_held"], ["听证笔录", "决定草案"]) == {
        "draft": True,
        "evidence": True,
        "hearing_record": True,
    }
    assert "hearing_record" not in materials(["penalty"])


def test_a_draft_alone_is_no_evidence():
    assert materials(kinds=["Draft"])["evidence"] is False
    assert materials(kinds=["现场笔录"])["evidence"] is True


def test_a_missing_piece_that_is_needed_is_wrong_and_advice_is_not():
    needed = wanted_materials(applies=["hearing_held"], kinds=["photo"], has_draft=True, on=DAY)
    assert found("documents", materials=needed) == (
        "failed",
        "缺听证笔录或听证报告（行政处罚法§65（依据听证笔录作出决定））。",
    )
    advice = wanted_materials(applies=["penalty"], kinds=["photo"], has_draft=True, on=DAY)
    assert found("documents", materials=advice)[0] is None


def test_what_holds_in_the_case_is_read_from_its_facts():
    big = replace(KNOWN, outcome=Outcome(kinds=("fine",), fine="4000"), hearing_held=True)
    assert conditions(big) == {"penalty", "hearing_due", "hearing_held"}
    assert conditions(replace(KNOWN, crime_suspected=True)) == {"penalty", "crime_suspected"}


@pytest.mark.parametrize(
    ("officer", "instead_of", "says"),
    [
        ("1", None, "您（警号 1）是本案承办人"),
        ("2", None, "您（警号 2）是拟作决定的提出人"),
        ("3", None, "您（警号 3）是送审人"),
        ("4", None, "您（警号 4）参加过本案的执法行为"),
        ("5", None, None),
        ("5", "1", "您所代行的 1 是本案承办人"),
        ("5", "4", "您所代行的 4 参加过本案的执法行为"),
        ("5", "6", None),
    ],
)
def test_whoever_has_to_do_with_the_case_does_not_review_it(officer, instead_of, says):
    reason = interest_of(
        officer,
        instead_of,
        handlers=["1"],
        investigators=["4"],
        proposers=["2"],
        submitters=["3"],
    )
    assert reason == says
