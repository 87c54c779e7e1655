"""The proposed texts of a decision, as a page or an act needs them one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - read by the dataclass's users
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_review.rules.content import parties_on
from mingjing_review.rules.difference import Decided
from mingjing_review.store.fact import cases_that_stand, proposals_that_stand
from mingjing_review.store.standing import content_of_fact
from mingjing_shared.clock import local_date
from mingjing_shared.events.values import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_shared.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class ProposedText:
    """One proposed text: what it decides, about whom by reference, and where its words are.

    Attributes:
        draft_sha256: what it is compared by; none while its case is not known.
        party_kinds: the kinds of those whom the decision is against.
    """

    source: str
    event_id: str
    proposed_at: datetime
    proposed_by: str | None
    draft_sha256: str | None
    case_kind: str | None
    party_kinds: frozenset[str]
    decided: Decided
    hearing: Mapping[str, Any]
    crime_suspected: bool | None
    offence_from: date | None

    @property
    def key(self) -> tuple[str, str]:
        """Source and event, by which its words are found."""
        return self.source, self.event_id

    @property
    def on(self) -> date:
        """The day on which it was proposed: whose law it is judged by."""
        return local_date(self.proposed_at)

    @property
    def outcome(self) -> Outcome:
        """What is to be decided."""
        return msgspec.convert(self.decided.outcome, Outcome)


async def texts_of(
    source: Transaction | Database, decision_id: str, case_key: str
) -> Sequence[ProposedText]:
    """Every text that was proposed for a decision and not corrected, newest first."""
    facts = (await proposals_that_stand(source, [decision_id])).get(decision_id, [])
    cases = await cases_that_stand(source, {case_key, *(fact.case_key for fact in facts)})
    found = []
    for fact in facts:
        on = local_date(fact.proposed_at)
        content = content_of_fact(fact, on, cases)
        case = cases.get(fact.case_key, ())
        parties = fact.parties or (parties_on(case, on) if case else ())
        found.append(
            ProposedText(
                source=fact.source,
                event_id=fact.event_id,
                proposed_at=fact.proposed_at,
                proposed_by=fact.proposed_by,
                draft_sha256=content.draft_sha256 if content else None,
                case_kind=content.case_kind if content else None,
                party_kinds=content.party_kinds if content else frozenset(),
                decided=Decided(
                    kind=fact.kind,
                    party_refs=frozenset(party["party_ref"] for party in parties),
                    basis=fact.basis,
                    outcome=fact.outcome,
                ),
                hearing=fact.hearing or {},
                crime_suspected=fact.crime_suspected,
                offence_from=fact.offence_from,
            )
        )
    return found
