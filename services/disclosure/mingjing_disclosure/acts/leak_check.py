"""The last look before anything leaves: the finished files of an item pass the leak check.

What it finds takes the approval back: the editor has the item again, with the places and rules
as the reason; nothing is lost. Each item has a transaction of its own; the search itself runs
beside the event loop. A withdrawal is not held up: what it takes back would stay public.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from mingjing_disclosure.acts.correction import mark_of
from mingjing_disclosure.acts.recall import take_back
from mingjing_disclosure.rules.leak_check import (
    FOUND,
    FREE,
    leaks_in_content,
    leaks_on_page,
    places_of,
    told_of,
    trouble_of,
)
from mingjing_disclosure.store import item as items
from mingjing_disclosure.store import leak_check as store
from mingjing_disclosure.store.delivery import note_trouble
from mingjing_disclosure.store.original import original_of
from mingjing_disclosure.store.work import note_worker_step, text_versions
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.publicity.content import Published

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mingjing_disclosure.store.delivery import Delivery
    from mingjing_disclosure.store.original import Original
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.privacy.leakcheck.about import About
    from mingjing_shared.privacy.leakcheck.hit import Hit

_log = structlog.get_logger()


async def passes(tx: Transaction, delivery: Delivery, original: Original) -> bool:
    """Whether an item's finished files show nothing that must not be seen; else it is taken back.

    The decision is locked. What was checked by all that is known now is not checked again. What
    cannot be checked stays where it is, says so, and does not leave.
    """
    content, stands_on = delivery.content, mark_of(original.stands_on)
    if not isinstance(content, Published) or await store.has_passed(tx, delivery.number, stands_on):
        return True
    try:
        hits = await _search(tx, delivery, original)
    except Exception as error:  # noqa: BLE001 - one item's edge: what was not checked does not leave
        _log.warning("the leak check failed", error=type(error).__name__)
        await note_trouble(tx, delivery.number, "发布前泄密检查没有完成，暂不发布，稍后自动再试。")
        return False
    counts: dict[str, Any] = {
        "delivery": delivery.number,
        "stands_on": stands_on,
        "hits": len(hits),
        "text": content.text_sha256,
    }
    if not hits:
        await note_worker_step(tx, delivery.decision_id, delivery.version, FREE, **counts)
        return True
    await take_back(tx, delivery, FOUND, note=places_of(hits), counts=counts)
    return False


async def _search(tx: Transaction, delivery: Delivery, original: Original) -> Sequence[Hit]:
    item = (await items.items(tx, [delivery.decision_id]))[delivery.decision_id]
    earlier = await store.earlier_texts(tx, item)
    about = await _about(tx, delivery, original)
    address = f"/items/{item.item_id}"
    return await asyncio.to_thread(leaks_in_content, delivery.content, address, about, earlier)


async def _about(tx: Transaction, delivery: Delivery, original: Original) -> About:
    versions = await text_versions(tx, delivery.decision_id)
    stays = next((one.confirmed for one in versions if one.version == delivery.version), ())
    return await asyncio.to_thread(told_of, original.known, original.text, stays)


async def trouble_on_page(database: Database, delivery: Delivery, page: str) -> str | None:
    """What the page that citizens read shows and must not, in Chinese; nothing when it is clean."""
    if not isinstance(delivery.content, Published):
        return None
    async with database.transaction() as tx:
        found = (await items.items(tx, [delivery.decision_id])).get(delivery.decision_id)
        tree = await unit_tree(tx, legal_today())
        original = await original_of(tx, found, tree) if found is not None else None
        about = await _about(tx, delivery, original) if original is not None else None
    if about is None:
        return None
    return trouble_of(await asyncio.to_thread(leaks_on_page, page, about))
