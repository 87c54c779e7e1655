"""From an approval to the public page, and only then the word that it is public.

What is stored before each step that cannot be taken back:

1. The approved content is a row of ``deliveries`` (written with the approval). Its finished files
   pass the leak check, or it is taken back (``leak_check``); that is a row of ``steps``.
2. A signed bundle is a row of ``bundles``, its deliveries name it; committed.
3. Its bytes are written to the one-way path, whole or not at all. Repeated, they are the same.
4. The public page is read over HTTP as a citizen reads it, and what it shows is compared.
5. The delivery is seen, the item moves on, ``disclosure.published`` goes to the outbox; committed.
6. What a correction or a tombstone replaces is taken out of the bundle that it went with, and the
   files of bundles that arrived are removed (``bundle_files``).

Killed after any of them, the next round goes on from what is stored: nothing is lost, nothing is
told twice. While the portal is away the round ends and comes again after a pause.
"""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

import httpx
import msgspec
import structlog

from mingjing_disclosure.acts import bundle_files, public_log
from mingjing_disclosure.acts.arrival import settle_arrival
from mingjing_disclosure.acts.leak_check import trouble_on_page
from mingjing_disclosure.acts.rejudging import judge_waiting, still_lawful
from mingjing_disclosure.rules.public_page import says_withdrawn, text_shown
from mingjing_disclosure.store import delivery as store
from mingjing_disclosure.store.public_log import note_sent
from mingjing_shared.clock import legal_today
from mingjing_shared.looping import pause
from mingjing_shared.publicity.bundle import make_bundle, origin_of
from mingjing_shared.publicity.content import Published, text_digest
from mingjing_shared.signing_keys import signing_key_in

if TYPE_CHECKING:
    import asyncio

    from mingjing_disclosure.settings import PublishingSettings
    from mingjing_disclosure.store.delivery import Delivery
    from mingjing_shared.database import Database
    from mingjing_shared.publicity.content import Item

POLL_SECONDS = 1.0
PAUSE_SECONDS_MAX = 30.0
ANSWER_SECONDS_MAX = 10.0
NEWEST_TAKEN = "/bundle"
_GONE = 410
_OK = 200
_OVERLOADED = 500
_log = structlog.get_logger()


class PortalAway(Exception):
    """The public face does not answer just now."""


class Publisher:
    """Brings what was approved to the public page; one round after the other."""

    def __init__(
        self,
        database: Database,
        settings: PublishingSettings,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        """Read the key; ``client`` only where the portal is not reached by a socket.

        Raises:
            Misconfigured: the key file is missing or malformed.
        """
        assert settings.bundle_outbox is not None
        assert settings.bundle_key_file is not None
        self._database = database
        self._outbox = settings.bundle_outbox
        self._key = signing_key_in(settings.bundle_key_file)
        self._origin = origin_of(settings.installation_code)
        self._client = client or httpx.AsyncClient(
            base_url=settings.public_portal_url, timeout=ANSWER_SECONDS_MAX, trust_env=False
        )
        self._again_at: dict[int, float] = {}

    async def close(self) -> None:
        """Give the connection to the portal back."""
        await self._client.aclose()

    async def round(self) -> int:
        """Build, hand over, look, tidy; how many deliveries were seen to have arrived.

        Raises:
            PortalAway: the portal does not answer; everything before that stands.
        """
        await judge_waiting(self._database)
        while await self.build():
            pass
        await self.hand_over()
        arrived = await self.look()
        await self.tidy()
        return arrived

    async def build(self) -> int | None:
        """One bundle of what waits and may leave; its number, or nothing when nothing does."""
        async with self._database.transaction() as tx:
            await tx.lock(["bundles"])
            waiting = await still_lawful(tx, await store.waiting_deliveries(tx))
            parts, first, size = await public_log.new_parts(tx)
            if not waiting and not parts:
                return None
            number, before = await store.last_bundle(tx)
            number += 1
            waiting = [_dated(one) for one in waiting]
            contents = [*(one.content for one in waiting), *parts]
            body, digest = make_bundle(self._key, self._origin, number, before, contents)
            await store.keep_bundle(tx, number, digest, body, waiting)
            if parts:
                await note_sent(tx, first, size, number)
        return number

    async def hand_over(self) -> None:
        """Have every bundle of which something is still unseen lie whole in the outbox."""
        bundles = await store.open_bundles(self._database)
        await bundle_files.lay_out(self._database, self._outbox, bundles)

    async def tidy(self) -> None:
        """Let no words live on that were taken back, and no file that was taken and seen.

        A portal that was set back to an older state is handed over again what came since.

        Raises:
            PortalAway: it does not answer; the words are gone all the same.
        """
        while await bundle_files.empty_superseded(self._database, self._key):
            pass
        taken = await self._taken_there()
        if taken is None:
            return
        lacking = await store.bundles_after(self._database, taken)
        await bundle_files.lay_out(self._database, self._outbox, lacking)
        await bundle_files.clear(self._database, self._outbox, taken)

    async def _taken_there(self) -> int | None:
        """The newest bundle that the portal has taken; none where it does not say."""
        answer = await self._get(NEWEST_TAKEN)
        said = answer.text.strip() if answer.status_code == _OK else ""
        return int(said) if said.isascii() and said.isdigit() else None

    async def look(self) -> int:
        """Read the public pages of what was handed over, and settle what is there.

        Raises:
            PortalAway: it does not answer.
        """
        arrived = 0
        for delivery in await store.unseen_deliveries(self._database):
            if monotonic() < self._again_at.get(delivery.number, 0):
                continue
            trouble = await self._read(delivery)
            if trouble is None:
                self._again_at.pop(delivery.number, None)
                trouble, came = await self._settle(delivery)
                arrived += came
            if trouble is not None:
                self._again_at[delivery.number] = monotonic() + POLL_SECONDS
                async with self._database.transaction() as tx:
                    await store.note_trouble(tx, delivery.number, trouble)
        return arrived

    async def _settle(self, delivery: Delivery) -> tuple[str | None, bool]:
        """What was in the way of settling it, in Chinese, and whether it was settled now."""
        try:
            return None, await settle_arrival(self._database, delivery)
        except Exception as error:  # noqa: BLE001 - one delivery's edge: the others are looked at all the same
            _log.warning("an arrival is not settled", error=type(error).__name__)
            return "公众页面已更新，但系统登记没有成功，稍后自动再试。", False

    async def _read(self, delivery: Delivery) -> str | None:
        """Why the public page does not say this yet, in Chinese; nothing when it does."""
        answer = await self._get(address_of(delivery.content))
        trouble = _compare(delivery.content, answer.status_code, answer.text)
        return trouble or await trouble_on_page(self._database, delivery, answer.text)

    async def _get(self, address: str) -> httpx.Response:
        try:
            answer = await self._client.get(address, headers={"Cache-Control": "no-cache"})
        except httpx.TransportError as error:
            raise PortalAway(type(error).__name__) from error
        if answer.status_code >= _OVERLOADED:
            raise PortalAway(str(answer.status_code))
        return answer


def address_of(content: Item) -> str:
    """Where the public reads an item, on the public face."""
    return f"/items/{content.item_id}"


async def keep_publishing(
    database: Database, settings: PublishingSettings, stop: asyncio.Event
) -> None:
    """Publish until told to stop. No trouble ends it; without settings it waits and says so."""
    if not settings.can_publish:
        _log.warning("publishing is not set up", missing="bundle_outbox, key or portal address")
        await stop.wait()
        return
    publisher = Publisher(database, settings)
    seconds = POLL_SECONDS
    while not stop.is_set():
        try:
            await publisher.round()
            seconds = POLL_SECONDS
        except PortalAway as error:
            seconds = min(seconds * 2, PAUSE_SECONDS_MAX)
            _log.warning("the portal is awaited", reason=str(error))
        except Exception as error:  # noqa: BLE001 - the process's edge: publishing outlives any trouble
            seconds = min(seconds * 2, PAUSE_SECONDS_MAX)
            _log.warning("publishing waits", error=type(error).__name__)
        await pause(stop, seconds)
    await publisher.close()


def _dated(delivery: Delivery) -> Delivery:
    """The delivery with the day on which it leaves, which is the day that it names."""
    today, content = legal_today(), delivery.content
    if isinstance(content, Published):
        return replace(delivery, content=msgspec.structs.replace(content, published_on=today))
    return replace(delivery, content=msgspec.structs.replace(content, withdrawn_on=today))


def _compare(content: Item, status: int, page: str) -> str | None:
    if not isinstance(content, Published):
        gone = status == _GONE and says_withdrawn(page)
        return None if gone else "公众页面还没有换成撤回说明。"
    if status != _OK:
        return "公众还打不开该页面，门户尚未收下这一批。"
    shown = text_shown(page)
    if shown is None or text_digest(shown) != content.text_sha256:
        return "公众页面显示的文本与批准的文本不一致，正在等待门户更新。"
    return None
