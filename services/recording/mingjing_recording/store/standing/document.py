"""Documents of cases: whether their files are held, and what of that was told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from mingjing_recording.rules.document import UPLOAD, case_of_document, document_state
from mingjing_recording.store import document as store
from mingjing_recording.store.case import classified
from mingjing_shared.events.recording import DocumentMissing, DocumentReceived
from mingjing_shared.events.values import CaseNumber, DocumentNumber, Sha256
from mingjing_shared.facts.store import cause_of
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.errors import LawError
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import (
    Clock,
    key_and_term,
    set_clocks,
    stop_clocks,
    term_subject,
)
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.events import Event

CLOCK = "document"


async def derive_documents(tx: Transaction, keys: Iterable[str]) -> None:
    """Bring these documents to where facts, files and terms put them.

    Told when a file came in, and when one has not come in its term.
    """
    wanted = set(keys)
    if not wanted:
        return
    facts = await store.documents_that_hold(tx, wanted)
    secret = await classified(tx, map(case_of_document, wanted))
    files: dict[str, list[Row[Any]]] = {}
    for file in await store.files(tx, wanted):
        if file.case_key not in secret:
            files.setdefault(file.document_key, []).append(file)
    before = await store.documents(tx, wanted)
    rows, stopped, clocks = [], [], []
    for key in sorted(facts.keys() | files.keys()):
        fact, old = facts.get(key), before.get(key)
        held = _file_of(fact, files.get(key, ()))
        row = _row(key, fact, held, old)
        _tell(tx, row, old, fact, held)
        if old is not None and row == old._asdict():
            continue
        rows.append(row)
        if old is not None and old.due_at != row["due_at"]:
            stopped += _subjects(old.document_key, old.due_at)
        if old is None or old.due_at != row["due_at"]:
            clocks += [
                Clock(CLOCK, subject, row["due_at"], UPLOAD.id)
                for subject in _subjects(key, row["due_at"])
            ]
    gone = sorted(before.keys() - facts.keys() - files.keys())
    stopped += [one for key in gone for one in _subjects(key, before[key].due_at)]
    await store.keep_documents(tx, rows)
    await store.remove_documents(tx, gone)
    await stop_clocks(tx, CLOCK, stopped)
    await set_clocks(tx, clocks)


async def pass_document_terms(tx: Transaction, clocks: Sequence[Clock], now: datetime) -> set[str]:
    """The upload terms of these documents ran out."""
    terms = [_term(clock.subject) for clock in clocks]
    await store.mark_due_passed(tx, terms, now)
    return {key for key, _ in terms}


def _file_of(fact: Row[Any] | None, files: Sequence[Row[Any]]) -> Row[Any] | None:
    """The file of a document: the one that was told of, else the newest."""
    told = [file for file in files if fact is not None and file.sha256 == fact.sha256]
    return next(iter([*told, *files]), None)


def _row(
    key: str, fact: Row[Any] | None, file: Row[Any] | None, old: Row[Any] | None
) -> dict[str, Any]:
    source = fact or file
    assert source is not None
    due_at = _due_at(fact)
    passed_at = old.due_passed_at if old is not None and old.due_at == due_at else None
    return {
        "document_key": key,
        "case_key": source.case_key,
        "case_number": source.case_number,
        "document_number": source.document_number,
        "kind": fact.kind if fact else None,
        "title": bytes(fact.title) if fact else None,
        "made_at": fact.made_at if fact else None,
        "sha256": file.sha256 if file else None,
        "kept_at": file.kept_at if file else None,
        "differs": bool(fact and file and fact.sha256 and fact.sha256 != file.sha256),
        "state": document_state(
            is_held=file is not None,
            is_on_paper=bool(fact and fact.on_paper_only),
            is_past_due=passed_at is not None,
        ),
        "due_at": due_at,
        "due_passed_at": passed_at,
        "mode": fact.mode if fact else "live",
        "revision": old.revision if old else 0,
    }


def _due_at(fact: Row[Any] | None) -> datetime | None:
    if fact is None or fact.on_paper_only:
        return None
    try:
        return deadline(UPLOAD, fact.made_at, published_calendar()).due_at
    except LawError:
        return None


def _tell(
    tx: Transaction,
    row: dict[str, Any],
    old: Row[Any] | None,
    fact: Row[Any] | None,
    file: Row[Any] | None,
) -> None:
    number = DocumentNumber(row["document_number"])
    case_number = CaseNumber(row["case_number"])
    event: Event | None = None
    if file is not None and (old is None or old.sha256 != file.sha256):
        event = DocumentReceived(
            case_number=case_number,
            document_number=number,
            sha256=Sha256(file.sha256),
            size=file.size,
        )
    elif row["state"] == "missing" and (old is None or old.state != "missing"):
        told = Sha256(fact.sha256) if fact and fact.sha256 else None
        event = DocumentMissing(case_number=case_number, document_number=number, sha256=told)
    if event is not None:
        row["revision"] += 1
        cause = cause_of(fact) if fact else None
        outbox.add(tx, [Outgoing(event, cause, str(row["revision"]))])


def _subjects(key: str, due_at: datetime | None) -> list[str]:
    """Document and term: a term that was moved is another clock."""
    return [] if due_at is None else [term_subject(key, due_at)]


def _term(subject: str) -> tuple[str, datetime]:
    key, due_at = key_and_term(subject)
    return key, datetime.fromisoformat(due_at)
