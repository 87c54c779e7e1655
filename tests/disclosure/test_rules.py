"""The pure rules of the way to the public: effect, state, words, the page as a citizen reads it."""

from datetime import date

import pytest

from mingjing_disclosure.rules.effect import Remedy, Undone, effect_of, first_undoing
from mingjing_disclosure.rules.progress import Work, is_same_person, must_withdraw, state_of
from mingjing_disclosure.rules.public_page import says_withdrawn, text_shown
from mingjing_disclosure.rules.publication import (
    report_deadline,
    withdrawal_deadline,
    working_days_between,
)
from mingjing_disclosure.rules.reasons import withdrawal_reasons, withholding_reasons
from mingjing_disclosure.rules.wording import (
    composed_text,
    meaning_of,
    outcome_words,
    remedy_of,
    title_of,
)
from mingjing_shared.law.errors import NoRuleInForce

SERVED = date(2026, 9, 20)
PUBLIC = Work(stage="public", version=1, public_version=1)


def effect(**changes):
    given = {"effective_on": None, "served_on": SERVED, "undone": None, "remedies": []}
    return effect_of(**{**given, **changes})


def test_what_was_not_served_has_no_effect_and_what_was_undone_has_none_any_more():
    assert effect(served_on=None).code == "not_served"
    undone = Undone("decision_revoked", date(2026, 9, 24), "淮南市人民政府")
    found = effect(undone=undone)
    assert (found.code, "已被撤销" in found.says, "淮南市人民政府" in found.says) == (
        "undone", True, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("effective_on", "since"),
    [(None, SERVED), (date(2026, 9, 19), SERVED), (date(2026, 9, 21), date(2026, 9, 21))],
)
def test_it_takes_effect_when_it_was_served_or_later_where_it_says_so(effective_on, since):
    assert effect(effective_on=effective_on).since == since


def test_a_pending_remedy_is_said_and_an_ended_one_is_not():
    pending = Remedy("litigation", date(2026, 9, 22), None, None)
    ended = Remedy("reconsideration", date(2026, 9, 21), "维持", date(2026, 10, 1))
    says = effect(remedies=[pending, ended]).says
    assert "已提起行政诉讼，尚无结果" in says
    assert "复议" not in says


def test_of_several_undoings_the_earliest_counts():
    late = Undone("decision_changed", date(2026, 9, 25), "a")
    early = Undone("decision_revoked", date(2026, 9, 24), "b")
    assert first_undoing([late, early]) == early
    assert first_undoing([]) is None


@pytest.mark.parametrize(
    ("standing", "work", "state"),
    [
        ("waiting_case", Work(), "waiting_case"),
        ("withheld", Work(), "withheld"),
        ("no_clock", Work(), "no_clock"),
        ("no_clock", Work(stage="drafting", version=1), "to_mask"),
        ("due", Work(), "to_mask"),
        ("due", Work(stage="drafting", version=1), "to_mask"),
        ("due", Work(stage="to_check", version=1), "to_check"),
        ("withheld", Work(stage="to_check", version=1), "withheld"),
        ("due", Work(stage="to_approve", version=1), "to_approve"),
        ("due", Work(stage="approved", version=1), "publishing"),
        ("due", PUBLIC, "published"),
        ("withheld", PUBLIC, "published"),
        ("due", Work(stage="public", version=2, public_version=2), "corrected"),
        ("due", Work(stage="to_check", version=2, public_version=1), "to_check"),
        ("withheld", Work(stage="withdrawing", version=1, public_version=1), "withdrawing"),
        ("due", Work(stage="withdrawn", version=1, public_version=1), "withdrawn"),
    ],
)
def test_the_state_on_screen_follows_from_facts_and_acts(standing, work, state):
    assert state_of(standing, work) == state


@pytest.mark.parametrize(
    ("standing", "work", "must"),
    [
        ("withheld", Work(), False),
        ("due", PUBLIC, False),
        ("withheld", PUBLIC, True),
        ("withheld", Work(stage="to_check", version=2, public_version=1), True),
        ("withheld", Work(stage="withdrawing", version=1, public_version=1), False),
        ("withheld", Work(stage="withdrawn", version=1, public_version=1), False),
    ],
)
def test_only_what_the_public_still_sees_must_be_withdrawn(standing, work, must):
    assert must_withdraw(standing, work) is must


def test_a_person_or_whom_one_stands_in_for_does_one_of_the_three_only():
    work = Work(editors=("1",), checkers=("2",))
    assert is_same_person(work, frozenset({"1"}), for_approval=False)
    assert not is_same_person(work, frozenset({"2"}), for_approval=False)
    assert is_same_person(work, frozenset({"3", "2"}), for_approval=True)
    assert not is_same_person(work, frozenset({"3"}), for_approval=True)


def test_what_was_undone_before_the_law_gave_days_has_no_number_of_days(calendar):
    with pytest.raises(NoRuleInForce):
        withdrawal_deadline(date(2021, 7, 14), calendar)


@pytest.mark.parametrize(
    ("undone_on", "due_on"),
    [("2021-07-15", "2021-07-20"), ("2026-09-24", "2026-09-30"), ("2026-02-13", "2026-02-25")],
)
def test_three_working_days_for_withdrawing(undone_on, due_on, calendar, day):
    assert withdrawal_deadline(day(undone_on), calendar).due_on == day(due_on)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-09-24", "2026-09-24", 0),
        ("2026-09-24", "2026-09-28", 1),
        ("2026-09-18", "2026-09-20", 1),
    ],
)
def test_working_days_between_two_days_leave_out_the_first(first, last, days, calendar, day):
    assert working_days_between(day(first), day(last), calendar) == days


def test_reporting_is_a_duty_from_the_day_on_which_the_rule_began(calendar, day):
    assert report_deadline(day("2018-07-24"), calendar) is None
    assert report_deadline(day("2018-07-25"), calendar) is not None


@pytest.mark.parametrize(
    ("today", "has"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-01-02", True)],
)
def test_a_reason_can_be_given_from_the_day_it_is_law(today, has, day):
    assert ("sealed_public_security" in withholding_reasons("penalty", None, day(today))) is has
    assert ("sealed_public_security" in withdrawal_reasons(day(today))) is has


def test_a_reason_is_only_offered_where_it_fits(day):
    today = day("2026-09-18")
    assert "simple_procedure" in withholding_reasons("penalty", "simple", today)
    assert "simple_procedure" not in withholding_reasons("penalty", "ordinary", today)
    assert "no_social_impact" not in withholding_reasons("permit", None, today)


def test_every_generic_reason_tells_the_public_the_same(day):
    told = {(r.says, r.told_basis) for r in withdrawal_reasons(day("2026-09-18")).values()
            if r.generic}  # fmt: skip
    assert len(told) == 1
    assert not [word for word in ("未成年", "封存", "隐私") if word in str(told)]


def test_an_item_is_called_by_cause_and_document():
    assert title_of("penalty", "未按规定登记") == "未按规定登记案行政处罚决定书"
    assert title_of("penalty", "某某案") == "某某案行政处罚决定书"
    assert title_of("permit", "旅馆业特种行业") == "旅馆业特种行业行政许可决定书"
    assert title_of("unheard", None) == "行政执法决定书"


def test_what_was_decided_is_said_in_words_and_round_sums():
    outcome = {"kinds": ["warning", "fine", "detention"], "fine": "5000.00", "detention_days": 5}
    assert outcome_words("penalty", outcome) == ("警告", "罚款 5000 元", "行政拘留 5 日")
    assert outcome_words("penalty", {"kinds": ["fine"], "fine": "5000.50"}) == ("罚款 5000.50 元",)
    assert outcome_words("permit", {}) == ()
    assert "该单位违反了规定，受到警告" in meaning_of("penalty", outcome, only_organisations=True)
    for kind in ("permit", "coercion", "no_penalty", "termination", "other"):
        assert "当事人" in meaning_of(kind, None, only_organisations=False) or kind == "termination"


def test_the_ways_against_a_decision_are_those_of_its_day(day):
    assert remedy_of(day("2026-09-18")) == (
        "不服的，可以自收到决定书之日起 60 日内申请行政复议，或者 6 个月内提起行政诉讼。"
    )
    assert "诉讼" not in remedy_of(day("2015-04-30"))
    assert remedy_of(day("1999-09-30")) == ""


def test_a_decision_without_a_text_is_written_from_what_was_told_of_it(day):
    text = composed_text(
        kind="penalty",
        document_number="田公(网)行罚决字〔2026〕1号",
        unit_name="田家庵分局",
        made_on=day("2026-09-18"),
        parties=["某公司"],
        facts="未留存日志。",
        basis=[{"law": "网络安全法", "article": "第五十九条"}],
        outcome={"kinds": ["warning"]},
    )
    assert text.split("\n") == [
        "行政处罚决定书", "田公(网)行罚决字〔2026〕1号", "当事人：某公司。", "现查明：未留存日志。",
        "根据网络安全法第五十九条，决定：警告。", "田家庵分局", "2026年9月18日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>x</p>", None),
        (
            '<article data-public="text"><p>一</p><p>二 &amp; <b>三</b></p></article><p>x</p>',
            "一\n二 & 三",
        ),
        ('<div data-public="text"><p>一<br>二</p><div><p>三</p></div></div><p>x</p>', "一二\n三"),
        ('<article data-public="text"></article>', ""),
    ],
)
def test_the_text_is_read_as_a_browser_shows_it(page, text):
    assert text_shown(page) == text


def test_a_tombstone_that_still_shows_a_text_is_none():
    stone = '<section data-public="withdrawn"><p>已撤回</p></section>'
    assert says_withdrawn(stone)
    assert not says_withdrawn(stone + '<article data-public="text"><p>x</p></article>')
    assert not says_withdrawn("<p>已撤回</p>")
