"""The records of acts: what footage covers of each, and what of a gap was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mingjing_recording.rules.coverage import Coverage, Span, coverage_of
from mingjing_recording.rules.gap import effect_of, record_state
from mingjing_recording.store import action as action_store
from mingjing_recording.store import record as store
from mingjing_recording.store.case import cases
from mingjing_recording.store.casefile import packages
from mingjing_recording.store.footage import shots_of
from mingjing_shared.events.recording import RecordGapClosed, RecordGapExplained, RecordGapFound
from mingjing_shared.events.values import ActionId, CaseNumber, FootageId, PoliceNumber
from mingjing_shared.facts.store import cause_of
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.events import Event

_GAP = ("gap_kind", "gap_effect", "gap_minutes")
_NO_GAP: dict[str, Any] = dict.fromkeys(_GAP)


class _Around(NamedTuple):
    """What the record of an act depends on besides the act."""

    fact: Row[Any]
    case: Row[Any] | None
    shots: Sequence[Row[Any]]
    explanation: Row[Any] | None
    is_archived: bool


async def derive_records(tx: Transaction, action_ids: Iterable[str]) -> None:
    """Bring the records of these acts to where footage, terms and explanations put them.

    A gap is told when the upload term of its act is over, again when it changed, and told to be
    explained or closed when it is.
    """
    wanted = set(action_ids)
    if not wanted:
        return
    acts = await action_store.actions(tx, wanted)
    facts = await action_store.actions_that_hold(tx, wanted)
    keys = {act.case_key for act in acts.values()}
    case_rows, archived = await cases(tx, keys), await packages(tx, keys)
    explained = await store.widest_explanations(tx, acts)
    before = await store.records(tx, wanted)
    shots: dict[str, list[Row[Any]]] = {}
    for shot in await shots_of(tx, acts):
        if shot.sha256 is not None and not shot.differs:
            shots.setdefault(shot.action_id, []).append(shot)
    rows = []
    for action_id, act in sorted(acts.items()):
        around = _Around(
            facts[action_id],
            case_rows.get(act.case_key),
            shots.get(action_id, ()),
            explained.get(action_id),
            act.case_key in archived,
        )
        old = before.get(action_id)
        row = _row(act, around, old)
        _tell(tx, row, old, around)
        if old is None or row != old._asdict():
            rows.append(row)
    await store.keep_records(tx, rows)
    await store.remove_records(tx, sorted(before.keys() - acts.keys()))


def _row(act: Row[Any], around: _Around, old: Row[Any] | None) -> dict[str, Any]:
    found = _coverage(act, around.shots)
    lacks = found is not None and act.level == "full" and bool(found.holes)
    minutes = found.gap_minutes if found is not None and lacks else None
    is_due = lacks and act.footage_due_passed_at is not None
    words = around.explanation
    is_explained = words is not None and (minutes or 0) <= words.minutes
    case = around.case
    due_at = act.upload_due_at
    return {
        "action_id": act.action_id,
        "case_key": act.case_key,
        "case_number": case.case_number if case else act.case_number,
        "started_at": act.started_at,
        "level": act.level or "nothing",
        "state": record_state(
            level=act.level,
            has_footage=bool(around.shots),
            has_due_gap=is_due,
            is_explained=is_explained,
            is_archived=around.is_archived,
        ),
        "covered": [_written(span) for span in found.covered] if found else [],
        "required_seconds": int(Span(act.started_at, act.ended_at).length.total_seconds()),
        "covered_seconds": found.covered_seconds if found else 0,
        "lacking_minutes": minutes,
        "is_late": due_at is not None and any(s.kept_at > due_at for s in around.shots),
        **(_gap(act, around, found) if is_due and found else _NO_GAP),
        "gap_explained": is_due and is_explained,
        "upload_due_at": due_at,
        "mode": act.mode,
        "revision": old.revision if old else 0,
        "unit": case.unit if case else None,
        "people": sorted({*around.fact.officers, *((case.people or []) if case else [])}),
    }


def _coverage(act: Row[Any], shots: Sequence[Row[Any]]) -> Coverage | None:
    """What the footage that is held covers; nothing is asked of acts without a requirement."""
    if act.level is None:
        return None
    return coverage_of(
        act.started_at, act.ended_at, [Span(shot.started_at, shot.ended_at) for shot in shots]
    )


def _gap(act: Row[Any], around: _Around, found: Coverage) -> dict[str, Any]:
    effect = effect_of(
        kind=act.kind,
        place_kind=act.place_kind,
        started_at=act.started_at,
        officers=len(around.fact.officers),
        case_kind=around.case.kind if around.case else None,
    )
    return {
        "gap_kind": found.gap_kind,
        "gap_effect": effect,
        "gap_minutes": found.gap_minutes,
    }


def _written(span: Span) -> list[str]:
    return [span.start.isoformat(), span.end.isoformat()]


def _tell(tx: Transaction, row: dict[str, Any], old: Row[Any] | None, around: _Around) -> None:
    """What is new of a gap; each time under the next revision."""
    told = {name: getattr(old, name) for name in _GAP} if old else _NO_GAP
    number, act = CaseNumber(row["case_number"]), ActionId(row["action_id"])
    events: list[Event] = []
    gap = {name: row[name] for name in _GAP}
    if gap != told and row["gap_kind"] is not None:
        events.append(
            RecordGapFound(
                case_number=number,
                action_id=act,
                kind=row["gap_kind"],
                effect=row["gap_effect"],
                minutes=row["gap_minutes"],
            )
        )
    if row["gap_explained"] and not (gap == told and old is not None and old.gap_explained):
        words = around.explanation
        assert words is not None
        events.append(
            RecordGapExplained(
                case_number=number,
                action_id=act,
                reason_code=words.reason_code,
                explained_by=PoliceNumber(words.explained_by),
            )
        )
    if told["gap_kind"] is not None and row["gap_kind"] is None:
        last = max(around.shots, key=lambda shot: shot.kept_at, default=None)
        closed_by = FootageId(last.footage_id) if last else None
        events.append(RecordGapClosed(case_number=number, action_id=act, closed_by=closed_by))
    if events:
        row["revision"] += 1
    cause = cause_of(around.fact)
    outbox.add(tx, [Outgoing(event, cause, str(row["revision"])) for event in events])
