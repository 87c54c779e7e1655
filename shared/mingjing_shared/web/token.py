"""The five-minute token: who asks, signed by the gateway, read by every service on its own.

A JWT (RFC 7519) signed with Ed25519 (RFC 8037). The front proxy asks the gateway for it and hands
it on in the header ``Mj-Token``; the browser never holds one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jwt

from mingjing_shared.clock import machine_now
from mingjing_shared.web.officer import Caller, HeldRole, Officer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

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
