"""Parties, as little of them as disclosure needs, sealed field by field."""

from __future__ import annotations

import base64
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.withholding import Concerned
from mingjing_shared.law.identity import birth_date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.values import Party
    from mingjing_shared.messaging.received import Received


def sealed_parties(
    tx: Transaction, received: Received[Any], case_number: str, parties: Iterable[Party]
) -> list[dict[str, Any]]:
    """The parties as they are kept: reference, kind, role; name and birth date sealed.

    The birth date is read from the resident id where it is missing.
    """
    keep = []
    source, event_id = received.envelope.identity
    for ordinal, party in enumerate(parties):
        place = f"parties/{source}#{event_id}/{ordinal}"
        reference = tx.installation.references.party(
            case_number=case_number,
            ordinal=ordinal,
            resident_id=party.resident_id,
            social_credit_code=party.social_credit_code,
            passport=party.passport,
            country=party.country,
        )
        born = party.birth_date or (party.resident_id and birth_date_of(party.resident_id)) or None
        keep.append(
            {
                "party_ref": reference.value,
                "weak": reference.weak,
                "kind": party.kind,
                "role": party.role,
                "place": place,
                "name": _seal(tx, party.name, f"{place}/name"),
                "birth_date": _seal(tx, born.isoformat() if born else None, f"{place}/birth_date"),
            }
        )
    return keep


def concerned(tx: Transaction, parties: Sequence[Mapping[str, Any]]) -> list[Concerned]:
    """The parties as the rules of withholding see them."""
    found = []
    for party in parties:
        born = _open(tx, party["birth_date"], f"{party['place']}/birth_date")
        found.append(
            Concerned(party["kind"], party["role"], date.fromisoformat(born) if born else None)
        )
    return found


def _seal(tx: Transaction, text: str | None, place: str) -> str | None:
    sealed = tx.installation.keys.seal_text(text, place)
    return None if sealed is None else base64.b64encode(sealed).decode()


def _open(tx: Transaction, sealed: str | None, place: str) -> str | None:
    raw = None if sealed is None else base64.b64decode(sealed)
    return tx.installation.keys.open_text(raw, place)
