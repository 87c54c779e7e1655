"""Disclosure and the portal side by side, with keys and folders of a test's own."""

from __future__ import annotations

import base64
import contextlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI
from nacl.public import PrivateKey

from mingjing_disclosure.acts.feedback import pull_feedback
from mingjing_disclosure.acts.publishing import PortalAway, Publisher
from mingjing_disclosure.app import build as build_disclosure
from mingjing_disclosure.settings import PublishingSettings
from mingjing_portal.app import build as build_portal
from mingjing_portal.settings import PathSettings
from mingjing_shared.signing_keys import public_half
from mingjing_shared.trust.keys import public_lines
from support.officers import CITY, CSRF, an_officer, signed_in
from support.stack import LOG_KEYS

EDITOR = an_officer("disclosure_editor", number="034188", unit=CITY)
CHECKER = an_officer("disclosure_checker", number="030116", unit=CITY)
LEADER = an_officer("bureau_leader", number="010007", unit=CITY)


@dataclass
class Paths:
    """The two one-way paths and the keys of both ends."""

    home: Path
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    sealing: PrivateKey = field(default_factory=PrivateKey.generate)

    @property
    def bundles(self) -> Path:
        return self.home / "bundles"

    @property
    def spool(self) -> Path:
        return self.home / "feedback"

    def key(self, name: str, text: str) -> Path:
        file = self.home / name
        file.write_text(text)
        return file

    def inside(self, settings: Any, **changes: Any) -> PublishingSettings:
        """The worker's settings."""
        raw = self.signing.private_bytes_raw()
        return PublishingSettings(
            **{
                **settings.model_dump(),
                "bundle_outbox": self.bundles,
                "bundle_key_file": self.key("bundle-key", base64.b64encode(raw).decode()),
                "public_portal_url": "http://portal",
                "feedback_spool": self.spool,
                "public_log_key_file": self.key(
                    "public-log-key", base64.b64encode(LOG_KEYS["portal"].log).decode()
                ),
                "public_log_sm2_key_file": self.key(
                    "public-log-sm2-key", base64.b64encode(LOG_KEYS["portal"].sm2).decode()
                ),
                "spool_key_file": self.key(
                    "spool-key", base64.b64encode(bytes(self.sealing)).decode()
                ),
                **changes,
            }
        )

    def outside(self, **changes: Any) -> PathSettings:
        """The portal's settings: public halves only."""
        lines = "\n".join(public_lines("test", LOG_KEYS)) + "\n"
        given = {
            "installation_code": "test",
            "log_keys_file": self.key("log-keys", lines),
            "bundle_inbox": self.bundles,
            "bundle_public_file": self.key("bundle-public", public_half(self.signing)),
            "feedback_spool": self.spool,
            "spool_public_file": self.key(
                "spool-public", base64.b64encode(bytes(self.sealing.public_key)).decode()
            ),
        }
        return PathSettings(**{**given, **changes})

    def environment(self) -> dict[str, str]:
        """The portal's settings for a process of its own."""
        names = {f"MINGJING_{k.upper()}": str(v) for k, v in self.outside().model_dump().items()}
        return {**os.environ, **names}


@dataclass
class PublicFace:
    """Disclosure's pages and worker, and the portal, spoken to as browsers do."""

    paths: Paths
    database: Any
    inside: FastAPI
    outside: FastAPI
    desk: httpx.AsyncClient
    citizen: httpx.AsyncClient
    publisher: Publisher
    publisher_settings: PublishingSettings

    async def get(self, officer: Any, address: str, **headers: str) -> httpx.Response:
        return await self.desk.get(address, headers={**signed_in(officer), **headers})

    async def post(self, officer: Any, address: str, **fields: Any) -> httpx.Response:
        given = {"csrf": CSRF, **fields}
        return await self.desk.post(address, data=given, headers=signed_in(officer))

    async def act(self, officer: Any, item_id: str, path: str, **fields: Any) -> httpx.Response:
        return await self.post(officer, f"/disclosure/items/{item_id}/{path}", **fields)

    async def release(self, officer: Any, item_id: str, note: str) -> httpx.Response:
        """Decide against a reason, as it stands on the page now."""
        page = (await self.get(officer, f"/disclosure/items/{item_id}")).text
        marks = re.findall(r'name="seen" value="([0-9a-f]{32})"', page)
        return await self.act(
            officer, item_id, "release", release_note=note, seen="".join(marks[:1])
        )

    async def item(self, decision_id: str = "D1") -> Any:
        rows = await self.database.all(
            "SELECT * FROM items WHERE decision_id = :id", id=decision_id
        )
        return rows[0]

    async def state(self, decision_id: str = "D1") -> str:
        return (await self.item(decision_id)).state

    async def newest_sha(self, decision_id: str = "D1") -> str:
        rows = await self.database.all(
            "SELECT public_sha256 FROM public_texts WHERE decision_id = :id"
            " ORDER BY version DESC LIMIT 1",
            id=decision_id,
        )
        return str(rows[0].public_sha256)

    async def submitted(self, body: str, decision_id: str = "D1", officer: Any = EDITOR) -> str:
        """The item's id, its text submitted by an editor."""
        item_id = (await self.item(decision_id)).item_id
        done = await self.act(officer, item_id, "text", body=body, submit="yes")
        assert done.status_code == 303, done.text
        return str(item_id)

    async def checked(self, body: str, decision_id: str = "D1") -> str:
        item_id = await self.submitted(body, decision_id)
        seen = await self.newest_sha(decision_id)
        done = await self.act(CHECKER, item_id, "check", seen=seen)
        assert done.status_code == 303, done.text
        return item_id

    async def approved(self, body: str, decision_id: str = "D1") -> str:
        item_id = await self.checked(body, decision_id)
        seen = await self.newest_sha(decision_id)
        done = await self.act(LEADER, item_id, "approve", seen=seen)
        assert done.status_code == 303, done.text
        return item_id

    async def published(self, body: str, decision_id: str = "D1") -> str:
        item_id = await self.approved(body, decision_id)
        await self.deliver()
        return item_id

    def look_anew(self) -> None:
        """A worker that was started anew: it does not remember what it looked for in vain."""
        self.publisher = Publisher(self.database, self.publisher_settings, self.citizen)

    async def deliver(self) -> int:
        """Bundles go over, the portal takes them, the worker looks; how many arrived."""
        with contextlib.suppress(PortalAway):
            await self.publisher.round()
        await self.outside.state.importer.take_all()
        self.look_anew()
        return await self.publisher.round()

    async def pull(self) -> int:
        return await pull_feedback(self.database, self.paths.spool, self.paths.sealing)

    async def told(self) -> list[tuple[str, Any]]:
        """Short type and data of what disclosure said, in order."""
        rows = await self.database.all(
            "SELECT attributes->>'type' AS type, convert_from(value, 'UTF8')::jsonb AS data"
            " FROM outbox ORDER BY position"
        )
        return [(row.type.removeprefix("cn.mingjing.disclosure."), row.data) for row in rows]


@contextlib.asynccontextmanager
async def public_face(world: Any, home: Path) -> Any:
    """Both sides in a world of their own."""
    paths = Paths(home)
    settings = await world.settings("disclosure")
    inside = build_disclosure(settings)
    outside = build_portal(await world.settings("portal"), paths.outside())
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(inside.state.database.close)
        stack.push_async_callback(outside.state.database.close)
        clients = []
        for app, base in ((inside, "http://front"), (outside, "http://portal")):
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            clients.append(
                await stack.enter_async_context(
                    httpx.AsyncClient(transport=transport, base_url=base)
                )
            )
        desk, citizen = clients
        worker = await world.database("disclosure")
        told = paths.inside(settings)
        publisher = Publisher(worker, told, citizen)
        yield PublicFace(paths, worker, inside, outside, desk, citizen, publisher, told)
