"""What the page of one item shows, read in one transaction; looks at originals are noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from mingjing_disclosure.acts import correction, withholding
from mingjing_disclosure.acts.approval import forbidden_today
from mingjing_disclosure.acts.opening import about, subject_of
from mingjing_disclosure.errors import NoSuchItem
from mingjing_disclosure.pages.words import (
    CASE_KINDS,
    DONE,
    EFFECTS,
    KINDS,
    MODES,
    REASONS,
    STATES,
    STEPS,
)
from mingjing_disclosure.rules.conditions import Gate, Looks, conditions
from mingjing_disclosure.rules.duty import duty_to_read
from mingjing_disclosure.rules.leak_check import FOUND, FREE, LeakCheckSaid
from mingjing_disclosure.rules.marking import SideBySide, side_by_side, suggestion
from mingjing_disclosure.rules.progress import OPEN_STATES, Work, is_same_person
from mingjing_disclosure.rules.reasons import withdrawal_reasons, withholding_reasons
from mingjing_disclosure.rules.wording import title_of
from mingjing_disclosure.store.delivery import last_delivery
from mingjing_disclosure.store.item import item_of
from mingjing_disclosure.store.original import Original, original_of
from mingjing_disclosure.store.page import next_item
from mingjing_disclosure.store.work import PublicText, Step, steps_of, text_versions, work_of
from mingjing_shared.audit.purpose import STATED
from mingjing_shared.clock import legal_today
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.privacy.masking import Masked, public_form
from mingjing_shared.privacy.masking_check import leaks, missing
from mingjing_shared.privacy.masking_questions import Question, questions
from mingjing_shared.web.desk import Desk
from mingjing_shared.web.forms import Form
from mingjing_shared.web.lists import word_of
from mingjing_shared.web.permissions import allowing_role
from mingjing_shared.web.purpose import DutyOf, look_of, state_purpose
from mingjing_shared.web.reach import reach_of

READ = "disclosure.original"
_SENT = ("publishing", "withdrawing", "published", "corrected", "withdrawn")


@dataclass(slots=True)
class _Seen:
    """An item as the officer may see it."""

    item: Row[Any]
    work: Work
    versions: list[PublicText]
    original: Original | None
    suggested: Masked | None
    must_say_why: bool

    @property
    def newest(self) -> PublicText | None:
        """The newest version of its public text."""
        return next((v for v in self.versions if v.version == self.work.version), None)

    @property
    def body(self) -> str:
        """The public text as it stands: the newest version, or what masking suggests."""
        if self.newest is not None:
            return self.newest.body
        return self.suggested.public_text if self.suggested else ""


async def gate_values(
    desk: Desk, item_id: str, done: str | None, typed: str | None = None
) -> dict[str, Any]:
    """Everything that the page shows, and which acts the officer may do now.

    ``typed`` is a text that was refused: what is asked is asked of it.

    Raises:
        NoSuchItem: there is no such item.
        NotAllowed: the officer may not see it.
    """
    item = await _item(desk, item_id)
    tree = await desk.tree()
    if allowing_role(desk.officer, "disclosure.see", about(item), tree) is None:
        await desk.permit("disclosure.see", subject_of(item), about(item))
    seen = await _look(desk, item)
    reach = reach_of(desk.officer, "disclosure.see", tree)
    delivery = await last_delivery(desk.tx, item.decision_id) if item.state in _SENT else None
    may = await _may(desk, seen, delivery)
    steps = await steps_of(desk.tx, item.decision_id)
    onward = await next_item(desk.tx, reach, item.state, item) if _is_open(item) else None
    today = legal_today()
    return {
        "item": item,
        "title": title_of(item.kind, item.cause),
        "state": word_of(item.state, STATES),
        "kind": word_of(item.kind, KINDS).name,
        "mode": None if item.mode == "live" else word_of(item.mode, MODES).name,
        "unit": tree.name_of(item.unit),
        "effect": EFFECTS.get(item.effect or "", ""),
        "reason": REASONS.get(item.reason_code or "", item.reason_code),
        "texts": _texts(seen),
        "body": seen.body,
        "newest": seen.newest,
        "questions": _questions(seen, typed),
        "versions": [v for v in seen.versions if v.seen_public_at is not None],
        "is_composed": seen.original is not None and seen.original.is_composed,
        "must_say_why": seen.must_say_why,
        "purposes": STATED,
        "sees_original": seen.original is not None,
        "conditions": conditions(_gate(seen, delivery, steps)),
        "steps": [_step(step) for step in steps],
        "may": may,
        "work": seen.work,
        "release_mark": withholding.mark_of(item),
        "keep_mark": correction.mark_of(seen.original.stands_on) if seen.original else "",
        "release_about": _names(seen),
        "withholding": {
            code: version.title
            for code, version in withholding_reasons(
                item.kind, seen.original.procedure if seen.original else None, today
            ).items()
        },
        "withdrawal": withdrawal_reasons(today),
        "delivery": delivery,
        "onward": onward,
        "done": DONE.get(done or ""),
        "address": f"/items/{item.item_id}",
    }


async def _item(desk: Desk, item_id: str) -> Row[Any]:
    item = await item_of(desk.tx, item_id)
    if item is None:
        raise NoSuchItem("没有这件公示事项。", "请从待公示队列进入。")
    return item


async def _look(desk: Desk, item: Row[Any]) -> _Seen:
    """Read the item; the original only for those who may, and then the look is noted."""
    work = await work_of(desk.tx, item.decision_id)
    versions = await text_versions(desk.tx, item.decision_id)
    tree = await desk.tree()
    original = suggested = None
    look = await look_of(desk, READ, subject_of(item), about(item), _duty_with(item))
    if look is not None and look.purpose is not None:
        original = await original_of(desk.tx, item, tree)
    if look is not None and look.purpose is not None and original is not None:
        await desk.saw(READ, subject_of(item), about(item), look.purpose.said, by=look.role)
        suggested = suggestion(original.text, original.known)
    else:  # an unfinished text may still say what only the original may
        versions = [version for version in versions if version.seen_public_at is not None]
    must_say_why = look is not None and look.purpose is None
    return _Seen(item, work, versions, original, suggested, must_say_why)


def _duty_with(item: Row[Any]) -> DutyOf:
    waits = bool(item.must_correct or item.must_withdraw or item.releasable)
    return lambda role: duty_to_read(role.code, item.state, waits_for_word=waits)


async def say_why(desk: Desk, item_id: str, form: Form) -> None:
    """Note why the officer will read originals of this case.

    Raises:
        NoSuchItem: there is no such item.
        NotAllowed: the officer may not read it.
        InvalidInput: the form states no purpose.
    """
    item = await _item(desk, item_id)
    await state_purpose(desk, READ, subject_of(item), about(item), form)


def _names(seen: _Seen) -> list[str]:
    """Whom the reason is about, by name: only for those who may see the original."""
    if seen.original is None:
        return []
    whom = set(seen.item.about or ())
    pairs = zip(seen.original.concerned, seen.original.own_parties, strict=True)
    return [party.name for concerned, party in pairs if concerned.known_as in whom]


def _texts(seen: _Seen) -> SideBySide | None:
    if seen.original is None or seen.suggested is None:
        return None
    return side_by_side(seen.original.text, seen.body, seen.original.known, seen.suggested)


def _questions(seen: _Seen, typed: str | None = None) -> list[Question]:
    """What may be the name of somebody who is no party."""
    if seen.original is None:
        return []
    return list(questions(public_form(typed or seen.body), seen.original.known))


def _looks(seen: _Seen) -> Looks | None:
    if seen.original is None or seen.suggested is None:
        return None
    body = public_form(seen.body)
    return Looks(
        hidden=len(seen.suggested.hidden),
        kept=len(seen.suggested.kept),
        leaks=[leak.says for leak in leaks(body, seen.original.known)],
        lost=[one.says for one in missing(seen.original.text, body, seen.original.known)],
        blocked=seen.suggested.blocked,
        asked=[one.says for one in _questions(seen) if one.word not in _confirmed(seen)],
        confirmed=_confirmed(seen),
    )


def _confirmed(seen: _Seen) -> tuple[str, ...]:
    return seen.newest.confirmed if seen.newest is not None else ()


def _leak_check(seen: _Seen, steps: Sequence[Step]) -> LeakCheckSaid | None:
    """What the leak check last said of the text as it stands; nothing of a text that it has not."""
    said = [step for step in steps if step.act in (FREE, FOUND)]
    if not said or seen.newest is None or said[-1].counts["text"] != seen.newest.public_sha256:
        return None
    places = said[-1].note if seen.original is not None else None
    return LeakCheckSaid(said[-1].counts["hits"], places or "具体位置只对可查看原文的人显示。")


def _gate(seen: _Seen, delivery: Row[Any] | None, steps: Sequence[Step]) -> Gate:
    case = seen.original.case if seen.original else None
    forbidden = None
    if seen.original is not None:
        forbidden = forbidden_today(seen.item, seen.work, seen.original)
    parties = seen.original.addressed if seen.original else ()
    return Gate(
        item=seen.item,
        work=seen.work,
        today=legal_today(),
        calendar=published_calendar(),
        looks=_looks(seen),
        forbidden_today=forbidden,
        case_kind=CASE_KINDS.get((case.kind if case else None) or "", "未知"),
        natural_persons=sum(party.kind == "person" for party in parties),
        trouble=delivery.trouble if delivery is not None else None,
        leak_check=_leak_check(seen, steps),
    )


async def _may(desk: Desk, seen: _Seen, delivery: Row[Any] | None) -> set[str]:
    """The acts that fit the state and the officer's rights: only these have a button."""
    item, work, tree = seen.item, seen.work, await desk.tree()
    state, stage = item.state, work.stage
    waits = state == "publishing" and delivery is not None and delivery.bundle is None
    fits = {
        "text": state in ("to_mask", "no_clock"),
        "drop": state == "to_mask" and work.is_correcting,
        "check": state == "to_check",
        "return": state in ("to_check", "to_approve"),
        "approve": state == "to_approve",
        "withhold": (state in ("to_mask", "no_clock", "to_check", "to_approve") or waits)
        and not work.is_public,
        "release": item.standing == "withheld"
        and bool(item.releasable)
        and stage not in ("withdrawing", "withdrawn"),
        "correct": stage == "public" and not item.must_withdraw,
        "keep": stage == "public" and bool(item.must_correct),
        "withdraw": work.is_public and stage != "withdrawing",
    }
    rights = {"text": "edit", "drop": "correct"}
    found = set()
    for act, does_fit in fits.items():
        right = f"disclosure.{rights.get(act, act)}"
        role = allowing_role(desk.officer, right, about(item), tree) if does_fit else None
        if role is None:
            continue
        persons = frozenset({desk.officer.number, *filter(None, [role.instead_of])})
        if act in ("check", "approve") and is_same_person(
            work, persons, for_approval=act == "approve"
        ):
            found.add(f"{act}_by_another")
            continue
        found.add(act)
    return found


def _is_open(item: Row[Any]) -> bool:
    return item.state in OPEN_STATES


def _step(step: Step) -> dict[str, Any]:
    counts = step.counts
    words = STEPS.get(step.act, step.act)
    if step.act == "disclosure.edit":
        words = "提交公开文本" if counts.get("submitted") else "保存草稿"
    if counts.get("dropped"):
        words = "放弃更正"
    reason = counts.get("reason")
    return {
        "step": step,
        "words": words,
        "changed": counts.get("changed"),
        "reason": REASONS.get(reason, reason) if reason else None,
        "who": "系统" if step.by_officer == "worker" else step.by_officer,
    }
