"""Text and materials are read by duty, or for a purpose that was stated first."""

import pytest
from review.test_pages import PERSONAL

from mingjing_review.rules.duty import duty_to_read
from support.officers import CITY, an_officer
from support.reviewing import (
    another_reviewer,
    the_handler,
    the_head,
    the_reviewer,
)

PAGE = "/review/cases/D1"
# The audit outlives a test, and with it what was stated: nobody of the other tests.
INSPECTOR = an_officer("inspector", number="034597", unit=CITY)
OTHER_INSPECTOR = an_officer("inspector", number="034598", unit=CITY)
NOBODY = {"is_asked": False, "is_reviewer": False, "is_decided": False}
ME = {**NOBODY, "is_reviewer": True}
DECIDED = {**NOBODY, "is_decided": True}
ME_DECIDED = {**ME, "is_decided": True}
ASKED = {**NOBODY, "is_asked": True}


@pytest.mark.parametrize(
    ("role", "state", "waits_for", "of_whom", "duty"),
    [
        ("case_handler", "in_review", "reviewer", NOBODY, "case_handling"),
        ("case_handler", "bypassed", None, DECIDED, "case_handling"),
        ("legal_reviewer", "review_required", "unit", NOBODY, None),
        ("legal_reviewer", "submitted", "reviewer", NOBODY, "legal_review"),
        ("legal_reviewer", "in_review", "reviewer", NOBODY, None),
        ("legal_reviewer", "in_review", "reviewer", ME, "legal_review"),
        ("legal_reviewer", "cleared", None, ME_DECIDED, "legal_review"),
        ("case_manager", "resubmitted", "reviewer", NOBODY, "legal_review"),
        ("case_manager", "bypassed", None, DECIDED, None),
        ("unit_head", "returned", "unit", NOBODY, "approval"),
        ("unit_head", "in_review", "reviewer", NOBODY, None),
        ("unit_head", "cleared", None, NOBODY, "approval"),
        ("bureau_leader", "cleared", None, NOBODY, "approval"),
        ("bureau_leader", "cleared", None, DECIDED, None),
        ("bureau_leader", "returned", "unit", NOBODY, None),
        ("inspector", "submitted", "reviewer", ME, None),
        ("legal_reviewer", "coordinating", "reviewer", NOBODY, "legal_review"),
        ("legal_reviewer", "discussion", "leader", NOBODY, None),
        ("bureau_leader", "discussion", "leader", NOBODY, "approval"),
        ("case_manager", "discussion", "leader", NOBODY, "approval"),
        ("unit_head", "discussion", "leader", NOBODY, None),
        ("bureau_leader", "in_review", "reviewer", ASKED, "approval"),
        ("bureau_leader", "in_review", "reviewer", NOBODY, None),
        ("unit_head", "in_review", "reviewer", ASKED, None),
    ],
)
def test_a_duty_follows_from_role_and_state(role, state, waits_for, of_whom, duty):
    assert duty_to_read(role, state, waits_for=waits_for, **of_whom) == duty


async def looks(bench, since=0):
    return [row[:4] for row in (await bench.audit())[since:] if row[2] == "seen"]


async def test_who_has_no_duty_reads_nothing_before_saying_why(bench):
    await bench.propose()
    before = len(await bench.audit())
    answer = await bench.get(INSPECTOR, PAGE)
    assert answer.status_code == 428
    assert f'action="{PAGE}/purpose"' in answer.text
    assert not [value for value in PERSONAL if value in answer.text]
    assert await looks(bench, before) == []
    answer = await bench.says_why(INSPECTOR)
    assert answer.headers["location"] == PAGE
    for _ in range(2):
        assert (await bench.get(INSPECTOR, PAGE)).status_code == 200
    said = "inspection 核查信访反映的问题"
    assert await looks(bench, before) == [(INSPECTOR.number, "review.read", "seen", said)] * 2


async def test_a_purpose_that_is_none_is_asked_again_with_what_was_typed(bench):
    await bench.propose()
    answer = await bench.post(
        OTHER_INSPECTOR, f"{PAGE}/purpose", purpose="inspection", purpose_words="看"
    )
    assert answer.status_code == 400
    assert ">看</textarea>" in answer.text
    assert (await bench.get(OTHER_INSPECTOR, PAGE)).status_code == 428


async def test_handler_head_and_reviewer_are_not_asked_while_it_is_their_turn(bench):
    await bench.propose()
    before = len(await bench.audit())
    assert (await bench.get(the_handler, PAGE)).status_code == 200
    assert (await bench.get(the_head, f"{PAGE}/submit")).status_code == 200
    await bench.submit()
    assert (await bench.get(another_reviewer, PAGE)).status_code == 200
    await bench.accept()
    assert (await bench.get(the_reviewer, PAGE)).status_code == 200
    assert (await bench.get(another_reviewer, PAGE)).status_code == 428
    assert {(row[0], row[3]) for row in await looks(bench, before)} == {
        (the_handler.number, "case_handling"),
        (the_head.number, "approval"),
        (another_reviewer.number, "legal_review"),
        (the_reviewer.number, "legal_review"),
    }


async def test_who_may_not_hand_in_is_refused_not_asked_why(bench):
    await bench.propose()
    answer = await bench.submit(the_reviewer)
    assert answer.status_code == 403
    assert "不在您的权限之内" in answer.text
