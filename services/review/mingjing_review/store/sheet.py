"""Everything that the page of one review shows, loaded at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.store import review as store
from mingjing_review.store.clearance import clearances
from mingjing_review.store.finding import findings_of_case
from mingjing_review.store.gap import gaps_of_case
from mingjing_review.store.hearing import hearings
from mingjing_review.store.people import Details, details_of_cases, officers_on
from mingjing_review.store.step import steps_of, words_of
from mingjing_review.store.text import texts_of
from mingjing_review.store.words import words_of_texts
from mingjing_shared.facts.cases import known_cases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.rules.standing import Clearance
    from mingjing_review.store.finding import CaseFinding
    from mingjing_review.store.gap import Gap
    from mingjing_review.store.step import Taken
    from mingjing_review.store.text import ProposedText
    from mingjing_shared.database import Transaction
    from mingjing_shared.facts.cases import KnownCase


@dataclass(frozen=True, slots=True)
class Sheet:
    """One review with all that belongs to it. What is sealed was opened: note the look.

    Attributes:
        step_words: what was written at each step, by its id.
        text_words: facts, draft, materials, parties of each text, by source and event.
        officers: each handler with the directory's version of the day of the newest text.
        clearance: the clearance that fits the newest text, if there is one.
        contradictions: what contradicts itself in the case.
        gaps: recordings of its acts that are missing, or not whole.
        hearing: where the hearing of the decision stands, if it gives a right to one.
    """

    review: Mapping[str, Any]
    steps: Sequence[Taken]
    step_words: Mapping[str, Mapping[str, Any]]
    texts: Sequence[ProposedText]
    text_words: Mapping[tuple[str, str], Mapping[str, Any]]
    case: KnownCase | None
    details: Details
    officers: Sequence[tuple[str, Mapping[str, Any] | None]]
    clearance: Clearance | None
    contradictions: Sequence[CaseFinding] = ()
    gaps: Sequence[Gap] = ()
    hearing: Mapping[str, Any] | None = None

    @property
    def shown(self) -> ProposedText | None:
        """The text that is under review; before and after a review, the newest."""
        if not self.texts:
            return None
        key = self.steps[-1].text if self.steps else self.texts[0].key
        return next((text for text in self.texts if text.key == key), self.texts[0])

    @property
    def before(self) -> ProposedText | None:
        """The text of the round before, if there was one."""
        now = self.steps[-1].round if self.steps else 0
        earlier = [step for step in self.steps if step.round < now]
        if not earlier:
            return None
        return next((text for text in self.texts if text.key == earlier[-1].text), None)


async def sheet_of(tx: Transaction, decision_id: str) -> Sheet | None:
    """The whole of one review; nothing where there is no such decision."""
    review = (await store.reviews(tx, [decision_id])).get(decision_id)
    if review is None:
        return None
    key = review["case_key"]
    steps = (await steps_of(tx, [decision_id])).get(decision_id, [])
    texts = await texts_of(tx, decision_id, key)
    wanted = {step.text for step in steps} | {text.key for text in texts[:1]}
    details = (await details_of_cases(tx, [key])).get(key, Details())
    held = (await clearances(tx, [decision_id])).get(decision_id, [])
    mine = [one for one in held if one.draft_sha256 == review["proposed_sha256"]]
    return Sheet(
        review=review,
        steps=steps,
        step_words={step.step_id: words_of(tx, step) for step in steps},
        texts=texts,
        text_words=await words_of_texts(tx, wanted),
        case=(await known_cases(tx, [key])).get(key),
        details=details,
        officers=await officers_on(tx, details.handlers, texts[0].on) if texts else [],
        hearing=(await hearings(tx, [decision_id])).get(decision_id),
        clearance=max(mine, key=lambda one: (one.kind == "cleared", one.given_at), default=None),
        contradictions=await findings_of_case(tx, key),
        gaps=await gaps_of_case(tx, key),
    )
