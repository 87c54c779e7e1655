"""What was approved is judged once more, just before it leaves: facts may have come since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_disclosure.acts.approval import require_lawful
from mingjing_disclosure.acts.leak_check import passes
from mingjing_disclosure.acts.opening import require_clean, require_same_original
from mingjing_disclosure.acts.recall import take_back
from mingjing_disclosure.errors import NotYetLawful, Outdated, TextRefused
from mingjing_disclosure.store import item as items
from mingjing_disclosure.store.delivery import waiting_delivery
from mingjing_disclosure.store.leak_check import unchecked_deliveries
from mingjing_disclosure.store.original import original_of
from mingjing_disclosure.store.work import work_of
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.publicity.content import Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_disclosure.store.delivery import Delivery
    from mingjing_disclosure.store.original import Original
    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.directory.tree import UnitTree

STEP = "cancel"


async def judge_waiting(database: Database) -> None:
    """Judge what waits for its first look, each item in a transaction of its own."""
    for number, decision_id in await unchecked_deliveries(database):
        async with database.transaction() as tx:
            await tx.lock([f"decision/{decision_id}"])
            delivery = await waiting_delivery(tx, number)
            await still_lawful(tx, [delivery] if delivery is not None else [])


async def still_lawful(tx: Transaction, waiting: Sequence[Delivery]) -> list[Delivery]:
    """Those that may leave, their files checked for leaks; the others are an editor's again.

    The decisions are locked until the transaction ends. A withdrawal always leaves.
    """
    tree = await unit_tree(tx, legal_today()) if waiting else None
    found = []
    for delivery in waiting:
        if tree is None or delivery.what == "withdraw":
            found.append(delivery)
        elif (original := await _holding(tx, delivery, tree)) is None:
            await take_back(tx, delivery, STEP)
        elif await passes(tx, delivery, original):
            found.append(delivery)
    return found


async def _holding(tx: Transaction, delivery: Delivery, tree: UnitTree) -> Original | None:
    """The original, if what was right at the approval is right now, by the same rules."""
    known = await items.items(tx, [delivery.decision_id])
    item = known.get(delivery.decision_id)
    original = await original_of(tx, item, tree) if item is not None else None
    if item is None or original is None:
        return None
    content = delivery.content
    try:
        await require_same_original(tx, original)
        require_lawful(item, await work_of(tx, delivery.decision_id), original)
        if isinstance(content, Published):
            require_clean(content.text, original, *filter(None, [content.correction]))
    except (NotYetLawful, Outdated, TextRefused):
        return None
    return original
