"""Acts become what must be recorded, announced once, with a term for the footage."""

import json
from datetime import datetime

from recording.given import a_case, a_classified_case, an_act, apply


async def actions(database):
    rows = await database.all("SELECT action_id, level, revision FROM actions ORDER BY action_id")
    return [tuple(row) for row in rows]


async def said(database):
    rows = await database.all("SELECT attributes, value FROM outbox ORDER BY position")
    return [(row.attributes["type"], json.loads(row.value)) for row in rows]


async def test_an_act_without_a_row_is_kept_with_the_reason_and_says_nothing(recording):
    await apply(recording, an_act(kind="service_direct"))
    assert await actions(recording) == [("A1", None, 0)]
    assert "不作要求" in (await recording.all("SELECT says FROM actions"))[0].says
    assert await said(recording) == []
    assert await recording.all("SELECT subject FROM clocks") == []


async def test_nothing_is_kept_of_an_act_of_a_classified_case_but_its_count(recording):
    await apply(recording, a_classified_case(), an_act())
    assert await actions(recording) == []
    assert await recording.all("SELECT event_id FROM action_facts") == []
    counts = await recording.all("SELECT case_key, events FROM classified_counts")
    assert [tuple(row) for row in counts] == [("田公(网)2026-01183", 1)]
    assert await said(recording) == []


async def test_an_act_is_forgotten_and_counted_when_its_case_turns_out_to_be_classified(recording):
    await apply(recording, an_act())
    assert await actions(recording) == [("A1", "full", 1)]
    await apply(recording, a_classified_case())
    assert await actions(recording) == []
    assert await recording.all("SELECT event_id FROM action_facts") == []
    assert await recording.all("SELECT subject FROM clocks") == []
    assert (await recording.all("SELECT events FROM classified_counts"))[0].events == 1


async def test_what_must_be_recorded_is_said_at_once_without_waiting_for_the_case(recording):
    await apply(recording, an_act())
    assert await said(recording) == [
        (
            "cn.mingjing.recording.required",
            {
                "case_number": "田公（网）2026-01183",
                "action_id": "A1",
                "level": "full",
                "rule": "required_recording.on_site_police",
                "basis": [
                    {
                        "law": "公安机关现场执法视音频记录工作规定（公通字〔2016〕14号）",
                        "article": "§4",
                    },
                    {"law": "淮公通〔2019〕395号", "article": "任务13"},
                    {"law": "治安管理处罚法（2025年修订）", "article": "§105（治安案件）"},
                ],
            },
        )
    ]
    await apply(recording, a_case())
    assert len(await said(recording)) == 1


async def test_an_act_told_twice_is_said_once(recording):
    act = an_act()
    await apply(recording, act, act)
    await apply(recording, act)
    await apply(recording, an_act(about={"source": "/huainan/other"}))
    assert len(await said(recording)) == 1


async def test_a_correction_that_changes_nothing_that_was_said_says_nothing(recording):
    first = an_act()
    corrected = {"supersedes": f"/huainan/casework#{first.envelope.id}"}
    await apply(recording, first)
    await apply(recording, an_act(about=corrected, ended_at="2026-09-11T00:30:00+08:00"))
    assert await actions(recording) == [("A1", "full", 1)]
    assert len(await said(recording)) == 1
    clocks = await recording.all("SELECT due_at FROM clocks")
    assert [row.due_at for row in clocks] == [datetime.fromisoformat("2026-09-12T00:30:00+08:00")]


async def test_a_correction_of_place_says_the_new_level(recording):
    first = an_act(kind="questioning")
    corrected = {"supersedes": f"/huainan/casework#{first.envelope.id}"}
    await apply(recording, first)
    await apply(recording, an_act(about=corrected, kind="questioning", place_kind="window"))
    assert await actions(recording) == [("A1", "as_needed", 2)]
    assert [data["level"] for _, data in await said(recording)] == ["full", "as_needed"]


async def test_an_act_is_marked_when_its_upload_term_ran_out_and_not_before(recording, fire):
    await apply(recording, an_act())
    assert await fire("2026-09-11T23:29:00") == 0
    assert await fire("2026-09-11T23:31:00") == 1
    assert (await recording.all("SELECT footage_due_passed_at FROM actions"))[0][0] is not None
    assert [name.rsplit(".", 2)[1:] for name, _ in await said(recording)] == [
        ["recording", "required"],
        ["record", "gap_found"],
    ]


async def test_a_later_end_gives_the_footage_its_whole_term_again(recording, fire):
    first = an_act()
    await apply(recording, first)
    await fire("2026-09-11T23:31:00")
    corrected = {"supersedes": f"/huainan/casework#{first.envelope.id}"}
    await apply(recording, an_act(about=corrected, ended_at="2026-09-11T05:30:00+08:00"))
    assert (await recording.all("SELECT footage_due_passed_at FROM actions"))[0][0] is None
    assert await fire("2026-09-12T05:31:00") == 1
    assert (await recording.all("SELECT footage_due_passed_at FROM actions"))[0][0] is not None
