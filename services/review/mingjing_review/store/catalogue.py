"""Catalogues of units: every version, its steps, and what all of them together say of a day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
import orjson

from mingjing_review.rules.item import Item
from mingjing_review.rules.versions import FIRST_ONLY, Catalogues, Published
from mingjing_review.store.sealed import CATALOGUE_WORDS
from mingjing_review.tables import CATALOGUE_STEPS, CATALOGUE_VERSIONS
from mingjing_shared.clock import SHANGHAI
from mingjing_shared.directory.store import directory_digest, unit_versions
from mingjing_shared.messaging.strict_json import canonical
from mingjing_shared.web.paging import PAGE_SIZE, Page, after_moment, page_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.web.reach import Reach

CLOCK = "catalogue"
"""Clocks that are due at once: what a published version is asked about is judged anew."""
_COLUMNS = (
    "version_id, unit, number, based_on, items, items_sha256, state, steps, drafted_at,"
    " drafted_by, published_on, valid_from"
)
# When the next version of the same unit begins to hold: with it, this one is replaced.
_NEXT = (
    "(SELECT min(n.valid_from) FROM catalogue_versions AS n WHERE n.unit = v.unit"
    " AND n.state = 'published' AND (n.valid_from, n.number) > (v.valid_from, v.number))"
)
_held: dict[str, tuple[tuple[Any, ...], Catalogues]] = {}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a unit's catalogue as it is kept.

    Attributes:
        steps: how many steps were taken; a form carries it.
        replaced_from: when the next published version begins to hold; none: there is none.
    """

    version_id: str
    unit: str
    number: int
    based_on: str | None
    items: tuple[Item, ...]
    items_sha256: str
    state: str
    steps: int
    drafted_at: datetime
    drafted_by: str
    published_on: date | None
    valid_from: date | None
    replaced_from: date | None


@dataclass(frozen=True, slots=True)
class CatalogueStep:
    """A step as it is kept. ``words`` is sealed; see ``words_of_step``."""

    step_id: str
    version_id: str
    place: int
    kind: str
    at: datetime
    officer: str
    role: str
    unit: str
    instead_of: str | None
    items_sha256: str
    codes: Mapping[str, Any]
    words: bytes | None


_STEP_COLUMNS = ", ".join(column.name for column in CATALOGUE_STEPS.columns)


def digest_of(items: Sequence[Item]) -> str:
    """The digest of the canonical items: two catalogues that say the same have the same."""
    return hashlib.sha256(canonical(msgspec.to_builtins(items))).hexdigest()


async def catalogues_in(source: Transaction | Database) -> Catalogues:
    """Every catalogue that was published, whenever it begins to hold, with the units.

    Built anew only when a version was published or the directory changed.
    """
    rows = await source.all(
        "SELECT version_id, unit, number, valid_from, items_sha256 FROM catalogue_versions"
        " WHERE state = 'published' ORDER BY unit, number"
    )
    if not rows:
        return FIRST_ONLY
    key = (await directory_digest(source), tuple(tuple(row) for row in rows))
    kept = _held.get("now")
    if kept is None or kept[0] != key:
        kept = _held["now"] = (key, await _catalogues(source))
    return kept[1]


async def _catalogues(source: Transaction | Database) -> Catalogues:
    rows = await source.all(
        "SELECT version_id, unit, number, valid_from, items FROM catalogue_versions"
        " WHERE state = 'published' ORDER BY unit, number"
    )
    published: dict[str, list[Published]] = {}
    for row in rows:
        published.setdefault(row.unit, []).append(
            Published(row.version_id, row.unit, row.number, row.valid_from, items_in(row.items))
        )
    return Catalogues(published, await unit_versions(source))


def items_in(kept: Sequence[Mapping[str, Any]]) -> tuple[Item, ...]:
    """The items as the rules see them."""
    return _items(orjson.dumps(kept))


@lru_cache(maxsize=256)
def _items(raw: bytes) -> tuple[Item, ...]:
    return msgspec.json.decode(raw, type=tuple[Item, ...])


async def version(source: Transaction | Database, version_id: str) -> Version | None:
    """One version."""
    rows = await source.all(
        f"SELECT {_COLUMNS}, {_NEXT} AS replaced_from FROM catalogue_versions AS v"  # noqa: S608 - our own columns
        " WHERE version_id = :id",
        id=version_id,
    )
    return _version(rows[0]) if rows else None


async def versions_of(source: Transaction | Database, unit: str) -> list[Version]:
    """All versions of a unit, newest first."""
    rows = await source.all(
        f"SELECT {_COLUMNS}, {_NEXT} AS replaced_from FROM catalogue_versions AS v"  # noqa: S608 - our own columns
        " WHERE unit = :unit ORDER BY number DESC",
        unit=unit,
    )
    return [_version(row) for row in rows]


async def newest_versions(
    source: Transaction | Database, reach: Reach, state: str | None, today: date, after: str | None
) -> Page[Version]:
    """Versions in a state (or all), begun last first: every published one, drafts within reach.

    Raises:
        InvalidInput: the mark is damaged.
    """
    seen, values = _seen(reach)
    conditions, wanted = [seen], {"limit": PAGE_SIZE + 1, **values}
    if state is not None:
        conditions.append(f"{_SHOWN} = :state")
        wanted |= {"state": state, "today": today}
    if (place := after_moment(after)) is not None:
        conditions.append("(drafted_at, version_id) < (:at, :id)")
        wanted["at"], (wanted["id"],) = place
    rows = await source.all(
        f"SELECT * FROM (SELECT {_COLUMNS}, {_NEXT} AS replaced_from FROM catalogue_versions AS v)"  # noqa: S608 - our own conditions
        f" AS v WHERE {' AND '.join(conditions)}"
        " ORDER BY drafted_at DESC, version_id DESC LIMIT :limit",
        **wanted,
    )
    page = page_of(rows, lambda row: (row.drafted_at.isoformat(), row.version_id))
    return Page([_version(row) for row in page.rows], page.next)


async def counts_of_versions(
    source: Transaction | Database, reach: Reach, today: date
) -> dict[str, int]:
    """How many versions stand in each state."""
    seen, values = _seen(reach)
    rows = await source.all(
        f"SELECT {_SHOWN} AS shown, count(*) AS many FROM (SELECT {_COLUMNS}, {_NEXT}"  # noqa: S608 - our own conditions
        f" AS replaced_from FROM catalogue_versions AS v) AS v WHERE {seen} GROUP BY 1",
        today=today,
        **values,
    )
    return {row.shown: int(row.many) for row in rows}


# As ``rules.versions.shown_state`` says it.
_SHOWN = (
    "CASE WHEN state <> 'published' THEN state"
    " WHEN replaced_from <= CAST(:today AS date) THEN 'replaced'"
    " WHEN valid_from <= CAST(:today AS date) THEN 'in_force' ELSE 'announced' END"
)


def _seen(reach: Reach) -> tuple[str, dict[str, Any]]:
    within, values = reach.condition("unit")
    return f"(state = 'published' OR {within})", values


def _version(row: Any) -> Version:
    return Version(**{**row._asdict(), "items": items_in(row.items)})


async def add_version(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Write a new version; its unit is locked."""
    await tx.insert(CATALOGUE_VERSIONS, [row])


async def keep_version(tx: Transaction, version_id: str, **values: Any) -> None:
    """Write what changed of a version (state, steps, items …); its unit is locked."""
    if "items" in values:
        values["items"] = orjson.dumps(msgspec.to_builtins(values["items"])).decode()
    sets = ", ".join(
        f"{name} = CAST(:{name} AS jsonb)" if name == "items" else f"{name} = :{name}"
        for name in values
    )
    await tx.execute(
        f"UPDATE catalogue_versions SET {sets} WHERE version_id = :version_id",  # noqa: S608 - names of our own columns
        version_id=version_id,
        **values,
    )


async def steps_of_version(source: Transaction | Database, version_id: str) -> list[CatalogueStep]:
    """The steps of a version, oldest first."""
    rows = await source.all(
        f"SELECT {_STEP_COLUMNS} FROM catalogue_steps WHERE version_id = :id ORDER BY place",  # noqa: S608 - our own columns
        id=version_id,
    )
    return [CatalogueStep(**row._asdict()) for row in rows]


async def add_catalogue_step(tx: Transaction, row: Mapping[str, Any], words: str | None) -> None:
    """Write a step; its words are sealed for it alone."""
    place = CATALOGUE_WORDS.place(step_id=row["step_id"])
    sealed = None if not words else tx.installation.keys.seal(words.encode(), place)
    await tx.insert(CATALOGUE_STEPS, [{**row, "words": sealed}])


def words_of_step(source: Transaction | Database, step: CatalogueStep) -> str:
    """What was written at a step; nothing where nothing was."""
    if step.words is None:
        return ""
    place = CATALOGUE_WORDS.place(step_id=step.step_id)
    return source.installation.keys.open(bytes(step.words), place).decode()


async def decisions_of_units(tx: Transaction, units: Iterable[str], since: date) -> set[str]:
    """The decisions of these units that were proposed or made on a day or after it."""
    rows = await tx.all(
        "SELECT decision_id FROM proposal_facts WHERE unit = ANY(CAST(:units AS text[]))"
        " AND proposed_at >= :since"
        " UNION SELECT decision_id FROM decision_facts WHERE unit = ANY(CAST(:units AS text[]))"
        " AND made_on >= :day",
        units=sorted(set(units)),
        since=datetime.combine(since, time(), SHANGHAI),
        day=since,
    )
    return {row.decision_id for row in rows}
