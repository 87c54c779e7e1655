"""Items as they follow from the facts that hold and from what people have done.

The one way in which an item changes: handlers call it when facts came, acts when somebody did
something. The same facts and acts give the same item, in whatever order they came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.correction import (
    MORE_PARTIES,
    correction_day,
    correction_says,
    made_from,
    what_changed,
)
from mingjing_disclosure.rules.effect import effect_of
from mingjing_disclosure.rules.progress import (
    NOTHING_YET,
    Work,
    must_withdraw,
    state_of,
    was_public,
)
from mingjing_disclosure.rules.publication import withdrawal_deadline
from mingjing_disclosure.rules.standing import CLASSIFIED, GONE, WAITING, Standing, standing_of
from mingjing_disclosure.store import item as store
from mingjing_disclosure.store.delivery import handed_over
from mingjing_disclosure.store.fact import Circumstances, case_notes, circumstances
from mingjing_disclosure.store.original import names_of
from mingjing_disclosure.store.party import concerned
from mingjing_disclosure.store.work import works
from mingjing_shared.clock import legal_today, local_date
from mingjing_shared.events.disclosure import DisclosureDue, DisclosureWithheld
from mingjing_shared.events.values import DecisionId, ItemId, LegalBasis
from mingjing_shared.facts.cases import KnownCase, known_cases
from mingjing_shared.facts.store import cause_of
from mingjing_shared.law.calendar import WorkingCalendar, published_calendar
from mingjing_shared.law.document_number import normalise_document_number
from mingjing_shared.law.errors import NoRuleInForce
from mingjing_shared.messaging import outbox
from mingjing_shared.messaging.clocks import Clock, set_clocks, stop_clocks, term_subject
from mingjing_shared.messaging.outbox import Outgoing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Row

    from mingjing_shared.database import Transaction
    from mingjing_shared.law.deadline import Deadline

CLOCK = "publication"
WITHDRAWAL_CLOCK = "withdrawal"
_TOLD = ("standing", "due_on", "provisional", "rule", "reason_code", "basis", "decided_by")
_FOLLOWS = frozenset({"revision", "overdue_at", "withdraw_overdue_at"})


@dataclass(slots=True)
class _Changes:
    """What a derivation writes, starts, stops and says."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    stopped: list[tuple[str, str]] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)


async def derive_items(
    tx: Transaction, decision_ids: Iterable[str], certain: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Bring the items of these decisions to where facts and acts put them.

    An item whose day or reason changed is announced anew with a higher revision. ``certain``
    are facts, by decision, that are known to be the first and only ones.
    """
    wanted = set(decision_ids)
    if not wanted and not certain:
        return
    # An id that two cases claim must not be derived by two workers at once. (Where both take it
    # for new, the database refuses the second item; tried again, it is doubtful.)
    await tx.lock(f"decision/{decision_id}" for decision_id in wanted)
    facts = {**await store.decisions_that_hold(tx, wanted), **certain}
    done = await works(tx, wanted | certain.keys())
    # What the public sees, or will see because it is in a bundle, stays in sight, also when its
    # sender has corrected the decision away.
    gone = wanted - facts.keys()
    shown = {
        decision_id for decision_id in gone if decision_id in done and was_public(done[decision_id])
    } | await handed_over(tx, gone)
    facts |= await store.last_told(tx, shown)
    keys = {fact.case_key for fact in facts.values()}
    cases, notes = await known_cases(tx, keys), await case_notes(tx, keys)
    around = await circumstances(tx, facts.keys())
    before = await store.items(tx, wanted)
    calendar = published_calendar()
    changes = _Changes()
    for decision_id, fact in facts.items():
        known = _Known(
            fact=fact,
            case=cases.get(fact.case_key),
            note=notes.get(fact.case_key),
            around=around.get(decision_id) or Circumstances(),
            work=done.get(decision_id, NOTHING_YET),
            calendar=calendar,
            is_gone=decision_id in shown,
        )
        _derive(tx, known, before.get(decision_id), changes)
    removed = _removed(wanted - facts.keys(), before, done, shown, changes)
    await store.keep_items(tx, changes.new, changes.changed)
    await store.remove_items(tx, removed)
    await set_clocks(tx, changes.clocks)
    for kind in (CLOCK, WITHDRAWAL_CLOCK):
        await stop_clocks(
            tx, kind, [subject for which, subject in changes.stopped if which == kind]
        )
    outbox.add(tx, changes.outgoing)


@dataclass(frozen=True, slots=True)
class _Known:
    fact: Any
    case: KnownCase | None
    note: Row[Any] | None
    around: Circumstances
    work: Work
    calendar: WorkingCalendar
    is_gone: bool


def _derive(tx: Transaction, known: _Known, old: Row[Any] | None, changes: _Changes) -> None:
    standing = _standing(tx, known)
    withdrawal = _withdrawal(known, standing)
    row = {**_row(tx, known, standing, withdrawal, old), **_correction(known, standing)}
    if old is not None and all(row[n] == getattr(old, n) for n in row.keys() - _FOLLOWS):
        return
    (changes.new if old is None else changes.changed).append(row)
    if old is None or row["revision"] != old.revision:
        changes.outgoing += _announcement(known.fact, row, standing)
    wanted = _clocks(known, standing, withdrawal, row)
    changes.clocks += wanted
    if old is not None:
        kept = {(clock.kind, clock.subject) for clock in wanted}
        changes.stopped += [one for one in _clocks_of(old) if one not in kept]


def _standing(tx: Transaction, known: _Known) -> Standing:
    fact, case = known.fact, known.case
    if known.is_gone:
        return GONE
    if case is None:
        return WAITING
    return standing_of(
        decision_kind=fact.kind,
        made_on=fact.made_on,
        offence_from=fact.offence_from,
        case_kind=case.kind,
        accepted_on=local_date(case.accepted_at),
        parties=concerned(tx, fact.parties if fact.parties is not None else case.parties),
        calendar=known.calendar,
        work=known.work,
        undone=known.around.first_undone,
        basis=fact.basis or (),
        sensitive=(known.note.sensitive if known.note else None) or (),
        also_on=legal_today() if known.work.is_public else None,
    )


def _withdrawal(known: _Known, standing: Standing) -> tuple[Deadline | None, str | None]:
    """By when what is public and must not be has to be gone, and why."""
    if not must_withdraw(standing.state, known.work):
        return None, None
    undone = known.around.first_undone
    if undone is None:
        reason = standing.withheld
        way = "，或者由审批人核定后继续公开" if reason is not None and reason.releasable else ""
        return None, f"{standing.says}已公开的应立即撤回{way}（公安机关执法公开规定§7）。"
    try:
        due = withdrawal_deadline(undone.on_day, known.calendar)
    except NoRuleInForce:
        return None, "决定已失去效力，已公开的应及时撤回；当时没有规定天数。"
    return due, due.text()


def _correction(known: _Known, standing: Standing) -> dict[str, Any]:
    """Whether what is public must be corrected: it was made from what has changed since."""
    work, fact = known.work, known.fact
    shown_from, first = work.details.get("shown_from"), work.details.get("first_public_at")
    is_shown = work.is_public and work.stage != "withdrawing" and not known.is_gone
    now = made_from(f"{fact.source}#{fact.event_id}", names_of(fact, known.case))
    changed = what_changed(shown_from, now) if is_shown else None
    if changed is None or must_withdraw(standing.state, work):
        return {"must_correct": False, "correct_by": None, "correct_says": None}
    told_at = fact.happened_at
    if changed == MORE_PARTIES and known.note is not None:
        told_at = known.note.happened_at
    since = local_date(max(told_at, first) if first else told_at)
    by_day = correction_day(since, known.calendar)
    says = correction_says(changed, by_day)
    return {"must_correct": True, "correct_by": by_day, "correct_says": says}


def _row(
    tx: Transaction,
    known: _Known,
    standing: Standing,
    withdrawal: tuple[Deadline | None, str | None],
    old: Row[Any] | None,
) -> dict[str, Any]:
    fact, reason = known.fact, standing.withheld
    effect = effect_of(
        effective_on=fact.effective_on,
        served_on=known.around.served_on,
        undone=known.around.first_undone,
        remedies=list(known.around.remedies.values()),
    )
    due = withdrawal[0]
    row = {
        "decision_id": fact.decision_id,
        "item_id": store.item_id_of(fact.decision_id),
        "case_key": fact.case_key,
        "case_number": fact.case_number,
        "case_ref": tx.installation.references.case(fact.case_number),
        "state": state_of(standing.state, known.work),
        "standing": standing.state,
        "kind": fact.kind,
        "made_on": fact.made_on,
        "document_number": normalise_document_number(fact.document_number),
        "unit": fact.unit,
        "cause": known.note.cause if known.note else None,
        "handlers": list(known.note.handlers) if known.note else [],
        "due_on": standing.due_on,
        "provisional": standing.provisional,
        "rule": standing.rule,
        "says": standing.says,
        "reason_code": "decision_gone" if known.is_gone else reason and reason.reason_code,
        "basis": {"law": reason.rule, "article": reason.source} if reason else None,
        "decided_by": reason.decided_by if reason else None,
        "releasable": reason.releasable if reason else None,
        "about": list(reason.about) if reason else None,
        "effect": effect.code,
        "effect_says": effect.says,
        "effect_from": effect.since,
        "must_withdraw": must_withdraw(standing.state, known.work),
        "withdraw_by": due.due_on if due else None,
        "withdraw_says": withdrawal[1],
        "mode": fact.mode,
        "revision": 1,
        "overdue_at": None,
        "withdraw_overdue_at": None,
    }
    if old is not None:
        row["revision"] = old.revision + any(row[name] != getattr(old, name) for name in _TOLD)
        if old.due_on == row["due_on"]:
            row["overdue_at"] = old.overdue_at
        if old.withdraw_by == row["withdraw_by"]:
            row["withdraw_overdue_at"] = old.withdraw_overdue_at
    return row


def _clocks(
    known: _Known,
    standing: Standing,
    withdrawal: tuple[Deadline | None, str | None],
    row: Mapping[str, Any],
) -> list[Clock]:
    decision_id, found = row["decision_id"], []
    waiting = known.work.details.get("first_public_at") is None
    if waiting and standing.due_at is not None and not standing.provisional:
        subject = term_subject(decision_id, row["due_on"])
        found.append(Clock(CLOCK, subject, standing.due_at, standing.rule_version))
    due = withdrawal[0]
    if due is not None and not due.provisional:
        subject = term_subject(decision_id, due.due_on)
        version = f"{due.rule}@{due.version_from}"
        found.append(Clock(WITHDRAWAL_CLOCK, subject, due.due_at, version))
    return found


def _clocks_of(item: Row[Any]) -> list[tuple[str, str]]:
    days = ((CLOCK, item.due_on), (WITHDRAWAL_CLOCK, item.withdraw_by))
    return [(kind, term_subject(item.decision_id, day)) for kind, day in days if day is not None]


def _removed(
    decision_ids: Iterable[str],
    before: Mapping[str, Row[Any]],
    done: Mapping[str, Work],
    shown: Collection[str],
    changes: _Changes,
) -> list[str]:
    """Decisions of which nothing is kept any more: their items go.

    But what the public sees, or will see, is kept in sight, with no more than number, unit and
    dates, until it is withdrawn: nothing is kept because the case turned out to be classified.
    """
    found = []
    for decision_id in sorted(decision_ids):
        old, work = before.get(decision_id), done.get(decision_id, NOTHING_YET)
        changes.stopped += _clocks_of(old) if old is not None else []
        if old is None or decision_id not in shown:
            found.append(decision_id)
            continue
        changes.changed.append(
            {
                **old._mapping,  # noqa: SLF001 - SQLAlchemy's public way
                "standing": "withheld",
                "state": state_of("withheld", work),
                "cause": None,
                "handlers": [],
                "says": CLASSIFIED.says,
                "reason_code": "classified",
                "basis": None,
                "decided_by": None,
                "about": None,
                "must_withdraw": must_withdraw("withheld", work),
                "withdraw_by": None,
                "withdraw_says": CLASSIFIED.says,
                "must_correct": False,
                "correct_by": None,
                "correct_says": None,
            }
        )
    return found


def _announcement(fact: Any, row: Mapping[str, Any], standing: Standing) -> list[Outgoing]:
    name = str(row["revision"])
    if standing.state == "due" and standing.due_on is not None:
        due = DisclosureDue(
            case_number=fact.case_number,
            item_id=ItemId(row["item_id"]),
            decision_id=DecisionId(fact.decision_id),
            due_on=standing.due_on,
            provisional=standing.provisional,
            rule=standing.rule or "",
            revision=row["revision"],
        )
        return [Outgoing(due, cause_of(fact), name)]
    if standing.withheld is not None:
        withheld = DisclosureWithheld(
            case_number=fact.case_number,
            item_id=ItemId(row["item_id"]),
            decision_id=DecisionId(fact.decision_id),
            reason_code=standing.withheld.reason_code,
            basis=LegalBasis(law=standing.withheld.rule, article=standing.withheld.source),
            decided_by=standing.withheld.decided_by,
        )
        return [Outgoing(withheld, cause_of(fact), name)]
    return []
