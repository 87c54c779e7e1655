"""What the data say about the eight checks and the list of materials of one review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.checks import Contradiction, Known, Prefilled, conditions, prefilled
from mingjing_review.rules.contradiction.finding import KINDS
from mingjing_review.rules.hearing import heard
from mingjing_review.rules.materials import Wanted, wanted_materials
from mingjing_shared.clock import local_date
from mingjing_shared.law.calendar import published_calendar
from mingjing_shared.law.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingjing_review.store.sheet import Sheet
    from mingjing_review.store.text import ProposedText
    from mingjing_shared.directory.tree import UnitTree


@dataclass(frozen=True, slots=True)
class Findings:
    """The list of materials and the eight checks, as the data fill them in."""

    materials: Sequence[Wanted]
    checks: Sequence[Prefilled]

    @property
    def faults(self) -> list[str]:
        """What is wrong for certain: the unit must explain it when it hands in all the same."""
        missing = [f"缺{item.title}" for item in self.materials if item.needed and not item.there]
        failed = [check.title for check in self.checks if check.result == "failed"]
        return missing + failed

    @property
    def suggested(self) -> dict[str, str]:
        """What the data suggest, by check; what they leave open is not there."""
        return {check.code: check.result for check in self.checks if check.result is not None}


def findings_of(sheet: Sheet, tree: UnitTree) -> Findings:
    """What the data say of the text that the sheet shows; nothing where no law of its day is held.

    The law of the day on which the text was proposed applies.
    """
    text = sheet.shown
    if text is None:
        return Findings((), ())
    words = sheet.text_words.get(text.key, {})
    pieces: Sequence[Mapping[str, Any]] = words.get("materials", ())
    known = _known(sheet, text, pieces, tree)
    try:
        wanted = wanted_materials(
            applies=conditions(known),
            kinds=[str(piece["kind"]) for piece in pieces],
            has_draft=bool(words.get("draft_text")),
            on=text.on,
        )
        checks = prefilled(replace(known, materials=wanted), published_calendar())
    except LawError:
        return Findings((), ())
    return Findings(wanted, checks)


def _known(
    sheet: Sheet, text: ProposedText, pieces: Sequence[Mapping[str, Any]], tree: UnitTree
) -> Known:
    unit = tree.units.get(sheet.review["unit"])
    case = sheet.case
    requested, held = heard(
        sheet.hearing["state"] if sheet.hearing else None,
        requested=text.hearing.get("requested"),
        held=text.hearing.get("held"),
    )
    return Known(
        on=text.on,
        case_kind=text.case_kind,
        procedure=case.procedure if case else None,
        unit_name=unit.name if unit else None,
        unit_level=unit.level if unit else None,
        officers=sheet.officers,
        outcome=text.outcome,
        party_kinds=text.party_kinds,
        hearing_requested=requested,
        hearing_held=held,
        crime_suspected=text.crime_suspected,
        offence_from=text.offence_from,
        accepted_on=local_date(case.accepted_at) if case else None,
        materials=(),
        pieces=len(pieces),
        pieces_with_hash=sum(1 for piece in pieces if piece.get("sha256")),
        hearing_state=sheet.hearing["state"] if sheet.hearing else None,
        contradictions=[
            Contradiction(kind.check, kind.title, one.level != "doubtful")
            for one in sheet.contradictions
            if one.state != "explained"
            for kind in [KINDS[one.kind].versions[-1]]
        ],
        blocking_gaps=sum(1 for gap in sheet.gaps if gap.effect == "blocking"),
    )
