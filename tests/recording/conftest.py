"""What the tests of recording share."""

from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

import httpx
import pytest
from recording.given import HANDLER, NUMBER, a_case, an_act, apply, the_directory
from recording.store_as_admin import as_admin

from mingjing_deploy.buckets import ensure_buckets
from mingjing_deploy.local.objectstore import start_objectstore
from mingjing_recording.app import build
from mingjing_recording.handlers import ALARMS
from mingjing_recording.settings import BUCKET, RecordingSettings
from mingjing_shared.messaging.clocks import fire_due
from support.officers import CSRF, an_officer, signed_in


@pytest.fixture
async def recording(world):
    return await world.database("recording")


@pytest.fixture
def fire(recording, set_clock):
    """Moves the legal clock to a local instant and fires what is due."""

    async def move_and_fire(to):
        set_clock(to)
        async with recording.transaction() as tx:
            return await fire_due(tx, ALARMS)

    return move_and_fire


@pytest.fixture
def set_clock(legal_clock):
    """Moves the legal clock to a local instant."""
    return lambda to: legal_clock(datetime.fromisoformat(to + "+08:00"))


@pytest.fixture(scope="session")
def objectstore(tmp_path_factory):
    users = {"admin": "secret-of-admin", "recording": "secret-of-recording"}
    running = start_objectstore(tmp_path_factory.mktemp("footage"), users=users)
    yield running
    running.kill()


@pytest.fixture
async def storing(world, objectstore, tmp_path):
    """The settings of a web process with an object store; its bucket is there."""
    url = f"http://127.0.0.1:{objectstore.ports.s3}"
    await ensure_buckets(url, objectstore.users["admin"])
    secret = tmp_path / "objectstore-recording"
    secret.write_text(objectstore.users["recording"])
    spool = tmp_path / "spool"
    spool.mkdir()
    known = await world.settings("recording")
    return RecordingSettings(
        **known.model_dump(),
        objectstore_url=url,
        objectstore_password_file=secret,
        upload_dir=spool,
        upload_bytes_max=8 * 1024 * 1024,
    )


@pytest.fixture
async def desk(storing, recording):
    """Opens the web process for an officer; the directory is known."""
    await apply(recording, *the_directory())
    app = build(storing)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(app.state.database.close)
        stack.push_async_callback(app.state.objects.close)

        async def sit_down(officer):
            return await stack.enter_async_context(sitting(app, officer))

        sit_down.app = app
        yield sit_down


@pytest.fixture
async def officer(desk, recording):
    await apply(recording, a_case(), an_act())
    return await desk(an_officer("case_handler", number=HANDLER))


@pytest.fixture
def case_ref(recording):
    return recording.installation.references.case(NUMBER)


@pytest.fixture
async def left(objectstore, storing, recording):
    """What is left anywhere: objects, unfinished objects, rows, files in the spool."""
    async with as_admin(objectstore) as admin:

        async def counts():
            objects = (await admin.list_object_versions(Bucket=BUCKET)).get("Versions", ())
            unfinished = (await admin.list_multipart_uploads(Bucket=BUCKET)).get("Uploads") or ()
            rows = [
                (await recording.all(f"SELECT count(*) FROM {table}"))[0][0]
                for table in ("blobs", "footage_files", "document_files")
            ]
            return len(objects), len(unfinished), *rows, len(list(storing.upload_dir.iterdir()))

        yield counts


@asynccontextmanager
async def sitting(app, officer):
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://front", headers=signed_in(officer)
    ) as client:
        yield Desk(client)


class Desk:
    """An officer at the web pages."""

    def __init__(self, client):
        self.client = client
        self.get = client.get

    async def post(self, address, **fields):
        return await self.client.post(address, data={"csrf": CSRF, **fields})

    async def bring(self, content, name="录像.mp4", **fields):
        """Upload a file with the form's fields before it, as a browser sends it."""
        files = {"file": (name, content, "application/octet-stream")}
        given = {"csrf": CSRF, "kind": "footage", **fields}
        return await self.client.post("/recording/upload", data=given, files=files)

    async def says_why(self, address, purpose="inspection", words="核查信访反映的问题"):
        """State why the officer looks."""
        answer = await self.post(address, purpose=purpose, purpose_words=words)
        assert answer.status_code == 303
        return answer
