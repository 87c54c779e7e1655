"""A month's last day came: the share of reviewers is measured, unit by unit, and told."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mingjing_review.rules.staffing import SHARES, share_asked
from mingjing_review.store.staffing import keep_measurements, staff_on
from mingjing_shared.clock import SHANGHAI, legal_now, legal_today
from mingjing_shared.directory.store import unit_tree
from mingjing_shared.events.review import StaffingMeasured
from mingjing_shared.events.values import UnitCode
from mingjing_shared.looping import keep_doing
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import Clock, set_clocks
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence
    from decimal import Decimal

    from mingjing_shared.database import Database, Transaction

CLOCK = "staffing"
LOOK_SECONDS = 10.0  # so that a moved clock of the law finds its month


def clock_of(day: date) -> Clock:
    """The clock that fires as the last day of a month begins: that day is its subject.

    Whoever closes the month at its end has the figures by then.
    """
    last = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    due = datetime.combine(last, time(), SHANGHAI)
    return Clock(CLOCK, last.isoformat(), due, SHARES["reviewers"].id)


async def measure_staffing(clocks: Sequence[Clock], tx: Transaction) -> None:
    """Keep and tell the share of reviewers of each unit on the last day of a month.

    A day is measured once; the next month's clock starts.
    """
    for day in sorted(date.fromisoformat(clock.subject) for clock in clocks):
        tree = await unit_tree(tx, day)
        staff = await staff_on(tx, tree, day)
        asked = {unit: share_asked(unit, tree, day) for unit in staff}
        kept = await keep_measurements(tx, staff, asked, day, legal_now())
        new = {row.unit for row in kept}
        outbox.add(
            tx,
            [
                Outgoing(
                    StaffingMeasured(
                        unit=UnitCode(one.unit),
                        reviewers=one.reviewers,
                        officers=one.officers,
                        ratio=one.reviewers / one.officers,
                        on=day,
                        percent_asked=_number(asked[code]),
                        levelled=one.levelled,
                        legal=one.legal,
                    )
                )
                for code, one in sorted(staff.items())
                if code in new
            ],
        )
        await set_clocks(tx, [clock_of(day + timedelta(days=1))])


def _number(percent: Decimal | None) -> float | None:
    return None if percent is None else float(percent)


async def keep_staffing_clock(database: Database, stop: asyncio.Event) -> None:
    """Have the clock of the month run, from the first start of the platform on."""

    async def work() -> float:
        async with database.transaction() as tx:
            await set_clocks(tx, [clock_of(legal_today())])
        return LOOK_SECONDS

    trouble = "the month's staffing is not measured"
    await keep_doing(work, stop, trouble=trouble, after_trouble_seconds=LOOK_SECONDS)
