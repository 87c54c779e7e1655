"""A decision without review raises a warning, which only review itself takes back."""

from datetime import timedelta
from itertools import permutations

import pytest
from tasks.given import (
    NUMBER,
    OTHER_TEXT,
    a_bypass,
    a_case,
    a_classified_case,
    a_decision,
    apply,
    cleared,
    not_required,
    said,
)

from mingjing_tasks.rules.warning import Said, verdict_of
from support.events import A_TIME

CASE_UNIT, DECIDING_UNIT = "340403510000", "340403520000"


def of(what, day):
    return Said(what, "/mingjing/review", f"{what}{day}", A_TIME + timedelta(days=day))


@pytest.mark.parametrize(
    "others",
    [
        (),
        (of("cleared", -1),),
        (of("not_required", -1),),
        (of("cleared", 1), of("bypassed", 2)),
        (of("not_required", -1), of("bypassed", -2)),
    ],
)
def test_a_bypass_that_is_the_last_word_stands_whatever_was_said_before(others):
    for order in permutations([of("bypassed", 0), *others]):
        verdict = verdict_of(order)
        assert verdict is not None
        assert verdict.state == "raised"


@pytest.mark.parametrize("what", ["cleared", "not_required"])
def test_a_bypass_is_refuted_when_the_last_word_is_another(what):
    for order in permutations([of("bypassed", 0), of(what, -1), of(what, 1)]):
        verdict = verdict_of(order)
        assert verdict is not None
        assert verdict.state == "cleared"
        assert verdict.refutation == of(what, 1)


def test_without_a_bypass_there_is_no_warning():
    assert verdict_of([of("cleared", 0), of("not_required", 1)]) is None


async def warnings(database):
    rows = await database.all("SELECT state, owner_unit, revision FROM warnings")
    return [tuple(row) for row in rows]


async def test_a_warning_without_an_owner_stands_and_is_announced_when_the_owner_is_known(tasks):
    await apply(tasks, a_bypass())
    assert await warnings(tasks) == [("raised", None, 0)]
    assert await said(tasks) == []
    await apply(tasks, a_case(unit=CASE_UNIT))
    assert await warnings(tasks) == [("raised", CASE_UNIT, 1)]
    assert [type_ for type_, _ in await said(tasks)] == ["warning.raised"]


@pytest.mark.parametrize("mode", ["backfill", "synthetic", "replay"])
async def test_what_is_out_of_alerts_by_its_mode_is_known_and_not_announced(tasks, mode):
    await apply(tasks, a_case(), a_bypass(about={"mode": mode}))
    assert [row[0] for row in await warnings(tasks)] == ["raised"]
    assert await said(tasks) == []


async def test_a_warning_of_a_classified_case_is_forgotten_without_a_word(tasks):
    await apply(tasks, a_case(), a_bypass())
    before = await said(tasks)
    await apply(tasks, a_classified_case())
    assert await warnings(tasks) == []
    assert await tasks.all("SELECT warning_id FROM warning_history") == []
    assert await said(tasks) == before


async def test_a_bypass_raises_a_warning_that_the_deciding_unit_owns(tasks):
    bypass = a_bypass()
    await apply(tasks, a_case(unit=CASE_UNIT), a_decision(unit=DECIDING_UNIT))
    await apply(tasks, bypass)
    ((type_, data),) = await said(tasks)
    assert type_ == "warning.raised"
    assert data.pop("warning_id")
    assert data == {
        "case_number": NUMBER,
        "decision_id": "D1",
        "kind": "decision_without_review",
        "severity": "high",
        "subject": "D1",
        "owner_unit": DECIDING_UNIT,
        "owner_role": "unit_head",
        "caused_by": [f"/mingjing/review#{bypass.envelope.id}"],
    }


async def test_a_clearance_clears_it_in_state_and_by_an_event(tasks):
    await apply(tasks, a_case(), a_bypass())
    clearance = cleared()
    await apply(tasks, clearance)
    assert await warnings(tasks) == [("cleared", CASE_UNIT, 2)]
    assert [type_ for type_, _ in await said(tasks)] == ["warning.raised", "warning.cleared"]
    history = await tasks.all("SELECT state, caused_by FROM warning_history ORDER BY revision")
    assert [row.state for row in history] == ["raised", "cleared"]
    assert history[1].caused_by == f"/mingjing/review#{clearance.envelope.id}"


async def test_a_bypass_that_was_refuted_before_it_came_is_known_and_never_announced(tasks):
    bypass = a_bypass()
    await apply(tasks, a_case(), not_required())
    await apply(tasks, bypass)
    assert await warnings(tasks) == [("cleared", CASE_UNIT, 0)]
    assert await said(tasks) == []


async def test_a_second_bypass_of_the_decision_is_not_announced_again(tasks):
    await apply(tasks, a_case(), a_bypass())
    await apply(tasks, a_bypass(how="other_text", draft_sha256=OTHER_TEXT))
    assert len(await said(tasks)) == 1
    assert [row[0] for row in await warnings(tasks)] == ["raised"]


async def test_a_new_owner_is_told(tasks):
    await apply(tasks, a_case(unit=CASE_UNIT), a_bypass())
    await apply(tasks, a_decision(unit=DECIDING_UNIT))
    owners = [data["owner_unit"] for _, data in await said(tasks)]
    assert owners == [CASE_UNIT, DECIDING_UNIT]


async def test_a_bypass_that_comes_back_is_raised_again(tasks):
    await apply(tasks, a_case(), a_bypass())
    await apply(tasks, not_required())
    await apply(tasks, a_bypass())
    assert [type_ for type_, _ in await said(tasks)] == [
        "warning.raised",
        "warning.cleared",
        "warning.raised",
    ]
