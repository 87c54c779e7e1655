"""What an older version did not keep is derived after the start, once."""

from recording.given import NUMBER, a_case, an_act, an_end, apply

from mingjing_recording.acts.filling import fill_in


async def test_acts_and_case_files_of_before_get_their_records(recording):
    acts = [an_act(action_id=f"A{n}") for n in range(3)]
    await apply(recording, a_case(), *acts, an_end(), an_end("田公（网）2026-01184"))
    before = await recording.all("SELECT action_id, state, people FROM records ORDER BY 1")
    async with recording.transaction() as tx:
        await tx.execute("DELETE FROM records")
        await tx.execute("DELETE FROM cases")
        await tx.execute("UPDATE casefiles SET people = NULL, unit = NULL")
    while await fill_in(recording):
        pass
    assert await recording.all("SELECT action_id, state, people FROM records ORDER BY 1") == before
    rows = await recording.all("SELECT case_number, people FROM casefiles ORDER BY case_key")
    assert [tuple(row) for row in rows] == [(NUMBER, ["034211"]), ("田公（网）2026-01184", [])]
    assert await fill_in(recording) == 0


async def test_filling_in_tells_nothing_again(recording):
    await apply(recording, a_case(), an_act(), an_end())
    before = await recording.all("SELECT id FROM outbox ORDER BY position")
    async with recording.transaction() as tx:
        await tx.execute("DELETE FROM records")
    await fill_in(recording)
    assert await recording.all("SELECT id FROM outbox ORDER BY position") == before
