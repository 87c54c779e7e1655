"""`mingjing demo`: a made-up month in minutes, and one day in real time."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import click
import httpx

from mingjing_deploy.demo.acts.scene import Scene
from mingjing_deploy.demo.arrival import (
    MORE_PUBLISHERS,
    bring_people,
    bring_publishers,
    publishers_of,
    read_accounts,
)
from mingjing_deploy.demo.clock import LegalClock
from mingjing_deploy.demo.office import Office
from mingjing_deploy.demo.player import Player
from mingjing_deploy.demo.plots import DAYS
from mingjing_deploy.demo.senders import Account, ByAiokafka, ByDoor, ByLibrdkafka, Sender
from mingjing_deploy.demo.story import CASES, Month, month, workday
from mingjing_deploy.demo.tally import Counted, refuse_poor, table, tally
from mingjing_deploy.errors import DeployError
from mingjing_deploy.gateway import running_copy
from mingjing_deploy.home import Home
from mingjing_deploy.local.copy import Copy
from mingjing_shared.clock import SHANGHAI, machine_now

_BREATH_SECONDS = 5


@dataclass(frozen=True)
class Stage:
    """The running platform and who is there: what a month is played on."""

    home: Home
    copy: Copy
    front: str
    portal: str
    kafka: str
    command: Path

    @classmethod
    def of(cls, home: Home) -> "Stage":
        """The platform that runs in this home."""
        copy = running_copy(home)
        ways = copy.entry_points()
        return cls(
            home,
            copy,
            ways["front"].rstrip("/"),
            ways["portal"].rstrip("/"),
            ways["kafka"],
            Path(sys.executable).with_name("mingjing"),
        )


@click.group()
def demo() -> None:
    """Made-up months and days, for demonstrations, screenshots and drills."""


@demo.command("month")
@click.option("--seed", default=1, show_default=True, help="The same seed tells the same month.")
@click.option("--cases", default=CASES, show_default=True, help="How many cases.")
def demo_month(seed: int, cases: int) -> None:
    """Play a whole month on the running platform; a second time: one month more."""
    stage = Stage.of(Home.current())
    read_accounts(stage.home)
    today = machine_now().astimezone(SHANGHAI).date()
    try:
        told = month(seed, _next_month(stage.home), today - timedelta(days=DAYS), cases)
    except ValueError as wrong:
        raise DeployError(str(wrong)) from None
    _note_month(stage.home, {"seed": seed, "first": told.first.isoformat(), "cases": cases})
    asyncio.run(_play_month(stage, told, click.echo))


@demo.command("day")
@click.option("--seed", default=1, show_default=True, help="The same seed tells the same day.")
@click.option("--cases", default=24, show_default=True, help="How many cases.")
@click.option("--minutes", default=480.0, show_default=True, help="How long the day is.")
def demo_day(seed: int, cases: int, minutes: float) -> None:
    """Play one day in real time, by the clock as it is: something to see and to measure."""
    stage = Stage.of(Home.current())
    read_accounts(stage.home)
    number = _next_month(stage.home)
    _note_month(stage.home, {"day": True, "seed": seed, "cases": cases})
    began = machine_now().astimezone(SHANGHAI) + timedelta(seconds=_BREATH_SECONDS)
    threads = workday(seed, number, began, timedelta(minutes=minutes), cases)

    async def play(player: Player) -> None:
        await player.play_in_real_time(threads)

    acting = frozenset().union(*(thread.acting for thread in threads))
    asyncio.run(_on(stage, click.echo, acting, play))


@demo.command("now")
def demo_now() -> None:
    """Put the legal clock back to now, after a month that was killed on its way."""
    clock = LegalClock(Home.current().clock, {}, click.echo)
    clock.let_it_be_now()
    asyncio.run(clock.close())


async def _play_month(stage: Stage, told: Month, said: Callable[[str], None]) -> None:
    began = time.monotonic()
    lists: list[Counted] = []

    async def play(player: Player) -> None:
        await player.play(told)
        _say_what_was(said, told, player, time.monotonic() - began)
        lists.extend(await tally(player.scene.office))

    await _on(stage, said, told.acting, play)
    said(table(lists))
    refuse_poor(lists)


async def _on(
    stage: Stage,
    said: Callable[[str], None],
    acting: frozenset[str],
    play: Callable[[Player], Awaitable[None]],
) -> None:
    """Have people and publishers there, and let them play."""
    late = asyncio.create_task(_more_senders(stage))
    try:
        new = await bring_people(stage.home, stage.front, acting)
        said(f"{new} more officers have accounts and roles.")
        player = await _player(stage, said, late)
        try:
            await play(player)
        finally:
            await _leave(player)
    except BaseExceptionGroup as group:
        raise _first_of(group) from group
    finally:
        late.cancel()


def _first_of(error: BaseException) -> BaseException:
    """What went wrong first, of several things at once."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _say_what_was(
    said: Callable[[str], None], told: Month, player: Player, took_seconds: float
) -> None:
    done = player.scene.done
    by = ", ".join(f"{name} {count}" for name, count in sorted(player.sent.items()))
    said(
        f"Month {told.number} (seed {told.seed}): {len(told.cases)} cases,"
        f" {sum(player.sent.values())} events ({by}), {player.acted['acts']} acts,"
        f" {done['files']} files, {done['packages']} case files archived,"
        f" {done['publications']} approvals, in {took_seconds:.0f} s."
    )


async def _player(
    stage: Stage, said: Callable[[str], None], late: "asyncio.Task[dict[str, Sender]]"
) -> Player:
    accounts = publishers_of(stage.home)
    scene = Scene(
        office=Office(stage.front, read_accounts(stage.home)["officers"]),
        publishers=accounts,
        front=httpx.AsyncClient(base_url=stage.front, timeout=60),
        portal=httpx.AsyncClient(
            base_url=stage.portal, timeout=60, headers={"Origin": stage.portal}
        ),
        command=stage.command,
    )
    senders: dict[str, Sender] = {
        "casework": ByDoor(stage.front, accounts["casework"]),
        "personnel": ByDoor(stage.front, accounts["personnel"]),
        "casework-direct": ByLibrdkafka(stage.kafka, accounts["casework-direct"]),
        "recorders": ByAiokafka(stage.kafka, accounts["recorders"]),
    }
    clock = LegalClock(stage.home.clock, stage.copy.worker_ports(), said)
    return Player(scene, senders, clock, said, late)


async def _more_senders(stage: Stage) -> dict[str, Sender]:
    await bring_publishers(stage.home, stage.command)
    known: dict[str, Account] = publishers_of(stage.home)
    return {name: ByDoor(stage.front, known[name]) for name in MORE_PUBLISHERS}


async def _leave(player: Player) -> None:
    for sender in player.senders.values():
        await sender.close()
    await player.scene.office.close()
    await player.scene.front.aclose()
    await player.scene.portal.aclose()
    await player.clock.close()


def _notes(home: Home) -> Path:
    return home.root / "demo-months.json"


def _next_month(home: Home) -> int:
    """The number of the month that comes next here: no number is ever used twice."""
    file = _notes(home)
    return len(json.loads(file.read_text(encoding="utf-8"))) + 1 if file.exists() else 1


def _note_month(home: Home, told: Mapping[str, object]) -> None:
    """Note a month before it is played: one that broke off has used its numbers too."""
    file = _notes(home)
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    known.append(told)
    file.write_text(json.dumps(known) + "\n", encoding="utf-8")
