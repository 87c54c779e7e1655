"""Parties, as little of them as review needs: who by reference, kind, role. No name, no number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingjing_shared.database import Transaction
    from mingjing_shared.events.values import Party


def parties_by_reference(
    tx: Transaction, case_number: str, parties: Iterable[Party]
) -> list[dict[str, Any]]:
    """The parties as they are kept."""
    return [
        {
            "party_ref": tx.installation.references.party(
                case_number=case_number,
                ordinal=ordinal,
                resident_id=party.resident_id,
                social_credit_code=party.social_credit_code,
                passport=party.passport,
                country=party.country,
            ).value,
            "kind": party.kind,
            "role": party.role,
        }
        for ordinal, party in enumerate(parties)
    ]
