"""Recordings are known, linked to acts by case or by officers, and told of."""

import json

from recording.given import (
    HANDLER,
    NUMBER,
    STATION,
    a_case,
    a_classified_case,
    an_act,
    apply,
    footage,
    the_directory,
)
from recording.test_any_order import a_file, a_link


async def said(database, kind="footage"):
    rows = await database.all(
        "SELECT attributes, value FROM outbox WHERE attributes->>'type' LIKE :type"
        " ORDER BY position",
        type=f"cn.mingjing.{kind}.%",
    )
    return [(row.attributes["type"].rsplit(".", 1)[1], json.loads(row.value)) for row in rows]


async def links(database):
    rows = await database.all("SELECT * FROM footage_links ORDER BY footage_id, action_id")
    return [tuple(row) for row in rows]


async def happens(database, act):
    async with database.transaction() as tx:
        await act(tx)


async def test_nothing_is_kept_of_footage_of_a_classified_case_but_its_count(recording):
    await apply(recording, a_classified_case(), footage(case_number=NUMBER))
    assert await recording.all("SELECT 1 FROM footage") == []
    assert await recording.all("SELECT 1 FROM footage_facts") == []
    assert (await recording.all("SELECT events FROM classified_counts"))[0].events == 1
    assert await said(recording) == []


async def test_footage_is_forgotten_when_its_case_turns_out_to_be_classified(recording):
    await apply(recording, footage(case_number=NUMBER), an_act())
    await apply(recording, a_classified_case())
    for table in ("footage", "footage_facts", "footage_links", "records", "cases"):
        assert await recording.all(f"SELECT 1 FROM {table}") == [], table


async def test_footage_that_names_no_case_is_registered_and_linked_to_nothing(recording):
    await apply(recording, *the_directory(), a_case(), an_act(), footage())
    assert await links(recording) == []
    rows = await recording.all("SELECT state, unit, people FROM footage")
    assert [tuple(row) for row in rows] == [("unlinked", STATION, [HANDLER])]
    assert await said(recording) == [
        ("registered", {"footage_id": "F1", "serial": "ZFY0042", "officer": HANDLER})
    ]


async def test_footage_that_names_its_case_shows_its_acts_of_the_same_time(recording):
    later = an_act(
        action_id="A2", started_at="2026-09-10T23:30:00+08:00", ended_at="2026-09-10T23:40:00+08:00"
    )
    await apply(recording, a_case(), an_act(), later)
    await apply(recording, footage(case_number=NUMBER))
    assert await links(recording) == [("F1", "A1", "rule:recording.link_by_case")]
    assert [name for name, _ in await said(recording)] == ["registered", "linked"]
    assert (await said(recording))[-1][1] == {
        "case_number": NUMBER,
        "footage_id": "F1",
        "action_id": "A1",
        "linked_by": "rule:recording.link_by_case",
    }


async def test_footage_that_came_before_its_act_is_linked_when_the_act_comes(recording):
    await apply(recording, footage(case_number=NUMBER))
    assert (await said(recording))[-1][1] == {
        "case_number": NUMBER,
        "footage_id": "F1",
        "linked_by": "rule:recording.link_by_case",
    }
    await apply(recording, an_act())
    assert await links(recording) == [("F1", "A1", "rule:recording.link_by_case")]
    assert (await said(recording))[-1][1]["action_id"] == "A1"


async def test_an_officer_s_word_is_above_the_rule(recording):
    await apply(recording, a_case(), an_act())
    await apply(recording, footage(case_number=NUMBER))
    await happens(recording, a_link("F1", "A1", False))
    assert await links(recording) == []
    await happens(recording, a_link("F1", "A1", True))
    assert await links(recording) == [("F1", "A1", HANDLER)]
    assert [name for name, _ in await said(recording)] == ["registered", "linked", "linked"]


async def test_footage_linked_by_an_officer_belongs_to_the_case_of_the_act(recording):
    await apply(recording, a_case(), an_act(), footage())
    await happens(recording, a_link("F1", "A1", True))
    rows = await recording.all("SELECT state, case_number FROM footage")
    assert [tuple(row) for row in rows] == [("linked", NUMBER)]


async def test_archived_footage_is_told_with_its_hashes_and_its_term(recording):
    await apply(recording, footage())
    await happens(recording, a_file("F1", 7))
    name, told = (await said(recording))[-1]
    assert name == "archived"
    assert told == {
        "footage_id": "F1",
        "sha256": f"{7:064x}",
        "tree_root": f"{7:064x}",
        "size": 10,
        "retention": {"class": "ordinary", "until": "2027-03-20"},
    }


async def test_footage_of_a_case_is_evidence_and_kept_for_ever(recording):
    await apply(recording, a_case(), an_act(), footage())
    await happens(recording, a_file("F1", 7))
    await happens(recording, a_link("F1", "A1", True))
    archived = [told for name, told in await said(recording) if name == "archived"]
    assert archived[-1]["case_number"] == NUMBER
    assert archived[-1]["retention"] == {"class": "evidence"}


async def test_a_file_that_is_not_the_one_told_of_covers_nothing(recording):
    await apply(recording, a_case(), an_act())
    await happens(recording, a_file("F1", 7, duration_ms=3_600_000))
    await apply(recording, footage(case_number=NUMBER, sha256="a" * 64))
    assert (await recording.all("SELECT differs FROM footage"))[0].differs is True
    assert (await recording.all("SELECT covered_seconds FROM records"))[0][0] == 0


async def test_how_long_it_shows_is_read_from_the_file_not_believed(recording):
    await apply(recording, a_case(), an_act(), footage(case_number=NUMBER))
    await happens(recording, a_file("F1", 7, duration_ms=60_000))
    assert (await recording.all("SELECT covered_seconds FROM records"))[0][0] == 60


async def test_told_twice_it_is_said_once(recording):
    shot = footage(case_number=NUMBER)
    await apply(recording, an_act(), shot, shot)
    before = await said(recording)
    await apply(recording, shot, footage(case_number=NUMBER, about={"source": "/huainan/other"}))
    assert await said(recording) == before


async def test_no_event_of_recording_names_anybody_but_officers_by_number(recording):
    await apply(recording, *the_directory(), a_case(), an_act(), footage(case_number=NUMBER))
    rows = await recording.all("SELECT value FROM outbox")
    assert not [row for row in rows if "警官" in row.value.decode()]
