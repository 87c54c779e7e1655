"""The portal on a database of its own, with a folder for bundles and keys of a test's own."""

import pytest

from mingjing_portal.app import build
from mingjing_shared.publicity.bundle import FIRST_BEFORE, file_name, make_bundle, origin_of
from support.publishing import Paths
from support.web import browsing


@pytest.fixture
def paths(tmp_path):
    made = Paths(tmp_path)
    made.bundles.mkdir()
    return made


@pytest.fixture
async def app(world, paths):
    settings = (await world.settings("portal")).model_copy(
        update={"key_ring_file": "/nowhere", "installation_key_file": "/nowhere"}
    )
    made = build(settings, paths.outside())
    yield made
    await made.state.database.close()


@pytest.fixture
async def browse(app):
    async with browsing(app) as client:
        yield client


@pytest.fixture
def inside(app, paths):
    """Signs and hands over bundles as disclosure's worker does, and has the portal take them."""

    class Inside:
        number, before = 0, FIRST_BEFORE
        key, origin = paths.signing, origin_of("test")

        def make(self, *contents, number=None, before=None, key=None):
            return make_bundle(
                key or self.key,
                self.origin,
                number or self.number + 1,
                before or self.before,
                contents,
            )

        def hand_over(self, raw, number=None):
            (paths.bundles / file_name(number or self.number + 1)).write_bytes(raw)

        async def tell(self, *contents):
            raw, digest = self.make(*contents)
            self.hand_over(raw)
            await app.state.importer.take_all()
            self.number, self.before = self.number + 1, digest

    return Inside()
