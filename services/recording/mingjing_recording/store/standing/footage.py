"""Recordings: whether their files are held, to which case they belong, which acts they show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mingjing_recording.rules.coverage import Span
from mingjing_recording.rules.link import (
    LINKED_BY_CASE,
    Belonging,
    Decision,
    KnownAct,
    belonging_of,
)
from mingjing_recording.rules.retention import keeping_of
from mingjing_recording.store import footage as store
from mingjing_recording.store.case import cases, classified
from mingjing_recording.store.casefile import packages
from mingjing_shared.clock import local_date
from mingjing_shared.directory.tree import version_on
from mingjing_shared.events.recording import FootageArchived, FootageLinked, FootageRegistered
from mingjing_shared.events.values import (
    ActionId,
    CaseNumber,
    DeviceSerial,
    FootageId,
    PoliceNumber,
    Retention,
    Sha256,
)
from mingjing_shared.facts.store import cause_of
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.events import Event

_REGISTERED = ("case_key", "serial", "officer")
_ARCHIVED = ("sha256", "case_key")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the recordings that are derived together."""

    facts: Mapping[str, Row[Any]]
    files: Mapping[str, Row[Any]]
    decided: Mapping[str, list[Decision]]
    acts: list[KnownAct]
    before: Mapping[str, Row[Any]] = field(default_factory=dict)


async def derive_footage(tx: Transaction, footage_ids: Iterable[str]) -> set[str]:
    """Bring these recordings to where facts, files and officers' decisions put them.

    Gives the acts whose record that may change. What is new or changed is told: registered,
    archived (its file is held), linked.
    """
    wanted = set(footage_ids)
    if not wanted:
        return set()
    known = await _known(tx, wanted)
    belongings = {
        footage_id: belonging_of(
            Span(*_times(known, footage_id)),
            _named(known, footage_id),
            known.decided.get(footage_id, ()),
            known.acts,
        )
        for footage_id in known.facts.keys() | known.files.keys()
    }
    rows = await _rows(tx, known, belongings)
    links_before = await store.links(tx, wanted)
    links = {
        (footage_id, action_id): by
        for footage_id, belonging in belongings.items()
        for action_id, by in belonging.links.items()
    }
    for footage_id in sorted(rows):
        new = {pair[1]: by for pair, by in links.items() if pair[0] == footage_id}
        new = {one: by for one, by in new.items() if (footage_id, one) not in links_before}
        _tell(tx, known, rows[footage_id], new)
    await store.keep_footage(tx, [row for key, row in rows.items() if _differs(known, key, row)])
    await store.remove_footage(tx, sorted(wanted - rows.keys()))
    changed = {pair: by for pair, by in links.items() if links_before.get(pair) != by}
    await store.keep_links(tx, changed, links_before.keys() - links.keys())
    return {action_id for _, action_id in links.keys() | links_before.keys()}


async def _known(tx: Transaction, wanted: set[str]) -> _Known:
    facts = await store.footage_that_holds(tx, wanted)
    files = await store.files_that_hold(tx, wanted)
    secret = await classified(tx, {file.case_key for file in files.values() if file.case_key})
    files = {key: file for key, file in files.items() if file.case_key not in secret}
    decided: dict[str, list[Decision]] = {}
    for row in await store.decisions(tx, wanted):
        one = Decision(row.action_id, row.is_linked, row.decided_by, row.decided_at)
        decided.setdefault(row.footage_id, []).append(one)
    keys = {row.case_key for row in (*facts.values(), *files.values()) if row.case_key}
    named = {one.action_id for many in decided.values() for one in many}
    acts = [
        KnownAct(row.action_id, row.case_key, row.case_number, Span(row.started_at, row.ended_at))
        for row in await store.acts_to_link(tx, keys, named)
    ]
    return _Known(facts, files, decided, acts, await store.footage(tx, wanted))


def _times(known: _Known, footage_id: str) -> tuple[datetime, datetime]:
    """From when to when it shows: by the file where it is held, else as it was told."""
    fact, file = known.facts.get(footage_id), known.files.get(footage_id)
    start = fact.started_at if fact else file.started_at or file.kept_at if file else None
    assert start is not None
    if file is not None and file.duration_ms is not None:
        return start, start + timedelta(milliseconds=file.duration_ms)
    return start, max(start, fact.ended_at) if fact else start


def _named(known: _Known, footage_id: str) -> tuple[str, str] | None:
    """The case that the recorder named, else the one for which the file was brought."""
    for source in (known.facts.get(footage_id), known.files.get(footage_id)):
        if source is not None and source.case_key:
            return source.case_key, source.case_number
    return None


async def _rows(
    tx: Transaction, known: _Known, belongings: Mapping[str, Belonging]
) -> dict[str, dict[str, Any]]:
    keys = {one.case[0] for one in belongings.values() if one.case}
    case_rows = await cases(tx, keys)
    archived = await packages(tx, keys)
    units = await store.officers_units(
        tx, {_officer(known, footage_id) for footage_id in belongings}
    )
    rows = {}
    for footage_id, belonging in belongings.items():
        fact, file = known.facts.get(footage_id), known.files.get(footage_id)
        start, end = _times(known, footage_id)
        officer = _officer(known, footage_id)
        key, number = belonging.case or (None, None)
        case = case_rows.get(key) if key else None
        home = version_on(units.get(officer, []), local_date(start)) or {}
        row: dict[str, Any] = {
            "footage_id": footage_id,
            "case_key": key,
            "case_number": case.case_number if case else number,
            "serial": fact.serial if fact else None,
            "officer": officer,
            "started_at": start,
            "ended_at": end,
            "key_file": fact.key_file if fact else None,
            "sha256": file.sha256 if file else None,
            "kept_at": file.kept_at if file else None,
            "differs": bool(file and fact and fact.sha256 and fact.sha256 != file.sha256),
            "state": "archived" if key in archived else "linked" if key else "unlinked",
            "mode": fact.mode if fact else "live",
            "unit": case.unit if case and case.unit else home.get("unit"),
            "people": sorted({officer, *((case.people or []) if case else [])}),
        }
        old = known.before.get(footage_id)
        row["revision"] = old.revision if old else 0
        rows[footage_id] = row
    return rows


def _officer(known: _Known, footage_id: str) -> str:
    fact = known.facts.get(footage_id)
    return str(fact.officer if fact else known.files[footage_id].kept_by)


def _differs(known: _Known, footage_id: str, row: dict[str, Any]) -> bool:
    old = known.before.get(footage_id)
    return old is None or row != old._asdict()


def _changed(row: dict[str, Any], old: Row[Any] | None, names: tuple[str, ...]) -> bool:
    return old is None or any(row[name] != getattr(old, name) for name in names)


def _tell(
    tx: Transaction, known: _Known, row: dict[str, Any], new_links: Mapping[str, str]
) -> None:
    """What is new of a recording; each time under the next revision."""
    footage_id = row["footage_id"]
    old, fact = known.before.get(footage_id), known.facts.get(footage_id)
    events: list[Event] = []
    if _changed(row, old, _REGISTERED):
        events.append(_registered(row))
    if row["sha256"] and _changed(row, old, _ARCHIVED):
        events.append(_archived(row, known.files[footage_id]))
    numbers = {act.action_id: act.case_number for act in known.acts}
    links: list[tuple[str, str | None, str]] = [
        (numbers[one], one, by) for one, by in sorted(new_links.items())
    ]
    if not links and row["case_key"] and _changed(row, old, ("case_key",)):
        links = [(row["case_number"], None, LINKED_BY_CASE)]
    events += [_linked(footage_id, number, action_id, by) for number, action_id, by in links]
    if events:
        row["revision"] += 1
    cause = cause_of(fact) if fact else None
    outbox.add(
        tx,
        [
            Outgoing(event, cause, f"{row['revision']}/{place}")
            for place, event in enumerate(events)
        ],
    )


def _registered(row: dict[str, Any]) -> FootageRegistered:
    return FootageRegistered(
        footage_id=FootageId(row["footage_id"]),
        case_number=CaseNumber(row["case_number"]) if row["case_number"] else None,
        serial=DeviceSerial(row["serial"]) if row["serial"] else None,
        officer=PoliceNumber(row["officer"]),
    )


def _archived(row: dict[str, Any], file: Row[Any]) -> FootageArchived:
    keeping = keeping_of(local_date(file.kept_at), is_evidence=row["case_key"] is not None)
    return FootageArchived(
        footage_id=FootageId(row["footage_id"]),
        case_number=CaseNumber(row["case_number"]) if row["case_number"] else None,
        sha256=Sha256(file.sha256),
        tree_root=Sha256(file.tree_root),
        size=file.size,
        retention=Retention(class_=keeping.kind, until=keeping.until),
    )


def _linked(footage_id: str, case_number: str, action_id: str | None, by: str) -> FootageLinked:
    return FootageLinked(
        case_number=CaseNumber(case_number),
        footage_id=FootageId(footage_id),
        action_id=ActionId(action_id) if action_id else None,
        linked_by=by,
    )
