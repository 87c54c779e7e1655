"""The digest by which the text that was reviewed and the text that was decided are compared.

What counts is what is decided about whom and on which ground: kind, parties, basis, outcome.
Prose does not count: where facts or text differ, that is a finding, not another decision.
"""

from __future__ import annotations

import hashlib
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec

from mingjing_shared.events.values import Sha256
from mingjing_shared.messaging.strict_json import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingjing_shared.events.values import LegalBasis, Outcome

_SUMS = frozenset({"fine", "confiscated"})


def draft_sha256(
    *, kind: str, party_refs: Iterable[str], basis: Iterable[LegalBasis], outcome: Outcome
) -> Sha256:
    """SHA-256 of the canonical JSON (RFC 8785) of {kind, party_refs, basis, outcome} in NFC.

    The same for a proposal and for a decision that say the same: lists are sorted and without
    duplicates, sums are written without idle zeros ("2000.00" is "2000"), what is absent is
    left out. Anything else that differs gives another digest.
    """
    content = {
        "kind": kind,
        "party_refs": _set_of(party_refs),
        "basis": _set_of(basis),
        "outcome": _outcome(msgspec.to_builtins(outcome)),
    }
    return Sha256(hashlib.sha256(_canonical(content)).hexdigest())


def _outcome(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Every field that an outcome has, so that one added later cannot be left out silently."""
    return {name: _plain(name, value) for name, value in outcome.items()}


def _plain(name: str, value: Any) -> Any:
    if name in _SUMS:
        return _sum(value)
    return _set_of(value) if isinstance(value, list | tuple) else _nfc(value)


def _sum(text: str) -> str:
    amount = Decimal(text)
    return format(amount.normalize(), "f") if amount else "0"


def _set_of(items: Iterable[Any]) -> list[Any]:
    """The items in NFC, each once, in the order of their canonical form."""
    plain = (_nfc(msgspec.to_builtins(item)) for item in items)
    different = {_canonical(item): item for item in plain}
    return [different[form] for form in sorted(different)]


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {name: _nfc(item) for name, item in value.items()}
    return value


def _canonical(value: Any) -> bytes:
    return canonical(value, plain_numbers=True)  # sums are text, days are whole
