"""The five-minute token: who asks, signed by the gateway, read by every service on its own.

A JWT (RFC 7519) signed with Ed25519 (RFC 8037). The front proxy asks the gateway for it and hands
it on in the header ``Mj-Token``; the browser never holds one.
"""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mingjing_shared.clock import machine_now
from mingjing_shared.errors import Misconfigured
from mingjing_shared.settings import secret_in
from mingjing_shared.web.officer import Caller, HeldRole, Officer

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "Mj-Token"
LIFE = timedelta(minutes=5)
_ISSUER = "/mingjing/gateway"
_ALGORITHM = "EdDSA"


class BadToken(Exception):
    """The token is not ours, was changed, or is over."""


class TokenMaker:
    """Signs tokens; only the gateway holds the key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def for_officer(self, officer: Officer) -> str:
        """A token that says who the officer is and which roles are held now."""
        return self._sign(
            {
                "sub": officer.number,
                "name": officer.name,
                "unit": officer.unit,
                "unit_name": officer.unit_name,
                "roles": [[role.code, role.unit, role.instead_of] for role in officer.roles],
                "csrf": officer.csrf,
                "epoch": officer.epoch,
            }
        )

    def for_caller(self, caller: Caller) -> str:
        """A token that says which publisher's system calls."""
        return self._sign({"caller": caller.name, "source": caller.source})

    def _sign(self, claims: dict[str, Any]) -> str:
        now = machine_now()
        head = {"iss": _ISSUER, "iat": now, "exp": now + LIFE}
        return jwt.encode({**head, **claims}, self._key, _ALGORITHM)


class TokenReader:
    """Checks tokens with the gateway's public key."""

    def __init__(self, key: Ed25519PublicKey) -> None:
        self._key = key

    def read(self, token: str) -> Officer | Caller:
        """Who asks.

        Raises:
            BadToken: not signed by the gateway, changed, or older than five minutes.
        """
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={"require": ["exp", "iat", "iss"]},
            )
            if "caller" in claims:
                return Caller(claims["caller"], claims["source"])
            return Officer(
                number=claims["sub"],
                name=claims["name"],
                unit=claims["unit"],
                unit_name=claims["unit_name"],
                roles=tuple(HeldRole(*role) for role in claims["roles"]),
                csrf=claims["csrf"],
                epoch=claims["epoch"],
            )
        except (jwt.InvalidTokenError, KeyError, TypeError) as error:
            raise BadToken(type(error).__name__) from error


def load_token_key(file: Path) -> Ed25519PrivateKey:
    """The gateway's signing key: base64 of the 32 raw bytes.

    Raises:
        Misconfigured: the file is missing or holds something else.
    """
    return Ed25519PrivateKey.from_private_bytes(_raw(file))


def load_token_public_key(file: Path) -> Ed25519PublicKey:
    """The key that tokens are checked with: base64 of the 32 raw bytes.

    Raises:
        Misconfigured: the file is missing or holds something else.
    """
    return Ed25519PublicKey.from_public_bytes(_raw(file))


def public_half(key: Ed25519PrivateKey) -> str:
    """The public half of a signing key, as its file holds it."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def _raw(file: Path) -> bytes:
    try:
        raw = base64.b64decode(secret_in(file), validate=True)
    except (ValueError, UnsupportedAlgorithm):
        raw = b""
    if len(raw) != 32:
        raise Misconfigured(
            f"令牌密钥文件 {file} 应为 32 字节的 base64。",
            "从备份恢复该文件，或停机后重新生成一对。",
        )
    return raw
