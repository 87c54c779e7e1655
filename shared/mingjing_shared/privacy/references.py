"""References that stand for a case or a person without saying who.

Keyed hashes (HMAC-SHA-256) under the installation's key: the same in every service, unknown
outside. A reference is no secret, but without the key nobody can test a guess against it.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mingjing_shared.law.case_number import case_key
from mingjing_shared.privacy.query_codes import query_code


@dataclass(frozen=True, slots=True)
class PartyReference:
    """A party's reference; ``weak`` ones stand for one mention in one case, never merged."""

    value: str
    weak: bool


class References:
    """Makes the references of one installation."""

    def __init__(self, installation_key: bytes) -> None:
        self._key = installation_key
        self.case = lru_cache(maxsize=65_536)(self._case)

    def _case(self, case_number: str) -> str:
        """``case_ref``: what traces, logs and ``correlationid`` call the case."""
        return self._hash("case", case_key(case_number))

    def party(
        self,
        *,
        case_number: str,
        ordinal: int,
        resident_id: str | None = None,
        social_credit_code: str | None = None,
        passport: str | None = None,
        country: str | None = None,
    ) -> PartyReference:
        """``party_ref``: by resident id, else USCC, else passport and country.

        A party with none of these gets a weak reference made of the case and the position in
        its list: two of them are never taken for one person.
        """
        if resident_id:
            return PartyReference(self._hash("resident", resident_id.strip().upper()), weak=False)
        if social_credit_code:
            code = social_credit_code.strip().upper()
            return PartyReference(self._hash("organisation", code), weak=False)
        if passport and country:
            who = f"{country.strip().upper()}/{passport.strip().upper()}"
            return PartyReference(self._hash("passport", who), weak=False)
        place = f"{case_key(case_number)}/{ordinal}"
        return PartyReference(self._hash("mention", place), weak=True)

    def query_code(self, source: str, decision_id: str) -> str:
        """The code by which a party finds the decision that this source told."""
        return query_code(self._key, source, decision_id)

    def name(self, case_number: str, name: str) -> str:
        """A name within a case: where nothing else tells a party from the next one in the list."""
        plain = "".join(unicodedata.normalize("NFKC", name).split())
        return self._hash("name", f"{case_key(case_number)}/{plain}")

    def _hash(self, kind: str, value: str) -> str:
        digest = hmac.new(self._key, f"{kind}\n{value}".encode(), hashlib.sha256)
        return f"{kind[0]}_{digest.hexdigest()[:32]}"
