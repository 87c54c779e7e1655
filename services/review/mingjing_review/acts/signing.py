"""Clearances on their way out: signed, so that a seal or a printer can check them alone.

A compact JWS (RFC 7515) with Ed25519 (RFC 8037). What is signed follows from the clearance alone,
so that the same clearance is always the same text.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import jwt

from mingjing_shared.signing_keys import raw_public_half, signing_key_in

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from mingjing_review.rules.standing import Clearance

ISSUER = "/mingjing/review"
TYPE = "mingjing-clearance+jwt"
_ALGORITHM = "EdDSA"
_NAME_CHARS = 16


class Signer:
    """Signs clearances with the service's key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self._raw = raw_public_half(key)
        self.key_id = hashlib.sha256(self._raw).hexdigest()[:_NAME_CHARS]

    def sign(self, decision_id: str, clearance: Clearance) -> str:
        """The clearance as a signed text."""
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "iat": int(clearance.given_at.timestamp()),
            "decision_id": decision_id,
            "clearance_id": clearance.clearance_id,
            "draft_sha256": clearance.draft_sha256,
            "kind": clearance.kind,
        }
        if clearance.valid_until is not None:
            claims["valid_until"] = clearance.valid_until.isoformat()
        return jwt.encode(claims, self._key, _ALGORITHM, {"typ": TYPE, "kid": self.key_id})

    def public_keys(self) -> dict[str, Any]:
        """The key that checks the signatures, as a JWK set (RFC 7517)."""
        x = base64.urlsafe_b64encode(self._raw).decode().rstrip("=")
        key = {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": self.key_id}
        return {"keys": [{**key, "alg": _ALGORITHM, "use": "sig"}]}


def load_signer(file: Path) -> Signer:
    """The signer whose key a file holds: base64 of the 32 raw bytes of an Ed25519 key.

    Raises:
        Misconfigured: the file is missing or holds something else.
    """
    way_out = "从备份恢复该文件；已发出的放行凭证要用原来的公钥核验。"
    return Signer(signing_key_in(file, way_out))
