"""What a proposal or a decision says, as far as it is judged and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.catalogue import kinds_against
from mingjing_shared.facts.draft import draft_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mingjing_shared.events.values import LegalBasis, Outcome


@dataclass(frozen=True, slots=True)
class Content:
    """A text with the digest it is compared by, and what grounds and catalogues ask about.

    ``unit`` is the deciding unit, by whose catalogue it is judged.
    """

    draft_sha256: str
    case_kind: str | None
    party_kinds: frozenset[str]
    outcome: Outcome
    kind: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """A case as it was told on a day."""

    kind: str | None
    told_on: date
    parties: Sequence[Mapping[str, Any]]


def content_of(
    *,
    kind: str,
    basis: Sequence[LegalBasis],
    outcome: Outcome,
    parties: Sequence[Mapping[str, Any]] | None,
    case: Sequence[CaseVersion],
    on: date,
    unit: str | None = None,
) -> Content | None:
    """The content of a text of that day; nothing while its case is not known.

    A text that names no parties is about those of the case on that day. ``case`` holds the
    versions that were not corrected, newest first.
    """
    if not case:
        return None
    concerned = parties or parties_on(case, on)
    return Content(
        draft_sha256=draft_sha256(
            kind=kind,
            party_refs=[party["party_ref"] for party in concerned],
            basis=basis,
            outcome=outcome,
        ),
        case_kind=case[0].kind,
        party_kinds=kinds_against(concerned),
        outcome=outcome,
        kind=kind,
        unit=unit,
    )


def parties_on(case: Sequence[CaseVersion], day: date) -> Sequence[Mapping[str, Any]]:
    """The parties of a case on a day: by the newest version told by then, else by the oldest."""
    told = [version for version in case if version.told_on <= day]
    return (told[0] if told else case[-1]).parties
