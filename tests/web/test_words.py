"""Every code that a page shows has a word."""

import re

import pytest

from mingjing_disclosure.api.item import State as ItemState
from mingjing_disclosure.pages import words as disclosure
from mingjing_disclosure.tables import ITEMS
from mingjing_portal.pages import words as portal
from mingjing_recording.api.action import Level
from mingjing_recording.api.casefile import State as CasefileState
from mingjing_recording.pages import words as recording
from mingjing_recording.tables import CASEFILES
from mingjing_review.api.review import State as ReviewState
from mingjing_review.pages import words as review
from mingjing_review.tables import REVIEWS
from mingjing_shared.events import codes, with_case_number
from mingjing_shared.events.field_names import FIELD_NAMES
from mingjing_tasks.api.warning import State as WarningState
from mingjing_tasks.pages import words as tasks
from mingjing_tasks.rules.timeline import codes_of
from mingjing_tasks.rules.warning import KIND, SEVERITY
from mingjing_tasks.tables import WARNINGS

LISTS = [
    (disclosure.KINDS, codes.DecisionKind),
    (portal.KINDS, codes.DecisionKind),
    (recording.LEVELS, codes.RecordingLevel),
    (recording.PLACES, codes.PlaceKind),
    (recording.END_REASONS, codes.EndReason),
    (review.KINDS, codes.DecisionKind),
    (review.HOW, codes.BypassHow),
    (tasks.CASE_KINDS, codes.CaseKind),
    (tasks.PROCEDURES, codes.Procedure),
    *((words.MODES, codes.Mode) for words in (disclosure, recording, review, tasks)),
]
STATES = [
    (disclosure.STATES, ItemState, ITEMS),
    (recording.CASEFILE_STATES, CasefileState, CASEFILES),
    (review.STATES, ReviewState, REVIEWS),
    (tasks.WARNING_STATES, WarningState, WARNINGS),
]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("words", "code_list"), LISTS)
def test_every_code_of_the_contract_has_a_word(words, code_list):
    assert set(code_list.__origin__.__args__) <= set(words)
    assert all(CHINESE.search(word.name) for word in words.values())


@pytest.mark.parametrize(("words", "asked", "table"), STATES)
def test_every_state_that_is_kept_has_a_word_and_can_be_asked_for(words, asked, table):
    kept = set(re.findall(r"[a-z_]+", table.c.state.comment)) - {"or"}
    assert kept <= set(words)
    assert set(words) == set(asked.__args__)


def test_every_level_can_be_asked_for():
    assert set(recording.LEVELS) == set(Level.__args__)


def test_every_act_that_we_know_has_a_word():
    assert set(codes.ACTION_NAMES) == set(recording.ACTIONS)


def test_every_event_of_a_timeline_has_a_word_and_so_have_its_fields():
    assert with_case_number()
    for event in with_case_number():
        assert CHINESE.search(tasks.label_of(event.type).name), event.type
        assert tasks.label_of(event.type).tone, event.type
        for name in codes_of(event, dict.fromkeys(event.__struct_fields__, "x")):
            assert name in FIELD_NAMES, (event.type, name)


def test_the_warning_we_raise_has_words():
    assert KIND in tasks.WARNING_KINDS
    assert SEVERITY in tasks.SEVERITIES


def test_codes_are_shown_in_words_and_what_has_none_as_it_is():
    said = tasks.said(
        "cn.mingjing.decision.made",
        {"kind": "penalty", "made_on": "2026-09-18", "decision_id": "D1", "unheard_of": "x"},
    )
    assert ("种类", "行政处罚") in said
    assert ("决定编号", "D1") in said
    assert said[-1] == ("unheard_of", "x")
