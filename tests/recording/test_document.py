"""Documents are expected, lack after their term, are there when their file comes."""

import json

from recording.given import NUMBER, a_case, a_classified_case, a_document, apply
from recording.test_any_order import a_paper


async def said(database):
    rows = await database.all(
        "SELECT attributes, value FROM outbox"
        " WHERE attributes->>'type' LIKE 'cn.mingjing.document.%' ORDER BY position"
    )
    return [(row.attributes["type"].rsplit(".", 1)[1], json.loads(row.value)) for row in rows]


async def state(database):
    return [row.state for row in await database.all("SELECT state FROM documents")]


async def happens(database, act):
    async with database.transaction() as tx:
        await act(tx)


async def test_nothing_is_kept_of_a_document_of_a_classified_case(recording):
    await apply(recording, a_document())
    await apply(recording, a_classified_case())
    assert await state(recording) == []
    assert await recording.all("SELECT 1 FROM document_facts") == []
    assert await recording.all("SELECT 1 FROM clocks") == []


async def test_a_title_is_sealed_where_it_is_kept_and_in_no_event(recording):
    await apply(recording, a_case(), a_document())
    for table in ("document_facts", "documents"):
        rows = await recording.all(f"SELECT title FROM {table}")
        assert "欧阳".encode() not in rows[0].title
    rows = await recording.all("SELECT value FROM outbox")
    assert not [row for row in rows if "欧阳" in row.value.decode()]


async def test_a_document_is_awaited_and_lacks_after_its_term(recording, fire):
    await apply(
        recording,
        a_case(),
        a_document(file={"sha256": "b" * 64, "size": 1, "media_type": "application/pdf"}),
    )
    assert await state(recording) == ["awaited"]
    await fire("2026-09-19T09:59:00")
    assert await said(recording) == []
    await fire("2026-09-19T10:00:01")
    assert await state(recording) == ["missing"]
    assert await said(recording) == [
        (
            "missing",
            {
                "case_number": NUMBER,
                "document_number": "淮公(田)行罚决字〔2026〕00123号",
                "sha256": "b" * 64,
            },
        )
    ]


async def test_a_document_on_paper_only_never_lacks(recording, fire):
    await apply(recording, a_case(), a_document(on_paper_only=True))
    await fire("2026-12-01T00:00:00")
    assert await state(recording) == ["paper"]
    assert await said(recording) == []


async def test_a_file_that_comes_is_told_and_lacks_no_more(recording, fire):
    await apply(recording, a_case(), a_document())
    await fire("2026-09-19T10:00:01")
    await happens(recording, a_paper(NUMBER, 5))
    assert await state(recording) == ["held"]
    assert [name for name, _ in await said(recording)] == ["missing", "received"]
    assert (await said(recording))[-1][1]["size"] == 10


async def test_a_file_that_came_first_waits_for_its_document(recording, fire):
    await apply(recording, a_case())
    await happens(recording, a_paper(NUMBER, 5))
    await apply(recording, a_document())
    await fire("2026-12-01T00:00:00")
    assert await state(recording) == ["held"]
    assert [name for name, _ in await said(recording)] == ["received"]


async def test_brackets_may_be_written_in_any_way(recording):
    await apply(recording, a_case())
    await happens(recording, a_paper(NUMBER, 5))
    await apply(recording, a_document(document_number="淮公（田）行罚决字[2026]00123号"))
    assert await state(recording) == ["held"]
