"""One service's log checked, and how that is told to people and to machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from mingjing_deploy.log_check.check import LogCheck, Result
from mingjing_deploy.log_check.database import Access, snapshot
from mingjing_deploy.log_check.findings import CannotCheck, Differs
from mingjing_deploy.log_check.served import Door, Served
from mingjing_deploy.log_check.sources import LOGGED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingjing_deploy.log_check.heads import Keys
    from mingjing_deploy.log_check.sources import Sources

SOUND, DIFFERS, NOT_RUN = 0, 1, 2


@dataclass(frozen=True)
class Report:
    """How one log is: sound, with a first difference, or not checked; exactly one is set."""

    service: str
    sound: Result | None = None
    difference: Differs | None = None
    problem: str | None = None

    @property
    def exit_code(self) -> int:
        """0 sound, 1 something differs, 2 not checked."""
        if self.sound is not None:
            return SOUND
        return DIFFERS if self.difference is not None else NOT_RUN

    def for_people(self) -> str:
        """Say it in one line."""
        if self.difference is not None:
            return f"{self.service}: DIFFERS: {self.difference}"
        if self.sound is None:
            return f"{self.service}: not checked: {self.problem}"
        found = self.sound
        head = "nothing signed yet"
        if found.size is not None:
            names = ", ".join(name.split("/")[-2] for name in found.witnesses) or "none"
            signed = " and ".join(found.signed_by)
            head = f"checkpoint of size {found.size} signed by {signed}, witnesses: {names}"
        served = "not served now" if found.served is None else f"served at size {found.served}"
        return (
            f"{self.service}: sound: {found.entries} entries ({found.unlinkable} unlinkable),"
            f" {found.tiles} tiles, {head}, {served}"
        )

    def for_machines(self) -> dict[str, Any]:
        """Say it as one object."""
        told: dict[str, Any] = {"service": self.service, "exit_code": self.exit_code}
        if self.sound is not None:
            return told | {"sound": True, **asdict(self.sound)}
        if self.difference is not None:
            found = self.difference
            named = {"kind": found.kind, "index": found.index, "path": found.path}
            named |= {"row": found.row, "sentence": found.sentence}
            return told | {"sound": False, "difference": named}
        return told | {"sound": None, "problem": self.problem}


async def report_on(service: str, sources: Sources) -> Report:
    """Check one service's log; whatever the outcome is, it is in the report."""
    try:
        door, keys, access = sources.door(), sources.keys(), sources.access(service)
        origin = sources.origin(service)
        # Asked first, as is what is served: neither can be ahead of a snapshot taken later.
        books = {one: sources.access(one) for one in LOGGED if one != service}
        seen = await remembered(origin, books)
        found = await checked(access, origin, keys, door=door, service=service, witnessed=seen)
    except Differs as difference:
        return Report(service, difference=difference)
    except CannotCheck as problem:
        return Report(service, problem=str(problem))
    return Report(service, sound=found)


async def remembered(origin: str, books: Mapping[str, Access]) -> dict[str, tuple[int, bytes]]:
    """Size and root of the last head of a log that each other service co-signed, by its name.

    Raises:
        CannotCheck: one of them cannot be asked.
    """
    found = {}
    for service, access in books.items():
        async with snapshot(access) as now:
            if (seen := await now.witnessed(origin)) is not None:
                found[service] = seen
    return found


async def checked(
    access: Access,
    origin: str,
    keys: Keys,
    *,
    door: Door | None = None,
    service: str = "",
    witnessed: Mapping[str, tuple[int, bytes]] | None = None,
) -> Result:
    """Check one log in its database, as it is served if there is a door, and as the others saw it.

    Raises:
        Differs: the first thing that does.
        CannotCheck: nothing can be said of it.
    """
    served = Served(door, service) if door is not None else None
    try:
        note = await served.checkpoint() if served is not None else None
        async with snapshot(access) as now:
            return await LogCheck(now, origin, keys).run(served, note, witnessed)
    finally:
        if served is not None:
            await served.close()
