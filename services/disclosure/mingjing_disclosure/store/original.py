"""The decision as it was made, opened for those who may see it: text, parties, what must stay."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.correction import made_from
from mingjing_disclosure.rules.withholding import CONCERNED_ROLES
from mingjing_disclosure.rules.wording import composed_text
from mingjing_disclosure.store.fact import case_notes
from mingjing_disclosure.store.item import decisions_that_hold
from mingjing_disclosure.store.party import concerned, known_as, opened_parties
from mingjing_disclosure.store.sealed import PROSE
from mingjing_shared.directory.store import officer_names
from mingjing_shared.facts.cases import known_cases
from mingjing_shared.privacy.masking import Known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from mingjing_disclosure.rules.withholding import Concerned
    from mingjing_shared.database import Transaction
    from mingjing_shared.directory.tree import UnitTree
    from mingjing_shared.events.values import Party
    from mingjing_shared.facts.cases import KnownCase


@dataclass(frozen=True, slots=True)
class Original:
    """A decision, opened.

    Attributes:
        fact: the fact that holds, as stored.
        text: its text as it was sent, or composed from what was told of it.
        is_composed: it was sent without a text.
        parties: those of the decision, then those of its case.
        own_parties: whom it concerns: its own parties, or those of the case if it names none.
        concerned: the same, in the same order, as the rules of withholding see them.
        known: what masking and the leak check are told.
        case: its case, where it is known.
        stands_on: what a text that is made from it stands on.
        sensitive: why its case is sensitive, by code.
    """

    fact: Row[Any]
    text: str
    is_composed: bool
    parties: tuple[Party, ...]
    own_parties: tuple[Party, ...]
    concerned: tuple[Concerned, ...]
    known: Known
    case: KnownCase | None
    stands_on: Mapping[str, Any]
    sensitive: tuple[str, ...] = ()

    @property
    def told_by(self) -> str:
        """Which telling of the decision it is: another one may say something else."""
        return f"{self.fact.source}#{self.fact.event_id}"

    @property
    def procedure(self) -> str | None:
        """The procedure of the case."""
        return self.case.procedure if self.case else None

    @property
    def addressed(self) -> tuple[Party, ...]:
        """Those of them at whom the decision is directed: not victims, witnesses, reporters."""
        return tuple(party for party in self.own_parties if party.role in CONCERNED_ROLES)


def names_of(fact: Any, case: KnownCase | None) -> list[str]:
    """References of everybody who is named with a decision or its case."""
    return [known_as(party) for party in (*(fact.parties or ()), *(case.parties if case else ()))]


def sealed_prose(
    tx: Transaction, told_by: tuple[str, str], *, text: str | None, facts: str | None
) -> bytes | None:
    """Text and facts of a decision as they are kept; ``told_by``: source and id of the event."""
    if text is None and facts is None:
        return None
    place = PROSE.place(source=told_by[0], event_id=told_by[1])
    return tx.installation.keys.seal_text(json.dumps({"text": text, "facts": facts}), place)


async def original_of(tx: Transaction, item: Row[Any], tree: UnitTree) -> Original | None:
    """The decision of an item, opened; nothing when no fact of it holds any more."""
    facts = await decisions_that_hold(tx, [item.decision_id])
    fact = facts.get(item.decision_id)
    if fact is None:
        return None
    cases = await known_cases(tx, [fact.case_key])
    case = cases.get(fact.case_key)
    note = (await case_notes(tx, [fact.case_key])).get(fact.case_key)
    of_case = case.parties if case else ()
    own = of_case if fact.parties is None else fact.parties
    parties = await opened_parties(tx, [*own, *(() if own is of_case else of_case)])
    own_parties = parties[: len(own)]
    stands_on = made_from(f"{fact.source}#{fact.event_id}", names_of(fact, case))
    prose = _opened(tx, fact)
    text = prose["text"] or composed_text(
        kind=fact.kind,
        document_number=item.document_number,
        unit_name=tree.name_of(fact.unit),
        made_on=fact.made_on,
        parties=[party.name for party in own_parties],
        facts=prose["facts"],
        basis=fact.basis or (),
        outcome=fact.outcome,
    )
    return Original(
        fact=fact,
        text=text,
        is_composed=not prose["text"],
        parties=parties,
        own_parties=own_parties,
        concerned=tuple(concerned(tx, own)),
        known=await _known(tx, item, fact, parties, tree),
        case=case,
        stands_on=stands_on,
        sensitive=tuple((note.sensitive if note else None) or ()),
    )


def _opened(tx: Transaction, fact: Row[Any]) -> dict[str, str | None]:
    place = PROSE.place(source=fact.source, event_id=fact.event_id)
    opened = tx.installation.keys.open_text(fact.personal, place)
    found: dict[str, str | None] = json.loads(opened) if opened else {"text": None, "facts": None}
    return found


async def _known(
    tx: Transaction,
    item: Row[Any],
    fact: Row[Any],
    parties: tuple[Party, ...],
    tree: UnitTree,
) -> Known:
    """What must stay: officers by name and number, the deciding body, the document number."""
    numbers = {*(item.handlers or ()), *([fact.approved_by] if fact.approved_by else [])}
    names = await officer_names(tx, numbers, fact.made_on)
    keep = (*sorted(names.values()), *sorted(numbers), *_bodies(fact.unit, tree))
    return Known(parties, keep, fact.document_number, fact.made_on)


def _bodies(unit: str, tree: UnitTree) -> Sequence[str]:
    return [tree.units[code].name for code in tree.above(unit) if code in tree.units]
