"""The first day of an absence came: what lies on that desk goes to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_review.store.absence import absence
from mingjing_review.store.assigning import reassign_of_absent
from mingjing_shared.clock import legal_now, local_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.clocks import Clock


async def give_to_others(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Give anew what lies on the desks of those whose absence began, and was not taken on."""
    now = legal_now()
    for clock in clocks:
        held = await absence(tx, clock.subject)
        if held is not None and held.covers(local_date(now)):
            await reassign_of_absent(tx, held.officer, now)
