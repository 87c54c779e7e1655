"""What is published, corrected, withdrawn is in the public log; what is sealed nobody confirms."""

import pytest
from disclosure.story import PUBLIC, the_story
from disclosure.test_sealed_later import BEFORE, FIRST_DAY, published_before_the_law
from trust.neighbourhood import witnesses_over_http

from mingjing_disclosure.acts.public_log import PORTAL
from mingjing_disclosure.acts.rechecking import recheck_public
from mingjing_disclosure.store.public_log import PUBLIC_CONTENTS
from mingjing_shared.trust.desk import log_of
from mingjing_shared.trust.keys import known_keys
from mingjing_shared.trust.receipt import proved_by, receipt_of
from support.publishing import LEADER


@pytest.fixture
async def log(world, face):
    """The portal's log as disclosure's worker keeps it, before four witnesses."""
    async with witnesses_over_http(world, ("gateway", "recording", "review", "tasks")) as urls:
        told = face.publisher_settings
        settings = told.model_copy(
            update={
                "witness_urls": urls,
                "log_key_file": told.public_log_key_file,
                "log_sm2": True,
                "log_sm2_key_file": told.public_log_sm2_key_file,
            }
        )
        made = log_of(settings, face.database, PUBLIC_CONTENTS, PORTAL)
        yield made
        await made.close()


async def receipt(face, item_id, version=None):
    query = "" if version is None else f"?version={version}"
    return await face.citizen.get(f"/receipts/{item_id}{query}")


async def covered(face, log):
    """The log is signed and witnessed, and its parts come to the portal."""
    async with face.database.transaction() as tx:
        await tx.execute("UPDATE log_checkpoints SET signed_at = signed_at - interval '1 minute'")
    await log.work()
    await face.deliver()
    await face.deliver()


async def test_a_citizen_proves_what_was_published(face, told, log):
    await told(*the_story())
    item_id = await face.published(PUBLIC)
    page = (await face.citizen.get(f"/items/{item_id}")).text
    assert "待存证" in page
    await covered(face, log)
    answer = await receipt(face, item_id)
    known = known_keys(face.paths.home / "log-keys")
    proved = proved_by(receipt_of(answer.content), known.logs, known.witnesses)
    assert proved.head.origin == "test/mingjing/portal"
    assert proved.said["type"] == "cn.mingjing.public.published"
    assert proved.said["data"]["public_sha256"] == await face.newest_sha()
    assert len(proved.witnesses) == 4
    assert [key.algorithm for key in proved.keys] == ["Ed25519", "国密 SM2"]
    assert "已存证" in (await face.citizen.get(f"/items/{item_id}")).text
    told_publicly = receipt_of(answer.content).content.decode()
    assert "D1" not in told_publicly
    assert "2026-" in told_publicly


async def test_nothing_new_makes_no_bundle(face, told, log):
    await told(*the_story())
    await face.published(PUBLIC)
    await covered(face, log)
    before = await face.database.all("SELECT count(*) AS n FROM bundles")
    await covered(face, log)
    assert await face.database.all("SELECT count(*) AS n FROM bundles") == before


async def test_what_is_sealed_later_can_be_confirmed_by_nobody(face, told, log, legal_clock):
    legal_clock(BEFORE)
    item_id = await published_before_the_law(face, told)
    await covered(face, log)
    kept = receipt_of((await receipt(face, item_id)).content)
    legal_clock(FIRST_DAY)
    await recheck_public(face.database)
    done = await face.act(
        LEADER,
        item_id,
        "withdraw",
        withdraw_code="sealed_public_security",
        withdraw_note="依法封存",
    )
    assert done.status_code == 303, done.text
    await face.deliver()
    await covered(face, log)
    now = receipt_of((await receipt(face, item_id, 1)).content)
    assert now.index == 1
    assert b"cn.mingjing.public.withdrawn" in now.content
    assert b"sha256" not in now.content
    rows = await face.database.all(
        "SELECT type, log_salt, content FROM public_entries ORDER BY number"
    )
    assert [(row.type.rpartition(".")[2], row.log_salt is None) for row in rows] == [
        ("published", True),
        ("withdrawn", False),
    ]
    assert b"document_number" not in bytes(rows[1].content)
    bodies = await face.database.all("SELECT body FROM bundles")
    for row in bodies:
        assert kept.salt.hex().encode() not in bytes(row.body)
    for file in face.paths.bundles.iterdir():
        assert kept.salt.hex().encode() not in file.read_bytes()
    head = (await face.citizen.get("/log/checkpoint")).text.splitlines()
    assert head[1] == "2"
