"""What was told of cases: kept by event, and read as the record that contradictions are sought in.

Prose is not kept: no rule reads it. Of an officer's acts elsewhere only those are read that
overlap his acts or recordings in the case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import orjson

from mingjing_review.rules.contradiction.record import Fact, Record
from mingjing_review.store.sealed import TOLD
from mingjing_review.tables import TOLD_EVENTS, TOLD_OFFICERS
from mingjing_shared.events import event_class
from mingjing_shared.events.casework import ActionPerformed
from mingjing_shared.events.decoding import decode
from mingjing_shared.events.personal import merge_pii, split_pii
from mingjing_shared.events.personnel import OfficerChanged, UnitChanged
from mingjing_shared.events.recorders import FootageCaptured
from mingjing_shared.events.values import PoliceNumber
from mingjing_shared.law.case_number import case_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Database, Transaction
    from mingjing_shared.messaging.received import Received

PROSE = frozenset({"text", "facts", "adopted_opinion", "source_of_case", "place"})
LONGEST = timedelta(days=2)  # an act or recording that lasts longer is not sought by its beginning
_CORRECTED = (
    "EXISTS (SELECT FROM told_events AS c WHERE c.corrects IS NOT NULL"
    " AND c.source = t.source AND c.corrects = t.event_id)"
)


async def keep_told(received: Sequence[Received[Any]], tx: Transaction) -> set[str]:
    """Keep these events; each is new, and none is of a classified case.

    Gives the keys of the cases in whose record they stand: their own, and those in which an
    officer acted at the same time.
    """
    rows = [_row(item, tx) for item in received]
    await tx.insert(TOLD_EVENTS, rows)
    await tx.insert(TOLD_OFFICERS, [row for item in received for row in _officers(item)])
    own = {row["case_key"] for row in rows if row["case_key"]}
    return own | await _cases_beside(tx, [(row["source"], row["event_id"]) for row in rows], rows)


async def _cases_beside(
    tx: Transaction, events: Sequence[tuple[str, str]], rows: Sequence[Mapping[str, Any]]
) -> set[str]:
    """Cases with an act of an officer that overlaps one of these, or one of what they correct."""
    events = [*events, *((row["source"], row["corrects"]) for row in rows if row["corrects"])]
    found = await tx.all(
        "SELECT DISTINCT e.case_key FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[]))"
        " AS n(source, event_id) JOIN told_officers AS mine USING (source, event_id)"
        " JOIN told_officers AS o ON o.officer = mine.officer AND o.begins < mine.ends"
        " AND o.begins > mine.begins - CAST(:longest AS interval) AND o.ends > mine.begins"
        " JOIN told_events AS e ON e.source = o.source AND e.event_id = o.event_id"
        " WHERE e.case_key IS NOT NULL",
        sources=[source for source, _ in events],
        ids=[event_id for _, event_id in events],
        longest=LONGEST,
    )
    corrected = await tx.all(
        "SELECT DISTINCT e.case_key FROM unnest(CAST(:sources AS text[]), CAST(:ids AS text[]))"
        " AS n(source, event_id) JOIN told_events AS e USING (source, event_id)"
        " WHERE e.case_key IS NOT NULL",
        sources=[source for source, _ in events],
        ids=[event_id for _, event_id in events],
    )
    return {row.case_key for row in (*found, *corrected)}


async def cases_beside(tx: Transaction, case_keys: Sequence[str]) -> set[str]:
    """Cases in whose record an act of one of these stands, as of an officer at the same time."""
    rows = await tx.all(
        "SELECT source, event_id, corrects FROM told_events"
        " WHERE case_key = ANY(CAST(:keys AS text[]))",
        keys=list(case_keys),
    )
    events = [(row.source, row.event_id) for row in rows]
    return await _cases_beside(tx, events, []) - set(case_keys)


async def cases_since(tx: Transaction, since: Mapping[str, str]) -> set[str]:
    """Cases in which these officers acted on their day (ISO) or after it."""
    rows = await tx.all(
        "SELECT DISTINCT e.case_key FROM unnest(CAST(:officers AS text[]), CAST(:days AS text[]))"
        " AS n(officer, day) JOIN told_officers AS o ON o.officer = n.officer"
        " AND o.begins >= CAST(n.day AS date) - 1 JOIN told_events AS e USING (source, event_id)"
        " WHERE e.case_key IS NOT NULL",
        officers=list(since),
        days=list(since.values()),
    )
    return {row.case_key for row in rows}


async def forget_told(tx: Transaction, case_keys: Sequence[str]) -> None:
    """Delete what was told of cases of which nothing may be kept."""
    await tx.execute(
        "WITH gone AS (DELETE FROM told_events WHERE case_key = ANY(CAST(:keys AS text[]))"
        " RETURNING source, event_id) DELETE FROM told_officers AS o USING gone"
        " WHERE o.source = gone.source AND o.event_id = gone.event_id",
        keys=list(case_keys),
    )


async def cases_told_before(tx: Transaction, received: Sequence[Received[Any]]) -> set[str]:
    """The cases of which the events were told that these correct."""
    rows = await tx.all(
        "SELECT DISTINCT case_key FROM told_events WHERE case_key IS NOT NULL"
        " AND (source, event_id) IN (SELECT * FROM unnest(CAST(:sources AS text[]),"
        " CAST(:ids AS text[])))",
        sources=[item.envelope.source for item in received],
        ids=[item.envelope.superseded_id for item in received],
    )
    return {row.case_key for row in rows}


async def record_of_case(source: Transaction | Database, key: str) -> Record:
    """What was told of a case, of what its officers did elsewhere at that time, and of them."""
    own = await source.all(
        f"SELECT * FROM told_events AS t WHERE case_key = :key AND NOT {_CORRECTED}"  # noqa: S608 - our own words
        " ORDER BY happened_at, event_id",
        key=key,
    )
    facts = [_fact(source, row) for row in own]
    beside = [_fact(source, row) for row in await _beside(source, key)]
    acting = {number for fact in (*facts, *beside) for number in _acting(fact.event)}
    people = await _people(source, acting)
    units = await _units(source, {fact.event.unit for fact in facts if hasattr(fact.event, "unit")})
    return Record([*people, *units, *facts, *beside])


async def _beside(source: Transaction | Database, key: str) -> Sequence[Row[Any]]:
    """Acts and recordings of the same officers that overlap one of the case's."""
    return await source.all(
        "SELECT t.* FROM told_events AS t JOIN (SELECT DISTINCT o.source, o.event_id"  # noqa: S608 - our own words
        " FROM told_events AS e JOIN told_officers AS mine USING (source, event_id)"
        " JOIN told_officers AS o ON o.officer = mine.officer AND o.begins < mine.ends"
        " AND o.begins > mine.begins - CAST(:longest AS interval) AND o.ends > mine.begins"
        " WHERE e.case_key = :key) AS near USING (source, event_id)"
        f" WHERE t.case_key IS DISTINCT FROM :key AND NOT {_CORRECTED}"
        " ORDER BY t.happened_at, t.event_id",
        key=key,
        longest=LONGEST,
    )


def _row(item: Received[Any], tx: Transaction) -> dict[str, Any]:
    envelope, event = item.envelope, item.event
    told = {name: value for name, value in item.content.items() if name not in PROSE}
    public, personal = split_pii(type(event), told)
    number = getattr(event, "case_number", None)
    place = TOLD.place(source=envelope.source, event_id=envelope.id)
    keys = tx.installation.keys
    return {
        "source": envelope.source,
        "event_id": envelope.id,
        "type": envelope.type,
        "happened_at": envelope.time,
        "corrects": envelope.superseded_id,
        "case_key": case_key(number) if number else None,
        "data": public,
        "personal": keys.seal(orjson.dumps(personal), place) if personal else None,
    }


def _officers(item: Received[Any]) -> list[dict[str, Any]]:
    event = item.event
    if not isinstance(event, ActionPerformed | FootageCaptured):
        return []
    return [
        {
            "officer": number,
            "begins": event.started_at,
            "source": item.envelope.source,
            "event_id": item.envelope.id,
            "ends": event.ended_at,
        }
        for number in sorted(_acting(event))
    ]


def _acting(event: Any) -> set[str]:
    if isinstance(event, ActionPerformed):
        return set(event.officers)
    return {event.officer} if isinstance(event, FootageCaptured) else set()


def _fact(source: Transaction | Database, row: Row[Any]) -> Fact[Any]:
    data = row.data
    if row.personal is not None:
        place = TOLD.place(source=row.source, event_id=row.event_id)
        data = merge_pii(data, orjson.loads(source.installation.keys.open(row.personal, place)))
    kind = event_class(row.type)
    assert kind is not None, row.type
    return Fact(f"{row.source}#{row.event_id}", decode(kind, data))


async def _people(source: Transaction | Database, numbers: Iterable[str]) -> list[Fact[Any]]:
    """The directory's versions of these officers, as if each had been told."""
    rows = await source.all(
        "SELECT police_number, versions FROM directory_officers"
        " WHERE police_number = ANY(CAST(:numbers AS text[])) ORDER BY police_number",
        numbers=sorted(numbers),
    )
    return [
        Fact(
            f"directory#{row.police_number}@{version['valid_from']}",
            decode(OfficerChanged, {"police_number": row.police_number, **version}),
        )
        for row in rows
        for version in row.versions
    ]


async def _units(source: Transaction | Database, codes: Iterable[str]) -> list[Fact[Any]]:
    """The directory's versions of these units; one without parent or head is its own."""
    rows = await source.all(
        "SELECT code, versions FROM directory_units WHERE code = ANY(CAST(:codes AS text[]))"
        " ORDER BY code",
        codes=sorted(codes),
    )
    return [
        Fact(
            f"directory#{row.code}@{version['valid_from']}",
            UnitChanged(
                code=row.code,
                name=version["name"],
                level=version["level"],
                parent=version.get("parent") or row.code,
                head=PoliceNumber(version.get("head") or ""),
            ),
        )
        for row in rows
        for version in row.versions
    ]
