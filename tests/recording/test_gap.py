"""A gap is found when its upload term is over, explained by words, closed by footage."""

import json

import pytest
from recording.given import HANDLER, a_case, an_act, apply, footage
from recording.test_any_order import a_file, an_explanation

HOUR_MS = 3_600_000


async def said(database):
    """What was told of gaps, in order."""
    rows = await database.all(
        "SELECT attributes, value FROM outbox"
        " WHERE attributes->>'type' LIKE 'cn.mingjing.record.%' ORDER BY position"
    )
    return [(row.attributes["type"].rsplit(".", 1)[1], json.loads(row.value)) for row in rows]


async def state(database, action_id="A1"):
    rows = await database.all("SELECT state FROM records WHERE action_id = :id", id=action_id)
    return rows[0].state


async def happens(database, act):
    async with database.transaction() as tx:
        await act(tx)


async def test_nothing_lacks_before_the_upload_term_is_over(recording, fire):
    await apply(recording, a_case(), an_act())
    await fire("2026-09-11T23:29:00")
    assert await state(recording) == "unlinked"
    assert await said(recording) == []


async def test_an_act_without_requirement_has_no_gap(recording, fire):
    await apply(recording, a_case(), an_act(kind="service_direct"))
    await fire("2026-09-30T00:00:00")
    assert await state(recording) == "nothing"
    assert await said(recording) == []


async def test_an_act_to_be_recorded_as_needed_has_no_gap(recording, fire):
    await apply(recording, a_case(), an_act(kind="sampling"))
    await fire("2026-09-30T00:00:00")
    assert await state(recording) == "unlinked"
    assert await said(recording) == []


async def test_missing_footage_is_found_once_when_the_term_is_over(recording, fire):
    await apply(recording, a_case(), an_act())
    await fire("2026-09-11T23:31:00")
    await fire("2026-09-12T23:31:00")
    assert await state(recording) == "gap_open"
    assert await said(recording) == [
        (
            "gap_found",
            {
                "case_number": "田公（网）2026-01183",
                "action_id": "A1",
                "kind": "missing",
                "effect": "finding",
                "minutes": 60,
            },
        )
    ]


async def test_footage_that_is_only_told_of_does_not_close_a_gap(recording, fire):
    await apply(recording, a_case(), an_act(), footage(case_number="田公（网）2026-01183"))
    await fire("2026-09-11T23:31:00")
    assert await state(recording) == "gap_open"


async def test_footage_in_time_that_covers_the_act_leaves_no_finding(recording, fire):
    await apply(recording, a_case(), an_act(), footage(case_number="田公（网）2026-01183"))
    await happens(recording, a_file("F1", 1, duration_ms=HOUR_MS))
    assert await state(recording) == "linked"
    await fire("2026-09-11T23:31:00")
    assert await state(recording) == "linked"
    assert await said(recording) == []


async def test_footage_that_covers_a_part_leaves_the_rest_as_a_partial_gap(recording, fire):
    await apply(recording, a_case(), an_act(), footage(case_number="田公（网）2026-01183"))
    await happens(recording, a_file("F1", 1, duration_ms=HOUR_MS - 420_000))
    await fire("2026-09-11T23:31:00")
    [(name, told)] = await said(recording)
    assert (name, told["kind"], told["minutes"]) == ("gap_found", "partial", 7)


async def test_late_footage_closes_the_gap_and_says_which(recording, fire):
    await apply(recording, a_case(), an_act(), footage(case_number="田公（网）2026-01183"))
    await fire("2026-09-11T23:31:00")
    await happens(recording, a_file("F1", 1, duration_ms=HOUR_MS))
    assert await state(recording) == "linked"
    assert [name for name, _ in await said(recording)] == ["gap_found", "gap_closed"]
    assert (await said(recording))[-1][1]["closed_by"] == "F1"
    rows = await recording.all("SELECT is_late, lacking_minutes FROM records")
    assert [tuple(row) for row in rows] == [(True, None)]


async def test_late_footage_that_covers_a_part_changes_what_was_found(recording, fire):
    await apply(recording, a_case(), an_act(), footage(case_number="田公（网）2026-01183"))
    await fire("2026-09-11T23:31:00")
    await happens(recording, a_file("F1", 1, duration_ms=HOUR_MS // 2))
    told = await said(recording)
    assert [name for name, _ in told] == ["gap_found", "gap_found"]
    assert (told[-1][1]["kind"], told[-1][1]["minutes"]) == ("partial", 30)


async def test_an_explanation_is_told_by_code_and_number_without_its_words(recording, fire):
    await apply(recording, a_case(), an_act())
    await fire("2026-09-11T23:31:00")
    await happens(recording, an_explanation("A1", 60))
    assert await state(recording) == "gap_explained"
    assert (await said(recording))[-1] == (
        "gap_explained",
        {
            "case_number": "田公（网）2026-01183",
            "action_id": "A1",
            "reason_code": "battery",
            "explained_by": HANDLER,
        },
    )


async def test_a_gap_explained_before_its_term_is_over_is_found_and_explained_then(recording, fire):
    await apply(recording, a_case(), an_act())
    await happens(recording, an_explanation("A1", 60))
    assert await said(recording) == []
    await fire("2026-09-11T23:31:00")
    assert [name for name, _ in await said(recording)] == ["gap_found", "gap_explained"]
    assert await state(recording) == "gap_explained"


async def test_a_gap_that_grew_must_be_explained_anew(recording, fire):
    act = an_act()
    await apply(recording, a_case(), act)
    await fire("2026-09-11T23:31:00")
    await happens(recording, an_explanation("A1", 60))
    corrected = {"supersedes": f"/huainan/casework#{act.envelope.id}"}
    await apply(recording, an_act(about=corrected, started_at="2026-09-10T22:00:00+08:00"))
    assert await state(recording) == "gap_open"
    await happens(recording, an_explanation("A1", 90))
    assert await state(recording) == "gap_explained"
    assert [name for name, _ in await said(recording)] == [
        "gap_found",
        "gap_explained",
        "gap_found",
        "gap_explained",
    ]


@pytest.mark.parametrize(("officers", "effect"), [([HANDLER], "blocking"), ([], "blocking")])
async def test_questioning_by_one_officer_in_the_case_area_blocks(
    recording, fire, officers, effect
):
    act = an_act(kind="questioning", place_kind="case_area", officers=officers or ["034212"])
    await apply(recording, a_case(), act)
    await fire("2026-09-11T23:31:00")
    assert [told["effect"] for _, told in await said(recording)] == [effect]


async def test_a_gap_blocks_as_soon_as_the_kind_of_case_is_known(recording, fire):
    act = an_act(kind="questioning", place_kind="case_area", officers=[HANDLER])
    await apply(recording, act)
    await fire("2026-09-11T23:31:00")
    await apply(recording, a_case())
    assert [told["effect"] for _, told in await said(recording)] == ["finding", "blocking"]


async def test_a_gap_of_a_synthetic_act_is_told_as_synthetic(recording, fire):
    await apply(recording, a_case(), an_act(about={"mode": "synthetic"}))
    await fire("2026-09-11T23:31:00")
    rows = await recording.all("SELECT attributes FROM outbox ORDER BY position")
    assert rows[-1].attributes["type"] == "cn.mingjing.record.gap_found"
    assert rows[-1].attributes["mjmode"] == "synthetic"


async def test_no_event_of_ours_is_told_twice_under_one_id(recording, fire):
    await apply(recording, a_case(), an_act(), footage(case_number="田公（网）2026-01183"))
    await fire("2026-09-11T23:31:00")
    for number, length in enumerate((10, 20, 30), 1):
        await happens(recording, a_file(f"F{number}", number, duration_ms=length * 60_000))
        await happens(recording, an_explanation("A1", 60 - length))
    rows = await recording.all("SELECT id FROM outbox")
    assert len({row.id for row in rows}) == len(rows) > 4
