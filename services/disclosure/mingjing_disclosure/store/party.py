"""Parties, as little of them as each step needs, sealed field by field.

Withholding needs kind, role and birth date; these stand with the fact. What a party can be
recognised by in a text stands apart and is opened only to mask and to check.
"""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from mingjing_disclosure.rules.withholding import Concerned
from mingjing_disclosure.store.sealed import IDENTITY, PARTY
from mingjing_disclosure.tables import PARTY_IDENTITIES
from mingjing_shared.events.values import Party
from mingjing_shared.law.case_number import case_key
from mingjing_shared.law.identity import birth_date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingjing_shared.database import Transaction
    from mingjing_shared.messaging.received import Received

_RECOGNISED_BY = ("resident_id", "social_credit_code", "passport", "country", "address", "phone")


def sealed_parties(
    tx: Transaction, received: Received[Any], case_number: str, parties: Iterable[Party]
) -> list[dict[str, Any]]:
    """The parties as they are kept: reference, kind, role; name and birth date sealed.

    The birth date is read from the resident id where it is missing.
    """
    keep = []
    source, event_id = received.envelope.identity
    for ordinal, party in enumerate(parties):
        place = _place(source, event_id, ordinal)
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
                "called": tx.installation.references.name(case_number, party.name),
                "kind": party.kind,
                "role": party.role,
                "place": place,
                "name": _seal(tx, party.name, place, "name"),
                "birth_date": _seal(tx, born.isoformat() if born else None, place, "birth_date"),
            }
        )
    return keep


def concerned(tx: Transaction, parties: Sequence[Mapping[str, Any]]) -> list[Concerned]:
    """The parties as the rules of withholding see them."""
    found = []
    for party in parties:
        born = _open(tx, party, "birth_date")
        birth_date = date.fromisoformat(born) if born else None
        found.append(Concerned(party["kind"], party["role"], birth_date, known_as(party)))
    return found


def known_as(party: Mapping[str, Any]) -> str:
    """What tells a party from others: a place in a list does not, it moves when one is added."""
    return str(party.get("called", party["party_ref"]) if party["weak"] else party["party_ref"])


async def keep_identities(
    tx: Transaction, told: Iterable[tuple[Received[Any], str, Sequence[Party]]]
) -> None:
    """Keep what the parties of these events can be recognised by: event, case number, parties."""
    rows = []
    for received, case_number, parties in told:
        source, event_id = received.envelope.identity
        for ordinal, party in enumerate(parties):
            given = {name: getattr(party, name) for name in _RECOGNISED_BY}
            place = _place(source, event_id, ordinal)
            if any(given.values()):
                sealed = tx.installation.keys.seal_text(
                    json.dumps(given), IDENTITY.place(place=place)
                )
                key = case_key(case_number)
                rows.append({"place": place, "case_key": key, "personal": sealed})
    await tx.insert(PARTY_IDENTITIES, rows)


async def opened_parties(
    tx: Transaction, parties: Sequence[Mapping[str, Any]]
) -> tuple[Party, ...]:
    """The parties with everything that was told of them."""
    rows = await tx.all(
        "SELECT place, personal FROM party_identities WHERE place = ANY(CAST(:places AS text[]))",
        places=[party["place"] for party in parties],
    )
    known = {
        row.place: json.loads(
            tx.installation.keys.open_text(row.personal, IDENTITY.place(place=row.place)) or "{}"
        )
        for row in rows
    }
    found = []
    for party in parties:
        place = party["place"]
        born = _open(tx, party, "birth_date")
        found.append(
            Party(
                kind=party["kind"],
                role=party["role"],
                name=_open(tx, party, "name") or "",
                birth_date=date.fromisoformat(born) if born else None,
                **known.get(place, {}),
            )
        )
    return tuple(found)


def _place(source: str, event_id: str, ordinal: int) -> str:
    return f"parties/{source}#{event_id}/{ordinal}"


def _seal(tx: Transaction, text: str | None, place: str, part: str) -> str | None:
    sealed = tx.installation.keys.seal_text(text, PARTY.place(place=place, part=part))
    return None if sealed is None else base64.b64encode(sealed).decode()


def _open(tx: Transaction, party: Mapping[str, Any], part: str) -> str | None:
    raw = None if party[part] is None else base64.b64decode(party[part])
    return tx.installation.keys.open_text(raw, PARTY.place(place=party["place"], part=part))
