"""Plays a month on the running platform: each day the clock, then what is told, then what is done.

The events of a day go out together, in batches; then the acts, thread by thread, some at a time.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as time_of_day

from mingjing_deploy.demo.acts import ACTS
from mingjing_deploy.demo.acts.scene import Scene
from mingjing_deploy.demo.clock import LegalClock
from mingjing_deploy.demo.happenings import Act, Damaged, Told
from mingjing_deploy.demo.senders import Sender
from mingjing_deploy.demo.story import Day, Month
from mingjing_shared.clock import SHANGHAI

AT_ONCE = 6
EVENING = time_of_day(17, 30)


@dataclass
class Player:
    """What plays; ``late`` are publishers that are being registered while the first days play."""

    scene: Scene
    senders: dict[str, Sender]
    clock: LegalClock
    said: Callable[[str], None]
    late: asyncio.Task[dict[str, Sender]] | None = None
    sent: Counter[str] = field(default_factory=Counter)
    acted: Counter[str] = field(default_factory=Counter)

    async def play(self, month: Month) -> None:
        """Play the whole month; the clock is back at now when it returns, also when it fails."""
        try:
            for day in month.days:
                await self._play_day(month, day)
        finally:
            await self.clock.back_to_now()

    async def _play_day(self, month: Month, day: Day) -> None:
        began = time.monotonic()
        on = month.first + timedelta(days=day.number)
        acts = sum(len(thread) for thread in day.threads)
        words = f"day {day.number + 1} of {len(month.days)}: {len(day.told)} events, {acts} acts"
        await self.clock.move_to(datetime.combine(on, EVENING, SHANGHAI), words)
        await self.tell(day.told)
        gate = asyncio.Semaphore(AT_ONCE)

        async def in_turn(thread: tuple[Act, ...]) -> None:
            async with gate:
                for act in thread:
                    await self.do(act)

        async with asyncio.TaskGroup() as group:
            for thread in day.threads:
                group.create_task(in_turn(thread))
        self.acted["seconds"] += round(time.monotonic() - began)

    async def tell(self, items: tuple[Told | Damaged, ...]) -> None:
        """Every publisher sends what it has to tell, in order; all publishers at once."""
        by: dict[str, list[Told | Damaged]] = {}
        for one in items:
            by.setdefault(one.publisher, []).append(one)
        if self.late is not None and not by.keys() <= self.senders.keys():
            self.senders |= await self.late
            self.late = None
        async with asyncio.TaskGroup() as group:
            for name, told in by.items():
                group.create_task(self.senders[name].send(told))
                self.sent[name] += len(told)

    async def do(self, act: Act) -> None:
        """Somebody does something."""
        await ACTS[act.what](self.scene, act.who, act.given)
        self.acted["acts"] += 1
