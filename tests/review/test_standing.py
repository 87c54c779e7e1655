"""Where a decision stands with its review, on a real database."""

from datetime import UTC, date, datetime

import pytest

from mingjing_shared.facts.tables import CLASSIFIED_COUNTS
from support.review import (
    CASE,
    FINE_IN_CATALOGUE,
    PERSON,
    SMALL_FINE,
    a_case,
    a_classified_case,
    a_decision,
    a_proposal,
)

ORGANISATION = {
    "kind": "organisation",
    "name": "测试公司",
    "social_credit_code": "91350100M000100Y43",
    "role": "penalised",
}


@pytest.mark.parametrize("event", [a_proposal(), a_decision(decision_id="D1")])
async def test_without_its_case_nothing_is_said(review, event):
    await review.apply(event)
    assert await review.state() == "waiting_case"
    assert await review.told() == []
    assert await review.clearances() == []


async def test_a_decision_that_nobody_reviewed_although_it_had_to_be_is_a_bypass(review):
    await review.apply(a_case(), a_decision(outcome=FINE_IN_CATALOGUE))
    row = await review.review()
    assert (row.state, row.how, row.clearance_id) == ("bypassed", "none", None)
    assert [reason["catalogue_item"] for reason in row.decided_reasons] == [
        "fine_at_hearing_threshold"
    ]
    assert row.says == "列入审核目录（罚款达到听证数额），应当法制审核，未经法制审核即作出决定。"
    assert await review.told() == ["review.bypassed"]


async def test_a_decision_with_another_text_than_the_cleared_one_is_a_bypass(review):
    await review.apply(a_case(), a_proposal(), a_decision(outcome=FINE_IN_CATALOGUE))
    row = await review.review()
    assert (row.state, row.how) == ("bypassed", "other_text")
    assert row.clearance_id is not None
    assert await review.told() == ["review.not_required", "review.bypassed"]


async def test_a_proposal_still_in_review_does_not_excuse_the_decision(review):
    drafted = a_proposal(outcome=FINE_IN_CATALOGUE)
    await review.apply(a_case(), drafted, a_decision(outcome=FINE_IN_CATALOGUE))
    assert (await review.review()).how == "none"
    assert await review.told() == ["review.required", "review.bypassed"]


async def test_a_proposal_made_after_the_decision_does_not_heal_it(review):
    after = a_proposal(proposed_at="2026-09-22T00:00:00+08:00", social_risk=True)
    await review.apply(a_case(), a_decision(outcome=FINE_IN_CATALOGUE), after)
    assert (await review.review()).how == "none"
    same_text_later = a_proposal(
        decision_id="D2", proposed_at="2026-09-22T00:00:00+08:00", outcome=SMALL_FINE
    )
    await review.apply(same_text_later, a_decision(decision_id="D2"))
    assert await review.state("D2") == "not_required"


async def test_what_a_proposal_raised_counts_for_the_decision_too(review):
    raised = a_proposal(outcome=SMALL_FINE, social_risk=True)
    changed = a_decision(outcome={"kinds": ["fine"], "fine": "600"})
    await review.apply(a_case(), raised, changed)
    row = await review.review()
    assert row.state == "bypassed"
    assert [reason["catalogue_item"] for reason in row.decided_reasons] == ["social_risk"]


async def test_a_text_older_than_the_catalogue_is_kept_without_a_verdict(review):
    old = a_proposal(proposed_at="2018-12-04T12:00:00+08:00", outcome=FINE_IN_CATALOGUE)
    await review.apply(a_case(), old, a_decision(decision_id="D2", made_on="2018-12-04"))
    for decision_id in ("D1", "D2"):
        row = await review.review(decision_id)
        assert row.state == "no_rule"
        assert "2018-12-04" in row.says
    assert await review.told() == []


async def test_a_proposal_in_the_catalogue_must_be_reviewed_within_five_working_days(review):
    await review.apply(a_case(), a_proposal(outcome=FINE_IN_CATALOGUE))
    row = await review.review()
    assert (row.state, row.decide_by, row.provisional) == (
        "review_required",
        date(2026, 9, 24),
        False,
    )
    assert row.says.startswith("列入审核目录（罚款达到听证数额），应当法制审核；")
    told = await review.last_told()
    assert told.attributes["type"] == "cn.mingjing.review.required"
    assert told.data == {
        "case_number": CASE,
        "review_id": row.review_id,
        "decision_id": "D1",
        "draft_sha256": row.proposed_sha256,
        "decide_by": "2026-09-24",
        "provisional": False,
        "reasons": [
            {
                "catalogue_item": "fine_at_hearing_threshold",
                "rule": "hearing.fine.public_security.person",
                "source": "治安管理处罚法（2025年修订）§117；"
                "行政处罚法（2021年修订）§58、§63；列入目录系推定",
            }
        ],
    }


async def test_a_term_that_reaches_into_next_year_is_provisional(review):
    late = a_proposal(proposed_at="2026-12-30T09:00:00+08:00", outcome=FINE_IN_CATALOGUE)
    await review.apply(a_case(), late)
    assert (await review.review()).provisional


async def test_a_proposal_outside_the_catalogue_is_cleared_at_once(review):
    await review.apply(a_case(), a_proposal())
    row = await review.review()
    assert (row.state, row.decide_by) == ("not_required", None)
    assert await review.clearances() == [("D1", "not_required", row.proposed_sha256)]
    told = await review.last_told()
    assert told.data["draft_sha256"] == row.proposed_sha256
    assert told.data["reason_codes"] == ["not_in_catalogue"]


async def test_a_decision_as_it_was_cleared_is_in_order(review):
    drafted = a_proposal(outcome={"kinds": ["fine"], "fine": "500"})
    await review.apply(a_case(), drafted, a_decision(outcome=SMALL_FINE))
    row = await review.review()
    assert (row.state, row.how) == ("not_required", None)
    assert row.proposed_sha256 == row.decided_sha256
    assert await review.told() == ["review.not_required"]


async def test_a_decision_without_proposal_is_judged_by_the_catalogue_itself(review):
    await review.apply(a_case(), a_decision())
    row = await review.review()
    assert row.state == "not_required"
    assert await review.clearances() == [("D1", "not_required", row.decided_sha256)]
    assert await review.told() == ["review.not_required"]


async def test_what_waited_is_judged_when_its_case_comes(review):
    await review.apply(a_decision(outcome=FINE_IN_CATALOGUE), a_proposal(), a_case())
    assert (await review.review()).how == "other_text"
    assert await review.told() == ["review.not_required", "review.bypassed"]


async def test_the_parties_of_the_case_stand_in_where_a_text_names_none(review):
    named = a_proposal(parties=[PERSON], outcome=FINE_IN_CATALOGUE)
    await review.apply(a_case(), named, a_decision(outcome=FINE_IN_CATALOGUE))
    row = await review.review()
    assert row.proposed_sha256 == row.decided_sha256


async def test_the_parties_of_the_case_are_those_of_that_day(review):
    at_first = a_case(about={"time": datetime(2026, 9, 10, tzinfo=UTC)})
    joined = a_case(
        parties=[PERSON, ORGANISATION], about={"time": datetime(2026, 9, 20, tzinfo=UTC)}
    )
    await review.apply(joined, at_first, a_proposal(outcome=FINE_IN_CATALOGUE))
    before = (await review.review()).proposed_sha256
    await review.apply(a_proposal(decision_id="D2", outcome=FINE_IN_CATALOGUE, parties=[PERSON]))
    assert (await review.review("D2")).proposed_sha256 == before
    await review.apply(a_decision(outcome=FINE_IN_CATALOGUE))
    assert (await review.review()).decided_sha256 != before


async def test_an_earlier_proposal_that_comes_late_refutes_the_bypass(review):
    """The decision does not say who was only the victim; the proposal of the same text does."""
    outcome = {"kinds": ["fine"], "fine": "5000"}
    roles_unknown = [{**ORGANISATION, "role": None}, {**PERSON, "role": None}]
    roles_known = [ORGANISATION, {**PERSON, "role": "victim"}]
    await review.apply(a_case(), a_decision(outcome=outcome, parties=roles_unknown))
    assert await review.state() == "bypassed"
    await review.apply(a_proposal(outcome=outcome, parties=roles_known))
    row = await review.review()
    assert (row.state, row.how) == ("not_required", None)
    assert await review.told() == ["review.bypassed", "review.not_required"]


async def test_a_decision_is_judged_by_the_law_of_its_proposal(review):
    outcome = {"kinds": ["fine"], "fine": "3000"}
    before = a_proposal(proposed_at="2025-12-31T23:59:59+08:00", outcome=outcome)
    await review.apply(a_case(), before, a_decision(made_on="2026-01-05", outcome=outcome))
    assert await review.state() == "bypassed"
    after = a_proposal(decision_id="D2", proposed_at="2026-01-01T00:00:00+08:00", outcome=outcome)
    made = a_decision(decision_id="D2", made_on="2026-01-05", outcome=outcome)
    await review.apply(after, made)
    assert await review.state("D2") == "not_required"


async def test_a_decision_alone_is_judged_by_the_law_of_its_own_day(review):
    outcome = {"kinds": ["fine"], "fine": "3000"}
    made = a_decision(made_on="2025-12-31", outcome=outcome)
    corrected = a_decision(
        made_on="2026-01-01", outcome=outcome, about={"supersedes": _identity(made)}
    )
    await review.apply(a_case(), made)
    assert await review.state() == "bypassed"
    await review.apply(corrected)
    assert await review.state() == "not_required"
    assert await review.told() == ["review.bypassed", "review.not_required"]


async def test_a_clearance_dated_before_the_decision_refutes_the_bypass(review):
    await review.apply(a_case(), a_decision(outcome=FINE_IN_CATALOGUE))
    draft = (await review.review()).decided_sha256
    await _clear(review, draft, given_at="2026-09-21T23:59:59+08:00")
    await review.apply(a_proposal(outcome=FINE_IN_CATALOGUE))
    row = await review.review()
    assert (row.state, row.how, row.clearance_id) == ("cleared", None, "C1")
    assert await review.told() == ["review.bypassed", "review.required", "review.cleared"]


@pytest.mark.parametrize(
    ("given_at", "valid_until", "state"),
    [
        ("2026-09-21T23:59:59+08:00", None, "cleared"),  # by the end of the day it was made
        ("2026-09-22T00:00:00+08:00", None, "bypassed"),  # too late
        ("2026-09-10T00:00:00+08:00", "2026-09-20", "bypassed"),  # no longer valid
        ("2026-09-10T00:00:00+08:00", "2026-09-21", "cleared"),
    ],
)
async def test_a_clearance_must_be_given_and_valid_on_the_day(review, given_at, valid_until, state):
    await review.apply(a_case(), a_proposal(outcome=FINE_IN_CATALOGUE))
    await _clear(review, (await review.review()).proposed_sha256, given_at, valid_until)
    await review.apply(a_decision(outcome=FINE_IN_CATALOGUE))
    assert await review.state() == state


async def test_a_decision_other_than_the_reviewed_text_is_a_bypass(review):
    await review.apply(a_case(), a_proposal(outcome=FINE_IN_CATALOGUE))
    await _clear(review, (await review.review()).proposed_sha256, "2026-09-20T10:00:00+08:00")
    await review.apply(a_decision(outcome={"kinds": ["fine"], "fine": "4001"}))
    row = await review.review()
    assert (row.state, row.how, row.clearance_id) == ("bypassed", "other_text", "C1")


async def test_a_corrected_decision_is_seen_as_corrected(review):
    wrong = a_decision(outcome=FINE_IN_CATALOGUE)
    right = a_decision(outcome=SMALL_FINE, about={"supersedes": _identity(wrong)})
    await review.apply(a_case(), a_proposal(outcome=SMALL_FINE), wrong, right)
    assert await review.state() == "not_required"
    assert await review.told() == [
        "review.not_required",
        "review.bypassed",
        "review.not_required",
    ]


async def test_a_correction_may_come_before_what_it_corrects(review):
    wrong = a_proposal(outcome=SMALL_FINE)
    right = a_proposal(outcome=FINE_IN_CATALOGUE, about={"supersedes": _identity(wrong)})
    await review.apply(a_case(), right, wrong)
    assert await review.state() == "review_required"
    assert await review.clearances() == []


async def test_a_corrected_proposal_takes_its_clearance_with_it(review):
    wrong = a_proposal(outcome=SMALL_FINE)
    right = a_proposal(outcome=FINE_IN_CATALOGUE, about={"supersedes": _identity(wrong)})
    await review.apply(a_case(), wrong, right)
    assert await review.clearances() == []
    assert await review.told() == ["review.not_required", "review.required"]


async def test_each_proposed_text_keeps_its_own_clearance(review):
    first = a_proposal(outcome=SMALL_FINE)
    second = a_proposal(outcome=FINE_IN_CATALOGUE, proposed_at="2026-09-19T09:00:00+08:00")
    await review.apply(a_case(), first, second)
    assert await review.state() == "review_required"
    await review.apply(a_decision(outcome=SMALL_FINE))
    assert await review.state() == "not_required"


async def test_the_bypass_has_the_last_word_when_an_older_text_turns_up(review):
    await review.apply(a_case(), a_decision(outcome=FINE_IN_CATALOGUE), a_proposal())
    assert await review.told() == ["review.bypassed", "review.not_required", "review.bypassed"]
    assert (await review.review()).how == "other_text"


async def test_nothing_is_told_twice_when_nothing_changed(review):
    again = a_case(about={"time": datetime(2026, 10, 1, tzinfo=UTC)})
    await review.apply(a_case(), a_proposal(), a_decision(), again)
    assert await review.told() == ["review.not_required"]


async def test_a_case_that_turns_out_classified_is_forgotten_and_counted(review):
    await review.apply(a_case(), a_proposal(), a_decision())
    await review.apply(a_classified_case(), a_proposal(decision_id="D2"))
    assert await review.state() is None
    assert await review.clearances() == []
    for table in ("proposal_facts", "decision_facts", "reviews"):
        assert await review.database.all(f"SELECT decision_id FROM {table}") == []
    counted = await review.database.all(CLASSIFIED_COUNTS.select())
    assert [tuple(row) for row in counted] == [("田公(网)2026-01183", 3)]


async def test_no_name_and_no_number_of_a_party_is_kept(review):
    await review.apply(a_case(), a_proposal(parties=[PERSON]), a_decision(parties=[PERSON]))
    for table in ("case_facts", "proposal_facts", "decision_facts", "reviews", "clearances"):
        rows = await review.database.all(f"SELECT CAST(t AS text) AS line FROM {table} AS t")
        assert rows or table == "clearances"
        for row in rows:
            assert "测试甲" not in row.line
            assert PERSON["resident_id"] not in row.line
            assert "争执" not in row.line


def _identity(event):
    return f"{event.envelope.source}#{event.envelope.id}"


async def _clear(review, draft_sha256, given_at, valid_until="2026-12-31"):
    async with review.database.transaction() as tx:
        await tx.execute(
            "INSERT INTO clearances VALUES ('C1', 'D1', :draft, CAST(CAST(:at AS text)"
            " AS timestamptz), CAST(CAST(:until AS text) AS date), 'cleared')",
            draft=draft_sha256,
            at=given_at,
            until=valid_until,
        )
