"""Codes that other departments send have a word on the pages of tasks."""

import re

from tasks.test_panorama import TODAY

from mingjing_disclosure.rules.reasons import WITHDRAWAL, WITHHOLDING
from mingjing_recording.rules.action import MATRIX
from mingjing_recording.rules.gap import EXPLANATIONS
from mingjing_shared.law.rules import load_provisions
from mingjing_tasks.pages.words import (
    OWNER_ROLES,
    WARNING_CLEARS,
    WARNING_KINDS,
    WARNING_SAYS,
    said,
)
from mingjing_tasks.pages.words_case import CLOCKS, STAGES
from mingjing_tasks.pages.words_reason import REASON_CODES
from mingjing_tasks.rules.clock import clocks_of
from mingjing_tasks.rules.stage import stages_of
from mingjing_tasks.rules.warning import ALL_KINDS

RULED = load_provisions("mingjing_disclosure", "withholding")


def test_every_reason_of_the_departments_has_a_word():
    sent = {*EXPLANATIONS, *WITHHOLDING, *WITHDRAWAL, *RULED}
    assert sent - set(REASON_CODES) == set()


def test_every_rule_that_the_departments_name_has_a_word():
    sent = {
        "disclosure.penalty",
        "disclosure.permit",
        "disclosure.other",
        "review.opinion",
        *(dated.versions[-1].id for dated in MATRIX.values()),
    }
    for rule in sorted(sent):
        [(_field, words)] = said("cn.mingjing.recording.required", {"rule": rule})
        assert re.search("[\u4e00-\u9fff]", words), rule


def test_every_kind_of_warning_says_what_is_wrong_what_clears_it_and_who_must_act():
    for code, kind in ALL_KINDS.items():
        for words in (WARNING_KINDS, WARNING_SAYS, WARNING_CLEARS):
            assert code in words
        assert kind.owner_role in OWNER_ROLES


def test_every_stage_and_clock_has_a_name():
    assert {stage.code for stage in stages_of([], [], TODAY)} == set(STAGES)
    from mingjing_shared.law.calendar import published_calendar

    assert {c.code for c in clocks_of([], [], None, TODAY, published_calendar())} <= set(CLOCKS)


def test_a_unit_is_named_and_a_day_that_holds_is_not_called_so():
    pairs = said(
        "cn.mingjing.disclosure.due",
        {"unit": "340402000000", "provisional": False, "rule": "disclosure.penalty"},
        lambda _code: "大通分局",
    )
    assert ("单位", "大通分局") in pairs
    assert not [pair for pair in pairs if pair[0] == "暂定"]
    assert all(re.search("[\u4e00-\u9fff]", value) for _, value in pairs)
