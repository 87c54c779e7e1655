"""Plays a month on the running platform: each day the clock, then what is told, then what is done.

The events of a day go out together, in batches; then the acts, thread by thread, some at a time.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mingjing_deploy.demo.acts import ACTS
from mingjing_deploy.demo.acts.scene import Scene
from mingjing_deploy.demo.case import EVENING
from mingjing_deploy.demo.clock import LegalClock
from mingjing_deploy.demo.happenings import Act, Damaged, Told
from mingjing_deploy.demo.senders import Sender
from mingjing_deploy.demo.story import Day, Month, Paced
from mingjing_deploy.demo.world import LETTERS
from mingjing_shared.clock import SHANGHAI, machine_now

AT_ONCE = 6


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
        keyboard: asyncio.Queue[Act | None] = asyncio.Queue()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._at_the_keyboard(keyboard))
                for day in month.days:
                    await self._play_day(month, day, keyboard)
                keyboard.put_nowait(None)
        except BaseException:
            self.clock.let_it_be_now()
            raise
        await self.clock.back_to_now()

    async def _at_the_keyboard(self, waiting: "asyncio.Queue[Act | None]") -> None:
        """The operator's commands, one after the other: no term waits for them, nor they for it."""
        while (act := await waiting.get()) is not None:
            await self.do(act)

    async def _play_day(
        self, month: Month, day: Day, keyboard: "asyncio.Queue[Act | None]"
    ) -> None:
        on = month.first + timedelta(days=day.number)
        acts = sum(len(thread) for thread in day.threads)
        words = f"day {day.number + 1} of {len(month.days)}: {len(day.told)} events, {acts} acts"
        async with asyncio.TaskGroup() as both:
            both.create_task(self.clock.move_to(datetime.combine(on, EVENING, SHANGHAI), words))
            both.create_task(self.tell(day.told))
        gate = asyncio.Semaphore(AT_ONCE)

        async def in_turn(thread: tuple[Act, ...]) -> None:
            async with gate:
                for act in thread:
                    await self.do(act)

        async with asyncio.TaskGroup() as group:
            for thread in day.threads:
                if thread[0].about == LETTERS:
                    for act in thread:
                        keyboard.put_nowait(act)
                else:
                    group.create_task(in_turn(thread))

    async def play_in_real_time(self, threads: tuple[Paced, ...]) -> None:
        """Play one day as its hours pass; the clock is not moved."""

        async def in_time(thread: Paced) -> None:
            for when, told, acts in thread.steps:
                await asyncio.sleep(max(0.0, (when - machine_now()).total_seconds()))
                await self.tell(told)
                for act in acts:
                    await self.do(act)
                self.said(f"{thread.plot} {thread.number}: {len(told)} events, {len(acts)} acts")

        async with asyncio.TaskGroup() as group:
            for thread in threads:
                group.create_task(in_time(thread))

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
