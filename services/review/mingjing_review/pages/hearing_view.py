"""One hearing as its page shows it: the flow, the next steps, the terms, the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mingjing_review.acts.hearing import ACT_OF
from mingjing_review.acts.matter import about, subject_of
from mingjing_review.errors import Unknown
from mingjing_review.pages.sight import note_look
from mingjing_review.pages.terms import WAITS_FOR, left_of
from mingjing_review.pages.view import outcome_words
from mingjing_review.pages.words import HEARING_STATES
from mingjing_review.rules.catalogue import ROLES_AGAINST
from mingjing_review.rules.hearing import (
    CLOSED_BECAUSE,
    MAY_FOLLOW,
    STEP_NAMES,
    earliest_after,
    hold_by,
    request_by,
)
from mingjing_review.rules.hearing_papers import (
    CONCLUSIONS,
    NOBODY,
    PAPERS,
    Paper,
    PaperFacts,
    hearing_paper,
)
from mingjing_review.rules.term import TASK_NAMES
from mingjing_review.store.board import terms_of_case
from mingjing_review.store.hearing import HearingStep, hearing_steps, hearing_words, hearings
from mingjing_review.store.people import details_of_cases
from mingjing_review.store.review import reviews
from mingjing_review.store.text import texts_of
from mingjing_review.store.words import words_of_texts
from mingjing_shared.clock import legal_today
from mingjing_shared.directory.store import officer_names
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.permissions import allowing_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingjing_review.store.text import ProposedText
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.errors import MingjingError
    from mingjing_shared.web.desk import Desk

_FIELDS = {
    "note": "说明",
    "reason": "理由",
    "time": "时刻",
    "place": "地点",
    "postponed": "延期理由",
    "present": "参加人",
    "record": "笔录",
    "facts": "听证情况和案件事实",
    "finding": "处理意见和建议",
}


async def hearing_view(
    desk: Desk, decision_id: str, chosen: str, error: MingjingError | None = None
) -> dict[str, Any]:
    """Everything the page of one hearing knows; the look is noted, with its purpose.

    Raises:
        Unknown: there is no such hearing.
        NotAllowed: the officer may not see it.
        PurposeNeeded: the officer is to say why first.
    """
    row, review, steps = await _opened(desk, decision_id, error)
    tree = await desk.tree()
    numbers = {step.officer for step in steps if step.officer} | {row["chair"], row["recorder"]}
    names = await officer_names(desk.tx, {n for n in numbers if n}, legal_today())
    may = _may(desk, row, tree)
    term = (await terms_of_case(desk.tx, row["case_key"])).get(f"hearing/{decision_id}")
    return {
        "hearing": row,
        "review": review,
        "state": word_of(row["state"], HEARING_STATES),
        "unit": tree.name_of(row["unit"]),
        "term": term,
        "left": left_of(term.due_on, term.due_at, binding=term.binding) if term else None,
        "who": WAITS_FOR.get(row["waits_for"] or "", ""),
        "task": TASK_NAMES.get(row["task"] or "", ""),
        "may": may,
        "chosen": chosen if chosen in may else next(iter(may), None),
        "flow": [_step(desk, step, names) for step in steps],
        "papers": _papers(row, steps),
        "hints": _hints(row),
        "days": {"held": row["planned_on"], "no_show": row["planned_on"]},
        "today": legal_today(),
        "closed_words": CLOSED_BECAUSE,
        "conclusions": CONCLUSIONS,
        "names": {n: _person(n, names) for n in (row["chair"], row["recorder"]) if n},
    }


async def _opened(
    desk: Desk, decision_id: str, error: MingjingError | None
) -> tuple[Mapping[str, Any], Mapping[str, Any], Sequence[HearingStep]]:
    row = (await hearings(desk.tx, [decision_id])).get(decision_id)
    review = (await reviews(desk.tx, [decision_id])).get(decision_id)
    if row is None or review is None:
        raise Unknown(
            "没有这个决定的听证。", "不属于应当告知听证权利的处罚；请核对，或回到听证清单。"
        )
    steps = (await hearing_steps(desk.tx, [decision_id])).get(decision_id, [])
    await note_look(
        desk,
        subject_of(review),
        about(review),
        waits_for=[row["waits_for"]],
        took_part=[row["chair"], row["recorder"], *(step.officer for step in steps)],
        decision_id=decision_id,
        error=error,
    )
    return row, review, steps


def _may(desk: Desk, row: Mapping[str, Any], tree: UnitTree) -> dict[str, str]:
    """The steps that are open to who looks, in their order, with their names."""
    if row["made_on"] is not None:
        return {}
    return {
        kind: STEP_NAMES[kind]
        for kind, act in ACT_OF.items()
        if row["state"] in MAY_FOLLOW[kind]
        and allowing_role(desk.officer, act, about(row), tree) is not None
    }


def _hints(row: Mapping[str, Any]) -> dict[str, str]:
    """What the law says of the days that one is about to fill in."""
    calendar, today = published_calendar(), legal_today()
    try:
        hints = {"noticed": f"今天送达的，最早 {earliest_after(today, calendar)} 举行。"}
        if row["requested_on"] is not None:
            _, last = hold_by(row["requested_on"], calendar)
            hints["noticed"] += f"应当在 {last} 以前举行。"
        if row["told_on"] is not None:
            by = request_by(row["told_on"], calendar)
            hints["requested"] = (
                f"申请期限至 {by.due_on}；逾期提出的也要登记，由法制部门决定是否受理。"
            )
    except LawError as fault:
        return {"noticed": fault.message}
    return hints


def _step(desk: Desk, step: HearingStep, names: Mapping[str, str]) -> dict[str, Any]:
    words = hearing_words(desk.tx, step)
    said = [(label, words[field]) for field, label in _FIELDS.items() if words.get(field)]
    if step.planned_on:
        chair, recorder = _person(step.chair, names), _person(step.recorder, names)
        how = CLOSED_BECAUSE.get(step.closed or "", "")
        said = [
            ("听证日期", str(step.planned_on)),
            ("主持人", chair),
            ("记录员", recorder),
            ("方式", f"不公开（{how}）" if how else "公开"),
            *said,
        ]
    if words.get("conclusion"):
        said.append(("结论", CONCLUSIONS.get(words["conclusion"], words["conclusion"])))
    return {
        "day": step.day,
        "at": step.at,
        "what": STEP_NAMES[step.kind],
        "who": _person(step.officer, names) if step.officer else "期限届满",
        "instead_of": step.instead_of,
        "said": said,
    }


def _person(number: str | None, names: Mapping[str, str]) -> str:
    if number is None:
        return NOBODY
    return f"{names[number]} {number}" if number in names else number


def _papers(row: Mapping[str, Any], steps: Sequence[HearingStep]) -> dict[str, str]:
    """The documents that there are, by the step that makes them."""
    done = {step.kind for step in steps}
    if row["told_on"] is not None:
        done.add("told")
    return {kind: title for kind, title in PAPERS.items() if kind in done}


async def paper_of(desk: Desk, decision_id: str, kind: str) -> Paper:
    """One document of a hearing with its data filled in; the look is noted.

    Raises:
        Unknown: there is no such hearing, or the step that makes the document was not taken.
        NotAllowed, PurposeNeeded: as for the hearing itself.
    """
    row, _, steps = await _opened(desk, decision_id, None)
    if kind not in _papers(row, steps):
        raise Unknown("没有这份听证文书。", "办理相应的步骤之后才有；请回到听证页面。")
    texts = await texts_of(desk.tx, decision_id, row["case_key"])
    tree = await desk.tree()
    step = next((one for one in reversed(steps) if one.kind == kind), None)
    call = next((one for one in reversed(steps) if one.kind == "noticed"), None)
    words = {**(hearing_words(desk.tx, call) if call else {})}
    words |= hearing_words(desk.tx, step) if step else {}
    numbers = {n for n in (row["chair"], row["recorder"]) if n}
    names = await officer_names(desk.tx, numbers, legal_today())
    details = (await details_of_cases(desk.tx, [row["case_key"]])).get(row["case_key"])
    text = texts[0] if texts else None
    on: date = step.day if step else row["told_on"]
    facts = PaperFacts(
        case_number=row["case_number"],
        cause=(details.cause if details else None) or "本案",
        body=_body(row, tree),
        party=await _party(desk, text),
        proposed=outcome_words(text) or NOBODY,
        basis=_basis(text),
        grounds="、".join(one["source"] for one in row["grounds"]) or "有关规定",
        on=on,
        place=(step.place if step else None) or 1,
        words=words,
        request_by=_request_by(row),
        requested_on=row["requested_on"],
        planned_on=row["planned_on"],
        chair=_person(row["chair"], names),
        recorder=_person(row["recorder"], names),
        closed=row["closed"],
    )
    return hearing_paper(kind, facts)


def _request_by(row: Mapping[str, Any]) -> date | None:
    try:
        return request_by(row["told_on"], published_calendar()).due_on if row["told_on"] else None
    except LawError:
        return None


def _body(row: Mapping[str, Any], tree: UnitTree) -> str:
    above = tree.above(row["unit"])
    return tree.name_of(above[1] if len(above) > 1 else row["unit"])


def _basis(text: ProposedText | None) -> str:
    basis = text.decided.basis if text else ()
    return "、".join(f"《{one['law']}》{one['article']}" for one in basis) or NOBODY


async def _party(desk: Desk, text: ProposedText | None) -> str:
    if text is None:
        return NOBODY
    words = (await words_of_texts(desk.tx, [text.key])).get(text.key, {})
    parties = words.get("parties", ())
    names = [party["name"] for party in parties if party.get("role") in ROLES_AGAINST]
    return "、".join(names) or NOBODY
