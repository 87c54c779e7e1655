"""What a case file holds, and what it lacks of what it must hold.

公安机关办理行政案件程序规定 §260–262: the acceptance form, the evidence, the decision and the other
documents, complete. Footage of its acts is evidence; an act that is not wholly recorded must
at least be explained.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

LackKind = Literal["gap", "document", "decision", "footage", "differs"]


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """One file of a case file."""

    kind: Literal["document", "footage"]
    id: str
    sha256: str
    tree_root: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, order=True)
class Lack:
    """One thing that a case file must hold and does not."""

    kind: LackKind
    id: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a case file holds and lacks just now."""

    items: tuple[Item, ...]
    lacks: tuple[Lack, ...]

    @property
    def gaps(self) -> tuple[Lack, ...]:
        """The acts whose gaps nobody explained; these stand in the way of archiving."""
        return tuple(lack for lack in self.lacks if lack.kind == "gap")

    @property
    def digest(self) -> str:
        """SHA-256 of the list: the same while nothing came in or went."""
        plain = {
            "items": [(item.kind, item.id, item.sha256) for item in sorted(self.items)],
            "lacks": [(lack.kind, lack.id) for lack in sorted(self.lacks)],
        }
        return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of the case: its number as key, and its file if that is here."""

    number_key: str
    number: str
    state: str
    differs: bool
    file: Item | None


def contents_of(
    documents: Sequence[KnownDocument],
    footage: Sequence[tuple[str, bool, Item | None]],
    unexplained_acts: Sequence[str],
    decisions: Sequence[tuple[str, str | None]],
) -> Contents:
    """What the file of a case holds and lacks.

    Args:
        documents: the documents of the case.
        footage: of each recording of the case its id, whether its file is another than the one
            told of, and the file if it is here.
        unexplained_acts: acts whose gaps nobody explained.
        decisions: id and number (as key) of each decision of the case.
    """
    lacks = [Lack("gap", action_id) for action_id in unexplained_acts]
    here = {one.number_key for one in documents if one.state in {"held", "paper"}}
    lacks += [Lack("decision", one) for one, number in decisions if number not in here]
    for document in documents:
        if document.state in {"awaited", "missing"}:
            lacks.append(Lack("document", document.number))
        elif document.differs:
            lacks.append(Lack("differs", document.number))
    for footage_id, differs, file in footage:
        if file is None:
            lacks.append(Lack("footage", footage_id))
        elif differs:
            lacks.append(Lack("differs", footage_id))
    items = [one.file for one in documents if one.file is not None]
    items += [file for _, _, file in footage if file is not None]
    return Contents(tuple(sorted(items)), tuple(sorted(lacks)))
