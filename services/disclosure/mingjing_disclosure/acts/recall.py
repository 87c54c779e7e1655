"""What was approved and has not left is taken back: the editor has it again, with the reason."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from mingjing_disclosure.store import item as items
from mingjing_disclosure.store.delivery import cancel_waiting
from mingjing_disclosure.store.derived import derive_items
from mingjing_disclosure.store.work import keep_work, note_worker_step, work_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mingjing_disclosure.store.delivery import Delivery
    from mingjing_shared.database import Transaction


async def take_back(
    tx: Transaction,
    delivery: Delivery,
    step: str,
    *,
    note: str | None = None,
    counts: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Cancel a delivery that is in no bundle; its text stays, and is at an editor's again."""
    decision_id = delivery.decision_id
    await cancel_waiting(tx, decision_id)
    work = await work_of(tx, decision_id)
    if work.stage == "approved":
        back = replace(work, stage="drafting", checkers=())
        await keep_work(tx, decision_id, items.item_id_of(decision_id), back)
    await note_worker_step(tx, decision_id, delivery.version, step, note=note, **counts)
    await derive_items(tx, [decision_id])
