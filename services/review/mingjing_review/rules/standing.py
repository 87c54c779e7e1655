"""Where a decision stands with its legal review: one function of the facts that hold.

Several texts may have been proposed one after the other. Each was judged when it was proposed;
the newest proposal of a text says whether that text needs review. A decision is compared with
what was proposed and cleared up to the day it was made; what came later does not heal it.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from mingjing_review.rules.catalogue import Reason, judge
from mingjing_review.rules.opinion import opinion_deadline
from mingjing_review.rules.versions import FIRST_ONLY
from mingjing_shared.clock import SHANGHAI, local_date
from mingjing_shared.events.codes import Opinion, names_of
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mingjing_review.rules.content import Content
    from mingjing_review.rules.versions import Catalogues
    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.deadline import Deadline

_CLEARANCE_IDS = uuid.UUID("b8f5d2f2-4a39-5a0e-8a67-7c2d4d5f8a11")
_OPINIONS = names_of(Opinion)
_WAITING = "尚未收到该案的受案信息，暂不处理。"
_NOT_REQUIRED = "不属于法律规定和审核目录所列情形，无需法制审核。"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that was proposed. Without content its case is not known yet."""

    content: Content | None
    proposed_at: datetime
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was made. Without content its case is not known yet."""

    content: Content | None
    made_on: date


@dataclass(frozen=True, slots=True)
class Clearance:
    """That one text may be decided: reviewed (cleared), or in no need of review."""

    clearance_id: str
    draft_sha256: str
    given_at: datetime
    valid_until: date | None
    kind: str

    def given_by(self, day: date) -> bool:
        """Whether it had been given by the end of that day."""
        return local_date(self.given_at) <= day

    def fits(self, draft_sha256: str, made_on: date) -> bool:
        """Whether it allows this very text to be decided on that day."""
        lasts = self.valid_until is None or made_on <= self.valid_until
        return self.draft_sha256 == draft_sha256 and self.given_by(made_on) and lasts


@dataclass(frozen=True, slots=True)
class Given:
    """An opinion that was given on a text: agree, correct or transfer."""

    draft_sha256: str
    opinion: str
    given_at: datetime

    def given_by(self, day: date) -> bool:
        """Whether it had been given by the end of that day."""
        return local_date(self.given_at) <= day


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with what the catalogue says of it. ``fault``: no law of that day is held."""

    draft_sha256: str
    reasons: tuple[Reason, ...] = ()
    opinion: Deadline | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """State, and what explains it.

    Attributes:
        proposed: the newest proposed text as it was judged; none without a proposal whose case
            is known.
        clearances: those that follow from the catalogue alone.
        clearance: the one that fits the decision; of a bypass, that of the other text.
    """

    state: str
    says: str
    proposed: Judged | None = None
    clearances: tuple[Clearance, ...] = ()
    decided: Judged | None = None
    how: str | None = None
    clearance: Clearance | None = None


def standing_of(
    decision_id: str,
    proposals: Sequence[Proposal],
    decision: Decision | None,
    cleared: Iterable[Clearance],
    calendar: WorkingCalendar,
    *,
    opinions: Iterable[Given] = (),
    catalogues: Catalogues = FIRST_ONLY,
) -> Standing:
    """Where the decision stands; ``proposals`` newest first, ``cleared`` as reviewers gave them.

    ``opinions`` are all that were given on any text of it, in any order; ``catalogues`` are all
    that were published, whenever they begin to hold.
    """
    judged = [(proposal, _judged(proposal, calendar, catalogues)) for proposal in proposals]
    before = [
        (proposal, text)
        for proposal, text in judged
        if decision is None or local_date(proposal.proposed_at) <= decision.made_on
    ]
    texts = _newest_of_each_text(before)
    given = [
        _not_required(decision_id, text.draft_sha256, proposal.proposed_at)
        for proposal, text in texts.values()
        if not text.reasons and text.fault is None
    ]
    newest = judged[0][1] if judged else None
    open_ = Standing("waiting_case", _WAITING, proposed=newest, clearances=tuple(given))
    known = [*cleared, *given]
    if decision is None:
        return _of_proposal(open_, known)
    if decision.content is None:
        return open_
    same = texts.get(decision.content.draft_sha256)
    decided = (
        same[1]
        if same
        else _judged_decision(decision, decision.content, before or judged, catalogues)
    )
    given_by_then = [one for one in opinions if one.given_by(decision.made_on)]
    return _of_decision(
        replace(open_, decided=decided), decision_id, decision, known, given_by_then
    )


def _of_proposal(standing: Standing, known: Sequence[Clearance]) -> Standing:
    text = standing.proposed
    if text is None:
        return standing
    if text.fault is not None:
        return replace(standing, state="no_rule", says=text.fault)
    if text.opinion is None:
        return replace(standing, state="not_required", says=_NOT_REQUIRED)
    cleared = _best(c for c in known if c.draft_sha256 == text.draft_sha256)
    if cleared is not None:
        says = "拟作决定的文本已审核通过，可以按该文本作出决定。"
        return replace(standing, state="cleared", says=says, clearance=cleared)
    says = f"{_named(text.reasons)}应当法制审核；{text.opinion.text()}"
    return replace(standing, state="review_required", says=says)


def _of_decision(
    standing: Standing,
    decision_id: str,
    decision: Decision,
    known: Sequence[Clearance],
    opinions: Sequence[Given],
) -> Standing:
    text = standing.decided
    if text is None:
        return standing
    fitting = _best(c for c in known if c.fits(text.draft_sha256, decision.made_on))
    if fitting is not None and fitting.kind == "cleared":
        says = "决定与审核通过的文本一致。"
        return replace(standing, state="cleared", says=says, clearance=fitting)
    if fitting is not None:
        return replace(standing, state="not_required", says=_NOT_REQUIRED, clearance=fitting)
    if text.fault is not None:
        return replace(standing, state="no_rule", says=text.fault)
    if not text.reasons:
        own = _not_required(decision_id, text.draft_sha256, _start_of(decision.made_on))
        return replace(
            standing,
            state="not_required",
            says=_NOT_REQUIRED,
            clearance=own,
            clearances=(*standing.clearances, own),
        )
    how, what, other = _bypass(text.draft_sha256, decision.made_on, known, opinions)
    return replace(
        standing,
        state="bypassed",
        says=f"{_named(text.reasons)}应当法制审核，{what}。",
        how=how,
        clearance=other,
    )


def _bypass(
    draft_sha256: str,
    made_on: date,
    known: Sequence[Clearance],
    opinions: Sequence[Given],
) -> tuple[str, str, Clearance | None]:
    """How review was bypassed, in words, and the clearance of another text, if there was one."""
    last = max(
        (one for one in opinions if one.draft_sha256 == draft_sha256),
        key=lambda one: (one.given_at, one.opinion),
        default=None,
    )
    if last is not None and last.opinion != "agree":
        return "against", f"审核意见为“{_OPINIONS[last.opinion]}”，仍按原文本作出决定", None
    other = _best(c for c in known if c.draft_sha256 != draft_sha256 and c.given_by(made_on))
    if other is not None:
        return "other_text", "作出的决定与已放行的文本不一致", other
    expired = _best(c for c in known if c.draft_sha256 == draft_sha256 and c.given_by(made_on))
    if expired is not None:
        return "none", f"审核通过的有效期至{expired.valid_until}，逾期才作出决定", None
    if opinions and last is None:
        return "other_text", "作出的决定与送审的文本不一致，未重新送审", None
    return "none", "未经法制审核即作出决定", None


def _judged(proposal: Proposal, calendar: WorkingCalendar, catalogues: Catalogues) -> Judged | None:
    content = proposal.content
    if content is None:
        return None
    on = local_date(proposal.proposed_at)
    text = _text(content, proposal.flags, on, catalogues)
    if not text.reasons:
        return text
    try:
        return replace(text, opinion=opinion_deadline(on, calendar))
    except LawError as error:
        return Judged(content.draft_sha256, fault=error.message)


def _judged_decision(
    decision: Decision,
    content: Content,
    proposals: Sequence[tuple[Proposal, Judged | None]],
    catalogues: Catalogues,
) -> Judged:
    """A decision whose text nobody proposed: what any of its proposals raised counts as well."""
    flags = frozenset[str]().union(*(proposal.flags for proposal, _ in proposals))
    days = [local_date(proposal.proposed_at) for proposal, _ in proposals]
    earlier = [day for day in days if day <= decision.made_on]
    return _text(content, flags, earlier[0] if earlier else decision.made_on, catalogues)


def _text(content: Content, flags: frozenset[str], on: date, catalogues: Catalogues) -> Judged:
    try:
        reasons = judge(
            case_kind=content.case_kind,
            party_kinds=content.party_kinds,
            outcome=content.outcome,
            flags=flags,
            on=on,
            kind=content.kind,
            level=catalogues.level_of(content.unit, on),
            catalogue=catalogues.held_for(content.unit, on),
        )
    except LawError as error:
        return Judged(content.draft_sha256, fault=error.message)
    return Judged(content.draft_sha256, reasons)


def _newest_of_each_text(
    judged: Sequence[tuple[Proposal, Judged | None]],
) -> dict[str, tuple[Proposal, Judged]]:
    texts: dict[str, tuple[Proposal, Judged]] = {}
    for proposal, text in judged:
        if text is not None:
            texts.setdefault(text.draft_sha256, (proposal, text))
    return texts


def _not_required(decision_id: str, draft_sha256: str, given_at: datetime) -> Clearance:
    """One decision, one text, one clearance: its id follows from the two."""
    clearance_id = str(uuid.uuid5(_CLEARANCE_IDS, f"{decision_id}/{draft_sha256}"))
    return Clearance(clearance_id, draft_sha256, given_at, None, "not_required")


def _best(clearances: Iterable[Clearance]) -> Clearance | None:
    """A reviewed one before one that follows from the catalogue, then the newest."""
    return max(
        clearances,
        key=lambda c: (c.kind == "cleared", c.given_at, c.clearance_id),
        default=None,
    )


def _named(reasons: Sequence[Reason]) -> str:
    """The law's own grounds first, then the items of the catalogue; each name once."""
    law = dict.fromkeys(reason.title for reason in reasons if reason.is_ground)
    items = dict.fromkeys(reason.title for reason in reasons if not reason.is_ground)
    said = f"属于法律规定应当审核的情形（{'、'.join(law)}），" if law else ""
    return said + (f"列入审核目录（{'、'.join(items)}），" if items else "")


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
