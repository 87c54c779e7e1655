"""By when a decision must be public."""

import pytest

from mingjing_disclosure.rules.publication import publication_deadline
from mingjing_shared.law.errors import NoRuleInForce


@pytest.mark.parametrize("kind", ["penalty", "permit", "coercion", "other"])
def test_a_decision_older_than_the_rule_has_no_deadline_and_says_so(kind, calendar, day):
    with pytest.raises(NoRuleInForce, match="2018-12-04"):
        publication_deadline(kind, day("2018-12-04"), calendar)


@pytest.mark.parametrize(
    ("kind", "made_on", "due_on"),
    [
        ("penalty", "2018-12-05", "2018-12-14"),  # the first day the rule is in force
        ("penalty", "2026-09-18", "2026-09-29"),  # a make-up Sunday (the 20th) counts
        ("permit", "2026-09-18", "2026-09-29"),
        ("penalty", "2026-02-13", "2026-03-02"),  # over Spring Festival
        ("penalty", "2026-09-30", "2026-10-15"),  # over National Day
        ("coercion", "2026-04-30", "2026-06-01"),  # 20 working days over Labour Day
        ("no_penalty", "2026-11-02", "2026-11-30"),
        ("termination", "2026-11-02", "2026-11-30"),
        ("other", "2026-11-02", "2026-11-30"),
        ("penalty", "2026-11-02", "2026-11-11"),
        ("penalty", "2026-11-01", "2026-11-10"),  # made on a Sunday: counted from Monday
    ],
)
def test_it_is_due_after_seven_or_twenty_working_days(kind, made_on, due_on, calendar, day):
    assert publication_deadline(kind, day(made_on), calendar).due_on == day(due_on)


@pytest.mark.parametrize(
    ("made_on", "provisional"),
    [("2026-12-21", False), ("2026-12-22", False), ("2026-12-23", True), ("2026-12-25", True)],
)
def test_a_term_that_reaches_into_an_unpublished_year_is_provisional(
    made_on, provisional, calendar, day
):
    assert publication_deadline("penalty", day(made_on), calendar).provisional is provisional
