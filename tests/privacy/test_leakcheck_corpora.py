"""No planted leak passes the check, in two corpora; nothing that must stay is taken for one."""

import pytest
from privacy.corpus_generated import KINDS, decisions
from privacy.leakcheck_run import false_alarms, passed_leaks, stranger_s
from privacy.leaks_generated import FORMS

FORMS_MIN = 40
LEAKS_MIN = 2000


@pytest.fixture(scope="module")
def own():
    return decisions()


@pytest.fixture(scope="module")
def stranger():
    return stranger_s()


def test_the_generator_makes_five_hundred_decisions_of_twelve_kinds_always_the_same(own):
    assert len(own) >= 500
    assert {one["kind"] for one in own} == set(KINDS)
    assert len(KINDS) == 12
    assert decisions() == own
    assert decisions(1) != own


def test_what_the_generator_marks_stands_where_it_says(own):
    for one in own:
        for span in one["hide"] + one["protect"]:
            said = one["text"][span["start"] : span["end"]]
            assert said == said.strip() != ""


def test_no_leak_of_any_form_passes_in_our_own_corpus(own):
    tally = passed_leaks(own, of_each=30)
    assert tally.examples == []
    assert len(FORMS) >= FORMS_MIN
    assert sum(tally.made.values()) >= LEAKS_MIN


def test_no_leak_of_any_form_passes_in_the_stranger_s_corpus(stranger):
    tally = passed_leaks(stranger, of_each=20)
    assert tally.examples == []
    assert len({form for form, _ in tally.made}) >= FORMS_MIN


def test_clean_files_of_our_own_corpus_are_clean(own):
    protected, others, files = false_alarms(own[::3])
    assert (protected, dict(others)) == ([], {})
    assert files > 1000


def test_nothing_that_must_stay_is_taken_for_a_leak_in_the_stranger_s_corpus(stranger):
    protected, _others, _files = false_alarms(stranger)
    assert protected == []
