"""What was planted in both corpora is hidden, and nothing that must stay is."""

import pytest
from privacy.masking_truth import generated, measure, stranger

RECALL_MIN = 0.995

# Places at which only the sense tells a word from the party's name; the corpus is left as it is.
DOUBTFUL = {
    # 施恩 is the victim: “施恩不图报” begins a clause and goes on with 不, as “施恩不要求” would.
    ("tiaojie-04", 233, 235),
    # 牧羊 is the applicant: “顺便告知：牧羊、放牛不得进入行洪区” lists him like a person.
    ("fuyi-05", 269, 271),
}
CORPORA = {"stranger": stranger, "generated": generated}


@pytest.fixture(scope="module", params=CORPORA)
def measured(request):
    """What came out for one corpus."""
    return measure(CORPORA[request.param](), excepted=DOUBTFUL)


def test_nothing_that_must_stay_is_hidden(measured):
    assert measured.hurt == []


def test_of_what_must_be_hidden_at_least_995_of_1000_is(measured):
    assert measured.by_what.recall() >= RECALL_MIN, measured.missed


def test_of_every_sort_at_least_99_of_100_is_hidden(measured):
    low = {what: measured.by_what.recall(what) for what in measured.by_what.planted}
    assert {what: share for what, share in low.items() if share < 0.99} == {}


def test_no_decision_of_the_corpora_needs_a_person(measured):
    assert measured.blocked == []


def test_every_place_that_is_doubtful_is_a_protected_one():
    places = {
        (one["id"], span["start"], span["end"]) for one in stranger() for span in one["protect"]
    }
    assert places >= DOUBTFUL
