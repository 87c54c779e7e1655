"""How two texts differ: what is decided, in words; the prose, piece by piece.

What is decided is kind, parties, basis and outcome; only that makes another decision (another
`draft_sha256`). Prose that differs is shown, and is no other decision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

from mingjing_shared.events.codes import DecisionKind, PenaltyKind, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PIECE_CHARS_MAX = 400
TEXT_CHARS_MAX = 20_000
_SENTENCE = re.compile(r"[^。；;，,\n]*[。；;，,\n]?")
_KINDS, _PENALTIES = names_of(DecisionKind), names_of(PenaltyKind)
_NONE = "无"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a text decides, as far as texts are compared."""

    kind: str
    party_refs: frozenset[str]
    basis: Sequence[Mapping[str, Any]]
    outcome: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text: the same in both, only in the old one, only in the new one."""

    how: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is decided otherwise: its code, its name, and from what to what."""

    code: str
    name: str
    says: str


def differences(old: Decided, new: Decided) -> tuple[Difference, ...]:
    """What is decided otherwise, field by field; names nobody."""
    pairs = [
        ("kind", "决定种类", _KINDS.get(old.kind, old.kind), _KINDS.get(new.kind, new.kind)),
        ("kinds", "处理种类", _penalties(old), _penalties(new)),
        ("fine", "罚款", _sum(old, "fine"), _sum(new, "fine")),
        ("confiscated", "没收", _sum(old, "confiscated"), _sum(new, "confiscated")),
        (
            "detention_days",
            "拘留天数",
            _plain(old, "detention_days"),
            _plain(new, "detention_days"),
        ),
        (
            "licence_action",
            "许可证处理",
            _plain(old, "licence_action"),
            _plain(new, "licence_action"),
        ),
        ("basis", "依据", _basis(old), _basis(new)),
    ]
    found = [
        Difference(code, name, f"{name} {before}→{after}")
        for code, name, before, after in pairs
        if before != after
    ]
    if old.party_refs != new.party_refs:
        says = f"当事人不同（{len(old.party_refs)} 名→{len(new.party_refs)} 名）"
        found.append(Difference("parties", "当事人", says))
    return tuple(found)


def what_differs(old: Decided, new: Decided) -> tuple[str, ...]:
    """What is decided otherwise, each in a few Chinese words; names nobody."""
    return tuple(one.says for one in differences(old, new))


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """The new text with what went and what came marked, sentence by sentence, then by sign."""
    if max(len(old), len(new)) > TEXT_CHARS_MAX:
        return (Piece("gone", old), Piece("new", new)) if old != new else (Piece("same", new),)
    before, after = _sentences(old), _sentences(new)
    return tuple(_joined(_changes(before, after)))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, new = "".join(before[a:b]), "".join(after[c:d])
        if tag == "equal":
            yield Piece("same", new)
        elif tag == "replace" and max(len(gone), len(new)) <= PIECE_CHARS_MAX:
            yield from _by_sign(gone, new)
        else:
            yield Piece("gone", gone)
            yield Piece("new", new)


def _by_sign(gone: str, new: str) -> Iterator[Piece]:
    for tag, a, b, c, d in SequenceMatcher(None, gone, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", new[c:d])
        else:
            yield Piece("gone", gone[a:b])
            yield Piece("new", new[c:d])


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if held is not None and held.how == piece.how:
            held = Piece(held.how, held.text + piece.text)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _sentences(text: str) -> list[str]:
    return [piece for piece in _SENTENCE.findall(text) if piece]


def _penalties(text: Decided) -> str:
    kinds = sorted(set(text.outcome.get("kinds") or ()))
    return "、".join(_PENALTIES.get(kind, kind) for kind in kinds) or _NONE


def _sum(text: Decided, name: str) -> str:
    value = text.outcome.get(name)
    if value is None:
        return _NONE
    whole = str(value)
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole) or "0"


def _plain(text: Decided, name: str) -> str:
    value = text.outcome.get(name)
    return _NONE if value is None else str(value)


def _basis(text: Decided) -> str:
    return "、".join(sorted({f"《{b['law']}》{b['article']}" for b in text.basis})) or _NONE
