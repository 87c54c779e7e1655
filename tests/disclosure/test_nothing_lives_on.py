"""Words that were taken back are nowhere between the inside and the public any more."""

import json
from datetime import UTC, datetime

import httpx
import pytest
from disclosure.given import a_service
from disclosure.story import PUBLIC, a_penalty, an_undoing_of, the_story

from mingjing_disclosure.acts.publishing import PortalAway, Publisher
from mingjing_portal.app import build as build_portal
from mingjing_shared.publicity.bundle import file_name
from support.publishing import EDITOR, LEADER

SENTENCE = "该单位未按规定留存网络日志"
TABLES = ("public_items", "public_counts", "bundle_head")


@pytest.fixture(autouse=True)
def in_time(legal_clock):
    legal_clock(datetime(2026, 9, 22, 2, 0, tzinfo=UTC))


async def withdrawn(face, item_id, code="wrongly_published"):
    done = await face.act(LEADER, item_id, "withdraw", withdraw_code=code, withdraw_note="x")
    assert done.status_code == 303, done.text
    await face.deliver()


async def corrected(face, item_id, body):
    await face.act(EDITOR, item_id, "correct", correct_why="更正所述经过")
    await face.published(body)


async def bytes_of(face):
    """Everything that is public, or lies ready for the public, as bytes by place."""
    portal = face.outside.state.database
    seen = {
        table: b"\n".join(
            row.row.encode() for row in await portal.all(f"SELECT t::text AS row FROM {table} t")
        )
        for table in TABLES
    }
    for row in await face.database.all("SELECT number, body FROM bundles"):
        seen[f"bundles {row.number}"] = bytes(row.body)
    for row in await face.database.all("SELECT number, content FROM deliveries"):
        text = json.dumps(row.content, ensure_ascii=False)
        seen[f"deliveries {row.number}"] = text.encode()
    for file in face.paths.bundles.iterdir():
        seen[file.name] = file.read_bytes()
    return seen


async def places_of(face, sentence):
    return [place for place, raw in (await bytes_of(face)).items() if sentence.encode() in raw]


async def saved(face):
    """The portal's tables as a backup has them."""
    database = face.outside.state.database
    return {
        table: [
            json.dumps(row.row)
            for row in await database.all(f"SELECT to_jsonb(t) AS row FROM {table} t")
        ]
        for table in TABLES
    }


async def set_back(face, backup):
    async with face.outside.state.database.transaction() as tx:
        for table, rows in backup.items():
            await tx.execute(f"DELETE FROM {table}")
            for row in rows:
                await tx.execute(
                    f"INSERT INTO {table} SELECT * FROM jsonb_populate_record("
                    f"NULL::{table}, CAST(:row AS jsonb))",
                    row=row,
                )


async def test_a_withdrawn_text_is_in_no_table_bundle_or_file_any_more(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    assert await places_of(face, SENTENCE) == ["public_items", "bundles 1", "deliveries 1"]
    await withdrawn(face, item_id)
    assert await places_of(face, SENTENCE) == []
    assert list(face.paths.bundles.iterdir()) == []
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 410
    [row] = await face.database.all("SELECT public_sha256 FROM public_texts")
    assert len(row.public_sha256) == 64  # the bureau's own record stays


async def test_the_words_of_an_earlier_version_are_gone_once_the_next_is_public(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await corrected(face, item_id, PUBLIC.replace(SENTENCE, "该单位日志留存不足六个月"))
    assert await places_of(face, SENTENCE) == []
    assert await places_of(face, "该单位日志留存不足六个月") == [
        "public_items", "bundles 2", "deliveries 2",
    ]  # fmt: skip
    versions = await face.database.all("SELECT version FROM public_texts ORDER BY version")
    assert [row.version for row in versions] == [1, 2]
    await withdrawn(face, item_id)
    assert await places_of(face, "该单位日志留存不足六个月") == []


async def test_what_others_publish_in_the_same_bundle_stays(face, told):
    await told(*the_story(), a_penalty(decision_id="D2"), a_service(decision_id="D2"))
    first, second = await face.approved(PUBLIC), await face.approved(PUBLIC, "D2")
    await face.deliver()
    await withdrawn(face, first)
    raw = (await bytes_of(face))["bundles 1"].decode()
    assert (first in raw, second in raw) == (False, True)
    assert (await face.citizen.get(f"/items/{second}")).status_code == 200


async def test_a_portal_that_is_set_back_shows_the_tombstone_again(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    backup = await saved(face)
    await withdrawn(face, item_id)
    await set_back(face, backup)
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 200  # as the backup has it
    await face.deliver()
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 410
    assert await places_of(face, SENTENCE) == []
    await face.deliver()
    assert list(face.paths.bundles.iterdir()) == []


async def test_a_portal_that_starts_from_nothing_takes_all_and_brings_nothing_back(face, told):
    await told(*the_story(), a_penalty(decision_id="D2"), a_service(decision_id="D2"))
    first, second = await face.published(PUBLIC), await face.published(PUBLIC, "D2")
    await withdrawn(face, first)
    await corrected_second(face, second)
    await set_back(face, dict.fromkeys(TABLES, ()))
    await face.deliver()
    assert (await face.citizen.get(f"/items/{first}")).status_code == 410
    page = (await face.citizen.get(f"/items/{second}")).text
    for said in ("更正所述经过", "2026-09-22，按期"):
        assert said in page
    assert await places_of(face, SENTENCE) == []


async def corrected_second(face, item_id):
    await face.act(EDITOR, item_id, "correct", correct_why="更正所述经过")
    await face.published(PUBLIC.replace(SENTENCE, "该单位日志留存不足六个月"), "D2")


async def test_an_old_whole_bundle_that_is_put_there_again_brings_nothing_back(face, told, world):
    await told(*the_story())
    item_id = await face.approved(PUBLIC)
    await face.publisher.round()
    whole = (face.paths.bundles / file_name(1)).read_bytes()
    await face.deliver()
    await withdrawn(face, item_id)
    (face.paths.bundles / file_name(1)).write_bytes(whole)
    again = build_portal(await world.settings("portal"), face.paths.outside())  # a restart
    try:
        assert await again.state.importer.take_all() == 0
    finally:
        await again.state.database.close()
    assert (await face.citizen.get(f"/items/{item_id}")).status_code == 410
    await face.publisher.round()
    assert await places_of(face, SENTENCE) == []


async def test_killed_before_the_words_are_taken_out_the_next_worker_does_it(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    given = {"withdraw_code": "wrongly_published", "withdraw_note": "x"}
    await face.act(LEADER, item_id, "withdraw", **given)
    await face.publisher.build()
    await face.publisher.hand_over()
    await face.outside.state.importer.take_all()
    assert await face.publisher.look() == 1  # and then it is killed
    assert await places_of(face, SENTENCE) == ["bundles 1"]
    await Publisher(face.database, face.publisher_settings, face.citizen).round()
    assert await places_of(face, SENTENCE) == []


async def test_while_the_portal_is_away_the_words_go_all_the_same(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    given = {"withdraw_code": "wrongly_published", "withdraw_note": "x"}
    await face.act(LEADER, item_id, "withdraw", **given)
    await face.publisher.build()
    await face.publisher.hand_over()
    await face.outside.state.importer.take_all()
    await face.publisher.look()

    def refuse(_request):
        raise httpx.ConnectError("away")

    away = httpx.AsyncClient(transport=httpx.MockTransport(refuse), base_url="http://portal")
    publisher = Publisher(face.database, face.publisher_settings, away)
    with pytest.raises(PortalAway):
        await publisher.round()
    await publisher.close()
    assert await places_of(face, SENTENCE) == []


async def test_a_sealed_item_leaves_no_word_of_what_was_there(face, told):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    await told(an_undoing_of("revoked"))
    await withdrawn(face, item_id, "privacy")
    for word in ("网络日志", "00871", "示例信息技术", "三万元", "30000", "田家庵"):
        assert await places_of(face, word) == [], word
