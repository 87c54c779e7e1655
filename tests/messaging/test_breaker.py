"""The breaker: one bad event is the event's fault, everybody's failure is ours."""

import pytest

from mingjing_shared.messaging.breaker import WINDOW_SECONDS, Breaker, Outcome

A, B = "/huainan/a", "/huainan/b"
CASE, END, DECISION = "case.accepted", "enforcement.ended", "decision.made"


def failed(source, event_id, event_type, at=0.0):
    return Outcome(at, source, event_id, event_type, failed=True)


def went_well(source, event_id, event_type, at=0.0):
    return Outcome(at, source, event_id, event_type, failed=False)


@pytest.mark.parametrize(
    ("outcomes", "is_open"),
    [
        ([], False),
        ([failed(A, "1", CASE)], False),
        # the same event again and again is one event
        ([failed(A, "1", CASE)] * 50, False),
        # many of one type from one source: the source may be bad
        ([failed(A, str(n), CASE) for n in range(300)], False),
        # two failures are too few to tell, whoever sent them
        ([failed(A, "1", CASE), failed(B, "2", END)], False),
        # a type that fails for two sources is broken here
        ([failed(A, "1", CASE), failed(A, "2", CASE), failed(B, "3", CASE)], True),
        # two types of one source: broken here
        ([failed(A, "1", CASE), failed(A, "2", CASE), failed(A, "3", END)], True),
        # a type that once succeeded is not broken
        ([failed(A, "1", CASE), failed(B, "2", CASE), failed(B, "3", CASE),
          went_well(A, "4", CASE)], False),
        # success of another type says nothing about this one
        ([failed(A, "1", CASE), failed(B, "2", CASE), failed(B, "3", CASE),
          went_well(A, "4", END)], True),
        # of two failing types one is healthy: only the other counts
        ([failed(A, "1", CASE), failed(A, "2", CASE), failed(A, "3", END),
          went_well(B, "4", END)], False),
    ],
)  # fmt: skip
def test_it_opens_only_for_what_can_be_our_own_fault(outcomes, is_open):
    breaker = Breaker()
    for outcome in outcomes:
        breaker.observe(outcome)
    assert breaker.is_open(0.0) is is_open


@pytest.mark.parametrize(
    ("now", "is_open"), [(WINDOW_SECONDS - 1, True), (WINDOW_SECONDS, True), (30.1, False)]
)
def test_it_forgets_what_is_older_than_its_window(now, is_open):
    breaker = Breaker()
    for event_id, source in (("1", A), ("2", B), ("3", B)):
        breaker.observe(failed(source, event_id, CASE, at=0.0))
    assert breaker.is_open(now) is is_open


def test_it_closes_as_soon_as_the_repaired_handler_succeeds():
    breaker = Breaker()
    for event_id, source in (("1", A), ("2", B), ("3", B)):
        breaker.observe(failed(source, event_id, DECISION))
    assert breaker.is_open(1.0)
    breaker.observe(went_well(A, "1", DECISION, at=2.0))
    assert not breaker.is_open(2.0)
