"""What was planted in the corpora is hidden, and nothing that must stay is."""

import pytest
from privacy.masking_truth import (
    generated,
    measure,
    measure_blind,
    outsider_seen,
    outsider_unseen,
    stranger,
)

RECALL_MIN = 0.995
CORPORA = {"stranger": stranger, "outsider, seen": outsider_seen, "generated": generated}

# Reached by reasoning alone: nobody who mends the masking has read this half. Raise them, never
# by reading it.
BLIND_RECALL_MIN, BLIND_RECALL_WITH_QUESTIONS_MIN, BLIND_HURT_MAX = 0.946, 0.958, 7
QUESTIONS_A_DECISION_MAX = 1
BEYOND_MAX = 0.02


@pytest.fixture(scope="module", params=CORPORA)
def measured(request):
    """What came out for one corpus."""
    return measure(CORPORA[request.param]())


@pytest.fixture(scope="module")
def blind():
    """What came out for the half that nobody reads: figures only."""
    return measure_blind(outsider_unseen())


def test_nothing_that_must_stay_is_hidden(measured):
    assert measured.hurt == []


def test_of_what_must_be_hidden_at_least_995_of_1000_is(measured):
    assert measured.by_what.recall() >= RECALL_MIN, measured.missed


def test_of_every_sort_at_least_99_of_100_is_hidden(measured):
    low = {what: measured.by_what.recall(what) for what in measured.by_what.planted}
    assert {what: share for what, share in low.items() if share < 0.99} == {}


def test_no_decision_of_the_corpora_needs_a_person(measured):
    assert measured.blocked == []


def test_a_person_is_asked_rarely(measured):
    assert measured.questions / measured.decisions <= QUESTIONS_A_DECISION_MAX


def test_little_is_hidden_that_nobody_planted(measured):
    assert measured.beyond / measured.signs <= BEYOND_MAX


def test_what_nobody_has_read_is_hidden_as_well_as_was_reached(blind):
    print("\nNobody who mends the masking has read these decisions: figures only.")
    for table in (blind.by_kind, blind.by_what):
        for key in dict.fromkeys([*table.planted, *table.protected]):
            share = f"{table.recall(key):.1%}" if table.planted[key] else "-"
            counts = f"{table.hidden[key]}/{table.planted[key]}"
            print(f"{key:<16}{counts:>9} {share:>7}  hurt {table.hurt[key]}/{table.protected[key]}")
    assert blind.by_what.recall() >= BLIND_RECALL_MIN
    assert blind.recall_with_questions() >= BLIND_RECALL_WITH_QUESTIONS_MIN


def test_of_what_nobody_has_read_little_is_hidden_that_must_stay(blind):
    assert (blind.hurt <= BLIND_HURT_MAX, blind.blocked) == (True, 0)
