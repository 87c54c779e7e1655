"""The rounds of a review in words: each step with who, when, on which text, what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.acts.disagreement import FORUMS
from mingjing_review.acts.submission import ANSWERS
from mingjing_review.pages.words import MISSING, OPINIONS, STEPS
from mingjing_review.rules.checks import CHECKS, CODES
from mingjing_review.rules.progress import OUTCOME_NAMES
from mingjing_review.store.step import open_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingjing_review.store.paper import Issued
    from mingjing_review.store.sheet import Sheet
    from mingjing_review.store.step import Taken

HASH_CHARS = 8


def rounds_of(
    sheet: Sheet, names: Mapping[str, str], papers: Sequence[Issued]
) -> list[dict[str, Any]]:
    """The history, newest round first."""
    by_step = {paper.step_id: paper for paper in papers}
    rounds: dict[int, list[dict[str, Any]]] = {}
    for step in sheet.steps:
        shown = {**_step(sheet, step, names), "paper": by_step.get(step.step_id)}
        rounds.setdefault(step.round, []).append(shown)
    return [
        {"number": number, "steps": rounds[number], "digest": _digest_of(sheet, number)}
        for number in sorted(rounds, reverse=True)
    ]


def points_of(sheet: Sheet) -> list[dict[str, str]]:
    """What the last opinion found wrong and the unit is to answer, point by point."""
    open_ = open_points(sheet.steps)
    if not open_:
        return []
    last = next(step for step in reversed(sheet.steps) if step.kind == "opinion")
    notes = notes_of(sheet, last)
    return [{"code": code, "title": title_of(code), "note": notes.get(code, "")} for code in open_]


def answered_points(sheet: Sheet) -> dict[str, dict[str, str]]:
    """What the unit answered to the opinion before, by check, for who looks at it again."""
    last = next((step for step in reversed(sheet.steps) if step.kind == "resubmitted"), None)
    if last is None or last.round != sheet.review["round"]:
        return {}
    before = [step for step in sheet.steps if step.kind == "opinion" and step.round < last.round]
    said = notes_of(sheet, before[-1]) if before else {}
    return {
        one["check"]: {
            "answer": ANSWERS[one["answer"]],
            "note": one["note"],
            "said": said.get(one["check"], ""),
        }
        for one in sheet.step_words.get(last.step_id, {}).get("answers", ())
    }


def notes_of(sheet: Sheet, step: Taken) -> dict[str, str]:
    """What an opinion wrote under each check."""
    written = sheet.step_words.get(step.step_id, {}).get("checks", ())
    return {one["check"]: one["note"] for one in written}


def title_of(code: str) -> str:
    """A check by its name."""
    return CHECKS[code].versions[-1].title


def person(number: str, names: Mapping[str, str]) -> str:
    """An officer by name and number."""
    name = names.get(number)
    return f"{name} {number}" if name else number


def _digest_of(sheet: Sheet, number: int) -> str:
    of_round = [step for step in sheet.steps if step.round == number]
    return of_round[-1].draft_sha256[:HASH_CHARS]


def _step(sheet: Sheet, step: Taken, names: Mapping[str, str]) -> dict[str, Any]:
    words = sheet.step_words.get(step.step_id, {})
    forum = step.codes.get("forum")
    return {
        "at": step.at,
        "kind": step.kind,
        "what": STEPS[step.kind],
        "opinion": OPINIONS.get(step.opinion or ""),
        "tone": {"agree": "good", "correct": "soon", "transfer": "soon"}.get(step.opinion or ""),
        "who": person(step.officer, names),
        "digest": step.draft_sha256[:HASH_CHARS],
        "instead_of": step.instead_of,
        "note": words.get("note", ""),
        "missing": [MISSING.get(code, code) for code in step.codes.get("missing", ())],
        "failed": list(_failed(sheet, step)),
        "disputed": [title_of(code) for code in step.codes.get("disputed", ())],
        "answers": [
            {**one, "title": title_of(one["check"]), "answer": ANSWERS[one["answer"]]}
            for one in words.get("answers", ())
        ],
        "forum": FORUMS[forum] if forum else None,
        "on": step.codes.get("on"),
        "outcome": OUTCOME_NAMES.get(step.outcome or ""),
        "people": words.get("people", ""),
        "unit_says": words.get("unit_says", ""),
        "reviewers_say": words.get("reviewers_say", ""),
        "sha256": step.words_sha256 if step.kind == "opinion" else None,
    }


def _failed(sheet: Sheet, step: Taken) -> Iterator[dict[str, str]]:
    if step.kind != "opinion":
        return
    notes = notes_of(sheet, step)
    for code in CODES:
        if step.codes["checks"].get(code) == "failed":
            yield {"title": title_of(code), "note": notes.get(code, "")}
