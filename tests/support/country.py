"""Four departments that hear the same facts, and each other, in an order that chance decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from random import Random
from typing import Any

import orjson

from mingjing_shared.database import Database
from mingjing_shared.events import event_class
from mingjing_shared.facts.tables import CASES
from mingjing_shared.messaging.envelope import read_attributes
from mingjing_shared.messaging.reading import to_received
from mingjing_shared.messaging.received import Received
from mingjing_shared.messaging.settling import Item, Settler
from mingjing_shared.messaging.strict_json import canonical

DEPARTMENTS = ("disclosure", "review", "recording", "tasks")
BATCH_MAX = 7

# What depends on the order by its nature: how often something was announced, when it came, the
# trace in which it was settled, and values sealed anew each time.
PASSING = {
    "revision", "recorded_at", "traceparent", "personal", "overdue_at", "fired_at", "due_by",
    "done_by",
}  # fmt: skip
SEALED = {"name", "birth_date"}
# What others said depends on what they knew when they said it: of the departments' words only
# the last one counts, and that shows in the warnings.
OF_OUTSIDE = "source NOT LIKE '/mingjing/%'"
ONLY = {
    "event_archive": OF_OUTSIDE,
    "timeline": OF_OUTSIDE,
}
LEFT_OUT = {
    ("tasks", "warning_history"),
    ("tasks", "review_facts"),
    ("tasks", "publication_facts"),
    ("tasks", "casefile_facts"),
    ("tasks", "gap_facts"),
    # What follows from the departments' words: a due day that was told and then fell away with its
    # decision has no word yet that takes it back. Shown for one set of words in tests/tasks.
    ("tasks", "duties"),
    ("tasks", "duty_counts"),
    ("tasks", "warnings"),  # compared by themselves
    ("tasks", "classified_counts"),
}
WARNING_COLUMNS = ("kind", "severity", "state", "decision_id", "case_key", "owner_unit", "mode")


@dataclass
class Department:
    """One department's database and handlers, and how far its outbox was read."""

    name: str
    database: Database
    handlers: Any
    tables: Sequence[Any]
    waiting: list[Received[Any]] = field(default_factory=list)
    heard: int = 0

    async def settle(self, batch: Sequence[Received[Any]]) -> None:
        """One batch, as the worker settles it."""
        settler = Settler(self.database, self.handlers, "")
        await settler.together([Item(None, received) for received in batch])

    async def said(self) -> list[Received[Any]]:
        """What it has said since it was last asked."""
        rows = await self.database.all(
            "SELECT position, attributes, value FROM outbox WHERE position > :heard"
            " ORDER BY position",
            heard=self.heard,
        )
        self.heard = rows[-1].position if rows else self.heard
        return [_received(row) for row in rows]

    async def forget_all(self) -> None:
        """A department that knows nothing."""
        async with self.database.transaction() as tx:
            # What is only ever added to stays: no event writes it, and nobody may delete it.
            names = [*(table.name for table in self.tables), "inbox", "outbox", "clocks"]
            rows = await tx.all(
                "SELECT name FROM unnest(CAST(:names AS text[])) AS name"
                " WHERE has_table_privilege(name, 'DELETE')",
                names=names,
            )
            for row in rows:
                await tx.execute(f"DELETE FROM {row.name}")

    async def state(self) -> dict[str, list[str]]:
        """Everything it knows that must not depend on the order."""
        found = {}
        for table in self.tables:
            if (self.name, table.name) in LEFT_OUT:
                continue
            names = [c.name for c in table.columns if c.name not in PASSING]
            rows = await self.database.all(
                f"SELECT {', '.join(names)} FROM {table.name} WHERE {ONLY.get(table.name, 'true')}"
            )
            found[table.name] = sorted(repr(_plain(row)) for row in rows)
        clocks = await self.database.all("SELECT kind, subject, due_at, rule FROM clocks")
        found["clocks"] = sorted(repr(tuple(row)) for row in clocks)
        return found


def _received(row: Any) -> Received[Any]:
    cls = event_class(row.attributes["type"])
    assert cls is not None
    data = orjson.loads(row.value)
    found = to_received(cls, read_attributes(row.attributes), data, canonical(data), None)
    assert isinstance(found, Received), found
    return found


def _plain(row: Any) -> list[tuple[str, Any]]:
    return [(name, _without_sealed(value)) for name, value in row._asdict().items()]


def _without_sealed(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_sealed(item) for item in value]
    if isinstance(value, dict):
        return {k: v is not None if k in SEALED else _without_sealed(v) for k, v in value.items()}
    return value


class Country:
    """The four departments."""

    def __init__(self, departments: Sequence[Department]) -> None:
        self.departments = departments

    async def forget_all(self) -> None:
        for department in self.departments:
            department.waiting, department.heard = [], 0
            await department.forget_all()

    async def tell(self, facts: Sequence[Received[Any]], chance: Random | None = None) -> None:
        """Have every department hear the facts and what the others say, until all is quiet.

        Without chance: in order, each once. With it: shuffled, repeated, in batches of any
        size, the departments' own words among them.
        """
        for department in self.departments:
            self._hand(department, facts, chance)
        while busy := [d for d in self.departments if d.waiting]:
            department = chance.choice(busy) if chance else busy[0]
            size = chance.randint(1, BATCH_MAX) if chance else len(department.waiting)
            batch, department.waiting = department.waiting[:size], department.waiting[size:]
            await department.settle(batch)
            for said in await department.said():
                for taker in self.departments:
                    self._hand(taker, [said], chance)

    def _hand(
        self, department: Department, facts: Sequence[Received[Any]], chance: Random | None
    ) -> None:
        taken = [fact for fact in facts if type(fact.event) in department.handlers]
        department.waiting += taken
        if chance and taken:
            department.waiting += chance.choices(taken, k=chance.randint(0, len(taken) // 2))
            chance.shuffle(department.waiting)

    async def state(self) -> dict[str, dict[str, list[str]]]:
        """What each department knows.

        Of the warnings those of decisions on which review has a word: a bypass that was found
        before the decision went to an unknown case, or out of all rules, is taken back by no
        event of the contract.
        """
        found = {d.name: await d.state() for d in self.departments}
        judged = await self._of("review").database.all(
            "SELECT decision_id FROM reviews WHERE state IN ('bypassed', 'cleared', 'not_required')"
        )
        warnings = await self._of("tasks").database.all(
            f"SELECT {', '.join(WARNING_COLUMNS)} FROM warnings WHERE state = 'raised'"
            " AND decision_id = ANY(CAST(:judged AS text[])) ORDER BY decision_id",
            judged=[row.decision_id for row in judged],
        )
        found["tasks"]["warnings"] = [repr(tuple(row)) for row in warnings]
        return found

    def _of(self, name: str) -> Department:
        return next(d for d in self.departments if d.name == name)


async def country_of(world: Any) -> Country:
    """Four departments in a world of their own."""
    departments = []
    for name in DEPARTMENTS:
        package = f"mingjing_{name}"
        own = getattr(import_module(f"{package}.tables"), name.upper())
        departments.append(
            Department(
                name=name,
                database=await world.database(name),
                handlers=import_module(f"{package}.handlers").HANDLERS,
                tables=[*own.sorted_tables, *CASES.sorted_tables],
            )
        )
    return Country(departments)
