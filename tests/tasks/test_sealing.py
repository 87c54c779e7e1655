"""A month of the long memory is sealed, read back, and what differs is named."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from sqlalchemy.exc import DBAPIError
from tasks.given import KEY, a_case, a_classified_case, acts, apply, archived, over, recorded
from tasks.test_archive import PLANTED, planted

from mingjing_deploy.buckets import LOCKED_BUCKETS, ensure_buckets
from mingjing_shared.clock import machine_now
from mingjing_shared.events import with_case_number
from mingjing_shared.events.casework import ActionPerformed, CaseAccepted
from mingjing_shared.messaging.opening import open_database
from mingjing_tasks.acts.sealing import (
    seal,
    verify,
)
from mingjing_tasks.errors import CannotSeal, SealedOtherwise
from mingjing_tasks.rules.manifest import read_manifest
from mingjing_tasks.settings import ARCHIVE_BUCKET, RETENTION_LEAST, SEALED_AFTER
from mingjing_tasks.store import archive as store
from mingjing_tasks.store.objects import Bucket
from mingjing_tasks.store.sealed import ARCHIVED
from support.events import received

LOCK = timedelta(days=400)


async def versions(bucket, month):
    answer = await bucket.client.list_object_versions(Bucket=ARCHIVE_BUCKET, Prefix=f"{month}/")
    return [(one["Key"], one["VersionId"]) for one in answer.get("Versions", ())]


async def lines_of(bucket, month):
    found = []
    for key in await bucket.keys(f"{month}/events-"):
        found += gzip.decompress(await bucket.get(key)).splitlines()
    return [json.loads(line) for line in found]


@dataclass(frozen=True)
class EndsBeforeTheManifest(Bucket):
    """A process that dies after its objects and before their manifest."""

    async def put(self, key, body, kind):
        if "/manifest-" in key:
            raise ProcessLookupError("killed")
        await super().put(key, body, kind)


async def test_a_month_is_sealed_whole_and_read_back(tasks, bucket, month):
    await archived(tasks, month, acts(7))
    sealed = await seal(tasks, bucket, month, over(month), object_events=3)
    assert (sealed.events, sealed.is_new) == (7, True)
    [row] = await recorded(tasks, month)
    manifest = read_manifest(await bucket.get(f"{month}/manifest-{row.manifest_sha256}.json"))
    assert [one.events for one in manifest.objects] == [3, 3, 1]
    assert (manifest.service, manifest.month, manifest.events) == ("tasks", str(month), 7)
    assert manifest.first_recorded_at < manifest.last_recorded_at
    for one in manifest.objects:
        body = await bucket.get(one.key)
        assert (len(body), hashlib.sha256(body).hexdigest()) == (one.bytes, one.sha256)
    rows = await tasks.all("SELECT * FROM event_archive ORDER BY source, event_id")
    lines = await lines_of(bucket, month)
    assert [line["event_id"] for line in lines] == [row.event_id for row in rows]
    assert all(set(line) == set(rows[0]._fields) for line in lines)
    found = await verify(tasks, bucket, month)
    assert (found.fits, found.forgotten, found.manifest) == (True, 0, manifest)


async def test_a_sealed_month_still_fits_when_the_database_went_over_to_another_key(
    world, bucket, month, superuser, tmp_path
):
    tasks, settings = await world.database("tasks"), await world.settings("tasks")
    await archived(tasks, month, [planted(CaseAccepted), *acts(2)])
    await seal(tasks, bucket, month, over(month))
    ring = json.loads(settings.key_ring_file.read_text())
    file = tmp_path / "ring.json"
    file.write_text(json.dumps({"current": "k2", "keys": {**ring["keys"], "k2": "A" * 43 + "="}}))
    turned = open_database(settings.model_copy(update={"key_ring_file": file}))
    try:
        keys = turned.installation.keys
        [row] = await turned.all("SELECT * FROM event_archive WHERE personal IS NOT NULL")
        place = ARCHIVED.place(**row._asdict())
        plain = keys.open(bytes(row.personal), place)
        for personal, fits in (keys.seal(plain, place), True), (keys.seal(b"{}", place), False):
            await superuser(f"UPDATE event_archive SET personal = '\\x{personal.hex()}'"
                            f" WHERE event_id = '{row.event_id}'")  # fmt: skip
            assert (await verify(turned, bucket, month)).fits is fits
    finally:
        await turned.close()


async def test_the_boundary_of_a_month_is_midnight_in_shanghai(tasks, bucket, month):
    await archived(tasks, month, acts(1))
    first, after = acts(3)[1:]
    keys = tasks.installation.keys
    async with tasks.transaction() as tx:
        await store.add_events(tx, [store.archive_row(first, keys, month.first)])
        await store.add_events(tx, [store.archive_row(after, keys, month.end)])
    assert (await seal(tasks, bucket, month, over(month))).events == 2


async def test_what_is_sealed_cannot_be_deleted_or_replaced_by_its_own_writer(tasks, bucket, month):
    await archived(tasks, month, acts(2))
    await seal(tasks, bucket, month, over(month))
    stored = await versions(bucket, month)
    assert len(stored) == 2
    for key, version in stored:
        whole = await bucket.get(key)
        with pytest.raises(ClientError, match="AccessDenied"):
            await bucket.client.delete_object(Bucket=ARCHIVE_BUCKET, Key=key, VersionId=version)
        await bucket.client.put_object(Bucket=ARCHIVE_BUCKET, Key=key, Body=b"other")
        answer = await bucket.client.get_object(Bucket=ARCHIVE_BUCKET, Key=key, VersionId=version)
        assert await answer["Body"].read() == whole
        assert answer["ObjectLockMode"] == "COMPLIANCE"
        assert answer["ObjectLockRetainUntilDate"] > machine_now() + LOCK
    assert set(stored) <= set(await versions(bucket, month))
    assert RETENTION_LEAST == LOCK


async def test_the_identity_of_tasks_has_rights_on_this_bucket_only(bucket, objectstore):
    assert ARCHIVE_BUCKET in LOCKED_BUCKETS
    for ask in (
        bucket.client.create_bucket(Bucket="other"),
        bucket.client.put_object(Bucket="other", Key="a", Body=b"a"),
        bucket.client.delete_bucket(Bucket=ARCHIVE_BUCKET),
    ):
        with pytest.raises(ClientError, match="AccessDenied"):
            await ask


async def test_making_the_buckets_again_changes_nothing(sealing_settings, objectstore):
    assert await ensure_buckets(sealing_settings.objectstore_url, objectstore.users["admin"]) == []


async def test_a_changed_a_missing_and_an_added_event_are_named(tasks, bucket, month, superuser):
    await archived(tasks, month, acts(4))
    await seal(tasks, bucket, month, over(month))
    await superuser(
        "UPDATE event_archive SET data = jsonb_set(data, '{kind}', '\"notice\"')"
        " WHERE event_id = 'act-1'"
    )
    await superuser("DELETE FROM event_archive WHERE event_id = 'act-2'")
    await archived(tasks, month, [received(ActionPerformed, about={"id": "act-9"})])
    found = await verify(tasks, bucket, month)
    source = acts(1)[0].envelope.source
    assert sorted(found.problems) == sorted(
        [
            f"数据库中的 {source}#act-1 与封存的不同",
            f"数据库缺少 {source}#act-2",
            f"数据库多出 {source}#act-9",
        ]
    )


async def test_a_damaged_and_a_missing_object_are_named(tasks, bucket, month):
    await archived(tasks, month, acts(4))
    await seal(tasks, bucket, month, over(month), object_events=2)
    _, second = await bucket.keys(f"{month}/events-")
    await bucket.client.put_object(Bucket=ARCHIVE_BUCKET, Key=second, Body=b"damage")
    found = await verify(tasks, bucket, month)
    assert found.problems == [f"对象 {second} 已损坏：内容与清单中的 SHA-256 不符"]
    await bucket.client.delete_object(Bucket=ARCHIVE_BUCKET, Key=second)
    found = await verify(tasks, bucket, month)
    assert found.problems == [f"对象 {second} 不在对象存储中"]


async def test_a_damaged_manifest_is_named(tasks, bucket, month):
    await archived(tasks, month, acts(1))
    await seal(tasks, bucket, month, over(month))
    [key] = await bucket.keys(f"{month}/manifest-")
    await bucket.client.put_object(Bucket=ARCHIVE_BUCKET, Key=key, Body=b"{}")
    found = await verify(tasks, bucket, month)
    assert found.problems == [f"清单 {key} 的内容与其 SHA-256 不符"]


async def test_sealed_twice_is_sealed_once(tasks, bucket, month):
    await archived(tasks, month, acts(3))
    await seal(tasks, bucket, month, over(month))
    before = await versions(bucket, month), await recorded(tasks, month)
    again = await seal(tasks, bucket, month, over(month))
    assert (again.events, again.is_new) == (3, False)
    assert (await versions(bucket, month), await recorded(tasks, month)) == before


async def test_a_run_that_ends_between_objects_and_manifest_is_repeated(tasks, bucket, month):
    await archived(tasks, month, acts(3))
    with pytest.raises(ProcessLookupError):
        await seal(tasks, EndsBeforeTheManifest(bucket.client), month, over(month))
    assert await recorded(tasks, month) == []
    left = await versions(bucket, month)
    assert (await seal(tasks, bucket, month, over(month))).is_new
    now = await versions(bucket, month)
    assert (set(left) < set(now), len(now) - len(left)) == (True, 1)
    assert (await verify(tasks, bucket, month)).fits


async def test_a_run_that_ends_between_manifest_and_record_is_repeated(
    tasks, bucket, month, superuser
):
    await archived(tasks, month, acts(3))
    await seal(tasks, bucket, month, over(month))
    before = await versions(bucket, month), await recorded(tasks, month)
    await superuser("DELETE FROM sealed_months")
    assert (await seal(tasks, bucket, month, over(month))).is_new
    assert (await versions(bucket, month), await recorded(tasks, month)) == before


async def test_other_content_is_never_sealed_over_what_is_sealed(tasks, bucket, month, superuser):
    await archived(tasks, month, acts(3))
    await seal(tasks, bucket, month, over(month))
    before = await versions(bucket, month)
    await superuser("DELETE FROM event_archive WHERE event_id = 'act-1'")
    with pytest.raises(SealedOtherwise, match=r"清单 .*不符：数据库缺少 .*#act-1"):
        await seal(tasks, bucket, month, over(month))
    await superuser("DELETE FROM sealed_months")  # a database put back from an old copy
    with pytest.raises(SealedOtherwise, match="#act-1"):
        await seal(tasks, bucket, month, over(month))
    assert await versions(bucket, month) == before
    assert await recorded(tasks, month) == []


async def test_what_a_classified_case_made_the_archive_forget_is_counted_and_no_damage(
    tasks, bucket, month
):
    await archived(tasks, month, [a_case(), *acts(2)])
    await seal(tasks, bucket, month, over(month))
    await apply(tasks, a_classified_case())
    assert (
        await tasks.all(
            "SELECT 1 FROM event_archive WHERE recorded_at < :end"
            " AND recorded_at >= :first AND case_key = :key",
            end=month.end,
            first=month.first,
            key=KEY,
        )
        == []
    )
    found = await verify(tasks, bucket, month)
    assert (found.fits, found.forgotten >= 1) == (True, True)


async def test_no_planted_name_or_prose_stands_in_any_object_in_the_clear(tasks, bucket, month):
    await archived(tasks, month, [planted(cls) for cls in with_case_number()])
    await seal(tasks, bucket, month, over(month))
    shown = b"".join(
        [
            body if key.endswith(".json") else gzip.decompress(body)
            for key in await bucket.keys(f"{month}/")
            for body in [await bucket.get(key)]
        ]
    )
    escaped = [json.dumps(value).strip('"') for value in PLANTED]
    assert [v for v in (*PLANTED, *escaped) if v.encode() in shown] == []
    assert b"ACT-2026-0917-01" in shown


async def test_a_month_that_is_not_over_or_is_empty_is_refused(tasks, bucket, month):
    with pytest.raises(CannotSeal, match="未满三天"):
        await seal(tasks, bucket, month, month.end + SEALED_AFTER)
    with pytest.raises(CannotSeal, match="没有事件"):
        await seal(tasks, bucket, month, over(month))
    with pytest.raises(CannotSeal, match="尚未封存"):
        await verify(tasks, bucket, month)


async def test_a_record_of_sealing_cannot_be_changed_or_deleted(tasks):
    for statement in ("UPDATE sealed_months SET events = 0", "DELETE FROM sealed_months"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with tasks.transaction() as tx:
                await tx.execute(statement)
