"""One review as its page shows it: the text, the materials, the checks, the rounds, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.acts.checks import Findings, findings_of
from mingjing_review.acts.submission import ANSWERS
from mingjing_review.pages.clocks import clocks_of_review
from mingjing_review.pages.contradiction import contradictions_of
from mingjing_review.pages.may import is_expired, may_of
from mingjing_review.pages.people import given_of
from mingjing_review.pages.rounds import (
    HASH_CHARS,
    answered_points,
    notes_of,
    person,
    points_of,
    rounds_of,
)
from mingjing_review.pages.words import (
    CASE_KINDS,
    HOW,
    KINDS,
    MISSING,
    PARTY_KINDS,
    PARTY_ROLES,
    PENALTIES,
    PROCEDURES,
    RESULTS,
    STATES,
)
from mingjing_review.rules.catalogue import CATALOGUE
from mingjing_review.rules.difference import compared, what_differs
from mingjing_review.rules.opinion import RULES, clearance_until
from mingjing_review.rules.wording import wordings_on
from mingjing_review.store.paper import papers_of
from mingjing_shared.clock import legal_now, legal_today, local_date
from mingjing_shared.directory.store import officer_names
from mingjing_shared.law.calendar import ONE_DAY, published_calendar
from mingjing_shared.web.lists import word_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingjing_review.rules.difference import Piece
    from mingjing_review.store.sheet import Sheet
    from mingjing_review.store.text import ProposedText
    from mingjing_shared.web.desk import Desk


async def view_of(desk: Desk, sheet: Sheet) -> dict[str, Any]:
    """Everything a template of one review knows."""
    tree = await desk.tree()
    findings = findings_of(sheet, tree)
    numbers = {step.officer for step in sheet.steps} | {number for number, _ in sheet.officers}
    names = await officer_names(desk.tx, numbers, legal_today())
    review = sheet.review
    papers = await papers_of(desk.tx, review["decision_id"])
    return {
        "review": review,
        "state": word_of(review["state"], STATES),
        "kind": word_of(review["kind"], KINDS).name,
        "how": word_of(review["how"], HOW).name if review["how"] else None,
        "unit": tree.name_of(review["unit"]),
        "cause": sheet.details.cause,
        "case": _case(sheet),
        "term": _term(review),
        "reasons": _reasons(review),
        "wordings": wordings_on(legal_today()),
        "extension": RULES["review.extension"].in_force_on(legal_today()),
        "clears_until": clearance_until(legal_today(), published_calendar()),
        "text": _text(sheet),
        "findings": findings,
        "contradictions": contradictions_of(sheet.contradictions),
        "checks": _checks(sheet, findings),
        "rounds": rounds_of(sheet, names, papers),
        "points": points_of(sheet),
        "answered": answered_points(sheet),
        "answers": ANSWERS,
        "papers": papers,
        "handlers": [person(number, names) for number, _ in sheet.officers],
        **await clocks_of_review(desk, sheet),
        "clearance": sheet.clearance,
        "expired": is_expired(sheet),
        "may": may_of(desk, sheet, tree),
        "missing_words": MISSING,
        "results": RESULTS,
        "today": legal_now(),
        "given": await given_of(desk, review),
    }


def _case(sheet: Sheet) -> dict[str, Any]:
    case = sheet.case
    return {
        "kind": CASE_KINDS.get(case.kind or "", "") if case else "",
        "procedure": PROCEDURES.get(case.procedure or "", "") if case else "",
        "accepted_on": local_date(case.accepted_at) if case else None,
    }


def _reasons(review: Mapping[str, Any]) -> list[dict[str, str]]:
    """Why it needs review: the items of the catalogue by their names."""
    found = review["reasons"] or review["decided_reasons"]
    return [
        {
            "title": CATALOGUE[one["catalogue_item"]].versions[-1].title
            if one["catalogue_item"] in CATALOGUE
            else one["catalogue_item"],
            "source": one["source"],
        }
        for one in found
    ]


def _term(review: Mapping[str, Any]) -> dict[str, Any]:
    due = review["due_on"]
    left = _working_days_until(due) if due else None
    runs = review["round"] is not None
    late = bool(due and runs and not review["due_provisional"] and due < legal_today())
    return {
        "due_on": due,
        "says": review["due_says"],
        "left": left,
        "late": late,
        "runs": runs,
        "provisional": review["due_provisional"],
    }


def _working_days_until(due: date) -> int:
    calendar, day, left = published_calendar(), legal_today(), 0
    while day < due:
        day += ONE_DAY
        left += calendar.is_working_day(day)
    return left


def outcome_words(text: ProposedText | None) -> str:
    """What is proposed, in a few words: 警告、罚款 30000 元."""
    if text is None:
        return ""
    outcome = text.outcome
    sums = {"fine": outcome.fine, "confiscation_of_gains": outcome.confiscated}
    said = []
    for kind in outcome.kinds:
        amount = sums.get(kind)
        said.append(PENALTIES.get(kind, kind) + (f" {amount} 元" if amount else ""))
    if outcome.detention_days:
        said.append(f"拘留 {outcome.detention_days} 日")
    return "、".join(said)


def _text(sheet: Sheet) -> dict[str, Any] | None:
    text = sheet.shown
    if text is None:
        return None
    words = sheet.text_words.get(text.key, {})
    before = sheet.before
    old = sheet.text_words.get(before.key, {}) if before else {}
    prose = {
        field: _pieces(old.get(field) if before else None, words.get(field))
        for field in ("facts", "draft_text")
    }
    return {
        "digest": (text.draft_sha256 or "")[:HASH_CHARS],
        "sha256": text.draft_sha256,
        "proposed_at": text.proposed_at,
        "proposed_by": text.proposed_by,
        "outcome": outcome_words(text),
        "basis": text.decided.basis,
        "hearing": text.hearing,
        "facts": prose["facts"],
        "draft": prose["draft_text"],
        "changes": sum(p.how != "same" for part in prose.values() for one in part for p in one),
        "differs": what_differs(before.decided, text.decided) if before else (),
        "parties": [_party(party) for party in words.get("parties", ())],
        "materials": [_material(piece) for piece in words.get("materials", ())],
    }


def _pieces(old: str | None, new: str | None) -> list[list[Piece]]:
    """The text paragraph by paragraph, with what changed since the round before."""
    if new is None:
        return []
    paragraphs: list[list[Piece]] = [[]]
    for piece in compared(new if old is None else old, new):
        lines = piece.text.split("\n")
        for place, line in enumerate(lines):
            if place:
                paragraphs.append([])
            if line:
                paragraphs[-1].append(type(piece)(piece.how, line))
    return [paragraph for paragraph in paragraphs if paragraph]


def _party(party: Mapping[str, Any]) -> dict[str, str]:
    return {
        "name": party["name"],
        "kind": PARTY_KINDS.get(party["kind"], party["kind"]),
        "role": PARTY_ROLES.get(party.get("role") or "", ""),
    }


def _material(piece: Mapping[str, Any]) -> dict[str, Any]:
    sha256 = piece.get("sha256")
    return {
        "title": piece.get("title") or piece["kind"],
        "kind": piece["kind"],
        "sha256": sha256,
        "short": sha256[:HASH_CHARS] if sha256 else None,
    }


def _checks(sheet: Sheet, findings: Findings) -> list[dict[str, Any]]:
    """The eight checks with what the data fill in and what the last opinion found."""
    last = next((s for s in reversed(sheet.steps) if s.kind == "opinion"), None)
    judged = last.codes["checks"] if last and last.round == sheet.review["round"] else {}
    notes = notes_of(sheet, last) if last else {}
    return [
        {
            "check": check,
            "number": place,
            "result": judged.get(check.code),
            "note": notes.get(check.code, ""),
        }
        for place, check in enumerate(findings.checks, 1)
    ]


def next_waiting(waiting: Sequence[Any], decision_id: str) -> str | None:
    """The decision that waits next for the officer, other than this one."""
    return next((one.decision_id for one in waiting if one.decision_id != decision_id), None)
