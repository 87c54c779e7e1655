"""The gate: may this very text be decided today? Asked by a seal, a printer, an officer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.errors import NotCleared, Unknown
from mingjing_review.rules.content import content_of, parties_on
from mingjing_review.rules.difference import Decided, differences
from mingjing_review.rules.state import STATE_NAMES
from mingjing_review.store import review as store
from mingjing_review.store.clearance import clearances
from mingjing_review.store.fact import cases_that_stand, proposals_that_stand
from mingjing_review.store.gate import note_answer
from mingjing_review.store.party import parties_by_reference
from mingjing_review.store.text import texts_of
from mingjing_shared.clock import legal_today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.rules.standing import Clearance
    from mingjing_review.store.text import ProposedText
    from mingjing_shared.database import Transaction
    from mingjing_shared.errors import MingjingError
    from mingjing_shared.events.codes import DecisionKind
    from mingjing_shared.events.values import LegalBasis, Outcome, Party


@dataclass(frozen=True, slots=True)
class Draft:
    """The text that is asked about, as in ``decision.proposed``."""

    kind: DecisionKind
    parties: Sequence[Party]
    basis: Sequence[LegalBasis]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: a publisher's name or a police number, in which request.

    Attributes:
        source: whose proposals a publisher may ask about: its own; none for an officer.
    """

    asked_by: str
    request_id: str | None
    source: str | None = None

    def may_read(self, text: ProposedText) -> bool:
        """Whether what a text decides may be told, or only which of its fields differ."""
        return self.source is None or self.source == text.source


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says: the clearance that fits, or why there is none.

    Attributes:
        query_code: beside a clearance, the code by which a party finds the decision; of the
            publisher that asks, for an officer of whoever proposed the cleared text.
    """

    clearance: Clearance | None
    refusal: MingjingError | None
    query_code: str | None = None


async def ask_gate(tx: Transaction, asking: Asking, decision_id: str, draft: Draft) -> Answer:
    """Compare the text with what was cleared, and keep what was answered.

    A publisher of which no proposal of the decision came hears what it would of one that nobody
    proposed. A refusal is given back, not raised: the answer is kept either way. Names and
    numbers of the parties are used for the comparison only and leave nothing behind.
    """
    review = (await store.reviews(tx, [decision_id])).get(decision_id)
    if review is None or not await _may_ask(tx, asking, decision_id):
        return await _answered(tx, asking, decision_id, refusal=_unknown(decision_id))
    today = legal_today()
    case = (await cases_that_stand(tx, [review["case_key"]])).get(review["case_key"], ())
    parties = parties_by_reference(tx, review["case_number"], draft.parties)
    content = content_of(
        kind=draft.kind,
        basis=draft.basis,
        outcome=draft.outcome,
        parties=parties or None,
        case=case,
        on=today,
    )
    if content is None:
        refusal = _refused("waiting_case", "尚未收到本案的受案信息，无法核对当事人。", review)
        return await _answered(tx, asking, decision_id, refusal=refusal)
    digest = content.draft_sha256
    held = (await clearances(tx, [decision_id])).get(decision_id, [])
    fitting = [clearance for clearance in held if clearance.fits(digest, today)]
    if fitting:
        best = max(fitting, key=lambda one: (one.kind == "cleared", one.given_at))
        answer = await _answered(tx, asking, decision_id, digest=digest, clearance=best)
        return replace(answer, query_code=await _query_code(tx, asking, review, digest))
    concerned = parties or parties_on(case, today)
    asked = Decided(
        kind=draft.kind,
        party_refs=frozenset(party["party_ref"] for party in concerned),
        basis=msgspec.to_builtins(draft.basis),
        outcome=msgspec.to_builtins(draft.outcome),
    )
    texts = await texts_of(tx, decision_id, review["case_key"])
    why_not = _why_not(review, asking, (digest, asked), held, texts)
    return await _answered(tx, asking, decision_id, digest=digest, refusal=why_not)


async def _may_ask(tx: Transaction, asking: Asking, decision_id: str) -> bool:
    if asking.source is None:
        return True
    facts = (await proposals_that_stand(tx, [decision_id])).get(decision_id, ())
    return any(fact.source == asking.source for fact in facts)


async def _query_code(
    tx: Transaction, asking: Asking, review: Mapping[str, Any], digest: str
) -> str | None:
    """The code that goes on the document: of the source that will tell the decision."""
    decision_id, source = review["decision_id"], asking.source
    if source is None:
        texts = await texts_of(tx, decision_id, review["case_key"])
        source = next((text.source for text in texts if text.draft_sha256 == digest), None)
    return tx.installation.references.query_code(source, decision_id) if source else None


async def _answered(
    tx: Transaction,
    asking: Asking,
    decision_id: str,
    *,
    digest: str | None = None,
    clearance: Clearance | None = None,
    refusal: MingjingError | None = None,
) -> Answer:
    await note_answer(
        tx,
        asked_by=asking.asked_by,
        request_id=asking.request_id,
        decision_id=decision_id,
        draft_sha256=digest,
        clearance_id=clearance.clearance_id if clearance else None,
        reason=refusal.details.get("reason", refusal.code) if refusal else None,
    )
    return Answer(clearance, refusal)


def _why_not(
    review: Mapping[str, Any],
    asking: Asking,
    given: tuple[str, Decided],
    held: Sequence[Clearance],
    texts: Sequence[ProposedText],
) -> MingjingError:
    (digest, asked), today = given, legal_today()
    mine = [clearance for clearance in held if clearance.draft_sha256 == digest]
    if any(clearance.valid_until and clearance.valid_until < today for clearance in mine):
        until = max(clearance.valid_until for clearance in mine if clearance.valid_until)
        return _refused("expired", f"该文本审核通过的有效期至 {until}，已过。", review)
    known = {text.draft_sha256: text for text in texts}
    if digest not in known:
        others = [known[c.draft_sha256] for c in held if c.draft_sha256 in known]
        compared = others[-1] if others else (texts[0] if texts else None)
        if compared is None:
            return _refused("not_proposed", "该文本未经提请。", review)
        found = differences(compared.decided, asked)
        if asking.may_read(compared):
            differs = "；".join(one.says for one in found)
        else:
            differs = "、".join(one.name for one in found)
        which = "审核通过稿" if others else "提请的文稿"
        says = f"送核文本与{which}不一致（{differs or '内容摘要不同'}）。"
        return _refused("other_text", says, review, differs=[one.code for one in found])
    if digest != review["proposed_sha256"]:
        return _refused("outdated", "拟作决定此后又换了文本，该文本不是现在提请的文本。", review)
    state = STATE_NAMES.get(review["state"], review["state"])
    return _refused(review["state"], f"该决定应当法制审核，现在的状态是“{state}”。", review)


_WAYS_OUT = {
    "expired": "请重新送审。",
    "other_text": "可选：恢复原稿；或由办案系统重新提请并重新送审。",
    "not_proposed": "请先由办案系统发送“拟作决定”，需要审核的再送审。",
    "outdated": "请以现在提请的文本送核；确需用旧文本的，由办案系统重新提请。",
    "waiting_case": "请先由办案系统报送受案信息。",
    "review_required": "请承办单位送审。",
    "opinion_given": "请按审核意见改正后再次送审。",
    "transferred": "请按审核意见移送有权机关处理。",
    "no_rule": "请联系法制部门。",
    "bypassed": "决定已经作出且未经审核，请联系法制部门。",
}
_WAIT = "请等待审核意见；进度见审核页面。"


def _refused(reason: str, says: str, review: Mapping[str, Any], **details: Any) -> NotCleared:
    state = review["state"]
    return NotCleared(
        says,
        _WAYS_OUT.get(reason, _WAIT),
        reason=reason,
        reasons=[{"code": reason, "says": says}],
        state=state,
        state_name=STATE_NAMES.get(state, state),
        **details,
    )


def _unknown(decision_id: str) -> Unknown:
    says = f"没有收到决定 {decision_id} 的提请，无法判断是否可以作出。"
    return Unknown(
        says,
        "请先由办案系统发送“拟作决定”；刚发送的，请几秒后再试。",
        reason="unknown",
        reasons=[{"code": "unknown", "says": says}],
    )
